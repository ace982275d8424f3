"""The table on a terminal. It fits the width without cutting a word, and says by word what it shows by colour."""

from collections.abc import Sequence
from dataclasses import replace
from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from rrbnotes.render.layout import GAP, fitted, widths
from rrbnotes.render.page import Page
from rrbnotes.render.safe import one_line
from rrbnotes.views.listing import Cell, Group, Listing, Table, Tone

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
    table = fitted(_safe(listing.table()), page.width)
    console = _console(page)
    sizes = widths(table, page.width)
    for at, group in enumerate(table.groups):
        _print_group(console, table, group, sizes, first=at == 0)
    out = console.file
    assert isinstance(out, StringIO)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())
