"""Tables that were copied out of a word processor or a page: tabs between the cells, among the words of a text or a mail."""

from collections.abc import Callable, Iterator, Sequence

from rrbnotes.keeping.bars import QUOTED, Row
from rrbnotes.reading.columns import ref_in
from rrbnotes.source import split_lines


def tables(text: str, is_head: Callable[[list[str]], bool]) -> Iterator[list[Row]]:
    """The tables under the titles that are looked for, and rows that begin with a ref where there are no titles."""
    rows: list[Row] = []
    behind: list[str] = []
    is_cut_off = False
    for number, line in enumerate(split_lines(text), 1):
        cells = [cell.strip() for cell in QUOTED.sub("", line).split("\t")]
        if len(cells) > 1 and is_head(cells):
            if rows:
                yield rows
            rows, behind, is_cut_off = [(number, cells)], [], False
        elif _is_row(cells, bool(rows) and is_head(rows[0][1]), is_cut_off):
            if rows and all(behind) and not is_head(rows[-1][1]):
                rows[-1][1][-1] = " ".join((rows[-1][1][-1], *behind))  # a cell of several paragraphs
            rows.append((number, cells))
            behind, is_cut_off = [], False
        else:
            behind.append(" ".join(filter(None, cells)))
            is_cut_off = is_cut_off or bool(behind[-1])
    if rows:
        yield rows


def _is_row(cells: Sequence[str], has_titles: bool, is_cut_off: bool) -> bool:
    """Whether a line is a row: one without a ref only right below others, one with any ref only below titles."""
    first = cells[0]
    if len(cells) == 1:  # a mail program took the tabs of an empty row
        return has_titles and " " not in first and ref_in(first, is_ours=True) is not None
    if has_titles and not is_cut_off:
        return any(cells)
    return ref_in(first, is_ours=has_titles) is not None
