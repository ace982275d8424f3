"""heading-level: a heading of another level than those of its kind, or one that skips a level."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.levels import Head, Jump, astray, hashes, heads, jumps
from rrbnotes.checks.quoting import quoted
from rrbnotes.diagnostics import Finding, Fix
from rrbnotes.edits import Edit
from rrbnotes.notebook import Minutes


def heading_level(book: Book, today: Date) -> Iterator[Finding]:
    """A numbered heading has another level than the others, or a level is skipped.

    In a table of contents, on a web page and for a screen reader, an item of a higher level is a part of its own, and what
    follows it belongs to it.

    Bad:
        ## 1. Welcome

        ## 2. Performance

        ## 3. Young adults

        # 4. Any other business

    Good:
        ## 1. Welcome

        ## 2. Performance

        ## 3. Young adults

        ## 4. Any other business

    Mend:
        Give it as many `#` as the others have. A level that most notes of a board skip is their way of setting them, and not
        looked at. To keep another one: `<!-- rrb: allow heading-level: the closed part of the meeting -->`.
    """
    for board in book.boards():
        own = [(one, heads(one.outline)) for one in board]
        usual = _usual([found for _, found in own])
        for minutes, found in own:
            yield from _of_note(minutes, found, usual)


_LEAST = 3
"""Fewer notes show no habit."""


def _usual(notes: Sequence[Sequence[Head]]) -> frozenset[tuple[int, int]]:
    """The skips that most notes of a board have."""
    times = Counter(step for own in notes for step in {_step(jump) for jump in jumps(own)})
    return frozenset(step for step, n in times.items() if n >= _LEAST and 2 * n > len(notes))


def _step(jump: Jump) -> tuple[int, int]:
    return jump.above.rank, jump.head.rank


def _of_note(minutes: Minutes, own: Sequence[Head], usual: frozenset[tuple[int, int]]) -> Iterator[Finding]:
    """Numbered headings first; a level is skipped where it still is once those are right, and they may then be right as
    they are."""
    levels = astray(own)
    skips = list(jumps(own, levels, usual))
    moved = {one.line: level for skip in skips for one, level in skip.moved}
    for one in own:
        level = moved.get(one.line, levels.get(one.line, one.rank))
        if one.line in levels and level != one.rank:
            what = f"{_shown(one)} is a heading of level {one.rank}, most numbered ones are of level {levels[one.line]}"
            yield _finding(
                minutes, one, what, level, () if _holds_others(own, one, level) else ((one, level),)
            )
    for skip in skips:
        if skip.head.line not in levels:
            above = levels.get(skip.above.line, skip.above.rank)
            what = (
                f"{_shown(skip.head)} is a heading of level {skip.head.rank} right below one of level {above}"
            )
            others = tuple((one, level) for one, level in skip.moved if one.line not in levels)
            yield _finding(minutes, skip.head, what, moved[skip.head.line], others)


def _shown(one: Head) -> str:
    return quoted(f"{one.number}. {one.title}" if one.number else one.title)


def _holds_others(own: Sequence[Head], one: Head, level: int) -> bool:
    """Whether headings below an item would no longer be below it."""
    for after in own:
        if after.line > one.line and after.is_real:
            if after.rank <= one.rank:
                return False
            if after.rank <= level or level < one.rank:
                return True
    return False


def _finding(
    minutes: Minutes, one: Head, what: str, level: int, moved: Sequence[tuple[Head, int]]
) -> Finding:
    edits = tuple(_edits(minutes, moved))
    fix = Fix(f"make it a heading of level {level}", edits) if edits and len(edits) == len(moved) else None
    return Finding(minutes.source.whole_line(one.line), what, f"write it with '{'#' * level}'", fix=fix)


def _edits(minutes: Minutes, moved: Sequence[tuple[Head, int]]) -> Iterator[Edit]:
    """More marks or fewer, where a heading has any."""
    starts = minutes.source.starts()
    for one, level in moved:
        marks = hashes(minutes.source.lines[one.line - 1])
        if marks and marks[1] - marks[0] == one.rank:
            at, more = starts[one.line - 1] + marks[0], level - one.rank
            yield Edit(at, at, "#" * more) if more > 0 else Edit(at, at - more, "")
