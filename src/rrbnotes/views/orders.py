"""The orders and the groupings of a list of actions, each a row. Read before any command line is: nothing here reads notes."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date as Date
from typing import Any

from rrbnotes.status import Status
from rrbnotes.views.filters import Entry

NO_OWNER = "no owner"
BETWEEN = "between meetings"
_NUMBER = re.compile(r"(?<![\d.])\d[\d.]*+\s++")

SORTS: Mapping[str, Callable[[Entry], Any]] = {
    "due": lambda entry: (entry.action.due and entry.action.due.deadline) or Date.max,
    "owner": lambda entry: [owner.casefold() for owner in entry.action.owners] or ["\uffff"],
    "status": lambda entry: list(Status).index(entry.action.status),
    "carried": lambda entry: -entry.standing.carried.meetings,
    "age": lambda entry: -(entry.standing.age_days or 0),
}
"""Beside the order of the register: board, date of raising, ref, oldest first."""

GROUPINGS: Mapping[str, Callable[[Entry], Iterable[str]]] = {
    "owner": lambda entry: entry.action.owners or (NO_OWNER,),
    "meeting": lambda entry: (entry.action.first_seen.meeting or BETWEEN,),
    "status": lambda entry: (entry.action.status,),
    "item": lambda entry: (_NUMBER.sub("", entry.action.first_seen.item or "", count=1) or "no item",),
}
"""The groups that an entry stands in; a joint action stands under each of its owners."""

_ORDERS: Mapping[str, Callable[[str], Any]] = {
    "owner": lambda title: (title == NO_OWNER, title.casefold()),
    "status": lambda title: list(Status).index(Status(title)),
}
"""Of the groups, where it is not that of their first action."""


def ordered(entries: Iterable[Entry], sort: str | None) -> tuple[Entry, ...]:
    """By the named order; equals keep that of the register."""
    return tuple(sorted(entries, key=SORTS[sort])) if sort else tuple(entries)


def grouped(entries: Iterable[Entry], by: str | None) -> Mapping[str, tuple[Entry, ...]]:
    """The entries by the titles of their groups; one group without a title where none are asked for."""
    if by is None:
        return {"": tuple(entries)}
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        for title in GROUPINGS[by](entry):
            groups.setdefault(title, []).append(entry)
    titles = sorted(groups, key=_ORDERS[by]) if by in _ORDERS else groups
    return {title: tuple(groups[title]) for title in titles}
