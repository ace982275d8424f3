"""Within one note: what was promised in the discussion, put to the action that the note lists for it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from rrbnotes.model import Meeting, Mention, Place
from rrbnotes.owners import Directory
from rrbnotes.reconciling.known import Known
from rrbnotes.reconciling.recaps import Said
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


def with_promises(all_said: Sequence[Said], promises: Iterable[Mention], directory: Directory) -> list[Said]:
    """The actions of a note, each that only a list has with the sentence of the discussion that promised it, if there is
    one. Each sentence goes to one action, each action takes its best."""
    found = list(promises)
    pairs = sorted(
        (
            (score, n, at)
            for at, promise in enumerate(found)
            for n, said in enumerate(all_said)
            if (score := _likeness(said, promise, directory))
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    whole, taken_actions, taken_lines = list(all_said), set(), set()
    for _, n, at in pairs:
        if n not in taken_actions and at not in taken_lines:
            taken_actions.add(n)
            taken_lines.add(at)
            repeat = replace(found[at], status=None)
            mentions = tuple(sorted((*whole[n].mentions, repeat), key=lambda m: m.at))
            whole[n] = replace(whole[n], mentions=mentions)
    return whole


def reports(
    meeting: Meeting,
    all_said: Sequence[Said],
    earlier: Sequence[Known],
    joined: Collection[int],
    directory: Directory,
) -> dict[int, Said]:
    """What was told in the discussion of earlier actions that the note says nothing else of, by their places: the owner
    and most of the action's words must be in the sentence, and no other action may be nearly as near."""
    used = {(m.at, m.text) for said in all_said for m in said.mentions}
    found: dict[int, tuple[float, Mention]] = {}
    for told in meeting.promises:
        if (told.at, told.text) in used or not told.owners:
            continue
        scores = sorted(
            (
                (_told(told, one, directory), k)
                for k, one in enumerate(earlier)
                if one.outstanding and k not in joined
            ),
            reverse=True,
        )[:2]
        if not scores or scores[0][0] < _TOLD or (len(scores) > 1 and scores[0][0] - scores[1][0] < _CLEAR):
            continue
        score, k = scores[0]
        if k not in found or score > found[k][0]:
            found[k] = score, told
    return {k: Said((told,), told) for k, (_, told) in found.items()}


_TOLD = 0.6
"""The share of an earlier action's content words that a sentence which tells of it must have."""
_CLEAR = 0.2
"""By how much the next best action must be worse."""


def _told(told: Mention, known: Known, directory: Directory) -> float:
    if known.elsewhere or not known.owners or not directory.agree(told.owners, known.owners):
        return 0.0
    theirs, words = set(known.first.content), set(wording(told.action).content)
    shared = len(theirs & words)
    return shared / len(theirs) if shared > _LEAST else 0.0


def _likeness(said: Said, promise: Mention, directory: Directory) -> float:
    """How much of an action's words a sentence has; 0 where it is not enough, or somebody else is to do it."""
    if (
        said.place is not Place.LIST
        or not directory.agree(said.owners, promise.owners)
        or any(m.at == promise.at for m in said.mentions)
    ):
        return 0.0
    mine = set(wording(said.lead.action).content)
    shared = len(mine & set(wording(promise.action).content))
    by_owner = bool(said.owners and promise.owners)
    is_enough = shared >= (_LEAST - by_owner) and shared >= (
        _COVERED_BY_OWNER if by_owner else _COVERED
    ) * len(mine)
    return shared / len(mine) + _BY_OWNER * by_owner if is_enough else 0.0
