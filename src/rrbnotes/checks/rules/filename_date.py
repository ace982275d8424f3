"""filename-date: a file that is named after another day than the note gives."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.british import long_day
from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.whereabouts import date_at, printed_lines, said
from rrbnotes.diagnostics import Finding
from rrbnotes.notebook import Minutes
from rrbnotes.reading.facts import day_in_name


def filename_date(book: Book, today: Date) -> Iterator[Finding]:
    """The name of a file gives another day than the note itself.

    One of them is wrong. The note may have been copied from the one before and kept its date, so that two meetings seem to
    be one; or the file lies where nobody looks for it.

    Bad:
        == 2026-01-12.md
        # Board meeting, 21 January 2026

        NPS reported on the pilot.

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        NPS reported on the pilot.

    Mend:
        Correct the date in the note, or rename the file. A board whose files are mostly named after another day, such as that
        of publication, is not told. Where one differs on purpose: `<!-- rrb: allow filename-date: circulated later -->`.
    """
    for own in book.boards():
        found = [finding for one in own for finding in _differing(one)]
        if len(found) == 1 or 2 * len(found) <= len(own):
            yield from found


_HEAD = 40
"""Lines below the front matter that may give the note's own day."""
_TOP = 12
"""Of these the first; a note that gives both days there is told nothing."""


def _differing(minutes: Minutes) -> Iterator[Finding]:
    named, own = day_in_name(minutes.meeting.key), minutes.lesson.day
    if named is None or own is None or named == own:
        return
    front = minutes.outline.front
    lines = [line for line in printed_lines(minutes) if line.line <= front.end + _HEAD]
    top = (line.plain for line in lines if line.line <= front.end + _TOP)
    # a date in the front matter alone may be that of publication
    is_own = said(front.text("title"), own) or any(said(line.plain, own) for line in lines)
    if is_own and not any(said(words, named) for words in top):
        what = f"the note gives {long_day(own)}, but its file is named after {long_day(named)}"
        yield Finding(date_at(minutes, own), what, "correct the one that is wrong")
