"""A line that is marked as an action among the discussion: `**Action:** …`, `ACTION 1: …`, `AP1`, `AI:`, `Action (NPS):`, `[ACTION]`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rrbnotes.model import Place
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.candidates import Candidate, Fields, Passage, candidate, refusal
from rrbnotes.reading.details import fields_below
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.roles import Role
from rrbnotes.reading.text import Text

_WORD = r"actions?(?: (?:items?|points?))?|to ?-?dos?|follow[- ]?ups?|ap|ai"
_SHAPE = r"(?P<open>[\[(])?\s*(?P<word>{word})(?:\s*#?(?P<number>\d+(?:[./]\d+)*))?(?:\s*\((?P<owner>[^()\n]{{1,80}})\))?\s*(?P<close>[\])])?\s*(?P<mark>:|[-–—](?=\s))?\s*"
_LOUD = ("ACTION", "ACTIONS", "ACTION ITEM", "ACTION ITEMS", "ACTION POINT", "TODO")
"""Words that mark without a colon when printed in capitals."""


@dataclass(frozen=True, slots=True)
class _Marker:
    start: int
    end: int
    owner: str
    number: str


def inline_marker(passage: Passage, lore: Lore) -> tuple[Candidate, ...] | None:
    """The marker stands at the start of a paragraph, list item or printed line and the words follow it. It counts with
    a colon or dash, a number, an owner in brackets, brackets around it, in bold, or in capitals: the bare word
    `Action` begins too many sentences."""
    block = passage.block
    if block.form not in (Form.PARAGRAPH, Form.ITEM) or not block.text:
        return None
    markers = list(_markers(block.text, lore))
    if not markers:
        return None
    ends = [marker.start for marker in markers[1:]] + [len(block.text.plain)]
    below = fields_below(block, lore)
    marked = (_marked(passage, marker, end, below) for marker, end in zip(markers, ends, strict=True))
    return tuple(one for one in marked if one)


def _marked(passage: Passage, marker: _Marker, end: int, below: Fields) -> Candidate | None:
    """What a marker marks, up to the next one; a marker alone over sub-items is their heading and none itself."""
    text = passage.block.text
    words = text.slice(marker.end, end)
    line = text.line_at(marker.start)
    if not words and passage.block.children:
        return None
    if not words:
        return refusal(passage, "inline-marker", "a marker with no words behind it", Text("", line))
    return candidate(
        passage,
        "inline-marker",
        f"marked with '{text.slice(marker.start, marker.end).folded()}'",
        Text(words.plain, line, words.breaks, words.spans),
        whole=text.slice(marker.start, end).folded(),
        place=Place.PREVIOUS if passage.role is Role.PREVIOUS else Place.INLINE,
        group=passage.group if passage.role.lists_actions else 0,
        owner=marker.owner or below.owner,
        due=below.due,
        status=below.status,
        number=marker.number,
    )


def is_marker_alone(text: Text, lore: Lore) -> bool:
    """Whether a text is a marker and nothing else, so that what follows it is marked."""
    markers = list(_markers(text, lore))
    return len(markers) == 1 and markers[0].start == 0 and not text.plain[markers[0].end :].strip()


def _markers(text: Text, lore: Lore) -> Iterator[_Marker]:
    """The markers at the starts of printed lines."""
    pattern = re.compile(_SHAPE.format(word="|".join((*map(re.escape, lore.markers), _WORD))), re.IGNORECASE)
    at = 0
    for line in text.plain.split("\n"):
        start = at + len(line) - len(line.lstrip())
        found = pattern.match(text.plain, start)
        if found and _counts(found, text):
            number = found["number"] or ""
            yield _Marker(
                start, found.end(), found["owner"] or "", number if "." in number or "/" in number else ""
            )
        at += len(line) + 1


def _counts(found: re.Match[str], text: Text) -> bool:
    word, after = found["word"], text.plain[found.end() : found.end() + 1]
    if found["open"] and not found["close"]:
        return False
    if found["mark"] == ":" or (found["mark"] and word.isupper()):
        return True
    if not found["mark"] and found.end() == found.end("word") and after.isalnum():
        return False  # `Actionable`, `APIs`, `AIM`
    if word.casefold() in ("ap", "ai"):
        return bool(found["number"]) and word.isupper()
    is_bold = text.looks("strong", found.start("word"), found.end("word"))
    is_wrapped = bool(found["open"] and found["close"])
    return is_wrapped or is_bold or word in _LOUD or bool(found["owner"] and word[0].isupper())
