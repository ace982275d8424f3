"""Lines of a PDF that are rows of a table, where the headings of its columns are sure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rrbnotes.importing.pages import Line, Run, Table, folded, joined, line, plain, without
from rrbnotes.reading.columns import columns, is_action_table


@dataclass(frozen=True, slots=True)
class Part:
    """Words without any gap that is not a blank of theirs."""

    x: float
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a line without a wide gap in them."""

    x: float
    words: Line
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Strip:
    """One printed line of a page."""

    cells: tuple[Cell, ...]
    y: float
    """From the foot of the page."""
    size: float
    above: float | None = None
    """How far the line before it is; None at the top of a page."""

    @property
    def words(self) -> str:
        """All its words."""
        return " ".join(folded(cell.words) for cell in self.cells)


_NEAR = 6.0
"""How far, in points, a cell may begin from its column's heading."""


def cut_tables(sheets: Sequence[Sequence[Strip]]) -> Iterator[Strip | Table]:
    """The strips of all pages, those of tables as tables."""
    strips = [strip for sheet in sheets for strip in _measured(sheet)]
    at = 0
    while at < len(strips):
        heads = _heads(strips[at])
        rows, end = _rows(strips, at, heads) if heads else ([], 0)
        if len(rows) > 1:
            yield Table(tuple(rows))
            at = end
        else:
            yield strips[at]
            at += 1


def _heads(strip: Strip) -> tuple[Cell, ...]:
    """The headings of a table of actions that a strip is; none where it is something else. Narrow columns leave no wide gap
    between their headings."""
    apart = tuple(Cell(part.x, line(part.runs)) for cell in strip.cells for part in cell.parts)
    found = [(columns([folded(cell.words) for cell in cells]), cells) for cells in (strip.cells, apart)]
    known, cells = max(found, key=lambda one: len(one[0]))
    is_brief = len(cells) <= _MOST and all(len(plain(cell.words)) <= 40 for cell in cells)
    return cells if is_brief and len(known) == len(cells) and is_action_table(known) else ()


_MOST = 12


def _measured(sheet: Sequence[Strip]) -> Iterator[Strip]:
    """The strips with the room above each; one that stands higher than the one before it begins a column or a page."""
    before: Strip | None = None
    for strip in sheet:
        step = before.y - strip.y if before else None
        yield replace(strip, above=step if step is not None and step >= 0 else None)
        before = strip


@dataclass(slots=True)
class _Row:
    cells: list[list[Line]]
    column: int
    y: float


def _rows(strips: Sequence[Strip], first: int, heads: Sequence[Cell]) -> tuple[list[tuple[Line, ...]], int]:
    """The rows of the table whose headings stand on a strip, and where it ends."""
    starts = _starts(heads, strips[first + 1 : first + 1 + _LOOKED_AT])
    rows = [_Row([[without(cell.words, "strong")] for cell in heads], len(starts) - 1, strips[first].y)]
    at = first + 1
    while at < len(strips):
        strip = replace(strips[at], cells=tuple(_below(strips[at], starts)))
        if not _belongs(strip, strips[at - 1], starts):
            break
        at += 1
        if strip.words == strips[first].words:  # the headings anew, at the top of a page
            continue
        for cell in strip.cells:
            _take(rows, _column(cell.x, starts), cell, strip)
    return [tuple(joined(lines) for lines in row.cells) for row in rows], at


def _starts(heads: Sequence[Cell], below: Sequence[Strip]) -> list[float]:
    """Where the columns begin: a heading may be set in their middle, so look where most rows below it begin."""
    seen = Counter(round(part.x, 1) for strip in below for cell in strip.cells for part in cell.parts)
    starts: list[float] = []
    for n, head in enumerate(heads):
        after = heads[n - 1].x if n else 0.0
        fitting = [(count, -x) for x, count in seen.items() if after + _NEAR < x < head.x and count > 1]
        is_flush = not fitting or any(abs(x - head.x) <= _NEAR for x in seen)
        starts.append(head.x if is_flush else -max(fitting)[1])
    return starts


_LOOKED_AT = 40


def _below(strip: Strip, starts: Sequence[float]) -> Iterator[Cell]:
    """The cells of a strip, cut also where a column begins: one that is filled to its end leaves no wide gap."""
    for cell in strip.cells:
        x, runs = cell.x, list[Run]()
        for part in cell.parts:
            column = _column(part.x, starts)
            if runs and abs(part.x - starts[column]) < _NEAR and column > _column(x, starts):
                yield Cell(x, line(runs))
                x, runs = part.x, []
            runs += part.runs
        yield Cell(x, line(runs))


def _belongs(strip: Strip, before: Strip, starts: Sequence[float]) -> bool:
    """Whether a strip is part of a table: its cells stand below the headings, and it is no line of text behind it."""
    if strip.cells[0].x < starts[0] - _NEAR or abs(strip.size - before.size) > 1.5:
        return False
    if any(min(abs(cell.x - start) for start in starts) > _NEAR for cell in strip.cells):
        return False
    is_alone = len(strip.cells) == 1 and _column(strip.cells[0].x, starts) == 0
    if is_alone:
        room = starts[1] - starts[0]
        is_wide = len(plain(strip.cells[0].words)) * 0.42 * strip.size > room
        is_far = strip.above is not None and strip.above > 2.4 * strip.size
        return not is_wide and not is_far
    return True


def _column(x: float, starts: Sequence[float]) -> int:
    return min(range(len(starts)), key=lambda n: abs(starts[n] - x))


def _take(rows: list[_Row], column: int, cell: Cell, strip: Strip) -> None:
    """Put a cell into its row: further to the right it belongs to the last one, right below it goes on with its words."""
    row = rows[-1]
    goes_on = len(rows) > 1 and column == row.column and 0 < row.y - strip.y < 1.55 * strip.size
    if len(rows) > 1 and (column > row.column or goes_on):
        row.cells[column].append(cell.words)
    else:
        row = _Row([[] for _ in row.cells], column, strip.y)
        row.cells[column].append(cell.words)
        rows.append(row)
    row.column, row.y = column, strip.y
