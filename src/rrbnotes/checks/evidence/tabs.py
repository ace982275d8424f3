"""Rows that are set with tabs, and the table that they would be."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rrbnotes.checks.evidence.alike import words_of
from rrbnotes.edits import Edit, apply
from rrbnotes.notebook import Minutes
from rrbnotes.reading.blocks import Block, Form, read_blocks
from rrbnotes.reading.columns import columns, guess, is_action_table
from rrbnotes.reading.text import EMPTY, Text


@dataclass(frozen=True, slots=True)
class TabRows:
    """Adjacent rows of one paragraph."""

    first: int
    last: int
    rows: tuple[tuple[Text, ...], ...]
    """The cells of each."""
    is_whole: bool
    """The paragraph holds nothing else."""
    are_actions: bool
    """At least one of them is read as an action."""
    on_agenda: bool


def tab_rows_of(minutes: Minutes) -> Iterator[TabRows]:
    """The runs of rows that are tables in effect: read as actions, or several with the same number of columns."""
    actions = {one.at.line for one in minutes.candidates if one.accepted and one.convention == "tab-rows"}
    for section in minutes.outline.sections:
        for block in section.blocks:
            if block.form is Form.PARAGRAPH and "\t" in block.text.plain:
                for run in _runs(block):
                    lines = [line.line for line in run]
                    rows = tuple(_cells(line) for line in run)
                    are_actions = not actions.isdisjoint(lines)
                    if are_actions or _is_table(rows):
                        is_whole = len(run) == sum(1 for _ in block.text.lines())
                        yield TabRows(lines[0], lines[-1], rows, is_whole, are_actions, section.is_agenda)


def _runs(block: Block) -> Iterator[list[Text]]:
    """The stretches of lines with tabs, one below the other."""
    tabbed = [line for line in block.text.lines() if "\t" in line.plain]
    for _, run in groupby(enumerate(tabbed), key=lambda one: one[1].line - one[0]):
        yield [line for _, line in run]


def _cells(line: Text) -> tuple[Text, ...]:
    found, at = [], 0
    for piece in line.plain.split("\t"):
        found.append(line.slice(at, at + len(piece)))
        at += len(piece) + 1
    return tuple(found)


_COUNTED = re.compile(r"\W*(?:\w{1,3}|[ivxl]+|[\d:.]+)\W*")


def _is_table(rows: Sequence[tuple[Text, ...]]) -> bool:
    """Whether several rows have as many columns each, and more in the first than a letter, a number, a time or a label."""
    widths = {len([cell for cell in row if cell]) for row in rows}
    firsts = [row[0].plain for row in rows]
    is_list = widths == {2} and (
        all(_COUNTED.fullmatch(first) for first in firsts) or all(first.endswith(":") for first in firsts)
    )
    return len(rows) > 1 and len(widths) == 1 and min(widths) > 1 and not is_list


_NAMES = {"number": "No.", "action": "Action", "owner": "Owner", "due": "Due", "status": "Progress"}


def heads_of(found: TabRows, minutes: Minutes) -> tuple[str, ...]:
    """The headings that name the columns as they are read; none where the rows do not agree or name them themselves."""
    width = max(map(len, found.rows))
    names: dict[int, str] = {}
    for row in found.rows:
        for column, at in guess(row, minutes.lore).items():
            if names.setdefault(at, column) != column:
                return ()
    if not is_action_table({column: at for at, column in names.items()}):
        names[width] = "status"  # a table of actions has a column for what becomes of them
    places = {column: at for at, column in names.items()}
    heads = tuple(_NAMES.get(names.get(at, ""), "") for at in range(max(width, *(at + 1 for at in names))))
    return heads if all(heads) and len(places) == len(names) and columns(heads) == places else ()


def table_edits(found: TabRows, minutes: Minutes) -> tuple[Edit, ...]:
    """What makes a table of rows of actions; nothing where it would not read the same."""
    if not (found.is_whole and found.are_actions) or found.on_agenda:
        return ()
    own = columns([cell.folded() for cell in found.rows[0]])
    is_headed = is_action_table(own)
    heads = tuple(cell.plain for cell in found.rows[0]) if is_headed else heads_of(found, minutes)
    if not heads or max(map(len, found.rows)) > len(heads):
        return ()
    lines, starts = minutes.source.lines, minutes.source.starts()
    edits = tuple(
        edit
        for n, row in enumerate(found.rows)
        for edit in _row_edits(lines, starts, found, n, len(heads) - len(row), () if is_headed else heads)
    )
    return edits if _is_the_same(minutes, found, edits, len(heads), is_headed) else ()


def _row_edits(
    lines: Sequence[str],
    starts: Sequence[int],
    found: TabRows,
    n: int,
    missing: int,
    heads: Sequence[str],
) -> Iterator[Edit]:
    """One row between bars, with the headings above the first one and the rule below the headings."""
    number = found.first + n
    line, start = lines[number - 1], starts[number - 1]
    first, last = len(line) - len(line.lstrip(" \t")), len(line.rstrip(" \t"))
    above = "\n" if n == 0 and number > 1 and lines[number - 2].strip() else ""
    if n == 0 and heads:
        above += f"| {' | '.join(heads)} |\n{_rule(len(heads))}\n"
    yield Edit(start, start + first, f"{above}| ")
    for at in range(first, last):
        if line[at] == "\t":
            yield Edit(start + at, start + at + 1, " | ")
        elif line[at] == "|" and line[at - 1 : at] != "\\":
            yield Edit(start + at, start + at, "\\")
    below = f"\n{_rule(missing + len(found.rows[0]))}" if n == 0 and not heads else ""
    is_glued = number == found.last and number < len(lines) and bool(lines[number].strip())
    yield Edit(start + last, start + len(line), " |" * (missing + 1) + below + "\n" * is_glued)


def _rule(width: int) -> str:
    return "|" + " --- |" * width


def _is_the_same(
    minutes: Minutes, found: TabRows, edits: Sequence[Edit], width: int, is_headed: bool
) -> bool:
    """Whether the rows, read as a table, have the cells that they had."""
    starts = minutes.source.starts()
    start, end = starts[found.first - 1], starts[found.last - 1] + len(minutes.source.lines[found.last - 1])
    moved = (Edit(one.start - start, one.end - start, one.text) for one in edits)
    blocks = read_blocks(apply(minutes.source.text[start:end], moved).replace("\r", ""))[0]
    if len(blocks) != 1 or blocks[0].form is not Form.TABLE:
        return False
    rows = [row.cells for row in blocks[0].rows][0 if is_headed else 1 :]
    padded = [(*row, *[EMPTY] * (width - len(row))) for row in found.rows]
    return [list(map(words_of, row)) for row in rows] == [list(map(words_of, row)) for row in padded]
