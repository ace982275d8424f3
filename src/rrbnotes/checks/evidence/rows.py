"""New rows for a list of actions, in the form of the rows that it has, and the numbers of those below them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rrbnotes.checks.quoting import listed
from rrbnotes.dates import strip_due
from rrbnotes.edits import Edit
from rrbnotes.model import Mention
from rrbnotes.notebook import Minutes
from rrbnotes.owners import VERBS
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.columns import columns
from rrbnotes.source import Source

_NUMBER = re.compile(r"(?P<before>[ \t>]*+\|?[ \t]*+)(?P<number>\d{1,3})(?P<behind>[.)]?(?=[ \t|]))")
_ITEM = re.compile(r"(?P<head>[ \t>]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)[^\s\[|]")
_NO_PLAIN_WORDS = re.compile(r"[|\t\n<>`*\[\]\\]")
"""What would mean something in a line of markdown, or break it."""
_TO = re.compile(r"\s+to\s")


@dataclass(frozen=True, slots=True)
class NewRow:
    """An action that a list is to have."""

    action: Mention
    before: int | None
    """The line of the row that it is to stand before; None behind all."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How the rows of a list are set."""

    mark: str
    """What separates cells, or none where the rows have no cells."""
    columns: Mapping[str, int]
    width: int
    head: str
    """What stands before the words of an item."""


def insertions(minutes: Minutes, rows: Sequence[Mention], new: Sequence[NewRow]) -> tuple[Edit, ...]:
    """The edits that put new rows among those of a list; none where it is not sure how they are to be set."""
    source = minutes.source
    lines = sorted(row.at.line for row in rows)
    look = _look(minutes, lines[0])
    numbers = _numbers(source, lines)
    is_plain = not any(
        _NO_PLAIN_WORDS.search(" ".join((one.action.action, *one.action.owners))) for one in new
    )
    if look is None or numbers is None or not is_plain or not _begin_with_owner(rows, look):
        return ()
    return tuple(_edits(source, lines, new, look, numbers))


def _edits(
    source: Source, lines: Sequence[int], new: Sequence[NewRow], look: _Look, numbers: Sequence[int]
) -> Iterator[Edit]:
    starts, end = source.starts(), _end(source, lines[-1])
    counts = bool(numbers) and numbers[-1] > numbers[0]
    at = numbers[0] if numbers else 0
    for line in (*lines, None):
        for row in (one for one in new if one.before == line):
            words = _set(row.action, look, source.lines[lines[0] - 1], at)
            if line is not None:
                yield Edit(starts[line - 1], starts[line - 1], f"{words}\n")
            elif end < len(source.lines):
                yield Edit(starts[end], starts[end], f"{words}\n")
            else:
                is_open = not source.text.endswith(("\n", "\r"))
                yield Edit(len(source.text), len(source.text), f"\n{words}" if is_open else f"{words}\n")
            at += counts
        if line is not None and counts:
            yield from _renumbered(source, line, starts[line - 1], at)
            at += 1


def _renumbered(source: Source, line: int, start: int, number: int) -> Iterator[Edit]:
    found = _NUMBER.match(source.lines[line - 1])
    if found and int(found["number"]) != number:
        yield Edit(start + found.start("number"), start + found.end("number"), str(number))


def _end(source: Source, last: int) -> int:
    """The last line of what stands together with the last row."""
    while last < len(source.lines) and source.lines[last].strip():
        last += 1
    return last


def _numbers(source: Source, lines: Sequence[int]) -> Sequence[int] | None:
    """The printed numbers of the rows: none of them has one, all have the same, or they count up; else None."""
    found = [_NUMBER.match(source.lines[line - 1]) for line in lines]
    numbers = [int(one["number"]) for one in found if one]
    if numbers and len(numbers) < len(lines):
        return None
    is_even = all(number - numbers[0] == n for n, number in enumerate(numbers)) or len(set(numbers)) == 1
    return numbers if is_even else None


def _look(minutes: Minutes, line: int) -> _Look | None:
    words = minutes.source.lines[line - 1]
    item = _ITEM.match(words)
    if item and "\t" not in words[item.end("head") :]:
        return _Look("", {}, 0, item["head"])
    if "\t" in words.strip():
        number = _NUMBER.match(words)
        cells = words.split("\t")
        places = {"number": 0, "action": 1} if number and number.end() == len(cells[0]) else {}
        return _Look("\t", places, 2, "") if len(cells) == 2 and places else None
    for section in minutes.outline.sections:
        for block in section.blocks:
            if block.form is Form.TABLE and any(row.line == line for row in block.rows):
                heads = [cell.folded() for cell in block.rows[0].cells]
                is_framed = words.strip().startswith("|") and words.strip().endswith("|")
                return _Look("|", columns(heads), len(heads), "") if is_framed else None
    return None


def _begin_with_owner(rows: Sequence[Mention], look: _Look) -> bool:
    """Whether the rows say `OWNER to ACTION`, or have a column for owners."""
    owned = [row for row in rows if row.owners]
    first = [row for row in owned if row.text.find(row.owners[0]) < _FIRST and _TO.search(row.text)]
    return "owner" in look.columns or 2 * len(first) > len(owned)


_FIRST = 8
"""Characters that a number and its marks may take before the first owner."""


def _set(action: Mention, look: _Look, sample: str, number: int) -> str:
    """The new row as a line."""
    found = _NUMBER.match(sample)
    count = f"{number}{found['behind']}" if found else ""
    if not look.mark:
        head = _NUMBER.sub(lambda one: f"{one['before']}{count}", look.head, count=1) if found else look.head
        return head + owner_to_action(action)
    fields = {"number": count, "action": owner_to_action(action)}
    if "owner" in look.columns:
        words = action.action.rstrip(".")
        if action.due and "due" in look.columns:
            words = strip_due(words)
            fields["due"] = action.due.text.removeprefix("by ")
        fields |= {"action": words[:1].upper() + words[1:], "owner": ", ".join(action.owners)}
    cells = [""] * look.width
    for name, at in look.columns.items():
        cells[at] = fields.get(name, "")
    if look.mark == "\t":
        return "\t".join(cells)
    return f"| {' | '.join(cells)} |"


def owner_to_action(action: Mention) -> str:
    """`MPS and NPS to share the list`; only the action where nobody is named."""
    words = action.action
    if not action.owners:
        return words
    first = words.partition(" ")[0]
    is_verb = first.casefold() in VERBS and first[1:].islower()
    return f"{listed(action.owners)} to {words[:1].lower() + words[1:] if is_verb else words}"
