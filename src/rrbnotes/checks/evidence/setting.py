"""How a note is set, line by line: where its lines begin, which of them are code, and what stands beside them."""

from collections.abc import Iterator
from dataclasses import dataclass

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


def printed_lines(minutes: Minutes) -> Iterator[Printed]:
    """The lines of a note with their offsets."""
    starts = minutes.source.starts()
    for number, words in enumerate(minutes.source.lines, 1):
        yield Printed(number, words, starts[number - 1])


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
