"""The filters of `rrb actions`, each a row: its option, what it takes, which actions it keeps.

This module is read before any command line is: it imports nothing that reads notes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rrbnotes.spelling import bare

Entry = Any
"""A `views.entries.Entry`, by its name alone: this is read whenever somebody presses Tab, who need not wait for the model."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow a list of actions; several narrow it together."""

    name: str
    """Of the option, with `-` for `_`."""
    takes: str
    """`flag`, `number`, `days`, `date`; or what the word names: `status`, `meeting`, `owner`, `board`, `text`."""
    help: str
    keeps: Callable[[Entry, Any], bool]
    """Of an entry and the value that the option was given; of the words' meanings where it takes a word."""


SCOPES: Mapping[str, tuple[str, Callable[[Entry], bool]]] = {
    "open": ("Those still to be done (the default).", lambda entry: entry.outstanding),
    "finished": ("Those complete or closed.", lambda entry: not entry.outstanding),
    "all": ("Both.", lambda entry: True),
}
"""Which actions are looked at before any filter; they exclude each other."""

FILTERS: tuple[Filter, ...] = (
    Filter(
        "status",
        "status",
        "Status is S: its name, a synonym or the start of it.",
        lambda entry, wanted: entry.action.status in wanted,
    ),
    Filter(
        "rolled_over",
        "flag",
        "Outstanding, and rolled over at least once.",
        lambda entry, _: entry.rolled >= 1,
    ),
    Filter(
        "min_carried",
        "number",
        "Carried over at least N meetings.",
        lambda entry, least: entry.standing.carried.meetings >= least,
    ),
    Filter(
        "unreported",
        "flag",
        "Outstanding, and not mentioned at the latest meeting.",
        lambda entry, _: entry.standing.unreported,
    ),
    Filter("overdue", "flag", "Outstanding, and past its date.", lambda entry, _: entry.standing.overdue),
    Filter(
        "due_before",
        "date",
        "Due earlier than DATE; undated ones are left out.",
        lambda entry, day: bool((due := entry.action.due) and due.deadline and due.deadline < day),
    ),
    Filter(
        "stale",
        "days",
        "Neither raised nor given a status for DAYS days.",
        lambda entry, days: bool(entry.moved and (entry.today - entry.moved).days >= days),
    ),
    Filter(
        "meeting",
        "meeting",
        "Raised at M, or first seen there: its key, the end of it, its date, or 'latest'.",
        lambda entry, wanted: entry.action.first_seen.meeting in wanted,
    ),
    Filter(
        "owner",
        "owner",
        "Owned by O, any of its names, or by a group that has O as a member; 'none': by nobody.",
        lambda entry, wanted: any(
            (entry.action.board, owner) in wanted for owner in entry.action.owners or ("",)
        ),
    ),
    Filter("board", "board", "Of board B.", lambda entry, wanted: entry.action.board in wanted),
    Filter(
        "search",
        "text",
        "These words in its action, reason or item.",
        lambda entry, wanted: _says(entry, wanted),
    ),
)


def kept(entries: Iterable[Entry], scope: str, wanted: Mapping[str, object]) -> tuple[Entry, ...]:
    """The entries in scope that every filter named in `wanted` keeps."""
    tests = [(row.keeps, wanted[row.name]) for row in FILTERS if row.name in wanted]
    in_scope = SCOPES[scope][1]
    return tuple(e for e in entries if in_scope(e) and all(keeps(e, value) for keeps, value in tests))


def _says(entry: Entry, wanted: Sequence[str]) -> bool:
    action = entry.action
    reasons = (progress.reason for progress in action.history)
    words = bare("\n".join((action.action, action.first_seen.item or "", *reasons)))
    return any(bare(text) in words for text in wanted)
