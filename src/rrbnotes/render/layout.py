"""A table fitted to a width: narrow terminals get columns below each other, and never lose a word."""

from dataclasses import replace

from rrbnotes.views.listing import Cell, Column, Group, Table, Words

GAP = 2
"""Spaces between columns."""
ROOM = 40
"""Characters that the filling column gets before the others move below each other."""


def fitted(table: Table, width: int) -> Table:
    """The table with as many columns below others, from the right, as the filling column needs for its room."""
    foldable = [c for c in reversed(table.columns) if c.under]
    while foldable and _room(table, width) < ROOM:
        table = _folded(table, foldable.pop(0))
    return table


def widths(table: Table, width: int) -> list[int]:
    """The width of each column, in characters of a terminal."""
    room = max(_room(table, width), 10)
    return [room if c.fills else _natural(table, at) for at, c in enumerate(table.columns)]


def cells_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    from rich.cells import cell_len

    return cell_len(text)


def _room(table: Table, width: int) -> int:
    taken = sum(_natural(table, at) for at, column in enumerate(table.columns) if not column.fills)
    return width - taken - GAP * (len(table.columns) - 1)


def _natural(table: Table, at: int) -> int:
    """The width of the longest words, or of the title."""
    column = table.columns[at]
    texts = [words.text for group in table.groups for row in group.rows for words in row[at]]
    widest = max((cells_of(text) for text in texts), default=0)
    return max(cells_of(column.title), min(column.most, widest))


def _folded(table: Table, column: Column) -> Table:
    """The table with one column's cells below those of the column that it goes under."""
    titles = [c.title for c in table.columns]
    source, target = titles.index(column.title), _target(table, column)
    columns = list(table.columns)
    columns[target] = _joined(columns[target], column)
    del columns[source]
    groups = tuple(replace(g, rows=tuple(_row(row, source, target, column) for row in g.rows)) for g in table.groups)
    return Table(tuple(columns), groups)
