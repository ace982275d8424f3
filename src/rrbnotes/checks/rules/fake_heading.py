"""fake-heading: a line that works as a heading and is not marked as one."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.levels import heads, usual_skips
from rrbnotes.checks.evidence.unmarked import Unmarked, unmarked
from rrbnotes.diagnostics import Finding, Fix
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted


def fake_heading(book: Book, today: Date) -> Iterator[Finding]:
    """A line works as a heading but is not marked as one.

    Nothing tells it from the text: no table of contents lists it, nobody can link to it, and a reader with a screen reader
    cannot jump to it. Whether a short line is a heading is then a guess, and the actions below it are read by that guess.

    Bad:
        ## 1. Welcome

        The Chair opened the meeting.

        **Action Summary:**

        1. MPS to share the reading list

    Good:
        ## 1. Welcome

        The Chair opened the meeting.

        ## Action Summary

        1. MPS to share the reading list

    Mend:
        Begin the line with `#` marks, as many as the headings beside it have. To keep it as it is:
        `<!-- rrb: allow fake-heading: the printed agenda has it in bold -->`.
    """
    for board in book.boards():
        usual = usual_skips([heads(one) for one in board])
        for minutes in board:
            yield from (_finding(minutes, one) for one in unmarked(minutes, usual))


def _finding(minutes: Minutes, one: Unmarked) -> Finding:
    at, marks = minutes.source.whole_line(one.head.line), "#" * one.level
    what = f"{quoted(one.words)} works as a heading but is not marked as one"
    fix = Fix("write it as a heading", one.edits) if one.edits else None
    return Finding(at, what, f"begin the line with '{marks} '", fix=fix)
