"""Printed words with what their markup means: what is bold or struck out, and on which line each character stands."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True, order=True)
class Span:
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
        at = bisect_right(self.breaks, offset, key=lambda one: one.at)
        return self.breaks[at - 1].line if at else self.line

    def slice(self, start: int, end: int | None = None) -> "Text":
        """The part between two offsets, without white space at its ends."""
        stop = len(self.plain) if end is None else end
        words = self.plain[start:stop].lstrip()
        start = max(start, min(stop, len(self.plain)) - len(words))
        stop = start + len(words.rstrip())
        first, last = (
            bisect_right(self.breaks, offset, key=lambda one: one.at) for offset in (start, stop - 1)
        )
        breaks = tuple(one._replace(at=one.at - start) for one in self.breaks[first:last])
        spans = tuple(
            Span(max(span.start, start) - start, min(span.end, stop) - start, span.look)
            for span in self.spans[: bisect_left(self.spans, stop, key=lambda one: one.start)]
            if span.end > start
        )
        return Text(self.plain[start:stop], self.line_at(start), breaks, spans)

    def lines(self) -> Iterator["Text"]:
        """The printed lines, each as a text of its own; blank ones are left out."""
        start = 0
        for piece in self.plain.split("\n"):
            if piece.strip():
                yield self.slice(start, start + len(piece))
            start += len(piece) + 1

    def paragraphs(self) -> Iterator["Text"]:
        """The stretches between line ends that are meant; a line end that only wraps the text ends none."""
        start = 0
        for end in (*(one.at for one in self.breaks if one.is_meant), len(self.plain)):
            if self.plain[start:end].strip():
                yield self.slice(start, end)
            start = end

    def folded(self) -> str:
        """The words on one line, runs of white space as one space."""
        return " ".join(self.plain.split())

    def looks(self, look: str, start: int = 0, end: int | None = None) -> bool:
        """Whether every letter and digit between two offsets has the look."""
        stop = len(self.plain) if end is None else end
        seen = bytearray(max(0, stop - start))
        for span in self.spans[: bisect_left(self.spans, stop, key=lambda one: one.start)]:
            first, last = max(span.start, start) - start, min(span.end, stop) - start
            if span.look == look and first < last:
                seen[first:last] = b"\1" * (last - first)
        letters = [at for at in range(start, stop) if self.plain[at].isalnum()]
        return bool(letters) and all(seen[at - start] for at in letters)

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


EMPTY = Text("", 1)
