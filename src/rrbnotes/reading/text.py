"""Printed words with what their markup means: what is bold or struck out, and on which line each character stands."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text, half-open, with one look."""

    start: int
    end: int
    look: str
    """`strong`, `emphasis`, `struck`, `code` or `link`."""


class Break(NamedTuple):
    """Where a further printed line begins."""

    at: int
    line: int
    """Its source line."""
    is_meant: bool
    """It was broken on purpose; else the line end only wraps the text."""


_START = itemgetter(0)
"""Where a span or break begins."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words without markup. Line breaks are kept as `\\n`; offsets count characters of `plain`."""

    plain: str
    line: int
    """Of the first character, from 1."""
    breaks: tuple[Break, ...] = ()
    """Ascending."""
    spans: tuple[Span, ...] = ()
    """In the order of their starts."""

    def line_at(self, offset: int) -> int:
        """The source line of the character at an offset."""
        at = bisect_right(self.breaks, offset, key=_START)
        return self.breaks[at - 1].line if at else self.line

    def slice(self, start: int, end: int | None = None) -> "Text":
        """The part between two offsets, without white space at its ends."""
        stop = len(self.plain) if end is None else end
        words = self.plain[start:stop].lstrip()
        start = max(start, min(stop, len(self.plain)) - len(words))
        stop = start + len(words.rstrip())
        plain = self.plain[start:stop]
        if not self.breaks and not self.spans:
            return Text(plain, self.line)
        return Text(plain, self.line_at(start), self._breaks(start, stop), self._spans(start, stop))

    def _breaks(self, start: int, stop: int) -> tuple[Break, ...]:
        """Those between two offsets, counted from the first."""
        first, last = (bisect_right(self.breaks, offset, key=_START) for offset in (start, stop - 1))
        return tuple([Break(at - start, line, is_meant) for at, line, is_meant in self.breaks[first:last]])

    def _spans(self, start: int, stop: int) -> tuple[Span, ...]:
        """What lies of them between two offsets, counted from the first."""
        before = self.spans[: bisect_left(self.spans, stop, key=_START)]
        return tuple(
            [
                Span(max(begin, start) - start, min(end, stop) - start, look)
                for begin, end, look in before
                if end > start
            ]
        )

    def lines(self) -> Iterator["Text"]:
        """The printed lines, each as a text of its own; blank ones are left out."""
        return self.parts(_lines_of(self.plain))

    def paragraphs(self) -> Iterator["Text"]:
        """The stretches between line ends that are meant; a line end that only wraps the text ends none."""
        ends = [0, *(one.at for one in self.breaks if one.is_meant), len(self.plain)]
        return self.parts(pairwise(ends))

    def parts(self, places: Iterable[tuple[int, int]]) -> Iterator["Text"]:
        """The parts at ascending places, each as `slice` gives it, without those that are blank; all looks are gone through
        once, not once for each part."""
        reached, near = 0, list[Span]()
        for start, end in places:
            while reached < len(self.spans) and self.spans[reached].start < end:
                near.append(self.spans[reached])
                reached += 1
            near = [span for span in near if span.end > start]
            part = self.plain[start:end]
            if part and not part.isspace():
                yield Text(self.plain, self.line, self.breaks, tuple(near)).slice(start, end)

    def folded(self) -> str:
        """The words on one line, runs of white space as one space."""
        return " ".join(self.plain.split())

    def looks(self, look: str, start: int = 0, end: int | None = None) -> bool:
        """Whether every letter and digit between two offsets has the look."""
        stop = len(self.plain) if end is None else end
        at, has_letters = start, False
        for span in self.spans:
            if span.look == look and span.start < stop and span.end > at:
                if _has_letters(self.plain[at : span.start]):
                    return False
                has_letters = has_letters or _has_letters(
                    self.plain[max(at, span.start) : min(span.end, stop)]
                )
                at = span.end
        return has_letters and not _has_letters(self.plain[at:stop])

    def leading(self, look: str) -> int:
        """Where the look that the text begins with ends; 0 if it does not begin with it."""
        end = 0
        for span in sorted((s for s in self.spans if s.look == look), key=lambda span: span.start):
            if self.plain[end : span.start].strip():
                break
            end = max(end, span.end)
        return end

    def trailing(self, look: str) -> int:
        """Where the look that the text ends with begins; its length if it does not end with it."""
        begin = len(self.plain)
        for span in sorted((s for s in self.spans if s.look == look), key=lambda span: -span.end):
            if self.plain[span.end : begin].strip(" \t\n.!"):
                break
            begin = min(begin, span.start)
        return begin

    def __bool__(self) -> bool:
        """Whether there are any words."""
        return bool(self.plain.strip())


def _lines_of(words: str) -> Iterator[tuple[int, int]]:
    """Where the printed lines of words begin and end."""
    start = 0
    for line in words.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _has_letters(words: str) -> bool:
    """Whether there is a letter or digit in words."""
    return any(map(str.isalnum, words))


EMPTY = Text("", 1)
