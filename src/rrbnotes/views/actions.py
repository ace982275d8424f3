"""The list of actions."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date as Date
from functools import partial
from itertools import chain

from rrbnotes.quoting import count
from rrbnotes.views.cells import deadline_text, due_cell, owners_text, status_cell
from rrbnotes.views.entries import Entry
from rrbnotes.views.listing import Cell, Column, Group, Listing, Records, Sheet, Table, Tone, cell
from rrbnotes.views.orders import NO_OWNER
from rrbnotes.views.outstanding import Totals
from rrbnotes.views.records import action_record

COLUMNS = (
    Column("Ref", most=20),
    Column("Action", fills=True),
    Column("Owners", under="Ref", most=18),
    Column("Due", under="Status", most=17),
    Column("Status", under="Action", lead="→ "),
    Column("Carried", under="Status", lead="carried ", right=True),
)
FIELDS = ("ref", "status", "due", "owners", "carried", "action")
"""What a pipe gets: a promise, only ever appended to."""
MORE_FIELDS = (
    "reason",
    "due_words",
    "board",
    "raised",
    "item",
    "overdue",
    "unreported",
    "age_days",
    "path",
    "line",
)
"""What a spreadsheet gets beside."""
Groups = Mapping[str, tuple[Entry, ...]]


def listing(
    groups: Groups, footer: tuple[str, ...], today: Date, beside: Callable[[], tuple[Records, ...]] = tuple
) -> Listing:
    """The groups of actions, in every shape."""
    return Listing(
        partial(_table, groups),
        partial(_sheet, groups),
        partial(_records, groups, today),
        footer,
        beside=beside,
        then=_then(groups),
    )


def _then(groups: Groups) -> str:
    every = tuple(chain.from_iterable(groups.values()))
    if not every:
        return ""
    ask = ", rrb chase to ask the owners" if any(one.outstanding for one in every) else ""
    return f"rrb show {every[0].action.ref} for the life of one{ask}"


def action_records(entries: tuple[Entry, ...], today: Date) -> Records:
    """The envelope of actions."""
    return Records("actions", map(action_record, entries), {"today": today.isoformat()})


def unique(groups: Groups) -> tuple[Entry, ...]:
    """Each entry once, in order, however many groups it stands in."""
    return tuple({entry.action.ref: entry for group in groups.values() for entry in group}.values())


def talk(shown: tuple[Entry, ...], totals: Totals, scope: str, asked: str) -> Iterator[str]:
    """What stands below the list: the counts, refs that no register has yet, joins that wait for a person."""
    what = {"open": " outstanding", "finished": " finished"}.get(scope, "")
    total = count(totals.actions, "action")
    asked_for = f" for {asked}" if asked else ""
    if not shown:
        yield f"no{what} action{asked_for} (of {total})"
        return
    counts = ", ".join(f"{number} {word}" for word, number in _counts(shown).items() if number)
    yield f"{len(shown)}{what} of {total}{asked_for}{f': {counts}' if counts else ''}"
    provisional = sum(entry.action.provisional for entry in shown)
    if provisional:
        which = "the refs are" if provisional == len(shown) else f"{provisional} of the refs are"
        one = "1 of the refs is provisional until `rrb sync` writes it down"
        yield (
            one if provisional == 1 < len(shown) else f"{which} provisional until `rrb sync` writes them down"
        )
    if totals.for_agreement and scope == "open":
        yield f"{count(totals.for_agreement, 'action')} finished between meetings, for agreement: rrb actions --finished"
    if totals.proposals:
        yield f"{count(totals.proposals, 'mention')} may speak of an earlier action: rrb link --review asks"


def _counts(shown: tuple[Entry, ...]) -> Mapping[str, int]:
    return {
        "overdue": sum(entry.standing.overdue for entry in shown),
        "rolled over": sum(entry.rolled > 0 for entry in shown),
        "unreported": sum(entry.standing.unreported for entry in shown),
        "for agreement": sum(entry.for_agreement for entry in shown),
    }


def _table(groups: Groups) -> Table:
    return Table(COLUMNS, tuple(_group(title, entries) for title, entries in groups.items()))


def _group(title: str, entries: tuple[Entry, ...]) -> Group:
    heading = f"{title} ({len(entries)})" if title else ""
    return Group(tuple(_row(entry) for entry in entries), heading)


def _row(entry: Entry) -> tuple[Cell, ...]:
    action = entry.action
    return (
        cell(action.ref, Tone.STRONG),
        cell(action.action),
        cell(owners_text(action.owners)) or cell(NO_OWNER, Tone.QUIET),
        due_cell(entry),
        status_cell(entry),
        cell(entry.standing.carried.meetings, Tone.QUIET),
    )


def _sheet(groups: Groups) -> Sheet:
    by = () if list(groups) == [""] else ("group",)
    fields = (*FIELDS, *by, *MORE_FIELDS)
    rows = (_texts(entry, (title,) if by else ()) for title, group in groups.items() for entry in group)
    return Sheet(fields, rows, plain=len(FIELDS) + len(by))


def _texts(entry: Entry, group: tuple[str, ...]) -> tuple[str, ...]:
    action, standing, first = entry.action, entry.standing, entry.action.first_seen
    core = (
        action.ref,
        action.status,
        deadline_text(action.due),
        owners_text(action.owners),
        str(standing.carried.meetings),
        action.action,
    )
    more = (
        entry.latest.reason if entry.latest else "",
        action.due.text if action.due else "",
        action.board or "",
        first.date.isoformat() if action.is_raised and first.date else "",
        first.item or "",
        "yes" if standing.overdue else "",
        "yes" if standing.unreported else "",
        "" if standing.age_days is None else str(standing.age_days),
        first.at.path if first.at else "",
        str(first.at.line) if first.at else "",
    )
    return (*core, *group, *more)


def _records(groups: Groups, today: Date) -> Records:
    return action_records(unique(groups), today)
