"""What a note's tables say of earlier actions, row by row, and the edit that lets one row say how its action stands."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rrbnotes.edits import Edit
from rrbnotes.errors import RrbError
from rrbnotes.keeping.cells import cell_edits, margin
from rrbnotes.keeping.generated import PREVIOUS, find, in_line_ends_of
from rrbnotes.model import Status
from rrbnotes.reading.blocks import Block, Form, read_blocks
from rrbnotes.reading.columns import columns, ref_in
from rrbnotes.reading.outline import outline
from rrbnotes.reading.roles import Vocabulary
from rrbnotes.source import Source, line_in
from rrbnotes.statuses import Words

PRINTED: Mapping[Status, str] = {
    Status.OPEN: "Open",
    Status.ONGOING: "Ongoing",
    Status.ROLLED_OVER: "Roll over",
    Status.COMPLETE: "Complete",
    Status.CLOSED: "Closed",
}
"""The words for a status in a cell."""
_COLUMNS = {"due": "a date", "owner": "owners"}
_SPECIAL = re.compile(r"[\\`*_\[\]<|~&]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table that says of actions, by their refs, how they stand."""

    line: int
    ref: str
    said: str
    """The words of its progress cell; empty where it says nothing yet."""
    is_ours: bool
    """It stands in the table of earlier actions that rrb wrote."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Such a table."""

    columns: Mapping[str, int]
    size: int
    """How many columns it has."""
    last: int
    """The line of its last row."""
    is_ours: bool
    rows: tuple[Row, ...]


def rows(source: Source) -> tuple[Row, ...]:
    """The rows with a ref and a place for progress; those of the table that rrb wrote come first."""
    return tuple(row for table in _tables(source) for row in table.rows)


def check(source: Source) -> None:
    """Refuse a note that has no table to fill in."""
    _tables_needed(source)


def row_of(found: Sequence[Row], refs: Collection[str]) -> Row | None:
    """The row of an action, by any of its refs."""
    return next((row for row in found if row.ref in refs), None)


def words_for(status: Status, reason: str, known: Words) -> tuple[str, str]:
    """The words of a cell that says a status with its reason, and that reason as it will be read again: dashes and
    brackets around it are the reader's own."""
    reason = " ".join(reason.split())
    while reason:
        words = f"{PRINTED[status]} - {reason}"
        again = known.cell(words)
        if again.status is status and again.reason == reason:
            return words, reason
        if again.status is not status or len(again.reason) >= len(reason):
            raise RrbError(f"the reason '{reason}' would be read as something else; put it in other words")
        reason = again.reason
    return PRINTED[status], ""


def filled(source: Source, refs: Sequence[str], action: str, says: Mapping[str, str]) -> tuple[Edit, ...]:
    """The edits that let the row of an action say these words, by the kinds of their columns (`status`, `due`, `owner`), and
    change nothing else; none where it says so already. An action without a row gets one at the end of the table, under the
    first of its refs."""
    tables = _tables_needed(source)
    for table in tables:
        row = row_of(table.rows, refs)
        if row:
            new = {kind: words for kind, words in says.items() if (kind, words) != ("status", row.said)}
            return cell_edits(source, row.line, _placed(source, table, new))
    return (_new_row(source, tables[0], {"ref": refs[0], "action": action, **says}),)


def _placed(source: Source, table: _Table, says: Mapping[str, str]) -> Mapping[int, str]:
    """The words by their columns, as they are to be printed."""
    for kind in says:
        if kind not in table.columns:
            raise RrbError(
                f"{source.path}: its table of earlier actions has no column for {_COLUMNS[kind]}, so none is written; "
                "`rrb update` takes it without one"
            )
    return {table.columns[kind]: _safe(words) for kind, words in says.items()}


def _tables_needed(source: Source) -> list[_Table]:
    tables = _tables(source)
    if not tables:
        raise RrbError(
            f"{source.path}: no table of earlier actions to fill in; `rrb new DATE` makes a note with one, "
            "`rrb review --between` keeps the answers without one"
        )
    return tables


def _tables(source: Source) -> list[_Table]:
    """The tables with a column for refs and one for progress, that of rrb first."""
    part = find(source, PREVIOUS)
    ours = part.inside if part else range(0)
    blocks = (block for section in outline(source, Vocabulary()).sections for block in section.blocks)
    found = [table for block in blocks for one in block.walk() for table in _table(source, one, ours)]
    return sorted(found, key=lambda table: not table.is_ours)


def _table(source: Source, block: Block, ours: range) -> Iterator[_Table]:
    printed = [row for row in block.rows if any(row.cells)]
    if block.form is not Form.TABLE or not printed or "|" not in line_in(source.lines, printed[0].line):
        return
    heads = [cell.folded() for cell in printed[0].cells]
    found = dict(columns(heads))
    found.setdefault("ref", found.get("number", -1))
    if found["ref"] < 0 or not {"action", "status"} <= found.keys():
        return
    is_ours = printed[0].line in ours

    def cell(row: Sequence[str], column: str) -> str:
        return row[found[column]] if found[column] < len(row) else ""

    rows = []
    for row in printed[1:]:
        texts = [one.folded() for one in row.cells]
        ref = ref_in(cell(texts, "ref"), is_ours)
        if ref:
            rows.append(Row(row.line, ref, cell(texts, "status"), is_ours))
    if is_ours or rows:
        last = max(printed[-1].line, block.rows[0].line + 1)  # a table without rows ends in its rule
        yield _Table(found, len(heads), last, is_ours, tuple(rows))


def _new_row(source: Source, table: _Table, says: Mapping[str, str]) -> Edit:
    """A further row at the end of a table."""
    cells = [""] * table.size
    for column, text in _placed(source, table, says).items():
        cells[column] = text
    above = line_in(source.lines, table.last)
    row = f"{margin(above)}| {' | '.join(cells)} |"
    at = source.starts()[table.last]
    ends = source.text[at - 1 : at] in ("\n", "\r")
    return Edit(at, at, in_line_ends_of(source, f"{row}\n" if ends else f"\n{row}"))


def _safe(words: str) -> str:
    """The words so that they are read as they stand, with as few backslashes as that needs."""
    words = " ".join(words.split())
    plain = words.replace("|", r"\|")
    return plain if _read(plain) == words else _SPECIAL.sub(r"\\\g<0>", words)


def _read(cell: str) -> str:
    """What is read in a cell."""
    blocks, _ = read_blocks(f"| a | b |\n| - | - |\n| c | {cell} |\n")
    return blocks[0].rows[1].cells[1].folded() if blocks and len(blocks[0].rows) > 1 else ""
