"""The records of a register: each read to its action, and with the places of what stands in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rrbnotes.model import Action
from rrbnotes.register.nodes import Node, Problem, Problems
from rrbnotes.register.schema import read_action
from rrbnotes.register.values import unique

Record = tuple[Action, Node, Node]
"""What a record says, with its key and its value."""
_TWICE = "from a merge? `rrb sync --resolve` keeps what both say"
_REF = re.compile(r".+\.[pm]?\d+")


@dataclass(frozen=True, slots=True)
class Placed:
    """A record with its nodes."""

    action: Action
    key: Node
    fields: Mapping[str, Node]
    """Its values by name, in the order of the file."""
    names: Mapping[str, Node]
    """Its fields' names, by themselves."""
    indent: int
    """How far its fields are indented."""
    in_braces: bool = False


def placed(action: Action, key: Node, value: Node) -> Placed:
    """A record with the places in it."""
    pairs = value.pairs or ()
    fields = {name.scalar or "": node for name, node in pairs}
    names = {name.scalar or "": name for name, _ in pairs}
    return Placed(action, key, fields, names, value.column - 1, value.is_flow)


def read_records(root: Node, actions: Node) -> dict[str, Record]:
    """Read the records below `actions`, by ref in the order of the file; raises `Problems` with all that is wrong with them, and at the register's top."""
    problems: list[Problem] = []
    unique(root, problems)
    found: dict[str, Record] = {}
    if actions.pairs is None and not actions.is_null:
        problems.append(actions.problem("actions must be a mapping from refs to actions"))
    for key, value in unique(actions, problems, _TWICE):
        ref = key.scalar or ""
        if not _REF.fullmatch(ref):
            problems.append(key.problem(f"'{ref}' is no ref; it looks like 2019-09-09.3"))
            continue
        try:
            found.setdefault(ref, (read_action(ref, value), key, value))
        except Problems as why:
            problems += why.problems
    for ref, other in claimed_again({ref: action for ref, (action, _, _) in found.items()}):
        also = next(node for name, node in found[ref][2].pairs or () if name.scalar == "also")
        problems.append(also.problem(f"{other} is a record of its own, or stands in another `also`"))
    if problems:
        raise Problems(*problems)
    return found


def claimed_again(actions: Mapping[str, Action]) -> Iterator[tuple[str, str]]:
    """Who answers to a ref that is a record's own, or to which a record before it answers: its ref, and that one."""
    answered: set[str] = set()
    for ref, action in actions.items():
        for other in action.also:
            if other in actions or other in answered:
                yield ref, other
            answered.add(other)
