"""What a person says of two actions, or of an action and a place of a note: that they are the same, or what one is to the other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from rrbnotes.errors import RrbError
from rrbnotes.keeping.saying import BY_UPDATE
from rrbnotes.model import Action, Link, Meeting, Progress, Sighting, Status
from rrbnotes.reconciling.refs import REPORTED, natural
from rrbnotes.reconciling.wording import wording

Actions = dict[str, Action]
BACK = {"follows": "followed", "supersedes": "superseded"}
"""How the other action says it."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link: an action, or a place of a note that speaks of one."""

    action: Action
    """Of a place: the action that it speaks of now."""
    ref: str
    """By which it was named: its own, or one that it also answers to."""
    meeting: str | None = None
    """Of a place that is not the first of its action: its meeting's key, with its words."""
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """What a person says."""

    verb: str
    reason: str
    day: Date


def link(actions: Iterable[Action], one: End, other: End, tie: Tie) -> list[Action]:
    """The records after a link; raises where it cannot be, or is there already."""
    found = {action.ref: action for action in actions}
    if one.action.ref == other.action.ref and one.words is None and other.words is None:
        raise RrbError(f"{one.ref} and {other.ref} are one action already; `rrb unlink` parts them")
    _VERBS[tie.verb](found, one, other, tie)
    return list(found.values())


def unlink(actions: Iterable[Action], one: End, other: End, meetings: Sequence[Meeting]) -> list[Action]:
    """The records without what links the two ends; raises where nothing does."""
    found = {action.ref: action for action in actions}
    before = dict(found)
    for end, far in ((one, other), (other, one)):
        mine = found[end.action.ref]
        if far.words is not None and _forget_words(found, end.action.ref, far):
            _forget_join(found, end.action.ref, far)
        elif end.action.ref != far.action.ref:
            left = tuple(k for k in mine.links if k.ref not in (far.ref, far.action.ref))
            not_same = tuple(ref for ref in mine.not_same if ref not in (far.ref, far.action.ref))
            kept = tuple(p for p in mine.history if not _is_superseding(p, far.action.ref))
            found[mine.ref] = replace(mine, links=left, not_same=not_same, history=kept)
        elif far.ref != mine.ref:
            _part(found, mine, far.ref, meetings)
    if found == before:
        raise RrbError(f"nothing links {one.ref} and {other.ref}; `rrb show {one.ref}` shows its links")
    return list(found.values())


def _same(found: Actions, one: End, other: End, tie: Tie) -> None:
    """The ref given first stays, the other answers with it; a place becomes a report of the action."""
    place, whole = (one, other) if one.words is not None else (other, one)
    if place.words is None:
        keep, gone = sorted((found[one.action.ref], found[other.action.ref]), key=_age)
        _join(found, keep, gone, tie)
        return
    if whole.words is not None:
        raise RrbError(f"{one.ref} and {other.ref} are both places in notes; name the action by its ref")
    for ref in list(found):
        _forget_words(found, ref, place)
    action = found[whole.action.ref]
    made = Link("same", None, place.meeting, place.words, tie.reason)
    found[action.ref] = replace(action, links=(*action.links, made))


def _join(found: Actions, keep: Action, gone: Action, tie: Tie) -> None:
    """One action with the history of both."""
    for action in (keep, gone):
        if action.first_seen.date is None:
            raise RrbError(
                f"{action.ref} stands in a note without a date, which joins nothing; give the note a date"
            )
    both = {keep.ref, gone.ref}
    made = Link("same", gone.ref, gone.first_seen.meeting, gone.action, tie.reason)
    came = tuple(replace(p, words=(p.words or gone.action) if p.meeting else None) for p in gone.history)
    joined = replace(
        keep,
        history=tuple(
            sorted((*keep.history, *came), key=lambda p: (p.date or Date.min, p.meeting is not None))
        ),
        also=tuple(dict.fromkeys((*keep.also, gone.ref, *gone.also))),
        links=(*(k for k in (*keep.links, *gone.links) if k.ref not in both), made),
        not_same=tuple(dict.fromkeys(r for r in (*keep.not_same, *gone.not_same) if r not in both)),
        number=keep.number or gone.number,
    )
    del found[gone.ref]
    found[keep.ref] = joined
    for action in list(found.values()):  # who spoke of the one that is gone speaks of this one now
        links = tuple(
            replace(k, ref=keep.ref) if k.ref == gone.ref and k.verb != "same" else k for k in action.links
        )
        not_same = tuple(dict.fromkeys(keep.ref if ref == gone.ref else ref for ref in action.not_same))
        found[action.ref] = replace(action, links=links, not_same=not_same)


def _different(found: Actions, one: End, other: End, tie: Tie) -> None:
    """They are never joined or proposed again."""
    place, whole = (one, other) if one.words is not None else (other, one)
    action = found[whole.action.ref]
    if place.words is not None:
        _forget_words(found, action.ref, place)
        made = Link("different", None, place.meeting, place.words, tie.reason)
        found[action.ref] = replace(found[action.ref], links=(*found[action.ref].links, made))
        return
    for mine, far in ((one.action.ref, other.action.ref), (other.action.ref, one.action.ref)):
        if far in found[mine].not_same:
            raise RrbError(
                f"{one.ref} and {other.ref} are said to be different already; `rrb unlink` takes that back"
            )
        found[mine] = replace(found[mine], not_same=(*found[mine].not_same, far))


def _follows(found: Actions, one: End, other: End, tie: Tie) -> None:
    """Both say so."""
    _both_say(found, one, other, tie)


def _supersedes(found: Actions, one: End, other: End, tie: Tie) -> None:
    """Both say so, and the other one is closed."""
    _both_say(found, one, other, tie)
    action = found[other.action.ref]
    if action.status.outstanding:
        closed = Progress(tie.day, by=BY_UPDATE, status=Status.CLOSED, reason=_superseding(one.action.ref))
        found[action.ref] = replace(action, history=(*action.history, closed))


def _both_say(found: Actions, one: End, other: End, tie: Tie) -> None:
    mine, far = one.action.ref, other.action.ref
    ends = ((mine, tie.verb, far), (far, BACK[tie.verb], mine))
    for mine, word, far in ends:
        links = found[mine].links
        if any(known.ref == far and known.verb == word for known in links):
            raise RrbError(f"{one.ref} {tie.verb} {other.ref} already; `rrb unlink` takes that back")
        found[mine] = replace(found[mine], links=(*links, Link(word, far, reason=tie.reason)))


_VERBS: Mapping[str, Callable[[Actions, End, End, Tie], None]] = {
    "same": _same,
    "follows": _follows,
    "supersedes": _supersedes,
    "different": _different,
}
VERBS = tuple(_VERBS)


def _forget_words(found: Actions, ref: str, place: End) -> bool:
    """Take out what was said before of this place; whether there was anything."""
    words = wording(place.words or "").joined
    action = found[ref]
    left = tuple(
        known
        for known in action.links
        if known.ref or known.meeting != place.meeting or wording(known.words or "").joined != words
    )
    found[ref] = replace(action, links=left)
    return left != action.links


def _forget_join(found: Actions, ref: str, place: End) -> None:
    """Take out the report that a place gave of an action, which would hold it there."""
    words, action = wording(place.words or "").joined, found[ref]
    left = tuple(
        p
        for p in action.history
        if p.meeting != place.meeting or wording(p.words or action.action).joined != words
    )
    found[ref] = replace(action, history=left)


def _part(found: Actions, whole: Action, ref: str, meetings: Sequence[Meeting]) -> None:
    """An action that was joined stands by itself again, under its ref; what was said by hand stays with the other."""
    made = next((known for known in whole.links if known.verb == "same" and known.ref == ref), None)
    if made is None or made.words is None:
        raise RrbError(
            f"{ref} was never an action by itself that `rrb link` could have joined with {whole.ref}; "
            f"`rrb show {whole.ref}` shows its links"
        )
    words = wording(made.words).joined
    back = tuple(p for p in whole.history if p.meeting and p.words and wording(p.words).joined == words)
    is_raised = natural(ref)[2] != REPORTED
    said = tuple(p for p in back if not is_raised or p.meeting != made.meeting or p.status)
    found[ref] = Action(
        ref=ref,
        board=whole.board,
        action=made.words,
        owners=(),
        status=Status.OPEN,
        due=None,
        first_owners=(),
        first_due=None,
        first_seen=Sighting(made.meeting, _day(made, ref, meetings), None, None),
        is_raised=is_raised,
        history=tuple(replace(p, words=None) for p in said),
        provisional=False,
    )
    found[whole.ref] = replace(
        whole,
        also=tuple(other for other in whole.also if other != ref),
        links=tuple(known for known in whole.links if known is not made),
        history=tuple(p for p in whole.history if p not in back),
    )


def _day(made: Link, ref: str, meetings: Sequence[Meeting]) -> Date | None:
    """When the parted action was first seen: the day of its meeting, else the one in its ref."""
    known = next((meeting.date for meeting in meetings if meeting.key == made.meeting), None)
    try:
        return known or Date.fromisoformat(ref.rpartition(".")[0][-10:])
    except ValueError:
        return None


def _age(action: Action) -> tuple[Date, str, tuple[str, bool, str, int]]:
    """The order in which refs were given."""
    first = action.first_seen
    return first.date or Date.max, first.meeting or "", natural(action.ref)


def _superseding(ref: str) -> str:
    return f"superseded by {ref}"


def _is_superseding(progress: Progress, ref: str) -> bool:
    return progress.by == BY_UPDATE and progress.reason == _superseding(ref)
