"""Tables of bars in a text, as markdown has them: in a mail that came back, among words and quoted, too."""

import re
from collections.abc import Callable, Iterator, Sequence

from rrbnotes.keeping.cells import cells_in
from rrbnotes.source import split_lines

Row = tuple[int, list[str]]
"""The number of its line, and its cells."""
QUOTED = re.compile(r"^[ \t\u00a0]*(?:>[> \t\u00a0]*)?")
"""What stands before a line that a mail program quotes."""
_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LONGEST = 5
"""So many lines a row may be broken into by a program that keeps lines short."""


def tables(text: str, is_head: Callable[[list[str]], bool]) -> Iterator[list[Row]]:
    """The tables whose titles are those that are looked for, each with its titles as first row."""
    lines = [QUOTED.sub("", line).rstrip() for line in split_lines(text)]
    at = 0
    while at < len(lines):
        if _begins(lines, at) and is_head(_cells(lines[at])):
            table, at = _table(lines, at)
            yield table
        else:
            at += 1


def _begins(lines: Sequence[str], at: int) -> bool:
    """Whether a table may begin here: at a bar, or before a rule."""
    return lines[at].startswith("|") or ("|" in lines[at] and at + 1 < len(lines) and _is_rule(lines[at + 1]))


def _table(lines: Sequence[str], at: int) -> tuple[list[Row], int]:
    """The rows of a table, and the line behind it. A rule is no row."""
    titles = _cells(lines[at])
    rows: list[Row] = [(at + 1, titles)]
    least = len(titles) if lines[at].startswith("|") else 0
    at += 1
    while at < len(lines) and "|" in lines[at]:
        last = _end(lines, at, least)
        whole = " ".join(lines[at : last + 1])
        cells = _cells(whole)
        if any(cells) and not _is_rule(whole):  # a bar alone is what a program broke off
            rows.append((at + 1, cells))
        at = last + 1
    return rows, at


def _end(lines: Sequence[str], at: int, least: int) -> int:
    """The last line of a row that some program has broken; its first line where no later one makes it whole."""
    for last in range(at, min(at + _LONGEST, len(lines))):
        if last > at and (not lines[last] or lines[last].startswith("|")):
            return at
        whole = " ".join(lines[at : last + 1])
        if whole.endswith("|") and len(_cells(whole)) >= least:
            return last
    return at


def _is_rule(line: str) -> bool:
    return "-" in line and _RULE.fullmatch(line) is not None


def _cells(row: str) -> list[str]:
    """What stands between the bars, without markdown's signs."""
    return [_ESCAPED.sub(r"\1", cell).strip().strip("*").strip() for cell in cells_in(row)]
