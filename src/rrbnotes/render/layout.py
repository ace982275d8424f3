"""A table fitted to a width: narrow terminals get columns below each other, and never lose a word."""

from dataclasses import replace

from rich.cells import cell_len

from rrbnotes.views.listing import Cell, Column, Table

GAP = 2
"""Spaces between columns."""
ROOM = 36
"""Characters that the filling column gets before the others move below each other."""
FOLDED = 18
"""The widest that a column is which has others below it."""
SHORT = 16
"""As much of that as the others may ask for: `after 2019-11-19`."""


def fitted(table: Table, width: int) -> Table:
    """The table with as many columns below others, from the left, as the filling column needs for its room."""
    for title in _foldable(table):
        if _room(table, width) < ROOM:
            table = _folded(table, title)
    return table


def widths(table: Table, width: int) -> list[int]:
    """The width of each column, in characters of a terminal."""
    room = max(_room(table, width), 10)
    return [room if c.fills else _natural(table, at) for at, c in enumerate(table.columns)]


def _foldable(table: Table) -> list[str]:
    """The columns that can go below another; those that others go below come last."""
    targets = {column.under for column in table.columns}
    return sorted((c.title for c in table.columns if c.under), key=lambda title: title in targets)


def _room(table: Table, width: int) -> int:
    taken = sum(_natural(table, at) for at, column in enumerate(table.columns) if not column.fills)
    return width - taken - GAP * (len(table.columns) - 1)


def _natural(table: Table, at: int) -> int:
    """The width of the longest words, or of the title."""
    column = table.columns[at]
    texts = [words.text for group in table.groups for row in group.rows for words in row[at]]
    widest = max((cell_len(text) for text in texts), default=0)
    return max(cell_len(column.title), min(column.most, widest))


def _folded(table: Table, title: str) -> Table:
    """The table with one column's cells below those of the column that it goes under."""
    names = [column.title.partition(" / ")[0] for column in table.columns]
    source = names.index(title)
    column = table.columns[source]
    target = names.index(column.under or "")
    columns = list(table.columns)
    columns[target] = _joined(columns[target], column, _natural(table, target))
    del columns[source]
    groups = tuple(
        replace(group, rows=tuple(_moved(row, source, target, column.lead) for row in group.rows))
        for group in table.groups
    )
    return Table(tuple(columns), groups)


def _joined(target: Column, source: Column, width: int) -> Column:
    most = min(FOLDED, max(width, min(source.most, SHORT)))
    title = f"{target.title} / {source.title.lower()}"
    return replace(target, title=title if len(title) <= most else target.title, most=most)


def _moved(row: tuple[Cell, ...], source: int, target: int, lead: str) -> tuple[Cell, ...]:
    moved = tuple(
        replace(words, text=(lead if at == 0 else "") + words.text) for at, words in enumerate(row[source])
    )
    cells = list(row)
    cells[target] = (*row[target], *moved)
    del cells[source]
    return tuple(cells)
