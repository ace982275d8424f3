"""How a note is set, line by line: where its lines begin, which of them are code, and what stands beside them."""

from dataclasses import dataclass

from rrbnotes.checks.evidence.once import once
from rrbnotes.notebook import Minutes
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.source import Range


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of a note."""

    number: int
    words: str
    start: int
    """Its offset in the note's text."""


@once
def starts(minutes: Minutes) -> list[int]:
    """The offset of each line of a note, and of its end; most notes have nothing to mend, and are not asked for them."""
    return minutes.source.starts()


def printed(minutes: Minutes, number: int) -> Printed:
    """The line of a note with a number."""
    return Printed(number, minutes.source.lines[number - 1], starts(minutes)[number - 1])


def stretch(minutes: Minutes, number: int, start: int, end: int) -> Range:
    """A part of a line, by offsets in it."""
    return Range(minutes.source.path, number, start + 1, number, end + 1)


def code_lines(minutes: Minutes) -> frozenset[int]:
    """The lines of blocks of code, without their fences."""
    return frozenset(
        number
        for section in minutes.outline.sections
        for block in section.blocks
        for inner in block.walk()
        if inner.form is Form.CODE
        for number in _lines_of(inner)
    )


def _lines_of(code: Block) -> range:
    return range(code.text.line, code.text.line + code.text.plain.count("\n") + 1)
