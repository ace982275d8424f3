"""heading-level: a heading of another level than those of its kind, or one that skips a level."""

from collections.abc import Iterator, Sequence
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.levels import Correction, Head, corrections, hashes, heads, usual_skips
from rrbnotes.checks.evidence.setting import starts
from rrbnotes.diagnostics import Finding, Fix
from rrbnotes.edits import Edit
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted


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
        own = [heads(one) for one in board]
        usual = usual_skips(own)
        for minutes, mine in zip(board, own, strict=True):
            for one in corrections(minutes.source.lines, mine, usual):
                yield _finding(minutes, one)


def _finding(minutes: Minutes, one: Correction) -> Finding:
    head = one.head
    words = quoted(f"{head.number}. {head.title}" if head.number else head.title)
    others = f"right below one of level {one.of_others}"
    if not one.is_skip:
        others = f"where most numbered ones are of level {one.of_others}"
    what = f"{words} is a heading of level {head.rank} {others}"
    edits = tuple(_edits(minutes, one.moved))
    fix = Fix(f"make it a heading of level {one.level}", edits) if edits else None
    return Finding(minutes.source.whole_line(head.line), what, f"write it with '{'#' * one.level}'", fix=fix)


def _edits(minutes: Minutes, moved: Sequence[tuple[Head, int]]) -> Iterator[Edit]:
    """More marks or fewer."""
    for one, level in moved:
        marks, more = hashes(minutes.source.lines[one.line - 1]), level - one.rank
        if marks:
            at = starts(minutes)[one.line - 1] + marks[0]
            yield Edit(at, at, "#" * more) if more > 0 else Edit(at, at - more, "")
