"""The register's text: read with places, and changed at those places and nowhere else."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rrbnotes.edits import Edit, apply
from rrbnotes.model import Action
from rrbnotes.reconciling.refs import natural
from rrbnotes.register.nodes import Node, Problem, Problems, RegisterError, read
from rrbnotes.register.schema import FIELDS, VERSION, read_action
from rrbnotes.register.values import quoted, unique
from rrbnotes.source import conflict_line, split_lines

LAST_LINE = "# end of actions"
"""Stands last in the file, so that one cut off is known for what it is."""
_LINE_END = re.compile(r"\r\n|\n|\r|$")
_PLAIN_REF = re.compile(r"(?:\d{4}-\d{2}-\d{2}|[A-Za-z][\w-]*/[\w/-]*)\.[pm]?\d+")
"""Refs that no reader of YAML can take for a number or a time."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A record with its nodes."""

    action: Action
    key: Node
    fields: Mapping[str, Node]
    """Its values by name."""
    indent: int
    """How far its fields are indented."""


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A register as it stands in its file."""

    text: str
    records: Mapping[str, Placed] = field(default_factory=dict)
    """By ref, in the order of the file."""

    @property
    def actions(self) -> tuple[Action, ...]:
        """The records' actions."""
        return tuple(placed.action for placed in self.records.values())


def new_text(actions: Sequence[Action]) -> str:
    """The text of a register that is not there yet."""
    body = "".join(_record(action, 2, "\n") for action in sorted(actions, key=lambda a: natural(a.ref)))
    return f"version: {VERSION}\nactions:\n{body}{LAST_LINE}\n"


def read_text(text: str, shown: str) -> RegisterFile:
    """Read a register; all that is wrong is raised at once, with places. An empty file is damage, not an empty register."""
    try:
        return RegisterFile(text, _read(text))
    except Problems as why:
        lines = (
            f"{shown}:{p.line}:{p.column}: {p.message}"
            for p in sorted(why.problems, key=lambda p: (p.line, p.column))
        )
        raise RegisterError("\n".join(lines)) from why


def _read(text: str) -> dict[str, Placed]:
    lines = split_lines(text)
    conflict = conflict_line(lines)
    if conflict:
        raise Problems(
            Problem(conflict, 1, "unresolved merge conflict; `rrb sync --resolve` merges the two sides")
        )
    root = read(text)
    if root is None:
        raise Problems(
            Problem(
                1,
                1,
                "the register is empty, which never means that all actions are gone; restore a backup (`rrb doctor`)",
            )
        )
    top = {key.scalar: value for key, value in root.pairs or ()}
    version, actions = top.get("version"), top.get("actions")
    if root.pairs is None or version is None or actions is None:
        raise Problems(root.problem("no register: it has `version: 1` and `actions:` at its top"))
    if version.scalar != VERSION:
        raise Problems(
            version.problem(
                f"version {version.scalar} is not known to this rrb, which writes {VERSION}; use a newer rrb"
            )
        )
    if not any(line.strip() == LAST_LINE for line in lines[-20:]):
        what = f"the file ends without `{LAST_LINE}`: cut off? Restore a backup (`rrb doctor`), or add the line if all is there"
        raise Problems(Problem(len(lines), 1, what))
    return _records(root, actions)


def _records(root: Node, actions: Node) -> dict[str, Placed]:
    problems: list[Problem] = []
    unique(root, problems)
    records: dict[str, Placed] = {}
    if actions.pairs is None and not actions.is_null:
        problems.append(actions.problem("actions must be a mapping from refs to actions"))
    for key, value in unique(actions, problems):
        ref = key.scalar or ""
        if not re.fullmatch(r".+\.[pm]?\d+", ref):
            problems.append(key.problem(f"'{ref}' is no ref; it looks like 2019-09-09.3"))
            continue
        try:
            fields = {name.scalar or "": node for name, node in value.pairs or ()}
            records.setdefault(ref, Placed(read_action(ref, value), key, fields, value.column - 1))
        except Problems as why:
            problems += why.problems
    answered: set[str] = set()
    for placed in records.values():
        for other in placed.action.also:
            if other in records or other in answered:
                problems.append(
                    placed.fields["also"].problem(
                        f"{other} is a record of its own, or stands in another `also`"
                    )
                )
            answered.add(other)
    if problems:
        raise Problems(*problems)
    return records


def changed(file: RegisterFile, actions: Sequence[Action], removed: Sequence[str] = ()) -> str:
    """The file's text with these actions in it: changed values are replaced where they stand, new fields and records
    inserted in their order, and all else stays byte for byte. A record goes only where `removed` names it."""
    return apply(file.text, list(_edits(file, {action.ref: action for action in actions}, removed)))


def _edits(file: RegisterFile, wanted: Mapping[str, Action], removed: Sequence[str]) -> Iterator[Edit]:
    end = _line_end_of(file.text)
    for ref, placed in file.records.items():
        if ref in removed:
            yield Edit(_line_start(file.text, placed.key.start), _after(file, placed), "")
        elif ref in wanted:
            yield from _record_edits(file, placed, wanted[ref], end)
    new = sorted(
        (action for ref, action in wanted.items() if ref not in file.records), key=lambda a: natural(a.ref)
    )
    indent = next(iter(file.records.values())).key.column - 1 if file.records else 2
    for action in new:
        at = _place_for(file, action.ref)
        lead = "" if at == 0 or file.text[at - 1] in "\r\n" else end
        yield Edit(at, at, lead + _record(action, indent, end))


def _record_edits(file: RegisterFile, placed: Placed, action: Action, end: str) -> Iterator[Edit]:
    """The changed fields of one record."""
    before = None
    for name, one in FIELDS.items():
        node, now, then = placed.fields.get(name), one.of(action), one.of(placed.action)
        if now != then and node is None and now is not None:
            at = _line_end(file.text, before.end if before else placed.key.end)
            yield Edit(at, at, end + _field(name, now, placed.indent, end).rstrip("\r\n"))
        elif now != then and node is not None:
            yield from _value_edits(file, node, name, then, now, end)
        before = node or before


def _value_edits(
    file: RegisterFile, node: Node, name: str, then: object, now: object, end: str
) -> Iterator[Edit]:
    """A value is replaced as a whole; of a list with an entry a line only the entries that differ."""
    one = FIELDS[name]
    if now is None:
        yield Edit(node.start, node.end, "null")
    elif one.entry and node.items and not node.is_flow and isinstance(now, tuple) and isinstance(then, tuple):
        yield from _entry_edits(file, node, one.entry, then, now, end)
    else:
        yield Edit(node.start, node.end, (" " if node.start == node.end else "") + one.kind.write(now))


def _entry_edits(
    file: RegisterFile,
    node: Node,
    write: Callable[[object], str],
    then: tuple[object, ...],
    now: tuple[object, ...],
    end: str,
) -> Iterator[Edit]:
    """Entries that stay keep their lines; the run that differs between the common beginning and end is written anew."""
    texts = file.text
    entries = node.items or []
    head = 0
    while head < min(len(then), len(now)) and then[head] == now[head]:
        head += 1
    tail = 0
    while tail < min(len(then), len(now)) - head and then[-1 - tail] == now[-1 - tail]:
        tail += 1
    old, new = entries[head : len(entries) - tail], now[head : len(now) - tail]
    for item, value in zip(old, new, strict=False):
        yield Edit(item.start, item.end, write(value))
    for item in old[len(new) :]:
        # with the line end before it: the one behind it is where the next field may be put
        yield Edit(_end_before(texts, item.start), _line_end(texts, item.end), "")
    indent = " " * (entries[0].column - 3)
    before = entries[head + len(old) - 1] if head + len(old) else None
    added = new[len(old) :]
    if added and before:
        at = _line_end(texts, before.end)
        yield Edit(at, at, "".join(f"{end}{indent}- {write(value)}" for value in added))
    elif added:
        at = _line_start(texts, entries[0].start)
        yield Edit(at, at, "".join(f"{indent}- {write(value)}{end}" for value in added))


def _record(action: Action, indent: int, end: str) -> str:
    """A whole record with its fence and the blank line that keeps branches apart."""
    pad = " " * indent
    ref = action.ref if _PLAIN_REF.fullmatch(action.ref) else quoted(action.ref)
    fields = "".join(
        _field(name, one.of(action), indent * 2, end)
        for name, one in FIELDS.items()
        if one.of(action) is not None
    )
    return f"{pad}{ref}:{end}{fields}{pad}# end {action.ref}{end}{end}"


def _field(name: str, value: object, indent: int, end: str) -> str:
    pad, one = " " * indent, FIELDS[name]
    if one.entry and isinstance(value, tuple):
        return f"{pad}{name}:{end}" + "".join(f"{pad}  - {one.entry(entry)}{end}" for entry in value)
    return f"{pad}{name}: {one.kind.write(value)}{end}"


def _place_for(file: RegisterFile, ref: str) -> int:
    """Where a new record goes: behind the last one that sorts before it, with its fence; else before the first."""
    before = [placed for other, placed in file.records.items() if natural(other) < natural(ref)]
    if before:
        return _after(file, max(before, key=lambda placed: placed.key.start))
    if file.records:
        return _line_start(file.text, next(iter(file.records.values())).key.start)
    at = file.text.rindex(LAST_LINE)
    return _line_start(file.text, at)


def _after(file: RegisterFile, placed: Placed) -> int:
    """The end of a record with its fence and one blank line."""
    last = max((node.end for node in placed.fields.values()), default=placed.key.end)
    at = _next_line(file.text, last)
    fence = re.compile(
        rf"[ \t]*# end {re.escape(placed.action.ref)}[ \t]*(?:\r\n|\n|\r|$)(?:[ \t]*(?:\r\n|\n|\r))?"
    )
    found = fence.match(file.text, at)
    return found.end() if found else at


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_end(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)


def _end_before(text: str, at: int) -> int:
    """Where the line end stands that a place's line follows."""
    start = _line_start(text, at)
    return start - 2 if text[start - 2 : start] == "\r\n" else max(start - 1, 0)


def _next_line(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.end() if found else len(text)


def _line_end_of(text: str) -> str:
    found = _LINE_END.search(text)
    return (found[0] if found else "") or "\n"
