"""Tables of word processors: those that hold rows stay tables, those that only set a page out become what stands in them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rrbnotes.importing.pages import (
    Block,
    Heading,
    Items,
    Line,
    Paragraph,
    Run,
    Table,
    folded,
    is_all,
    joined,
    line,
    on_one_line,
    said,
    without,
)
from rrbnotes.reading.columns import columns, is_action_table
from rrbnotes.reading.roles import Vocabulary, role_of

MAX_COLUMNS = 100
_LONG = 400
"""Characters of a cell that tells of a discussion."""
_MANY = 4
"""Blocks of such a cell."""
_TITLE = 90
_KEY = re.compile(
    r"(?:date|time|day|venue|place|location|where|when|chair(?:ed by|person)?|clerk|minutes|note ?taker|meeting)\b.{0,30}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:item )?\d{1,3}(?:\.\d{1,3})*[.)]?", re.IGNORECASE)
_ACTIONS = re.compile(r"actions?(?: (?:by|for|points?|required|agreed|owner))?", re.IGNORECASE)
_VOCABULARY = Vocabulary({}, ())


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with what stands in it."""

    blocks: tuple[Block, ...] = ()
    across: int = 1
    """How many columns it covers."""
    down: int = 1
    """How many rows."""

    @property
    def words(self) -> str:
        """All its words on one line."""
        return " ".join(filter(None, said(self.blocks)))


_Grid = list[list[Cell]]


def laid_out(rows: Iterable[list[Cell]]) -> Iterator[Block]:
    """The blocks that a table comes to."""
    filled = [row for row in rows if any(cell.words for cell in row)]
    width = min(
        max(
            (sum(min(cell.across, MAX_COLUMNS) for cell in row if cell.across < 1_000) for row in filled),
            default=0,
        ),
        MAX_COLUMNS,
    )
    grid = _spread(filled, width)
    if width < 2 or any(_holds_pages(cell) for row in grid for cell in row):
        for row in filled:
            for cell in row:
                yield from cell.blocks
        return
    heads: list[Cell] = []
    for part in _parts(grid, width):
        if isinstance(part, Cell):
            yield from part.blocks
            continue
        if _is_of_actions(part):
            heads = part[0]
        elif heads:
            part = [heads, *part]
        yield from _part(part)


def _part(grid: _Grid) -> Iterator[Block]:
    if _is_of_labels(grid):
        for name, value in grid:
            yield from _label(name, value)
    elif _is_of_actions(grid) or not any(_is_discussion(cell) for row in grid for cell in row):
        yield Table(tuple(tuple(_flat(cell) for cell in row) for row in grid))
    else:
        yield from _discussion(grid)


def _is_of_actions(grid: _Grid) -> bool:
    return is_action_table(columns([cell.words for cell in grid[0]]))


def _spread(rows: Sequence[Sequence[Cell]], width: int) -> _Grid:
    """Every row with a cell for each column. What covers several rows is said in each of them; what covers several columns
    stands in the first, the others are empty. A cell across the whole table is kept as such."""
    hanging: dict[int, tuple[int, Cell]] = {}
    grid: _Grid = []
    for row in rows:
        cells = list(row)
        spread: list[Cell] = []
        while len(spread) < width:
            left, above = hanging.pop(len(spread), (0, Cell()))
            if left:
                if left > 1:
                    hanging[len(spread)] = left - 1, above
                spread.append(above)
                continue
            cell = cells.pop(0) if cells else Cell()
            if len(row) == 1 and cell.across >= width > 1 and not spread:
                spread = [cell, *[Cell()] * (width - 1)]
                break
            for n in range(min(cell.across, width - len(spread))):
                own = replace(cell, across=1) if n == 0 else Cell()
                if cell.down > 1:
                    hanging[len(spread)] = cell.down - 1, own
                spread.append(own)
        grid.append(spread)
    return grid


def _parts(grid: _Grid, width: int) -> Iterator[Cell | _Grid]:
    """The cells across the whole table, and the rows between them."""
    rows: _Grid = []
    for row in grid:
        if row[0].across >= width:
            if rows:
                yield rows
            rows = []
            yield row[0]
        else:
            rows.append(row)
    if rows:
        yield rows


def _holds_pages(cell: Cell) -> bool:
    return any(isinstance(block, Table | Heading) for block in cell.blocks)


def _is_discussion(cell: Cell) -> bool:
    return len(cell.words) > _LONG or len(cell.blocks) >= _MANY


def _is_of_labels(grid: _Grid) -> bool:
    """Whether the first of two columns only says what the second tells: `Present`, `Apologies`, `Date`."""
    if len(grid[0]) != 2:
        return False
    names = [row[0].words.strip(" :") for row in grid]
    known = [role for name in names if (role := role_of(name, _VOCABULARY)) and role.lists_names]
    return bool(known) and all(
        name and (role_of(name, _VOCABULARY) or _KEY.fullmatch(name)) for name in names
    )


def _label(name: Cell, value: Cell) -> Iterator[Block]:
    """`**Present:** A, B`; what is more than a paragraph follows it."""
    words = _flat(name)
    label = Run(f"{folded(words).rstrip(' :')}:", frozenset({"strong"}))
    first, rest = (value.blocks[0], value.blocks[1:]) if value.blocks else (None, ())
    if isinstance(first, Paragraph):
        lines = [first.line, *(one.line for one in rest if isinstance(one, Paragraph))]
        yield Paragraph(line([label, Run(" "), *joined(lines, "\n")]))
        yield from (one for one in rest if not isinstance(one, Paragraph))
    else:
        yield Paragraph(line([label]))
        yield from value.blocks


def _discussion(grid: _Grid) -> Iterator[Block]:
    """Minutes that are set as a table, a row for each item: a heading, the text, and what the column of actions says."""
    heads = [cell.words for cell in grid[0]]
    is_headed = all(len(head) < _TITLE for head in heads) and any(
        _ACTIONS.fullmatch(head.strip(" :")) for head in heads
    )
    for row in grid[1:] if is_headed else grid:
        lead = next((n for n, cell in enumerate(row) if _is_discussion(cell)), 0)
        title = joined([_flat(cell) for cell in row[:lead]])
        blocks = [block for cell in row[lead : lead + 1] for block in cell.blocks]
        yield from _titled(title, blocks)
        for head, cell in zip(heads[lead + 1 :], row[lead + 1 :], strict=True):
            is_action = is_headed and _ACTIONS.fullmatch(head.strip(" :")) is not None
            yield from _marked(head, cell) if is_action else cell.blocks


def _titled(title: Line, blocks: Sequence[Block]) -> Iterator[Block]:
    words, first = folded(title), blocks[0] if blocks else None
    if _NUMBER.fullmatch(words) and isinstance(first, Paragraph):
        whole = joined([title, first.line])
        said_shortly = len(blocks) > 1 and not folded(first.line).endswith((".", ":", ";"))
        is_title = (is_all(first.line, "strong") or said_shortly) and len(folded(whole)) <= _TITLE
        yield Heading(2, without(whole, "strong")) if is_title else Paragraph(whole)
        yield from blocks[1:]
        return
    if words:
        yield Heading(2, without(title, "strong")) if len(words) <= _TITLE else Paragraph(title)
    yield from blocks


def _marked(head: str, cell: Cell) -> Iterator[Block]:
    """What a column of actions says of its row, each paragraph with the column's heading as its marker."""
    for block in cell.blocks:
        if isinstance(block, Paragraph) and not folded(block.line).casefold().startswith("action"):
            label = Run(f"{head.strip(' :')}:", frozenset({"strong"}))
            yield Paragraph(line([label, Run(" "), *block.line]))
        else:
            yield block


def _flat(cell: Cell) -> Line:
    """A cell's words on one line; items keep their numbers."""
    return on_one_line(joined(_lines(cell.blocks)))


def _lines(blocks: Iterable[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield block.line
        elif isinstance(block, Items):
            for item in block.items:
                first, *others = [*_lines(item.blocks), ()]
                yield line([Run(f"{item.number}. "), *first]) if item.number else first
                yield from others
