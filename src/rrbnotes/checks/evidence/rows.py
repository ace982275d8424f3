"""New rows for a list of actions, in the form of the rows that it has, and the numbers of those below them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rrbnotes.dates import strip_due
from rrbnotes.edits import Edit
from rrbnotes.model import Mention
from rrbnotes.notebook import Minutes
from rrbnotes.owners import owner_to_action
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.columns import columns
from rrbnotes.source import Source

_NUMBER = re.compile(r"\A(?P<before>[ \t>]*+\|?[ \t]*+)(?P<number>\d{1,3})(?P<behind>[.)]?(?=[ \t|]))")
_ITEM = re.compile(r"(?P<head>[ \t>]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)[^\s\[|]")
_NO_PLAIN_WORDS = re.compile(r"[|\t\n<>`*\[\]\\]")
"""What would mean something in a line of markdown, or break it."""
_BEGINS = re.compile(
    r" {0,3}(?:#|>|`{3}|~{3}|[-*+][ \t]|0{0,2}1[.)][ \t]|<!--|</?(?:details|div|h[1-6r]|[ou]l|p|section|table)\b"
    r"|(?:-[ \t]*){3,}$|(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$)",
    re.IGNORECASE,
)
"""A line that begins another block, even directly below an item or a row."""
_COMMENT = re.compile(r"[ \t]*<!--\s*rrb:\s*allow\b")
_TO = re.compile(r"\sto\s")


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


@dataclass(frozen=True, slots=True)
class _List:
    """What new rows are put among."""

    look: _Look
    numbers: Sequence[int]
    end: int
    """Its last line."""


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
    end = _end(source, lines[-1], look)
    is_counted_on = bool(numbers) and any(map(_NUMBER.match, source.lines[lines[-1] : end]))
    if any(one.before is None for one in new) and (end is None or is_counted_on):
        return ()
    return tuple(_edits(source, lines, new, _List(look, numbers, end or lines[-1])))


def _edits(source: Source, lines: Sequence[int], new: Sequence[NewRow], among: _List) -> Iterator[Edit]:
    starts, look, numbers, end = source.starts(), among.look, among.numbers, among.end
    counts = bool(numbers) and numbers[-1] > numbers[0]
    at = numbers[0] if numbers else 0
    for line in (*lines, None):
        for row in (one for one in new if one.before == line):
            words = _set(row.action, look, source.lines[lines[0] - 1], at)
            if line is not None:
                above = starts[_above(source.lines, line) - 1]
                yield Edit(above, above, f"{words}\n")
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


def _above(lines: Sequence[str], line: int) -> int:
    """The line of a row, or of the first of the comments of ours that stand right above it and speak of it."""
    while line > 1 and _COMMENT.match(lines[line - 2]):
        line -= 1
    return line


def _end(source: Source, last: int, look: _Look) -> int | None:
    """The last line of the list that a row ends; None where it is not sure that another may stand below it."""
    if not look.mark:
        return _end_of_items(source.lines, last, look.head)
    lines = source.lines
    while last < len(lines) and look.mark in lines[last].strip() and not _BEGINS.match(lines[last]):
        last += 1
    below = lines[last] if last < len(lines) else ""
    is_sure = look.mark == "|" or not below.strip() or _BEGINS.match(below)
    return last if is_sure else None


def _end_of_items(lines: Sequence[str], last: int, head: str) -> int | None:
    """The same of items that begin with `head`: the last line that is indented below one of them, or goes on with it."""
    if ">" in head:
        return last if not "".join(lines[last : last + 1]).strip("> \t") else None
    indent, width = _indent(head), len(head.partition("[")[0])
    end = last
    for number, line in enumerate(lines[last:], last + 1):
        if not line.strip():
            continue
        depth, is_apart, begins = _indent(line), number > end + 1, _BEGINS.match(line)
        is_inside = depth >= width or (indent < depth and not begins and not is_apart)
        is_sibling = depth == indent and line[depth] == head[indent] and line[depth + 1 : depth + 2] == " "
        goes_on = line[depth].islower() or (is_sibling and not head[indent].isdigit())
        if is_inside or (goes_on and not is_apart):
            end = number
        elif head[indent].isdigit() and depth == indent and _NUMBER.match(line):
            return None  # an item that was not read as an action
        else:
            return end if is_apart or begins else None
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


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
        return head + owner_to_action(action.owners, action.action)
    fields = {"number": count, "action": owner_to_action(action.owners, action.action)}
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
