"""Who is expected at a coming meeting: those of the last one, each as its list prints it, with whom they speak for."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rrbnotes.notebook import Minutes
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.roles import Role

_BETWEEN = re.compile(r"[,;:|] | [-–—|] ")
"""What stands between somebody and an organisation: `Ines Varga, Quay Trust`, `Quay Trust: Ines Varga, Bram Mol`."""
_LABELLED = re.compile(r": | [-–—|] ")
_SMALL = frozenset(("and", "at", "de", "for", "of", "on", "the", "to", "van", "von", "&"))
_OF_THAT_DAY = frozenset(
    (
        "absent",
        "apologies",
        "excused",
        "joined",
        "late",
        "left",
        "none",
        "online",
        "present",
        "proxy",
        "remote",
    )
)
"""What lists say of one meeting alone."""


def invited(last: Minutes | None, names: Sequence[str]) -> list[str]:
    """The names that were read in the last note, each in the words of its item of a list, where these say whose it is."""
    if last is None:
        return list(names)
    read = Counter(entry.line for entry, found in last.listed for _ in found)
    printed = {line: words for line, words in _items(last) if _says_whose(words, read[line])}
    lines = {name: entry.line for entry, found in last.listed for name in found}
    known = [printed.get(lines.get(name, 0), name) for name in names]
    return list(dict.fromkeys([*known, *(words for line, words in printed.items() if not read[line])]))


def _items(minutes: Minutes) -> Iterator[tuple[int, str]]:
    """The items of the lists of who was there and who was not, by their lines."""
    for section in minutes.outline.of_role(Role.ATTENDANCE, Role.ABSENCE):
        for block in section.blocks:
            if block.form is Form.LIST and not block.generated:
                yield from ((item.line, item.text.folded()) for item in block.children if not item.children)


def _says_whose(words: str, read: int) -> bool:
    """Whether it is all names, of which one says whom the others speak for; several between commas are each their own."""
    parts = _BETWEEN.split(words)
    is_several = read > 1 and not _LABELLED.search(words)
    return len(parts) > 1 and not is_several and all(map(_is_name, parts))


def _is_name(part: str) -> bool:
    words = [word.strip("(.)[]") for word in part.split()]
    is_of_that_day = any(word.casefold() in _OF_THAT_DAY for word in words)
    first = words[0][:1] if words else ""
    return first.isupper() and not is_of_that_day and all(w[:1].isupper() or w in _SMALL for w in words)
