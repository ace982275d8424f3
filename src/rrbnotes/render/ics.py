"""iCalendar (RFC 5545): a task for each action, for calendars and lists of tasks."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from datetime import date as Date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from rrbnotes.errors import needs
from rrbnotes.model import Status
from rrbnotes.owners import owner_to_action
from rrbnotes.quoting import listed
from rrbnotes.render.page import Page
from rrbnotes.render.safe import one_line
from rrbnotes.views.bodies import body_in
from rrbnotes.views.listing import Listing

with needs("the format ics", "icalendar", "ics"):
    from icalendar import Calendar, Todo, vCategory, vText

_STATUSES = {
    Status.OPEN: "NEEDS-ACTION",
    Status.ONGOING: "IN-PROCESS",
    Status.ROLLED_OVER: "NEEDS-ACTION",
    Status.COMPLETE: "COMPLETED",
    Status.CLOSED: "CANCELLED",
}
_Record = Mapping[str, Any]


class _Words(vText):
    """A text; for the library's own the `\\N` of `C:\\Notes` is the end of a line."""

    def to_ical(self) -> bytes:
        """As the standard escapes it."""
        return re.sub(r"[\\;,]", r"\\\g<0>", self).replace("\n", r"\n").encode()


def write(listing: Listing, page: Page) -> str:
    """The calendar; the library folds long lines and escapes."""
    records = listing.records()
    bodies = _bodies(listing)
    actions = [_with_body(dict(item), bodies) for item in records.items]
    calendar = Calendar()
    calendar.add("prodid", "-//rrbnotes//rrb//EN")
    calendar.add("version", "2.0")
    name = _name(actions)
    calendar.add("name", _Words(name))
    calendar.add("x-wr-calname", _Words(name))
    today = _day(str(records.head["today"]))
    for action in actions:
        calendar.add_component(_todo(action, today))
    text: bytes = calendar.to_ical()
    return text.decode()


def _name(actions: list[_Record]) -> str:
    """What a calendar calls itself: the boards, where they are few."""
    boards = sorted({action["body"] for action in actions if action["body"]})
    return f"Actions of {one_line(listed(boards))}" if 0 < len(boards) <= 3 else "Actions"


def _with_body(action: dict[str, Any], bodies: Mapping[object, str]) -> _Record:
    """The action with its board, else with the body that the title of its first note names."""
    return {**action, "body": action["board"] or bodies.get(action["first_seen"]["meeting"], "")}


def _bodies(listing: Listing) -> dict[object, str]:
    """The bodies that the titles of meetings name, by their keys."""
    meetings = (
        meeting for beside in listing.beside() if beside.name == "meetings" for meeting in beside.items
    )
    return {meeting["key"]: body_in(str(meeting["title"] or "")) for meeting in meetings}


def _todo(action: _Record, today: Date) -> Todo:
    todo = Todo()
    for name, value in _properties(action, today):
        todo.add(name, value)
    return todo


def _properties(action: _Record, today: Date) -> Iterator[tuple[str, Any]]:
    status = Status(action["status"])
    yield "uid", _uid(action)
    yield "dtstamp", _midnight(today)
    yield "summary", _Words(one_line(owner_to_action(action["owners"], action["action"])))
    yield "description", _Words("\n".join(one_line(line) for line in _description(action) if line))
    yield "status", _STATUSES[status]
    if status is Status.COMPLETE:
        yield "percent-complete", 100
    yield from _days(action["due"] or {})
    yield from _moments(action, status)
    categories = [one_line(word) for word in (*action["owners"], action["board"]) if word]
    if categories:
        yield "categories", _categories(categories)


def _categories(names: list[str]) -> vCategory:
    every = vCategory([])
    every.cats = [_Words(name) for name in names]
    return every


def _uid(action: _Record) -> str:
    """The name by which a person's list knows the task: nothing in it may change, so neither words nor place. Notes of
    which no folder names the board may be of any; there the title of the first one tells whose ref it is."""
    name = f"rrbnotes:{action['body']}:{action['ref']}"
    return str(uuid5(NAMESPACE_URL, name.encode(errors="backslashreplace").decode()))


def _moments(action: _Record, status: Status) -> Iterator[tuple[str, datetime]]:
    """When it was first and last spoken of, and when it was done."""
    finished = _finished(action)
    if status is Status.COMPLETE and finished:
        yield "completed", _midnight(finished)
    days = [
        _day(day) for day in (action["first_seen"]["date"], *(p["date"] for p in action["history"])) if day
    ]
    if days:
        yield "created", _midnight(min(days))
        yield "last-modified", _midnight(max(days))


def _days(due: _Record) -> Iterator[tuple[str, Date]]:
    """The first day, where the words name one, and the last; a task must not end before it begins."""
    first, last = due.get("not_before"), due.get("date") or due.get("latest")
    if first and (not last or first < last):
        yield "dtstart", _day(first)
    if last:
        yield "due", _day(last)


def _finished(action: _Record) -> Date | None:
    """The day since which it is finished."""
    day = None
    for step in action["history"]:
        if step["status"]:
            is_finished = not Status(step["status"]).outstanding
            day = (day or step["date"]) if is_finished else None
    return _day(day) if day else None


def _description(action: _Record) -> Iterator[str]:
    """What the person sees who opens the task; empty lines are left out."""
    said = (p["reason"] for p in reversed(action["history"]) if p["status"] or p["reason"])
    reason = next(said, None)
    raised, seen = action["raised"], action["first_seen"]
    yield f"Ref: {action['ref']}"
    yield f"Owners: {', '.join(action['owners'])}" if action["owners"] else ""
    yield f"Status: {action['status']}" + (f" - {reason}" if reason else "")
    yield f"Due: {action['due']['text']}" if action["due"] else ""
    yield f"Item: {raised['item']}" if raised and raised["item"] else ""
    place = f"{seen['path']}:{seen['line']}" if seen["path"] else ""
    where = " ".join(filter(None, (seen["date"], place)))
    yield f"{'Raised' if raised else 'First seen'}: {where}" if where else ""


def _day(text: str) -> Date:
    return Date.fromisoformat(text)


def _midnight(day: Date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
