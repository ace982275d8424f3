"""A paper as plain text, for a mail or a terminal: tables become numbered entries, so that it is read at any width; one to
be filled in stays a table."""

import textwrap
from collections.abc import Iterator

from rrbnotes.render.documents.links import address
from rrbnotes.render.page import Page
from rrbnotes.render.safe import one_line
from rrbnotes.views.document import Bullets, Document, Grid, Heading, Line, Paragraph, Part, Run

_WIDEST = 92
"""Lines longer than this are hard to read, however wide the page is."""
_ROOM = 11
"""Of an empty cell that takes few words, such as `rolled over`."""


def write(document: Document, page: Page) -> str:
    """The paper under its title."""
    width = max(min(page.width, _WIDEST), 20)
    title = one_line(document.title)
    parts = (f"{title}\n{'=' * min(len(title), width)}", *(part(one, width) for one in document.parts))
    return "\n\n".join(parts) + "\n"


def part(one: Part, width: int) -> str:
    """One part, without a line end behind it."""
    match one:
        case Heading(text, _):
            title = one_line(text)
            return f"{title}\n{'-' * min(len(title), width)}"
        case Paragraph(words):
            return _wrapped(_words(words), "", width)
        case Bullets(items):
            return "\n".join(_wrapped(_words(item), "- ", width) for item in items)
        case Grid():
            return "\n".join(_form(one, width)) if one.is_form else _list(one, width)


def _list(grid: Grid, width: int) -> str:
    """The rows as entries; a blank line keeps those apart that have several lines each."""
    entries = list(_entries(grid, width))
    has_details = any(any(row[_filling(grid) + 1 :]) for row in grid.rows)
    return ("\n\n" if has_details else "\n").join(entries)


def _filling(grid: Grid) -> int:
    return next(at for at, head in enumerate(grid.heads) if head.fills)


def _entries(grid: Grid, width: int) -> Iterator[str]:
    """The cells before the filling one stand beside it, the others in a line below it."""
    fills = _filling(grid)
    leads = ["  ".join(filter(None, (_words(cell) for cell in row[:fills]))) for row in grid.rows]
    gutter = max((len(lead) for lead in leads), default=0)
    leads = [lead.rjust(gutter) if lead.isdecimal() else lead.ljust(gutter) for lead in leads]
    for lead, row in zip(leads, grid.rows, strict=True):
        first = f"{lead}  " if gutter else ""
        below = [
            f"{head.label} {_words(cell)}".strip()
            for head, cell in zip(grid.heads[fills + 1 :], row[fills + 1 :], strict=True)
            if cell
        ]
        lines = [_wrapped(_words(row[fills]), first, width)]
        lines += [_wrapped(" · ".join(below), " " * len(first), width)] if below else []
        yield "\n".join(lines)


def _form(grid: Grid, width: int) -> Iterator[str]:
    """A table of bars, as markdown has it: it can be filled in where only letters can be typed."""
    rows = [[_words(cell).replace("|", "\\|") for cell in row] for row in grid.rows]
    heads = [head.title for head in grid.heads]
    widths = [
        max(map(len, (*column, " " * (_ROOM if head.blank else 0))))
        for head, *column in zip(grid.heads, heads, *rows, strict=True)
    ]
    fills = _filling(grid)
    others = sum(widths) - widths[fills] + 3 * len(widths) + 1
    widths[fills] = max(widths[fills], width - others)
    for row in (heads, ["-" * size for size in widths], *rows):
        yield f"| {' | '.join(cell.ljust(size) for cell, size in zip(row, widths, strict=True))} |"


def _wrapped(words: str, first: str, width: int) -> str:
    return textwrap.fill(
        words,
        width,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _words(words: Line) -> str:
    return one_line("".join(map(_run, words)))


def _run(run: Run) -> str:
    """The words, and where they lead to behind them."""
    link = address(run.link)
    return f"{run.text} <{link}>" if link else run.text
