"""The table of earlier actions in a note, brought up to date: what people typed into it and around it stays as it stands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rrbnotes.edits import Edit
from rrbnotes.errors import RrbError
from rrbnotes.keeping.cells import cell_edit, cells_in, margin, printed_row
from rrbnotes.keeping.generated import PREVIOUS, Generated, in_line_ends_of, replaced
from rrbnotes.reading.columns import columns
from rrbnotes.source import Source, line_in, unfenced

HINT = (
    "<!-- Progress: Complete, Ongoing, Roll over or Closed, and why. A row that stays empty says nothing. -->"
)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_RULE = re.compile(r"\s*:?-+:?\s*")
_TAIL = re.compile(r"; (?:not reported since|for agreement)\Z")
"""What comes and goes behind the last words on an action."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table as it would be begun, its cells as they are printed: the first is a row's ref, people fill in the last."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    refs: Mapping[str, str] = field(default_factory=dict)
    """Every ref that an action answers to, with the one that it is known by."""
    printed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The owners and deadlines that rrb may have printed for an action, by its ref."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How a table is brought up to date."""

    edits: tuple[Edit, ...]
    remarks: tuple[str, ...]
    """What a person should look at."""


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: tuple[str, ...]

    def at(self, place: int | None) -> str:
        """The cell at a place; empty where there is none."""
        return self.cells[place] if place is not None and place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table that stands in a note."""

    line: int
    """That of its headings; its rule is the next one."""
    size: int
    places: Mapping[str, int]
    """Of our columns, by their headings; people may have moved them, named them anew or taken them out."""
    rows: tuple[_Row, ...]

    def cell(self, row: _Row, head: str) -> str:
        """What stands in one of our columns."""
        return row.at(self.places.get(head))

    def others(self, row: _Row) -> Iterator[str]:
        """What stands in columns of people's own."""
        return (cell for place, cell in enumerate(row.cells) if place not in self.places.values())


def table(sheet: Sheet, empty: str) -> str:
    """The table as markdown with a hint on how to fill it in; `empty` stands where there is no row."""
    if not sheet.rows:
        return empty
    lines = (sheet.heads, ("---",) * len(sheet.heads), *sheet.rows)
    return "\n".join((HINT, "", *map(printed_row, lines)))


def refreshed(source: Source, part: Generated, new: Sheet, empty: str) -> Refreshed:
    """The edits that add rows for what is outstanding now, take out the untouched ones of what is not, and give the others
    new words where nobody filled them in or changed a cell by hand."""
    old = _read(source, part, new)
    if old is None:
        return Refreshed((_begun(source, part, table(new, empty), empty),), ())
    mine = _matched(old, new)
    lines = {line for line, ref in _by_line(old, new).items() if ref and line not in mine}
    gone = [row for row in old.rows if row.line in lines and not _is_touched(old, row, new)]
    if not new.rows and len(gone) == len(old.rows):
        return Refreshed(_emptied(source, old, empty), ())
    rows = {row.line: row for row in old.rows}
    edits = [_without(source, row.line) for row in gone]
    remarks: list[str] = []
    after = old.line + 1
    places = {cells[0]: line for line, cells in mine.items()}
    for cells in new.rows:
        line = places.get(cells[0])
        if line is None:
            edits.append(_added(source, old, after, new, cells))
        else:
            after = line
            edits += _anew(source, old, rows[line], new, cells)
            remarks += _remarks(source, old, rows[line], new, cells)
    return Refreshed(tuple(edits), tuple(remarks))


def _begun(source: Source, part: Generated, text: str, empty: str) -> Edit:
    """A table where there is none, in the place of the words that said so."""
    inside = [line for number in part.inside if (line := source.lines[number - 1]).strip() != HINT]
    before, _, after = "\n".join(inside).partition(empty)
    return replaced(source, part, PREVIOUS, "\n\n".join(filter(None, map(_trimmed, (before, text, after)))))


def _trimmed(text: str) -> str:
    return re.sub(r"\A(?:[ \t]*\n)+|\s+\Z", "", text)


def _emptied(source: Source, old: _Table, empty: str) -> tuple[Edit, ...]:
    """The words that nothing is outstanding, in the place of a table without a row, and of the hint on it."""
    last = max((row.line for row in old.rows), default=old.line + 1)
    starts = source.starts()
    hints = [n for n in (old.line - 1, old.line - 2) if line_in(source.lines, n).strip() == HINT]
    first = hints[0] if hints else old.line
    return (Edit(starts[first - 1], starts[last], in_line_ends_of(source, f"{empty}\n")),)


def _by_line(old: _Table, new: Sheet) -> Mapping[int, str | None]:
    """The lines of the rows, each with the ref that its action is known by; None where its ref is of no action."""
    return {row.line: _ref(old.cell(row, new.heads[0]), new.refs) for row in old.rows}


def _matched(old: _Table, new: Sheet) -> Mapping[int, tuple[str, ...]]:
    """The lines whose rows are there already, with what they would say now: by their refs, else by their words. Of two for
    one action it is that which people have filled in."""
    by_line = _by_line(old, new)
    words = {row.line: old.cell(row, new.heads[1]) for row in old.rows}
    filled = {row.line for row in old.rows if old.cell(row, new.heads[-1])}
    found: dict[int, tuple[str, ...]] = {}
    for cells in new.rows:
        ref = _plain(cells[0])
        same = [line for line, known in by_line.items() if known == ref]
        same = same or [n for n, known in by_line.items() if not known and words[n] == cells[1]]
        line = min((n for n in same if n not in found), key=lambda n: (n not in filled, n), default=None)
        if line is not None:
            found[line] = cells
    return found


def _is_touched(old: _Table, row: _Row, new: Sheet) -> bool:
    """Whether a person wrote anything into a row."""
    printed = new.printed.get(_ref(old.cell(row, new.heads[0]), new.refs) or "", ())
    is_typed = any(_is_typed(head, old.cell(row, head), "", printed) for head in new.heads[2:-1])
    return bool(old.cell(row, new.heads[-1])) or any(old.others(row)) or is_typed


def _is_typed(head: str, cell: str, now: str, printed: frozenset[str] | tuple[()]) -> bool:
    """Whether a cell says something that rrb did not write."""
    if not cell or cell == now:
        return False
    if head in ("Owner", "Due"):
        return cell not in printed
    if head == "Carried":
        return not cell.isdigit()
    begun = _TAIL.sub("", now)
    return bool(begun) and cell.startswith(begun) and bool(_TAIL.sub("", cell[len(begun) :]))


def _anew(source: Source, old: _Table, row: _Row, new: Sheet, cells: Sequence[str]) -> Iterator[Edit]:
    """New words for a row that nobody has filled in; where a person wrote into a cell, it stays."""
    if old.cell(row, new.heads[-1]):
        return
    for head, now in zip(new.heads[1:-1], cells[1:-1], strict=True):
        place = old.places.get(head)
        is_there = place is not None and place < len(row.cells)
        was = old.cell(row, head)
        if (
            place is not None
            and is_there
            and was != now
            and not _is_typed(head, was, now, new.printed.get(_plain(cells[0]), ()))
        ):
            yield cell_edit(source, row.line, place, now)


def _remarks(source: Source, old: _Table, row: _Row, new: Sheet, cells: Sequence[str]) -> Iterator[str]:
    """Where a row says otherwise than its action whose it is, when, or, until now, what."""
    ref = _plain(cells[0])
    is_filled = bool(old.cell(row, new.heads[-1]))
    for head, now in zip(new.heads, cells, strict=True):
        was = old.cell(row, head)
        if head in ("Owner", "Due") and _is_typed(head, was, now, new.printed.get(ref, ())):
            yield f"{source.path}:{row.line}: {head} of {ref} stays '{was}', as somebody wrote it; the action has '{now}'"
        elif head == "Action" and was and not is_filled and not _is_typed(head, was, now, ()) and was != now:
            yield f"{source.path}:{row.line}: {ref} was '{was}' here, and is '{now}' now"


def _without(source: Source, line: int) -> Edit:
    starts = source.starts()
    return Edit(starts[line - 1], starts[line], "")


def _added(source: Source, old: _Table, after: int, new: Sheet, cells: Sequence[str]) -> Edit:
    """A row of our own behind a line, under whatever headings there are."""
    row = [""] * old.size
    for head, text in zip(new.heads, cells, strict=True):
        if head in old.places:
            row[old.places[head]] = text
    at = source.starts()[after]
    return Edit(
        at, at, in_line_ends_of(source, f"{margin(line_in(source.lines, old.line))}{printed_row(row)}\n")
    )


def _read(source: Source, part: Generated, new: Sheet) -> _Table | None:
    """The table between the markers."""
    lines = [(number, line) for number, line in unfenced(source.lines) if number in part.inside]
    for at, (number, line) in enumerate(lines):
        heads = cells_in(line)
        places = _places(heads, new.heads) if len(heads) > 1 else {}
        if new.heads[1] not in places:
            continue
        if len(lines) <= at + 1 or not all(map(_RULE.fullmatch, cells_in(lines[at + 1][1]))):
            raise RrbError(
                f"{source.path}:{number}: no table, for below its headings must stand a line of | --- |; nothing was written"
            )
        return _Table(number, len(heads), places, tuple(_rows(lines[at + 2 :], number + 2)))
    return None


def _rows(lines: Sequence[tuple[int, str]], first: int) -> Iterator[_Row]:
    """The rows from a line on, up to an empty line or code."""
    for expected, (number, line) in enumerate(lines, first):
        if number != expected or not line.strip():
            return
        cells = cells_in(line)
        if len(cells) > 1:
            yield _Row(number, cells)


def _places(heads: Sequence[str], ours: Sequence[str]) -> Mapping[str, int]:
    """Where our columns are: those that a reader of tables knows are found as it finds them, the others by their titles."""
    titles = [head.strip("*_ ") for head in heads]
    known = columns(titles)
    found = {}
    for head in ours:
        kind = next(iter(columns((head,))), "")
        if kind in known:
            found[head] = known[kind]
        elif not kind and head in titles:
            found[head] = titles.index(head)
    return found


def _plain(cell: str) -> str:
    """A cell without backslashes before marks."""
    return re.sub(r"\\([^\w\s])", r"\1", cell)


def _ref(cell: str, refs: Mapping[str, str]) -> str | None:
    """The ref that an action is known by, of which a cell has any, whatever it is dressed in."""
    bare = _plain(_LINK.sub(r"\1", cell)).strip(" .:*[]()`")
    return refs.get(_plain(cell)) or refs.get(bare)
