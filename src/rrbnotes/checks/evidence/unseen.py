"""Lines that are printed like actions where the reader of notes sees none: in code, or behind a mark that it does not know."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rrbnotes.checks.evidence.tasks import sets_task
from rrbnotes.notebook import Minutes
from rrbnotes.owners import tasked
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.source import line_in

_MARKED = re.compile(
    r"(?:[^\w<]|_)*+(?:Actions?|ACTIONS?|TODO|AP|AI)(?: (?:items?|points?|ITEMS?|POINTS?))?[^\w:]{0,3}[\d.]{0,6}[^\w:]{0,3}:\W*+(?P<words>\w.*)"
)
"""A marker with a colon, whatever stands before it."""
_ITEM = re.compile(r"[ \t>]*+(?:[-+*•]|\d{1,3}[.)])\s++(?:\[.?\]\s++)?(?P<words>\w.*)")
_TITLE = re.compile(r"[ >]{0,8}#{1,6} \S")
_FENCE = re.compile(r"[ \t>]*+(?:`{3}|~{3})")
_FURTHER_LEFT = "begin the line further left: four blanks or a tab before it make it code"
_PLAIN = "begin the line with it, in plain letters: 'Action: NAME to …'"


@dataclass(frozen=True, slots=True)
class Unseen:
    """One such line."""

    line: int
    words: str
    """As printed."""
    todo: str


def unseen(minutes: Minutes) -> Iterator[Unseen]:
    """The lines that look like actions and that nobody has looked at. Code between two fences is meant as it is."""
    codes = list(_codes(minutes))
    fenced = {number for code, _ in codes if _is_fenced(code) for number in _lines_of(code)}
    indented = {
        number: listed for code, listed in codes if not _is_fenced(code) for number in _lines_of(code)
    }
    seen = {one.at.line for one in (*minutes.candidates, *minutes.passing)} | fenced
    for number, line in enumerate(minutes.source.lines, 1):
        may_be = ":" in line or indented.get(number)
        words = _task(line, minutes, indented.get(number, False)) if may_be and number not in seen else ""
        if words:
            yield Unseen(number, line.strip(), _FURTHER_LEFT if number in indented else _PLAIN)


def open_fences(minutes: Minutes) -> Iterator[tuple[int, int]]:
    """The lines of fences that open code which nothing closes, each with how many lines below look like actions or titles."""
    for code, _ in _codes(minutes):
        lines = _lines_of(code)
        if not _is_fenced(code) or _FENCE.match(line_in(minutes.source.lines, lines.stop)):
            continue
        inside = [line_in(minutes.source.lines, number) for number in lines]
        lost = sum(bool(_TITLE.match(line) or _task(line, minutes, is_listed=True)) for line in inside)
        if lost:
            yield code.line, lost


def _task(line: str, minutes: Minutes, is_listed: bool) -> str:
    """What a line gives somebody to do; empty where it is no marked line, and no item where items are actions."""
    found = _MARKED.match(line) or (_ITEM.match(line) if is_listed else None)
    words = found["words"] if found else ""
    return words if words and (sets_task(words) or tasked(words, minutes.lore.directory)) else ""


def _codes(minutes: Minutes) -> Iterator[tuple[Block, bool]]:
    """The blocks of code, each with whether it stands in a list of actions."""
    for section in minutes.outline.sections:
        for block in section.blocks:
            yield from ((one, section.role.lists_actions) for one in block.walk() if one.form is Form.CODE)


def _is_fenced(code: Block) -> bool:
    return code.text.line > code.line


def _lines_of(code: Block) -> range:
    """The lines inside a block of code."""
    return range(code.text.line, code.text.line + code.text.plain.count("\n"))
