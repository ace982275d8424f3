"""The cells that say how an action stands."""

from collections.abc import Iterator

from rrbnotes.british import day_of_due
from rrbnotes.model import Due, Status
from rrbnotes.views.entries import Entry
from rrbnotes.views.listing import Cell, Tone, Words

TONES = {
    Status.OPEN: Tone.PLAIN,
    Status.ONGOING: Tone.PLAIN,
    Status.ROLLED_OVER: Tone.WARN,
    Status.COMPLETE: Tone.GOOD,
    Status.CLOSED: Tone.QUIET,
}


def status_cell(entry: Entry) -> Cell:
    """The status with how often it was rolled over, and the reason."""
    return tuple(_status_words(entry))


def due_cell(entry: Entry) -> Cell:
    """The day, or the last day that the words allow, or the words; and whether it has passed."""
    due = entry.action.due
    if due is None:
        return ()
    if entry.standing.overdue:
        return (dated(due, tone=Tone.ALARM), Words("overdue", Tone.ALARM))
    return (dated(due),)


def due_words(due: Due) -> str:
    """`2019-11-19`; `by 2019-11-30` for a window; `after 2019-09-27`; `quarterly`; else the printed words."""
    words, day = day_of_due(due)
    return f"{words} {day}".strip() if day else words


def dated(due: Due, form: str = "{}", tone: Tone = Tone.PLAIN) -> Words:
    """The same in a table, within other words."""
    _, day = day_of_due(due)
    return Words(form.format(due_words(due)), tone, (day,) if day else ())


def sentence(words: str) -> str:
    """The words of an action as a sentence begins."""
    return words[:1].upper() + words[1:]


def deadline_text(due: Due | None) -> str:
    """The day after which it is overdue, for a pipe."""
    return due.deadline.isoformat() if due and due.deadline else ""


def owners_text(owners: tuple[str, ...]) -> str:
    """The owners in one line."""
    return ", ".join(owners)


def _status_words(entry: Entry) -> Iterator[Words]:
    status, rolled = entry.action.status, entry.rolled
    times = f" ×{rolled}" if rolled > 1 else ""
    if status is Status.ROLLED_OVER:
        yield Words(f"{status}{times}", Tone.WARN)
    else:
        yield Words(status, TONES[status])
        if rolled:
            yield Words(f"rolled over{times} before", Tone.WARN)
    if entry.latest and entry.latest.reason:
        yield Words(entry.latest.reason, Tone.QUIET)
