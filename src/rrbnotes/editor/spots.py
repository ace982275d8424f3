"""Places as editors count them: lines from 0, and characters from 0 in the units that both sides agreed on."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from rrbnotes.edits import Edit
from rrbnotes.source import Range, Source

Count = Callable[[str], int]
"""How many units a text has."""


class Spot(NamedTuple):
    """One place of a text, as the protocol counts."""

    line: int
    character: int


class Stretch(NamedTuple):
    """From one place to another, which it does not hold."""

    start: Spot
    end: Spot


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _pairs(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


UNITS: Mapping[str, Count] = {"utf-8": _bytes, "utf-16": _pairs, "utf-32": len}
"""By the protocol's name of an encoding."""


def spot(lines: Sequence[str], line: int, column: int, count: Count) -> Spot:
    """The spot of a line and a column that count from 1."""
    words = lines[line - 1] if 0 < line <= len(lines) else ""
    return Spot(max(line - 1, 0), count(words[: max(column - 1, 0)]))


def stretch(at: Range, lines: Sequence[str], count: Count) -> Stretch:
    """What a range of a file covers."""
    start = spot(lines, at.line, at.column, count)
    return Stretch(start, max(start, spot(lines, at.end_line, at.end_column, count)))


def column(words: str, character: int, count: Count) -> int:
    """The column, from 1, of a character of a line; one behind its end is its end."""
    if words.isascii() or count is len:
        return min(max(character, 0), len(words)) + 1
    units = 0
    for at, letter in enumerate(words, 1):
        if units >= character:
            return at
        units += count(letter)
    return len(words) + 1


def replacing(source: Source, count: Count) -> Callable[[Edit], Stretch]:
    """Tells of an edit of a note what it puts its text in the place of."""
    starts = source.starts()[:-1]

    def at(offset: int) -> Spot:
        line = bisect_right(starts, offset) - 1
        return Spot(line, count(source.text[starts[line] : offset]))

    return lambda edit: Stretch(at(edit.start), at(edit.end))
