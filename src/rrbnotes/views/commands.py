"""The commands that wrote, newest first: what can be undone."""

from functools import partial

from rrbnotes.quoting import count
from rrbnotes.store.journal import Entry, Journal
from rrbnotes.views.listing import Column, Group, Listing, Records, Sheet, Table, Tone, cell

COLUMNS = (Column("No.", right=True), Column("When"), Column("Command", fills=True), Column("Files", most=30))
FIELDS = ("id", "when", "command", "undone", "files")


def listing(journal: Journal) -> Listing:
    """The commands of a journal."""
    undoable = len(journal.entries) - len(journal.undone)
    footer = f"{count(undoable, 'command')} can be undone: rrb undo NO. takes one back; an undo too"
    return Listing(
        partial(_table, journal),
        partial(_sheet, journal),
        partial(_records, journal),
        (footer if journal.entries else "no command has written here yet",),
    )


def _texts(entry: Entry, journal: Journal) -> tuple[str, ...]:
    when = entry.stamp.astimezone().strftime("%Y-%m-%d %H:%M")
    undone = "undone" if entry.id in journal.undone else ""
    return (entry.id, when, entry.command, undone, ", ".join(file.path for file in entry.files))


def _table(journal: Journal) -> Table:
    rows = []
    for entry in journal.entries:
        number, when, command, undone, files = _texts(entry, journal)
        said = (*cell(command), *cell(undone, Tone.WARN))
        rows.append((cell(number, Tone.STRONG), cell(when), said, cell(files, Tone.QUIET)))
    return Table(COLUMNS, (Group(tuple(rows)),))


def _sheet(journal: Journal) -> Sheet:
    return Sheet(FIELDS, (_texts(entry, journal) for entry in journal.entries), plain=len(FIELDS))


def _records(journal: Journal) -> Records:
    rows = (_texts(entry, journal) for entry in journal.entries)
    return Records("commands", [dict(zip(FIELDS, row, strict=True)) for row in rows], {})
