"""lost-action: an outstanding action of the register whose line is gone from its note."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.outstanding import first_at, named, record_at, start
from rrbnotes.checks.evidence.whereabouts import title_at
from rrbnotes.diagnostics import Finding, Related
from rrbnotes.keeping.changes import Changes
from rrbnotes.model import Action
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted
from rrbnotes.source import Range


def lost_action(book: Book, today: Date) -> Iterator[Finding]:
    """The line of an action that is still to be done is gone from its note.

    The register knows the action, and the note in which it was agreed no longer does. So either the record of the meeting
    was changed after the event, or a slip took the line with it; whoever reads the note will not know of the action.

    Bad:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        The plan for women leaving custody was talked about.
        == actions.yaml
        version: 1
        actions:
          2026-01-12.1:
            action: "draft the plan for women leaving custody"
            raised: {date: 2026-01-12}
        # end of actions

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        **Action:** NPS to draft the plan for women leaving custody
        == actions.yaml
        version: 1
        actions:
          2026-01-12.1:
            action: "draft the plan for women leaving custody"
            raised: {date: 2026-01-12}
        # end of actions

    Mend:
        Put the line back. If the action was dropped, close it with a reason: `rrb update REF closed -m REASON`. If it
        stands there in other words, say so: `rrb link REF same OTHER`. To leave it as it is:
        `<!-- rrb: allow lost-action: REASON -->`.
    """
    if book.changes:
        minutes = book.by_key()
        for action in book.changes.lost:
            yield _finding(book, book.changes, minutes[action.first_seen.meeting or ""], action)


def _finding(book: Book, changes: Changes, minutes: Minutes, action: Action) -> Finding:
    what = f"the line of {action.ref}, {quoted(action.action)}, is gone"
    todo = f"put it back, or close it: rrb update {action.ref} closed -m REASON"
    record = Related(start(record_at(book, action.ref)), "its record")
    like = (Related(first_at(book, new), _same(action, new)) for new in _like(changes, action))
    return Finding(_place(minutes, action), what, todo, (record, *like))


def _place(minutes: Minutes, action: Action) -> Range:
    """The heading under which it stood, else the title."""
    items = (item for item in minutes.meeting.items if str(item) == action.first_seen.item)
    item = next(items, None)
    return minutes.source.whole_line(item.line) if item else title_at(minutes)


def _like(changes: Changes, action: Action) -> Iterator[Action]:
    """New actions of the same note for the same people: one of them may be this one in other words."""
    for new in changes.new:
        if new.first_seen.meeting == action.first_seen.meeting and new.owners == action.owners:
            yield new


def _same(action: Action, new: Action) -> str:
    return f"or is it {named(new)}? Then: rrb link {action.ref} same {new.ref}"
