"""The cells of one line of a table in a note: where they stand between the bars, and other words for one of them."""

import re
from collections.abc import Iterator

from rrbnotes.edits import Edit
from rrbnotes.source import Source, line_in

_BAR = re.compile(r"(?<!\\)\|")
_MARGIN = re.compile(r"[ \t>]*")


def margin(line: str) -> str:
    """What stands before a line of a table: white space, or the mark of a quotation."""
    return _MARGIN.match(line)[0]  # type: ignore[index]  # it always matches


def spans(line: str) -> Iterator[tuple[int, int]]:
    """Where the cells of a row stand between its bars, as markdown counts them."""
    row = line.rstrip()
    start = len(margin(row))
    start += row.startswith("|", start)
    for bar in _BAR.finditer(row, start):
        yield start, bar.start()
        start = bar.end()
    if start < len(row):
        yield start, len(row)


def cell_edit(source: Source, line: int, column: int, printed: str) -> Edit:
    """Other words in one cell of a line; one that was padded stays as wide where they fit, and a row that ends before it is made
    longer."""
    text, start = line_in(source.lines, line), source.starts()[line - 1]
    found = list(spans(text))
    if column < len(found):
        at, end = found[column]
        is_padded = not text[at:end].strip() or text[at:end].endswith("  ")
        new = f" {printed} " if printed else " "
        return Edit(start + at, start + end, new.ljust(end - at) if is_padded else new)
    row = text.rstrip()
    missing = column - len(found)
    is_closed = row.endswith("|")
    before = " |" * missing if is_closed else " |" * (missing + 1)
    behind = " |" if is_closed and row.lstrip(" \t>").startswith("|") else ""
    at = start + len(row)
    return Edit(at, at, f"{before} {printed}{behind}")
