"""Lines below an action that only add its owner, due date or status: `Assigned: Greg`, `Status: done`, `Done`."""

import re

from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.candidates import Fields
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.text import Text

_LABELS = (
    (
        "owner",
        re.compile(r"(?:assigned(?: to)?|owners?|leads?|who|responsible|assignees?)\s*:\s*", re.IGNORECASE),
    ),
    ("due", re.compile(r"(?:due(?: date)?|deadline|target(?: date)?|when|by when)\s*:\s*", re.IGNORECASE)),
    ("follow_up", re.compile(r"follow[- ]?ups?\s*:\s*", re.IGNORECASE)),
    ("status", re.compile(r"(?:status|progress|updates?|outcome)\s*:\s*", re.IGNORECASE)),
)


def fields_below(block: Block, lore: Lore) -> Fields:
    """The fields in an item's sub-items; the first of each kind counts."""
    found: dict[str, str] = {}
    below = (text for inner in block.children for text in _lines(inner))
    for line in below:
        name, value = _field(line, lore)
        if name:
            found.setdefault(name, value)
    return Fields(**found)


def _lines(block: Block) -> list[Text]:
    """The items of a list, the printed lines of a paragraph."""
    return (
        list(block.text.lines()) if block.form is Form.PARAGRAPH else [item.text for item in block.children]
    )


def is_detail_line(text: Text, lore: Lore) -> bool:
    """Whether a line is nothing but such a field."""
    return bool(_field(text, lore)[0])


def _field(text: Text, lore: Lore) -> tuple[str, str]:
    words = text.folded()
    for name, label in _LABELS:
        found = label.match(words)
        if found:
            return name, words[found.end() :]
    return ("status", words) if lore.statuses.cell(words).status else ("", "")
