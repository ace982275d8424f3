"""The headings of a note, real and in effect, and the level that each should have."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rrbnotes.checks.evidence.once import once
from rrbnotes.notebook import Minutes
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.headings import Rank
from rrbnotes.reading.outline import Section
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


@once
def heads(minutes: Minutes) -> tuple[Head, ...]:
    """The headings of a note by their lines, each once."""
    found: dict[int, Head] = {}
    for section in minutes.outline.sections:
        if section.heading:
            one = section.heading
            found.setdefault(one.line, Head(one.line, one.title, one.number, one.rank, section))
        for block in section.blocks:
            if block.form is Form.HEADING and block.text:
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


_AS_PRINTED: Mapping[int, int] = {}


def jumps(
    own: Sequence[Head],
    levels: Mapping[int, int] = _AS_PRINTED,
    usual: frozenset[tuple[int, int]] = frozenset(),
) -> Iterator[Jump]:
    """Where a level is skipped on the way down, but for the skips that are usual; `levels` stand for the printed ones of
    some lines. Who stands below whom stays as it is."""
    real = [(one, levels.get(one.line, one.rank)) for one in own if one.is_real]
    right: dict[int, int] = {}
    parents: list[tuple[Head, int]] = []
    at: tuple[Head, Head] | None = None
    moved: list[tuple[Head, int]] = []
    for n, (one, level) in enumerate(real):
        while parents and parents[-1][1] >= level:
            parents.pop()
        parent, above = parents[-1] if parents else (one, level - 1)
        step = level - above if (above, level) in usual else 1
        right[one.line] = right.get(parent.line, above) + step
        parents.append((one, level))
        before = real[n - 1][1] if n else level
        if level > before + 1 and (before, level) not in usual:
            if at:
                yield Jump(*at, tuple(moved))
            at, moved = (real[n - 1][0], one), []
        if right[one.line] != level:
            moved.append((one, right[one.line]))
    if at:
        yield Jump(*at, tuple(moved))


_LEAST_NOTES = 3
"""Fewer notes show no habit."""


def usual_skips(notes: Sequence[Sequence[Head]]) -> frozenset[tuple[int, int]]:
    """The skips that most notes of a board have: its way of setting them."""
    times = Counter(step for own in notes for step in {(one.above.rank, one.head.rank) for one in jumps(own)})
    return frozenset(step for step, n in times.items() if n >= _LEAST_NOTES and 2 * n > len(notes))


@dataclass(frozen=True, slots=True)
class Correction:
    """A heading of the wrong level."""

    head: Head
    level: int
    """That it should have."""
    of_others: int
    """The level of most numbered headings, or of the heading above where a level is skipped."""
    is_skip: bool
    moved: tuple[tuple[Head, int], ...]
    """What a machine can move with it, itself first; nothing where others would then stand elsewhere."""


def corrections(
    lines: Sequence[str], own: Sequence[Head], usual: frozenset[tuple[int, int]]
) -> Iterator[Correction]:
    """Numbered headings first; a level is skipped where it still is once those are right, and they may then be right as
    they are."""
    levels = astray(own)
    skips = list(jumps(own, levels, usual))
    right = {one.line: level for skip in skips for one, level in skip.moved}
    for one in own:
        level = right.get(one.line, levels.get(one.line, one.rank))
        if one.line in levels and level != one.rank:
            itself = () if _holds_others(own, one, level) else ((one, level),)
            yield Correction(one, level, levels[one.line], False, _movable(lines, itself))
    for skip in skips:
        if skip.head.line not in levels:
            above = levels.get(skip.above.line, skip.above.rank)
            moved = tuple((one, level) for one, level in skip.moved if one.line not in levels)
            yield Correction(skip.head, right[skip.head.line], above, True, _movable(lines, moved))


def _holds_others(own: Sequence[Head], one: Head, level: int) -> bool:
    """Whether headings below an item would no longer be below it."""
    for after in own:
        if after.line > one.line and after.is_real:
            if after.rank <= one.rank:
                return False
            if after.rank <= level or level < one.rank:
                return True
    return False


def _movable(lines: Sequence[str], moved: tuple[tuple[Head, int], ...]) -> tuple[tuple[Head, int], ...]:
    """All of them, where each has marks that can be added to."""
    spans = [(hashes(lines[one.line - 1]), one.rank) for one, _ in moved]
    return moved if all(span and span[1] - span[0] == rank for span, rank in spans) else ()


_HASHES = re.compile(r"\s*(#{1,6})(?=[^#\s]|[ \t]+[^#\s])")


def hashes(line: str) -> tuple[int, int] | None:
    """Where the marks of a heading stand on its line; None for one that is underlined or marked twice."""
    found = _HASHES.match(line)
    return found.span(1) if found else None
