"""A line of a note as far as it fits, with marks below a part of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rrbnotes.render.cells import ELLIPSIS, cells, pieces

_LEFT, _RIGHT = f"{ELLIPSIS} ", f" {ELLIPSIS}"
_WORD = 16
"""So many characters are given up for a cut that falls between two words."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is shown of a line; lengths are in cells of a terminal."""

    text: str
    before: int
    """What stands before the marked part."""
    marked: int
    first: int
    """The offset of the first character that is shown."""

    def marks(self, sign: str) -> str:
        """The line below."""
        return " " * self.before + sign * self.marked


def excerpt(line: str, start: int, end: int, room: int, earliest: int = 0) -> Excerpt:
    """The part of a line around what stands between two offsets, so that its beginning is seen, harmless. Nothing is shown
    of what stands before `earliest`, which is not behind `start`."""
    line = line.rstrip()
    start, earliest = min(start, len(line)), min(earliest, len(line))
    begin = max(0, start - room)
    part = line[begin : begin + 3 * room]  # a line may be far longer than what is seen of it
    shown = pieces(part)
    start, end = start - begin, min(max(end, start) - begin, len(shown))
    at = _ends(part, shown)
    first = _first(at, shown, start, end, room) if begin or at[-1] > room else 0
    first = max(first, earliest - begin)
    left = _LEFT if begin + first else ""
    is_end = begin + len(shown) == len(line)
    last = _last(at, shown, first, start, end, room - len(left), is_end)
    right = "" if is_end and last == len(shown) else _RIGHT
    text = left + "".join(shown[first:last]).rstrip() + right
    marked = max(at[min(end, last)] - at[start], 1)
    return Excerpt(text, len(left) + at[start] - at[first], marked, begin + first)


def _ends(part: str, shown: Sequence[str]) -> Sequence[int]:
    """How many cells stand before each character, and before the end."""
    if part.isascii() and part.isprintable():
        return range(len(part) + 1)
    return list(accumulate(map(cells, shown), initial=0))


def _first(at: Sequence[int], shown: Sequence[str], start: int, end: int, room: int) -> int:
    """Where to begin: with the line, if what is marked is then seen whole; else with some words before what is marked."""
    spare = room - len(_LEFT) - len(_RIGHT)
    marked = at[end] - at[start]
    if at[end] <= spare or (marked > spare and at[start] <= spare // 3):
        return 0
    lead = min(max(spare // 3, spare - at[-1] + at[start]), max(spare - marked, 0))
    first = bisect_left(at, at[start] - lead)
    blanks = (n for n in range(first, min(start, first + _WORD)) if shown[n] == " ")
    return next(blanks, first - 1) + 1 if first else 0


def _last(
    at: Sequence[int], shown: Sequence[str], first: int, start: int, end: int, room: int, is_end: bool
) -> int:
    """Where to end: with the line, if it fits; else between two words, but not within what is marked and fits."""
    if is_end and at[-1] - at[first] <= room:
        return len(shown)
    last = bisect_right(at, at[first] + room - len(_RIGHT)) - 1
    blanks = (n for n in range(min(last, len(shown) - 1), max(start, last - _WORD), -1) if shown[n] == " ")
    blank = next(blanks, last)
    return last if blank < end <= last else blank
