"""The table of earlier actions in a note, written anew: every word that people typed into it stays, by the ref of its row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rrbnotes.keeping.generated import Generated
from rrbnotes.source import Source

HINT = (
    "<!-- Progress: Complete, Ongoing, Roll over or Closed, and why. A row that stays empty says nothing. -->"
)
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of markdown as texts, its cells as they are printed; the first is a row's ref, the second the action's words,
    and people fill in the last."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def cell(self, row: Sequence[str], head: str) -> str:
        """The cell below a heading; empty where the table has none such or the row is short."""
        at = self.heads.index(head) if head in self.heads else len(row)
        return row[at] if at < len(row) else ""


def table(sheet: Sheet, empty: str) -> str:
    """The table as markdown with a hint on how to fill it in; `empty` stands where there is no row."""
    if not sheet.rows:
        return empty
    lines = (sheet.heads, ("---",) * len(sheet.heads), *sheet.rows)
    return "\n".join((HINT, "", *map(_line, lines)))


def refreshed(source: Source, part: Generated, new: Sheet, empty: str) -> str:
    """What is to stand between the markers. A row that people have filled in stays as it is, as do rows, columns and lines
    of their own; the others are written anew, and go where their action is outstanding no more."""
    old, others = _read(source, part)
    ref, words, *_, progress = new.heads
    own = tuple(head for head in old.heads if head not in new.heads)
    left = dict.fromkeys(old.rows)

    def before(row: Sequence[str]) -> tuple[str, ...] | None:
        same = [one for one in left if old.cell(one, ref) == row[0]]
        return next(iter(same or [one for one in left if old.cell(one, words) == row[1]]), None)

    def as_it_is(row: Sequence[str], heads: Sequence[str]) -> tuple[str, ...]:
        return tuple(old.cell(row, head) for head in heads)

    rows = []
    for row in new.rows:
        known = before(row)
        if known is None:
            rows.append((*row, *("",) * len(own)))
        else:
            del left[known]
            is_filled = bool(old.cell(known, progress))
            rows.append((*(as_it_is(known, new.heads) if is_filled else row), *as_it_is(known, own)))
    theirs = (row for row in left if not old.cell(row, ref) or any(as_it_is(row, (progress, *own))))
    rows += [as_it_is(row, (*new.heads, *own)) for row in theirs]
    sheet = table(Sheet((*new.heads, *own), tuple(rows)), empty)
    others = "" if others == empty else others
    return f"{sheet}\n\n{others}" if others else sheet


def _read(source: Source, part: Generated) -> tuple[Sheet, str]:
    """The table between the markers, and what people wrote there beside it."""
    lines = [source.lines[number - 1] for number in part.inside]
    printed = [_cells(line) for line in lines if line.lstrip().startswith("|")]
    beside = [line for line in lines if not line.lstrip().startswith("|") and line.strip() != HINT]
    heads = printed[0] if printed else ()
    rows = tuple(row for row in printed[1:] if any(row) and not _is_rule(row))
    return Sheet(heads, rows), "\n".join(beside).strip()


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a line between bars."""
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return tuple(cell.strip() for cell in _BAR.split(inner))


def _is_rule(row: Sequence[str]) -> bool:
    return all(set(cell) <= set(":-") and "-" in cell for cell in row)


def _line(cells: Sequence[str]) -> str:
    return f"|{'|'.join(f' {cell} ' if cell else ' ' for cell in cells)}|"
