"""The first line of a register, by which editors find the schema beside it."""

import codecs
import re
from pathlib import Path

from rrbnotes.errors import RrbError, Slip
from rrbnotes.keeping.ledger import Ledger, check_text, read_bytes
from rrbnotes.register.places import line_ends
from rrbnotes.register.schema import differing

SCHEMA = "register.schema.json"
"""The file beside a register that holds its schema."""
FIRST_LINE = f"# yaml-language-server: $schema={SCHEMA}"
_LEADS = re.compile(r"^[ \t]*+#[ \t]*+yaml-language-server[ \t]*+:.*$", re.MULTILINE)


def led(text: str, shown: str) -> str:
    """A register with that line; one that has it, wherever it stands, as it is. Raises where a line leads elsewhere."""
    found = _LEADS.search(text)
    if not found:
        return f"{FIRST_LINE}{line_ends(text)}{text}"
    if SCHEMA in found[0]:
        return text
    line = text.count("\n", 0, found.start()) + 1
    raise RrbError(
        f"{shown}:{line}: leads editors to another schema; take that line out first, or keep that one"
    )


def led_bytes(ledger: Ledger) -> bytes | None:
    """The same for what a register should say; None where there is nothing to say."""
    if ledger.bytes is None or ledger.text is None:
        return None
    mark = codecs.BOM_UTF8 if ledger.bytes.startswith(codecs.BOM_UTF8) else b""
    return mark + led(ledger.text, ledger.shown).encode()


def check_led(ledger: Ledger, path: Path, data: bytes) -> None:
    """Read a register once more before it is written with that line; without it, it must be what a sync writes."""
    if path != ledger.path:
        return
    check_text(ledger, ledger.bytes or b"")
    if differing(ledger.book.register.actions, read_bytes(data, ledger.shown).actions):
        raise Slip(f"{ledger.shown}: would not read back as meant; nothing was changed; please report")
