"""Three versions of a record to one: what they say, field by field, not how it is spelled."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date as Date
from operator import attrgetter
from typing import Any, TypeVar

from rrbnotes.model import Action, Link, Progress, Sighting, Status
from rrbnotes.register.schema import FIELDS

HEADS = ("status", "owners", "due")
"""What a record says of how its action stands now; its history decides it."""
LISTS = ("history", "also", "links", "not_same")
"""What only grows in daily use: each entry is merged by itself."""
_Entry = TypeVar("_Entry", bound=Hashable)
_Value = TypeVar("_Value")


def told(action: Action, name: str) -> object:
    """What an action's first facts and its history say that its head should say."""
    return _all_told(action, name)[-1]


def _all_told(action: Action, name: str) -> list[object]:
    """What they said in turn."""
    first = {"status": Status.OPEN, "owners": action.first_owners, "due": action.first_due}
    said = (getattr(entry, name) for entry in action.history)
    return [first[name], *(value for value in said if value is not None)]


def merged(
    base: Action | None, ours: Action, theirs: Action, ours_wins: bool, is_mixed: bool = False
) -> Action:
    """What a record says after what both sides did to it. Where both changed a field in different ways, the winner's
    value: a field that comes out differently for the other winner is a clash.

    A head that its own history does not bear out was edited by hand, and no sync has kept that yet. Where git has put lines
    of each side into the other (`is_mixed`), that is only sure of one that nobody's history bears out.
    """
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs

    def pick(get: Callable[[Action], _Value]) -> _Value:
        return _pick(get(base or _BLANK), get(ours), get(theirs), ours_wins)

    lists: dict[str, Any] = {
        name: unite(getattr(base, name) if base else (), getattr(ours, name), getattr(theirs, name))
        for name in LISTS
    }
    raised = pick(_raised)
    result = replace(
        ours,
        action=pick(lambda a: a.action),
        number=pick(lambda a: a.number),
        first_owners=pick(lambda a: a.first_owners),
        first_due=pick(lambda a: a.first_due),
        first_seen=Sighting(*(raised or (None, None)), pick(lambda a: a.first_seen.item), None),
        is_raised=raised is not None,
        **lists,
    )
    heads: dict[str, Any] = {}
    for name in HEADS:
        all_told = [value for one in (base or _BLANK, ours, theirs) for value in _all_told(one, name)]
        is_told = all(
            getattr(one, name) in (all_told if is_mixed else [told(one, name)]) for one in (ours, theirs)
        )
        heads[name] = told(result, name) if is_told else pick(attrgetter(name))
    return replace(result, **heads)


def absorbed(home: Action, gone: Action, base: Action | None) -> Action:
    """An action with what one side did since to another (`gone`, before that `base`) that the other side made one with it."""
    both = {home.ref, gone.ref}
    then, now = ([_reworded(e, gone) for e in one.history] if one else [] for one in (base, gone))
    kept = tuple(e for e in home.history if e not in then or e in now)
    lists: dict[str, Any] = {
        "history": unite((), kept, tuple(e for e in now if e not in then)),
        "also": tuple(dict.fromkeys((*unite((), home.also, _added(gone, base, "also")), gone.ref))),
    }
    for name in ("links", "not_same"):
        fresh = tuple(e for e in _added(gone, base, name) if _named(e) not in both)
        lists[name] = unite((), getattr(home, name), fresh)
    heads = [name for name in HEADS if told(home, name) == getattr(home, name)]
    result = replace(home, **lists)
    again: dict[str, Any] = {name: told(result, name) for name in heads}
    return replace(result, **again)


def _reworded(entry: Progress, action: Action) -> Progress:
    """An entry as it stands in the history of another action: what its meeting said, in the words that it was said of."""
    return replace(entry, words=entry.words or action.action) if entry.meeting else entry


def without_names(
    action: Action, loser: Action | None, others: Iterable[Action | None], refs: Collection[str]
) -> Action:
    """A merged action without the links that only the loser made to one of these refs, which it had given to another action."""
    if not loser or not refs:
        return action
    kept = {
        name: {entry for other in others if other for entry in getattr(other, name)}
        for name in ("links", "not_same")
    }
    lists: dict[str, Any] = {
        name: tuple(
            e
            for e in getattr(action, name)
            if e in known or _named(e) not in refs or e not in getattr(loser, name)
        )
        for name, known in kept.items()
    }
    return replace(action, **lists)


def _named(entry: Link | str) -> str | None:
    return entry.ref if isinstance(entry, Link) else entry


def _added(action: Action, base: Action | None, name: str) -> tuple[Any, ...]:
    """The entries of one of its lists that were not there before."""
    before = getattr(base, name) if base else ()
    return tuple(entry for entry in getattr(action, name) if entry not in before)


def other_changes(action: Action, base: Action) -> Iterator[str]:
    """The fields, beside the lists and what follows from them, that are not as they were."""
    for name, field in FIELDS.items():
        if name in HEADS:
            is_other = getattr(action, name) not in (getattr(base, name), told(action, name))
        elif name in ("first_owners", "first_due"):  # not written where they are the same as the head
            is_other = getattr(action, name) != getattr(base, name)
        else:
            is_other = name not in LISTS and field.of(action) != field.of(base)
        if is_other:
            yield name


_BLANK = Action(
    "", None, "", (), Status.OPEN, None, (), None, Sighting(None, None, None, None), is_raised=False
)
"""Stands for a record that was not there: what one side leaves out, the other may say."""


def _pick(base: _Value, ours: _Value, theirs: _Value, ours_wins: bool) -> _Value:
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base or not ours_wins else ours


def unite(base: Sequence[_Entry], ours: Sequence[_Entry], theirs: Sequence[_Entry]) -> tuple[_Entry, ...]:
    """All entries of both sides but those that one side took out and the other left; equal ones once. Progress by time;
    beyond that in an order that both sides know, and the same whichever side is called ours."""
    if ours == theirs or theirs == base:
        return tuple(ours)
    if ours == base:
        return tuple(theirs)
    gone = set(base) - (set(ours) & set(theirs))
    left, right = ([entry for entry in dict.fromkeys(side) if entry not in gone] for side in (ours, theirs))
    groups: dict[tuple[Date, str], tuple[list[_Entry], list[_Entry]]] = defaultdict(lambda: ([], []))
    for side, entries in enumerate((left, right)):
        for entry in entries:
            groups[_time(entry)][side].append(entry)
    return tuple(entry for time in sorted(groups) for entry in _in_order(*groups[time]))


def _time(entry: object) -> tuple[Date, str]:
    """On one day manual progress comes before what the meetings said, those in the order of their keys."""
    return (entry.date or Date.min, entry.meeting or "") if isinstance(entry, Progress) else (Date.min, "")


def _in_order(left: list[_Entry], right: list[_Entry]) -> Iterator[_Entry]:
    """Two lists to one that keeps the order of both; what that leaves open is decided by the entries' texts."""
    while left and right:
        firsts = [left[0], right[0]]
        free = [first for first in firsts if first not in left[1:] and first not in right[1:]]
        entry = min(free or firsts, key=repr)
        yield entry
        left, right = ([other for other in side if other != entry] for side in (left, right))
    yield from left or right


def _raised(action: Action) -> tuple[str | None, Date | None] | None:
    return (action.raised.meeting, action.raised.date) if action.raised else None
