"""What a board's notes usually do: a board that never does a thing is not told so in every note."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date as Date

from rrbnotes.notebook import Minutes

_NEAR = 3
"""Notes before and behind one that show what was usual then; customs change over the years."""
_BRIEF = 80
"""Words; a longer note that says `cancelled` says it of something else."""
_CANCELLED = re.compile(
    r"\b(?:cancell?ed|called off|did not take place|not held|no meeting)\b", re.IGNORECASE
)


def held(own: Sequence[Minutes], today: Date) -> list[Minutes]:
    """Those of a board's notes that count for what they leave out: no drafts, and none of a meeting that was cancelled."""
    return [one for one in own if not one.meeting.is_draft(today) and not is_cancelled(one)]


def unusual(own: Sequence[Minutes], does: Callable[[Minutes], bool]) -> Iterator[Minutes]:
    """The notes that do not do what most of those around them do, one before them among these; a board's only note is
    held to it as well."""
    for n, one in enumerate(own):
        before, behind = own[max(0, n - _NEAR) : n], own[n + 1 : n + 1 + _NEAR]
        times = sum(map(does, (*before, *behind)))
        is_usual = 2 * times > len(before) + len(behind) and (not before or any(map(does, before)))
        if not does(one) and (is_usual or len(own) == 1):
            yield one


def is_custom(own: Sequence[Minutes], at: int, does: Callable[[Minutes], bool]) -> bool:
    """Whether at least half of the notes around one do a thing as it does, and two of them."""
    around = [*own[max(0, at - _NEAR) : at], *own[at + 1 : at + 1 + _NEAR]]
    times = sum(map(does, around))
    return times > 1 and 2 * times >= len(around)


def is_cancelled(minutes: Minutes) -> bool:
    """Whether a note says little more than that its meeting was cancelled."""
    text = minutes.source.text
    is_brief = len(text) < 20 * _BRIEF and len(text.split()) < _BRIEF
    said = text if is_brief else minutes.meeting.title or ""
    return _CANCELLED.search(said) is not None
