"""What a record of the register holds: the table of its fields, to and from an action."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from rrbnotes.model import Action, Due, Link, Progress, Sighting, Status
from rrbnotes.reconciling.refs import BETWEEN, natural
from rrbnotes.register.nodes import Node, Problem, Problems
from rrbnotes.register.values import (
    DAY,
    DUE,
    DUE_FIELDS,
    STATUS,
    TEXT,
    TEXTS,
    VERB,
    WORD,
    Kind,
    flow,
    mapping,
    quoted,
)

VERSION = "1"

PROGRESS_FIELDS: Mapping[str, Kind] = {
    "date": DAY,
    "meeting": TEXT,
    "by": WORD,
    "status": STATUS,
    "reason": TEXT,
    "words": TEXT,
    "due": DUE,
    "owners": TEXTS,
}
"""The parts of an entry of a history."""
RAISED_FIELDS: Mapping[str, Kind] = {"date": DAY, "meeting": TEXT}
LINK_FIELDS: Mapping[str, Kind] = {"is": VERB, "to": TEXT, "meeting": TEXT, "words": TEXT, "reason": TEXT}


def progress_text(progress: Progress) -> str:
    """One entry of a history, on one line."""
    return flow({name: getattr(progress, name) for name in PROGRESS_FIELDS}, PROGRESS_FIELDS)


def link_text(link: Link) -> str:
    """One link, on one line."""
    return flow(
        {
            "is": link.verb,
            "to": link.ref,
            "meeting": link.meeting,
            "words": link.words,
            "reason": link.reason,
        },
        LINK_FIELDS,
    )


def read_progress(node: Node) -> Progress:
    """An entry of a history."""
    found = mapping(node, PROGRESS_FIELDS)
    if "meeting" not in found and "by" not in found:
        raise Problems(node.problem("neither meeting nor by: say who said this, e.g. by: update"))
    found.setdefault("date", None)
    return Progress(**found)


def _read_link(node: Node) -> Link:
    found = mapping(node, LINK_FIELDS)
    if "is" not in found:
        raise Problems(node.problem("a link without is: same, follows, supersedes or different"))
    return Link(
        found["is"], found.get("to"), found.get("meeting"), found.get("words"), found.get("reason", "")
    )


def _listed(read: Callable[[Node], Any]) -> Callable[[Node], tuple[Any, ...]]:
    def read_list(node: Node) -> tuple[Any, ...]:
        if node.items is None:
            raise Problems(node.problem("a list is wanted here, each entry on a line with a dash"))
        return tuple(read(item) for item in node.items)

    return read_list


def _lines(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """A list in brackets, for the rare file that keeps its lists so; the usual form is an entry a line."""
    return lambda entries: "[" + ", ".join(map(write, entries)) + "]"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record: how its value is read and written, and where an action has it."""

    kind: Kind
    of: Callable[[Action], Any]
    """None where there is nothing to write."""
    entry: Callable[[Any], str] | None = None
    """Of a list with an entry a line, how one is written."""


_NO_DUE = Due("")
"""Says that an action had no due date at first; written as `{}`."""


def _raised(action: Action) -> str | None:
    """When it was raised; the meeting too, where the ref does not name it."""
    if not action.raised:
        return None
    key = action.ref.rpartition(".")[0]
    seen = action.first_seen
    return flow({"date": seen.date, "meeting": seen.meeting if seen.meeting != key else None}, RAISED_FIELDS)


def _history(action: Action) -> tuple[Progress, ...] | None:
    """What the register keeps of a history: the lines of the notes move."""
    return tuple(replace(progress, at=None) for progress in action.history) or None


FIELDS: Mapping[str, Field] = {
    "action": Field(TEXT, lambda a: a.action),
    "owners": Field(TEXTS, lambda a: a.owners or None),
    "due": Field(DUE, lambda a: a.due),
    "item": Field(TEXT, lambda a: a.first_seen.item),
    "raised": Field(Kind(lambda node: mapping(node, RAISED_FIELDS), str), _raised),
    "number": Field(TEXT, lambda a: a.number),
    "status": Field(STATUS, lambda a: a.status),
    "first_owners": Field(TEXTS, lambda a: a.first_owners if a.first_owners != a.owners else None),
    "first_due": Field(DUE, lambda a: (a.first_due or _NO_DUE) if a.first_due != a.due else None),
    "also": Field(TEXTS, lambda a: a.also or None),
    "links": Field(Kind(_listed(_read_link), _lines(link_text)), lambda a: a.links or None, link_text),
    "not_same": Field(TEXTS, lambda a: a.not_same or None),
    "history": Field(Kind(_listed(read_progress), _lines(progress_text)), _history, progress_text),
}
"""In the order in which they stand in a record."""


_SAID = attrgetter(
    "action",
    "owners",
    "due",
    "number",
    "status",
    "first_owners",
    "first_due",
    "also",
    "links",
    "not_same",
    "is_raised",
)
_TOLD = attrgetter("date", "meeting", "by", "status", "reason", "due", "owners", "words")


def says_same(one: Action, other: Action) -> bool:
    """Whether the records of two actions with one ref would say the same, field by field."""
    return _said(one) == _said(other)


def _said(action: Action) -> tuple[object, ...]:
    """All that the fields of a record are made from, without making them."""
    seen = action.first_seen
    raised = (seen.date, seen.meeting) if action.is_raised else None
    return _SAID(action), seen.item, raised, list(map(_TOLD, action.history))


def differing(meant: Iterable[Action], found: Iterable[Action]) -> list[str]:
    """The refs whose records would not say the same, in the order of refs."""
    ours, theirs = ({action.ref: action for action in actions} for actions in (meant, found))
    apart = ours.keys() ^ theirs.keys()
    apart |= {ref for ref in ours.keys() & theirs.keys() if not _is_same(ours[ref], theirs[ref])}
    return sorted(apart, key=natural)


def _is_same(one: Action, other: Action) -> bool:
    return says_same(one, other) or all(field.of(one) == field.of(other) for field in FIELDS.values())


KEYS_WITHIN: Mapping[str, tuple[str, ...]] = {
    "due": tuple(DUE_FIELDS),
    "first_due": tuple(DUE_FIELDS),
    "raised": tuple(RAISED_FIELDS),
    "links": tuple(LINK_FIELDS),
    "history": tuple(PROGRESS_FIELDS),
}
"""Our keys of a value that is a mapping, or whose entries are; others there are somebody's own."""


def entry_writer(name: str) -> Callable[[Any], str] | None:
    """How one entry of a field that is a list is written; None for other fields."""
    field = FIELDS[name]
    return field.entry or (quoted if field.kind is TEXTS else None)


_KINDS = {name: field.kind for name, field in FIELDS.items()}


def _first_due(found: Mapping[str, Any]) -> Due | None:
    first = found.get("first_due", found.get("due"))
    return None if first == _NO_DUE else first


def read_action(ref: str, node: Node) -> Action:
    """The action that a record holds, without what only the notes know; all problems of the record together."""
    problems: list[Problem] = []
    try:
        found = mapping(node, _KINDS)
    except Problems as why:
        found, problems = {}, list(why.problems)
    if not any(key.scalar == "action" and not value.is_null for key, value in node.pairs or ()):
        problems.append(node.problem(f"{ref} has no action: write what is to be done"))
    if problems:
        raise Problems(*problems)
    history: tuple[Progress, ...] = found.get("history", ())
    raised: dict[str, Any] | None = found.get("raised")
    key, _, mark, _ = natural(ref)
    here = None if mark == BETWEEN else key
    first = next(
        (p for p in history if p.meeting), None
    )  # the first report shows it, where nothing raises it
    seen = (
        Sighting(raised.get("meeting", here), raised.get("date"), found.get("item"), None)
        if raised is not None
        else Sighting(
            first.meeting if first else here, first.date if first else None, found.get("item"), None
        )
    )
    owners, due = found.get("owners", ()), found.get("due")
    return Action(
        ref=ref,
        board=None,
        action=found["action"],
        owners=owners,
        status=found.get("status", Status.OPEN),
        due=due,
        first_owners=found.get("first_owners", owners),
        first_due=_first_due(found),
        first_seen=seen,
        is_raised=raised is not None,
        history=history,
        number=found.get("number"),
        also=found.get("also", ()),
        links=found.get("links", ()),
        not_same=found.get("not_same", ()),
        provisional=False,
    )
