"""The list of owners: the directory of each board, with what each one still has to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from shlex import quote

from rrbnotes.owners import Directory, Party
from rrbnotes.quoting import count
from rrbnotes.views.entries import Entry
from rrbnotes.views.fields.lists import OwnerRecord
from rrbnotes.views.listing import Cell, Column, Group, Listing, Records, Sheet, Table, Tone, cell

COLUMNS = (
    Column("Owner", most=30),
    Column("Also written", fills=True),
    Column("Outstanding", right=True),
    Column("Overdue", right=True),
    Column("Rolled over", right=True),
)
FIELDS = ("owner", "outstanding", "overdue", "rolled_over", "names")
MORE_FIELDS = ("members", "board", "refs")


@dataclass(frozen=True, slots=True)
class Holder:
    """One owner of one board and the outstanding actions that are its own or shared."""

    board: str | None
    party: Party
    entries: tuple[Entry, ...]

    @property
    def numbers(self) -> tuple[int, int, int]:
        """Outstanding, overdue, rolled over."""
        overdue = sum(entry.standing.overdue for entry in self.entries)
        return len(self.entries), overdue, sum(entry.rolled > 0 for entry in self.entries)

    @property
    def names(self) -> tuple[str, ...]:
        """Its other names; `Name (ABC)` is none beside `Name`."""
        short = self.party.short
        return tuple(form for form in self.party.forms if form != short and not form.endswith(f"({short})"))


def listing(directories: Mapping[str | None, Directory], entries: Sequence[Entry]) -> Listing:
    """Everybody who is known or owns something; who has most to do comes first."""
    outstanding = tuple(entry for entry in entries if entry.outstanding)
    boards = {board: tuple(_holders(board, known, outstanding)) for board, known in directories.items()}
    held = {board: holders for board, holders in boards.items() if holders}
    everybody = tuple(holder for holders in held.values() for holder in holders)
    return Listing(
        partial(_table, held),
        partial(_sheet, everybody),
        partial(_records, everybody),
        tuple(_talk(everybody, outstanding)),
        then=_then(everybody),
    )


def _then(everybody: tuple[Holder, ...]) -> str:
    busy = next((holder.party.short for holder in everybody if holder.entries), None)
    return f"rrb actions --owner {quote(busy)} for what {busy} has to do" if busy else ""


def _holders(board: str | None, known: Directory, outstanding: Sequence[Entry]) -> list[Holder]:
    own = tuple(entry for entry in outstanding if entry.action.board == board)
    owners = {owner for entry in own for owner in entry.action.owners}
    strangers = owners - {party.short for party in known.parties}
    parties = (*known.parties, *map(Party, strangers))
    holders = (
        Holder(board, party, tuple(e for e in own if party.short in e.action.owners)) for party in parties
    )
    return sorted(holders, key=lambda holder: (-len(holder.entries), holder.party.short.casefold()))


def _talk(holders: tuple[Holder, ...], outstanding: Sequence[Entry]) -> Iterator[str]:
    if not holders:
        yield "no owners"
        return
    busy = sum(bool(holder.entries) for holder in holders)
    nobody = sum(not entry.action.owners for entry in outstanding)
    more = f"; {nobody} owned by nobody" if nobody else ""
    yield f"{count(len(holders), 'owner')}, {busy} with {count(len(outstanding) - nobody, 'outstanding action')}{more}"


def _table(boards: Mapping[str | None, tuple[Holder, ...]]) -> Table:
    several = len(boards) > 1
    groups = (
        Group(tuple(map(_row, holders)), board or "(no board)" if several else "")
        for board, holders in boards.items()
    )
    return Table(COLUMNS, tuple(groups))


def _row(holder: Holder) -> tuple[Cell, ...]:
    outstanding, overdue, rolled = holder.numbers
    counts = (cell(outstanding), cell(overdue, Tone.ALARM), cell(rolled, Tone.WARN))
    return (cell(holder.party.short, Tone.STRONG), cell(", ".join(holder.names)), *counts)


def _sheet(holders: tuple[Holder, ...]) -> Sheet:
    return Sheet((*FIELDS, *MORE_FIELDS), map(_texts, holders), plain=len(FIELDS))


def _texts(holder: Holder) -> tuple[str, ...]:
    party, refs = holder.party, " ".join(entry.action.ref for entry in holder.entries)
    more = (", ".join(holder.names), ", ".join(party.members), holder.board or "", refs)
    return (party.short, *map(str, holder.numbers), *more)


def _records(holders: tuple[Holder, ...]) -> Records:
    return Records("owners", map(_record, holders), {})


def _record(holder: Holder) -> OwnerRecord:
    party, (outstanding, overdue, rolled) = holder.party, holder.numbers
    return {
        "owner": party.short,
        "names": holder.names,
        "members": party.members,
        "board": holder.board,
        "outstanding": outstanding,
        "overdue": overdue,
        "rolled_over": rolled,
        "actions": [entry.action.ref for entry in holder.entries],
    }
