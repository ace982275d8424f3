"""The headings of a note, real and in effect, and the level that each should have."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rrbnotes.reading.blocks import Form
from rrbnotes.reading.headings import Rank
from rrbnotes.reading.outline import Outline, Section
from rrbnotes.reading.roles import Role

DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Head:
    """A line that is a heading or works as one."""

    line: int
    title: str
    number: str | None
    rank: int
    """1 to 6 for a real one, see `Rank` for others."""
    section: Section | None = None
    """The first of its sections; None for a real heading that is read as something else."""

    @property
    def is_real(self) -> bool:
        """Whether it is marked as a heading."""
        return self.rank < Rank.MARKED

    @property
    def role(self) -> Role | None:
        """The part that its section plays."""
        return self.section.role if self.section else None

    @property
    def own_role(self) -> Role | None:
        """The part that its own words give it."""
        return self.section.heading.role if self.section and self.section.heading else None

    @property
    def numbers(self) -> tuple[int, ...]:
        """Its number, part by part: `6.1` is 6 and 1."""
        return tuple(map(int, self.number.split("."))) if self.number else ()


def heads(outline: Outline) -> tuple[Head, ...]:
    """The headings of a note by their lines, each once."""
    found: dict[int, Head] = {}
    for section in outline.sections:
        if section.heading:
            one = section.heading
            found.setdefault(one.line, Head(one.line, one.title, one.number, one.rank, section))
        for block in section.blocks:
            if block.form is Form.HEADING:
                found.setdefault(block.line, Head(block.line, block.text.folded(), None, block.level))
    return tuple(found[line] for line in sorted(found))


def usual_level(own: Sequence[Head], depth: int = 1) -> int:
    """The level of most numbered headings whose numbers have so many parts; 0 where no level has most of them."""
    ranks = Counter(one.rank for one in _counted(own, depth))
    level, times = ranks.most_common(1)[0] if ranks else (0, 0)
    return level if 2 * times > ranks.total() else 0


def astray(own: Sequence[Head]) -> Mapping[int, int]:
    """By line, the level that a numbered heading should have where the others that it goes on counting with have another
    one. Numbers that begin anew may count within an item."""
    found = {}
    for depth in {len(one.numbers) for one in own if one.number}:
        counted = _counted(own, depth)
        goes_on = all(before.numbers < after.numbers for before, after in pairwise(counted))
        level = usual_level(own, depth)
        if goes_on and level and len(counted) >= _LEAST:
            found.update({one.line: level for one in counted if one.rank != level})
    return found


_LEAST = 3
"""Fewer numbered headings show no habit."""


def _counted(own: Sequence[Head], depth: int) -> list[Head]:
    return [one for one in own if one.is_real and len(one.numbers) == depth and one.role is not Role.TITLE]


@dataclass(frozen=True, slots=True)
class Jump:
    """A heading that skips a level, and those below it that go down with it."""

    above: Head
    head: Head
    moved: tuple[tuple[Head, int], ...]
    """Each with the level that it should have; the first is the heading itself."""


def jumps(own: Sequence[Head]) -> Iterator[Jump]:
    """Where a level is skipped on the way down. Who stands below whom stays as it is."""
    real = [one for one in own if one.is_real]
    levels: dict[int, int] = {}
    parents: list[Head] = []
    moved: list[tuple[Head, int]] = []
    at: tuple[Head, Head] | None = None
    for before, one in pairwise([None, *real]):
        if one is None:
            continue
        while parents and parents[-1].rank >= one.rank:
            parents.pop()
        levels[one.line] = min(one.rank, levels[parents[-1].line] + 1) if parents else one.rank
        parents.append(one)
        if before and one.rank > before.rank + 1:
            if at:
                yield Jump(*at, tuple(moved))
            at, moved = (before, one), []
        if at and levels[one.line] != one.rank:
            moved.append((one, levels[one.line]))
    if at:
        yield Jump(*at, tuple(moved))


_HASHES = re.compile(r"\s*(#{1,6})(?=[^#\s]|[ \t]+[^#\s])")


def hashes(line: str) -> tuple[int, int] | None:
    """Where the marks of a heading stand on its line; None for one that is underlined or marked twice."""
    found = _HASHES.match(line)
    return found.span(1) if found else None
