"""Printed words with what their markup means: what is bold or struck out, and on which line each character stands."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, half-open, with one look."""

    start: int
    end: int
    look: str
    """`strong`, `emphasis`, `struck` or `code`; `break` for a line end that is meant as one."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words without markup. Line breaks are kept as `\\n`; offsets count characters of `plain`."""

    plain: str
    line: int
    """Of the first character, from 1."""
    breaks: tuple[tuple[int, int], ...] = ()
    """Where a further source line begins: (offset, line), ascending."""
    spans: tuple[Span, ...] = ()

    def line_at(self, offset: int) -> int:
        """The source line of the character at an offset."""
        at = bisect_right(self.breaks, offset, key=lambda place: place[0])
        return self.breaks[at - 1][1] if at else self.line

    def slice(self, start: int, end: int | None = None) -> "Text":
        """The part between two offsets, without white space at its ends."""
        stop = len(self.plain) if end is None else end
        start += len(self.plain[start:stop]) - len(self.plain[start:stop].lstrip())
        stop -= len(self.plain[start:stop]) - len(self.plain[start:stop].rstrip())
        breaks = tuple((at - start, line) for at, line in self.breaks if start < at < stop)
        spans = tuple(
            Span(max(span.start, start) - start, min(span.end, stop) - start, span.look)
            for span in self.spans
            if span.start < stop and span.end > start
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
        for end in (*sorted(span.start for span in self.spans if span.look == "break"), len(self.plain)):
            if self.plain[start:end].strip():
                yield self.slice(start, end)
            start = end

    def folded(self) -> str:
        """The words on one line, runs of white space as one space."""
        return " ".join(self.plain.split())

    def looks(self, look: str, start: int = 0, end: int | None = None) -> bool:
        """Whether every letter and digit between two offsets has the look."""
        stop = len(self.plain) if end is None else end
        seen = bytearray(stop)
        for span in self.spans:
            if span.look == look:
                seen[span.start : min(span.end, stop)] = b"\1" * (min(span.end, stop) - span.start)
        letters = [at for at in range(start, stop) if self.plain[at].isalnum()]
        return bool(letters) and all(seen[at] for at in letters)

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
