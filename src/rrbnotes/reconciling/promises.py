"""Within one note: what was promised in the discussion, put to the action that the note lists for it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from rrbnotes.model import Meeting, Mention, Place
from rrbnotes.reconciling.known import Known
from rrbnotes.reconciling.recaps import Said, by_line, said
from rrbnotes.reconciling.who import Who
from rrbnotes.reconciling.wording import wording

_COVERED = 0.5
"""The share of an action's content words that a sentence must have to be the same."""
_COVERED_BY_OWNER = 0.4
"""The same, where sentence and action name the same owner."""
_LEAST = 3
"""Content words that they must share at least; one fewer where both name the same owner, one more where the sentence
tells of an earlier action: there the list does not vouch for it."""
_BY_OWNER = 0.2
"""What the same owner adds when several sentences fit."""


def with_promises(all_said: Sequence[Said], promises: Iterable[Mention], who: Who) -> list[Said]:
    """The actions of a note, each that only a list has with the sentence of the discussion that promised it, if there is
    one. Each sentence goes to one action, each action takes its best."""
    listed = {n: set(one.wording.content) for n, one in enumerate(all_said) if one.place is Place.LIST}
    found = list(promises) if listed else []
    pairs = sorted(
        (
            (score, n, at)
            for at, promise in enumerate(found)
            for n, shared in _sharing(listed, promise, _LEAST - 1)
            if (score := _likeness(all_said[n], promise, shared, len(listed[n]), who))
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    whole, taken_actions, taken_lines = list(all_said), set(), set()
    for _, n, at in pairs:
        if n not in taken_actions and at not in taken_lines:
            taken_actions.add(n)
            taken_lines.add(at)
            repeat = replace(found[at], status=None)
            whole[n] = said((*whole[n].mentions, repeat), whole[n].lead)
    return whole


def _sharing(actions: Mapping[int, set[str]], sentence: Mention, least: int) -> list[tuple[int, int]]:
    """The actions of which a sentence has so many content words at least, with their number. Few sentences speak of any."""
    words = set(wording(sentence.action).content)
    shared = ((n, len(words & theirs)) for n, theirs in actions.items())
    return [(n, count) for n, count in shared if count >= least]


def reports(
    meeting: Meeting,
    all_said: Sequence[Said],
    earlier: Mapping[int, Known],
    joined: Collection[int],
    who: Who,
) -> dict[int, Said]:
    """What was told in the discussion of earlier actions that the note says nothing else of, by their places: the owner
    and most of the action's words must be in the sentence, and no other action may be nearly as near."""
    asked = {
        k: set(one.first.content)
        for k, one in earlier.items()
        if one.outstanding and one.owners and not one.elsewhere and k not in joined
    }
    used = {(by_line(m), m.text) for one in all_said for m in one.mentions}
    found: dict[int, tuple[float, Mention]] = {}
    for told in meeting.promises if asked else ():
        if not told.owners or (by_line(told), told.text) in used:
            continue
        scores = sorted(
            (
                (shared / len(asked[k]), k)
                for k, shared in _sharing(asked, told, _LEAST + 1)
                if who.agree(told.owners, earlier[k].owners)
            ),
            reverse=True,
        )[:2]
        if not scores or scores[0][0] < _TOLD or (len(scores) > 1 and scores[0][0] - scores[1][0] < _CLEAR):
            continue
        score, k = scores[0]
        if k not in found or score > found[k][0]:
            found[k] = score, told
    return {k: said((told,), told) for k, (_, told) in found.items()}


_TOLD = 0.6
"""The share of an earlier action's content words that a sentence which tells of it must have."""
_CLEAR = 0.2
"""By how much the next best action must be worse."""


def _likeness(one: Said, promise: Mention, shared: int, size: int, who: Who) -> float:
    """How much of an action's words a sentence has; 0 where it is not enough, or somebody else is to do it."""
    by_owner = bool(one.owners and promise.owners)
    least = max(_LEAST - by_owner, (_COVERED_BY_OWNER if by_owner else _COVERED) * size)
    if (
        shared < least
        or not who.agree(one.owners, promise.owners)
        or any(m.at == promise.at for m in one.mentions)
    ):
        return 0.0
    return shared / size + _BY_OWNER * by_owner
