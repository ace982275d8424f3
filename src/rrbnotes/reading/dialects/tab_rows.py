"""Rows set with tabs, as a word processor's table arrives when pasted: number, action, progress."""

from rrbnotes.reading.blocks import Form, Row
from rrbnotes.reading.candidates import Candidate, Passage
from rrbnotes.reading.columns import columns, guess, is_action_table
from rrbnotes.reading.dialects.pipe_table import row_candidate
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.text import Text


def tab_rows(passage: Passage, lore: Lore) -> tuple[Candidate, ...] | None:
    """Each printed line with a tab is a row. A row of headings names the columns; without one the cells' looks do."""
    if passage.block.form is not Form.PARAGRAPH or "\t" not in passage.block.text.plain:
        return None
    rows = [_row(line) for line in passage.block.text.lines() if "\t" in line.plain]
    if not rows:  # the tab stood at the end of a line
        return None
    heads = columns([cell.folded() for cell in rows[0].cells])
    if is_action_table(heads):
        return tuple(row_candidate(passage, row, heads, "tab-rows") for row in rows[1:])
    if not passage.role.lists_actions:
        return None
    return tuple(row_candidate(passage, row, guess(row.cells, lore), "tab-rows") for row in rows)


def _row(line: Text) -> Row:
    cells, at = [], 0
    for piece in line.plain.split("\t"):
        cells.append(line.slice(at, at + len(piece)))
        at += len(piece) + 1
    return Row(line.line, tuple(cells))
