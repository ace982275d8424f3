"""The table on a terminal. It fits the width without cutting a word, and says by word what it shows by colour."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.table import Table as Grid
from rich.text import Text

from rrbnotes.render.layout import GAP, fitted, widths
from rrbnotes.render.page import Page
from rrbnotes.render.safe import one_line
from rrbnotes.views.listing import Cell, Column, Group, Listing, Table, Tone

STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.QUIET: "dim",
    Tone.GOOD: "green",
    Tone.WARN: "yellow",
    Tone.ALARM: "bold red",
}


def write(listing: Listing, page: Page) -> str:
    """The table as text, with colours where the page has them."""
    return drawn(listing.table(), page)


def drawn(table: Table, page: Page) -> str:
    """A table by itself."""
    whole = _safe(table, page)
    table = fitted(whole, page.width)
    airy = len(table.columns) < len(whole.columns)  # cells below each other need a line between the rows
    out = StringIO()
    _print(_console(out, page), table, widths(table, page.width), airy)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def talk(lines: Sequence[str], page: Page) -> str:
    """What stands below a table."""
    out = StringIO()
    console = _console(out, page)
    for line in lines:
        console.print(Text(one_line(line), STYLES[Tone.QUIET]))
    return out.getvalue()


def _console(out: StringIO, page: Page) -> Console:
    """A console that takes words as they are and knows nothing of the environment."""
    return Console(
        file=out,
        width=page.width,
        force_terminal=page.color,
        color_system="standard" if page.color else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def _print(console: Console, table: Table, sizes: Sequence[int], airy: bool) -> None:
    """The head once, then the groups; but each group with details has a head of its own."""
    apart = any(group.details for group in table.groups)
    if not apart and any(group.rows for group in table.groups):
        console.print(_head(table.columns, sizes))
    for at, group in enumerate(table.groups):
        if group.title:
            console.print(
                *([""] if at or not apart else []), Text(group.title, STYLES[Tone.STRONG]), sep="\n"
            )
        if group.details:
            console.print(_details(group, console.width), "")
        if group.rows:
            console.print(
                *([_head(table.columns, sizes)] if apart else []), _body(group, sizes, airy, table.columns)
            )


def _head(columns: Sequence[Column], sizes: Sequence[int]) -> Grid:
    return _grid(columns, sizes, show_header=True)


def _body(group: Group, sizes: Sequence[int], airy: bool, columns: Sequence[Column]) -> Grid:
    grid = _grid(columns, sizes, show_header=False, leading=int(airy))
    for row in group.rows:
        grid.add_row(*(_text(cell, size) for cell, size in zip(row, sizes, strict=True)))
    return grid


def _grid(columns: Sequence[Column], sizes: Sequence[int], show_header: bool, leading: int = 0) -> Grid:
    grid = Grid(
        box=SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, GAP - 1, 0, 0),
        show_header=show_header,
        leading=leading,
    )
    for column, size in zip(columns, sizes, strict=True):
        justify: JustifyMethod = "right" if column.right else "left"
        grid.add_column(Text(column.title), width=size, justify=justify, overflow="fold", header_style="bold")
    return grid


def _details(group: Group, width: int) -> Grid:
    grid = Grid.grid(padding=(0, GAP, 0, 0))
    for label, words in group.details:
        grid.add_row(Text(label, STYLES[Tone.QUIET]), _text(words, width))
    return grid


def _text(cell: Cell, width: int) -> Text:
    """The words one below the other."""
    lines = [Text(_broken(words.text, width), STYLES[words.tone], overflow="fold") for words in cell]
    return Text("\n").join(lines)


def _broken(text: str, width: int) -> str:
    """A path or ref that is too long, broken after its slashes."""
    if len(text) <= width or " " in text:
        return text
    lines = [""]
    for part in text.replace("/", "/\0").split("\0"):
        lines = [*lines[:-1], lines[-1] + part] if len(lines[-1] + part) <= width else [*lines, part]
    return "\n".join(filter(None, lines))


def _safe(table: Table, page: Page) -> Table:
    """The table with its days as the page spells them, and no character that a terminal obeys."""
    safe = partial(_safe_cell, page=page)
    groups = tuple(
        Group(
            tuple(tuple(map(safe, row)) for row in group.rows),
            one_line(group.title),
            tuple((label, safe(words)) for label, words in group.details),
        )
        for group in table.groups
    )
    return Table(table.columns, groups)


def _safe_cell(cell: Cell, page: Page) -> Cell:
    spelled = (words.spelled(page.spell) for words in cell)
    return tuple(replace(words, text=one_line(words.text)) for words in spelled)
