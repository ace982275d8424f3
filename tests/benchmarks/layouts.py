"""The notes as three secretaries lay them out: a session in, markdown out."""

from collections.abc import Callable, Iterable
from datetime import date as Date

from benchmarks.boards import Asked, Item, Session, Told

Layout = Callable[[Session], str]
_MONTHS = """January February March April May June July August September October November December""".split()


def tabled(session: Session) -> str:
    """Tables for what was and for what is to be done; marked lines in the discussion."""
    return _page(
        f"# {session.board}: meeting {session.number}",
        f"**Date:** {_day(session.date)}",
        "## Attendees",
        _list(f"{body.name} ({body.short})" for body in session.attended),
        *(
            ("## Apologies", _list(f"{body.name} ({body.short})" for body in session.absent))
            if session.absent
            else ()
        ),
        *_told_table(session.told),
        *_discussion(session.items, lambda asked: f"**Action:** {asked.owner} to {_with_due(asked)}"),
        "## Action summary",
        _table(
            ("Action", "Owner", "Due"), [(asked.words, asked.owner, _due(asked)) for asked in session.asked]
        ),
        "## Next meeting",
        _day(session.following),
    )


def listed(session: Session) -> str:
    """Lists throughout."""
    return _page(
        f"# {session.board}, {_day(session.date)}",
        "## Present",
        _list(f"{body.name} ({body.short})" for body in session.attended),
        *(
            ("## Apologies", "; ".join(f"{body.name} ({body.short})" for body in session.absent))
            if session.absent
            else ()
        ),
        *(
            ("## Actions from the previous meeting", _list(_told_line(told) for told in session.told))
            if session.told
            else ()
        ),
        *_discussion(session.items, lambda asked: f"**Action:** {asked.owner} to {_with_due(asked)}"),
        "## Actions",
        _list(f"{asked.owner}: {_with_due(asked)}" for asked in session.asked),
        f"**Next meeting:** {_day(session.following)}",
    )


def numbered(session: Session) -> str:
    """The board's own numbers before each action; front matter for date and title."""
    return _page(
        f"---\ntitle: {session.board}\ndate: {session.date}\n---",
        f"# {session.board}",
        "## Attendance",
        _table(("Name", "Present"), [(f"{body.name} ({body.short})", "yes") for body in session.attended]),
        "## Matters arising",
        _list(_told_line(told) for told in session.told),
        *_discussion(
            session.items, lambda asked: f"ACTION {asked.number}: {asked.owner} to {_with_due(asked)}"
        ),
        "## Summary of actions",
        _list(f"{asked.owner} to {_with_due(asked)}" for asked in session.asked),
        "## Date of next meeting",
        _day(session.following),
    )


LAYOUTS: tuple[Layout, ...] = (tabled, listed, numbered)


def _told_table(told: Iterable[Told]) -> tuple[str, ...]:
    rows = [(report.asked.words, report.asked.owner, _due(report.asked), _status(report)) for report in told]
    return (
        ("## Actions from the previous meeting", _table(("Action", "Owner", "Due", "Status"), rows))
        if rows
        else ()
    )


def _told_line(told: Told) -> str:
    return f"{told.asked.owner} to {told.asked.words}. **{_status(told)}**"


def _status(told: Told) -> str:
    word = told.status.capitalize()
    return f"{word} - {told.reason}" if told.reason else word


def _discussion(items: Iterable[Item], line: Callable[[Asked], str]) -> Iterable[str]:
    for number, item in enumerate(items, 1):
        yield f"## {number}. {item.title}"
        yield from item.paragraphs
        yield from map(line, item.asked)


def _with_due(asked: Asked) -> str:
    return f"{asked.words} by {_day(asked.due)}" if asked.due else asked.words


def _due(asked: Asked) -> str:
    return _day(asked.due) if asked.due else ""


def _day(date: Date) -> str:
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), ["---"] * len(list(head)), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _page(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"
