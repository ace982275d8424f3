"""The register's text: read with places, and changed at those places and nowhere else."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from rrbnotes.edits import Edit, apply
from rrbnotes.model import Action
from rrbnotes.reconciling.refs import natural
from rrbnotes.register.nodes import MAX_CHARS, Problem, Problems, RegisterError, read
from rrbnotes.register.pieces import LAST_LINE, Places, Top, cut, read_pieces
from rrbnotes.register.places import line_end, line_ends, line_start, next_line
from rrbnotes.register.records import Placed, placed, read_records
from rrbnotes.register.schema import FIELDS, VERSION, says_same
from rrbnotes.register.splicing import Spliced, field_text
from rrbnotes.register.values import quoted
from rrbnotes.source import conflict_line, split_lines

_PLAIN_REF = re.compile(r"(?:\d{4}-\d{2}-\d{2}|[A-Za-z][\w-]*/[\w/-]*)\.[pm]?\d+")
"""Refs that no reader of YAML can take for a number or a time."""


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A register as it stands in its file."""

    text: str
    said: Mapping[str, Action] = field(default_factory=dict)
    """The records' actions by ref, in the order of the file."""
    records: Mapping[str, Placed] = field(default_factory=dict)
    """The same with their places; those of a register that was read in pieces are only found when they are asked for."""
    starts: Mapping[str, int] = field(default_factory=dict)
    """Where the records' keys stand."""
    top: Top = field(default_factory=dict)
    """What stands beside `actions`, and that itself."""
    known: Mapping[str, Action] = field(default_factory=dict)
    """What was found of the texts of its records, for the next time that they are read."""
    shown: str = "actions.yaml"
    """Its path as messages print it."""

    @property
    def actions(self) -> tuple[Action, ...]:
        """The records' actions."""
        return tuple(self.said.values())


def new_text(actions: Sequence[Action]) -> str:
    """The text of a register that is not there yet."""
    body = "".join(_record(action, 2, "\n") for action in sorted(actions, key=lambda a: natural(a.ref)))
    return f"version: {VERSION}\nactions:\n{body}{LAST_LINE}\n"


def read_text(text: str, shown: str, known: Mapping[str, Action] | None = None) -> RegisterFile:
    """Read a register; all that is wrong is raised at once, with places. An empty file is damage, not an empty register.
    With what is `known` from an earlier reading, which may be nothing yet, only what is new in it is read, and its places are
    found when they are asked for."""
    file = _read_pieces(text, known) if known is not None else None
    try:
        return replace(file or _read(text), shown=shown)
    except Problems as why:
        raise refusal(why, shown) from why


def refusal(why: Problems, shown: str) -> RegisterError:
    """What is wrong with a register, a line each, in the order of their places."""
    problems = sorted(why.problems, key=lambda p: (p.line, p.column))
    return RegisterError("\n".join(f"{shown}:{p.line}:{p.column}: {p.message}" for p in problems))


def _read(text: str) -> RegisterFile:
    if len(text) > MAX_CHARS:
        raise Problems(Problem(1, 1, f"more than {MAX_CHARS:,} characters"))
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
                "the register is empty, which never means that all actions are gone; restore a backup (`rrb doctor --restore`)",
            )
        )
    top = {key.scalar: value for key, value in root.pairs or ()}
    version, actions = top.get("version"), top.get("actions")
    if root.pairs is None or version is None or actions is None:
        what = "no register: it has `version: 1` and `actions:` at its top; restore a backup (`rrb doctor --restore`)"
        raise Problems(root.problem(what))
    if version.scalar != VERSION:
        raise Problems(
            version.problem(
                f"version {version.scalar} is not known to this rrb, which writes {VERSION}; use a newer rrb"
            )
        )
    if not any(line.strip() == LAST_LINE for line in lines[-20:]):
        what = f"the file ends without `{LAST_LINE}`: cut off? Restore a backup (`rrb doctor --restore`), or add the line if all is there"
        raise Problems(Problem(len(lines), 1, what))
    records = {ref: placed(*one) for ref, one in read_records(root, actions).items()}
    said = {ref: one.action for ref, one in records.items()}
    starts = {ref: one.key.start for ref, one in records.items()}
    return RegisterFile(text, said, records, starts, {k.scalar or "": (k, v) for k, v in root.pairs})


def _read_pieces(text: str, known: Mapping[str, Action]) -> RegisterFile | None:
    """The same, with places only for who asks for them; None where the text has to be read as a whole."""
    pieces = cut(text)
    found = read_pieces(pieces, known) if pieces else None
    if not pieces or not found:
        return None
    top, known = found
    said = {action.ref: action for action in known.values()}
    starts = dict(zip(said, pieces.keys, strict=True))
    return RegisterFile(text, said, Places(pieces, tuple(said.values())), starts, top, known)


def changed(file: RegisterFile, actions: Sequence[Action], removed: Sequence[str] = ()) -> str:
    """The file's text with these actions in it: changed values are replaced where they stand, new fields and records
    inserted in their order, and all else stays byte for byte. A record goes only where `removed` names it. Raises
    `RegisterError` where the spelling of a value does not allow that."""
    try:
        return apply(file.text, list(_edits(file, {action.ref: action for action in actions}, removed)))
    except Problems as why:
        raise refusal(why, file.shown) from why


def _edits(file: RegisterFile, wanted: Mapping[str, Action], removed: Sequence[str]) -> Iterator[Edit]:
    end = line_ends(file.text)
    for ref, action in file.said.items():
        if ref in removed:
            yield Edit(line_start(file.text, file.starts[ref]), end_of(file, file.records[ref]), "")
        elif ref in wanted and not says_same(action, wanted[ref]):
            one = file.records[ref]
            record = (one.key, one.names, one.fields, one.indent, one.in_braces)
            yield from Spliced(file.text, ref, *record).edits(action, wanted[ref], end)
    new = sorted((one for ref, one in wanted.items() if ref not in file.said), key=lambda a: natural(a.ref))
    if not new:
        return
    indent = next(iter(file.records.values())).key.column - 1 if file.records else 2
    place_for = placing(file)
    for action in new:
        at = place_for(action.ref)
        lead = "" if at == 0 or file.text[at - 1] in "\r\n" else end
        yield Edit(at, at, lead + _record(action, indent, end))


def ref_text(ref: str) -> str:
    """A ref as a key."""
    return ref if _PLAIN_REF.fullmatch(ref) else quoted(ref)


def _record(action: Action, indent: int, end: str) -> str:
    """A whole record with its fence and the blank line that keeps branches apart."""
    pad = " " * indent
    fields = "".join(
        field_text(name, one.of(action), indent * 2, end)
        for name, one in FIELDS.items()
        if one.of(action) is not None
    )
    return f"{pad}{ref_text(action.ref)}:{end}{fields}{pad}# end {action.ref}{end}{end}"


def placing(file: RegisterFile) -> Callable[[str], int]:
    """Tells where a new record goes: behind the last one that sorts before it, with its fence; else before the first."""
    ranked = sorted((natural(ref), start, ref) for ref, start in file.starts.items())
    orders = [order for order, _, _ in ranked]
    furthest = list(accumulate(((start, ref) for _, start, ref in ranked), max))

    def place_for(ref: str) -> int:
        before = bisect_left(orders, natural(ref))
        if before:
            return end_of(file, file.records[furthest[before - 1][1]])
        first = next(iter(file.starts.values()), None)
        return line_start(file.text, file.text.rindex(LAST_LINE) if first is None else first)

    return place_for


def end_of(file: RegisterFile, placed: Placed) -> int:
    """The end of a record with its last comments, its fence and one blank line."""
    last = max((node.end for node in placed.fields.values()), default=placed.key.end)
    return record_end(file.text, placed.action.ref, last)


def record_end(text: str, ref: str, last: int) -> int:
    """The same for the record whose last value ends at a place."""
    at = end = next_line(text, last)
    while at < len(text):
        line, at = text[at : line_end(text, at)].strip(" \t"), next_line(text, at)
        if line == f"# end {ref}":
            is_blank = not text[at : line_end(text, at)].strip(" \t")
            return next_line(text, at) if is_blank else at
        if line and not line.startswith("#"):
            break
    return end
