"""Where a note prints what it says of its meeting: title, date, and the names of those who were there or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date

from rrbnotes.checks.evidence.once import once
from rrbnotes.dates import Precision, find_dates
from rrbnotes.notebook import Minutes
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.facts import day_in_name
from rrbnotes.reading.outline import Outline
from rrbnotes.reading.roles import Role
from rrbnotes.reading.text import Text
from rrbnotes.source import Range

_HEAD_LINES = 40
"""How far below the front matter a note may give its own date."""
_DATE_KEYS = ("date", "start", "meeting_date", "when", "title")


def title_at(minutes: Minutes) -> Range:
    """Where the title stands; the first printed line where there is none."""
    source, front = minutes.source, minutes.outline.front
    if front.text("title"):
        return source.whole_line(front.values["title"].line)
    heading = next((one.heading for one in minutes.outline.of_role(Role.TITLE) if one.heading), None)
    if heading:
        return source.whole_line(heading.line)
    below = range(front.end + 1, len(source.lines) + 1)
    return source.whole_line(next((n for n in below if source.lines[n - 1].strip()), 1))


def date_at(minutes: Minutes, day: Date | None) -> Range:
    """Where a note's head prints a day, else its title."""
    return next(_printed_days(minutes, day), title_at(minutes)) if day else title_at(minutes)


def _printed_days(minutes: Minutes, day: Date) -> Iterator[Range]:
    front, source = minutes.outline.front, minutes.source
    for line in printed_lines(minutes):
        words = said(line.plain, day) if line.line <= front.end + _HEAD_LINES else ""
        if words:
            yield source.words_at(line.line, words)
    for value in (front.values[key] for key in _DATE_KEYS if key in front.values):
        words = said(value.text, day)
        if words:
            yield source.words_at(value.line, words)


def said(words: str, day: Date) -> str:
    """The words that name a day, with or without its year; empty where none do."""
    if not any(map(str.isdigit, words)):
        return ""
    for when in find_dates(words, day):
        found = words[when.start : when.end]
        if when.precision is Precision.DAY and when.earliest == day and any(map(str.isdigit, found)):
            return found
    return words[:20].strip() if day_in_name(words[:20]) == day else ""


@once
def printed_lines(minutes: Minutes) -> tuple[Text, ...]:
    """All printed lines of a note below its front matter, headings too, in order."""
    return tuple(sorted(_lines_by_section(minutes.outline), key=lambda line: line.line))


def _lines_by_section(outline: Outline) -> Iterator[Text]:
    for section in outline.sections:
        if section.heading:
            yield Text(section.heading.title, section.heading.line)
        for block in section.blocks:
            yield from lines_of(block)


def lines_of(block: Block) -> Iterator[Text]:
    """The printed lines of a block, a table's row as one; code is no running text."""
    if block.form is Form.CODE:
        return
    yield from block.text.lines()
    for row in block.rows:
        yield Text(" | ".join(cell.folded() for cell in row.cells), row.line)
    for child in block.children:
        yield from lines_of(child)


@dataclass(frozen=True, slots=True)
class Listed:
    """A name in a list of attendance or absence, at its place."""

    name: str
    is_absent: bool
    at: Range


@once
def names_at(minutes: Minutes) -> tuple[Listed, ...]:
    """The names of those who were there and who were not, as the meeting has them, each where it is printed."""
    return tuple(
        Listed(name, entry.is_absent, minutes.source.words_at(entry.line, name))
        for entry, names in minutes.listed
        for name in names
    )
