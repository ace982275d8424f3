"""The cells of one line of a table in a note: where they stand between the bars, and other words for one of them."""

import re
from collections.abc import Iterable, Iterator, Mapping

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


def cells_in(line: str) -> tuple[str, ...]:
    """The cells of a row, as they are printed."""
    return tuple(line[start:end].strip() for start, end in spans(line))


def printed_row(cells: Iterable[str]) -> str:
    """The row that cells make."""
    return f"|{'|'.join(f' {cell} ' if cell else ' ' for cell in cells)}|"


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
    return _longer(source, line, len(found), {column: printed})


def cell_edits(source: Source, line: int, printed: Mapping[int, str]) -> tuple[Edit, ...]:
    """Other words in several cells of a line, by their columns; those that the row ends before come in one piece."""
    size = sum(1 for _ in spans(line_in(source.lines, line)))
    inside = tuple(cell_edit(source, line, at, words) for at, words in printed.items() if at < size)
    beyond = {at: words for at, words in printed.items() if at >= size}
    return (*inside, _longer(source, line, size, beyond)) if beyond else inside


def _longer(source: Source, line: int, size: int, printed: Mapping[int, str]) -> Edit:
    """More cells at the end of a row that has so many."""
    row = line_in(source.lines, line).rstrip()
    is_closed = row.endswith("|")
    words = (printed.get(at, "") for at in range(size, max(printed) + 1))
    new = " |".join(f" {one}" if one else "" for one in words)
    behind = " |" if is_closed and row.lstrip(" \t>").startswith("|") else ""
    at = source.starts()[line - 1] + len(row)
    return Edit(at, at, f"{'' if is_closed else ' |'}{new}{behind}")
