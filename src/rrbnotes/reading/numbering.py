"""Numbers that name the meeting an action comes from: `65.02` is the second of the sixty-fifth meeting."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rrbnotes.model import Place
from rrbnotes.reading.blocks import Block
from rrbnotes.reading.candidates import Candidate
from rrbnotes.reading.outline import Outline

_NUMBER = re.compile(r"(?:action )?(\d{1,4})\.(\d{1,3})(?![\w.])", re.IGNORECASE)
_MOST_ODD = 0.2
"""Share of notes whose numbers may run against their order: a note may repeat the table of the one before."""


_LEAST_MEETING = 15
"""Lower numbers before the point may be those of the agenda's items, which rise by chance as well."""


def highest_meeting(outline: Outline) -> int | None:
    """The highest first part of the numbers in a note's lists of actions; None where there are none."""
    return max(_meetings_in(outline), default=None)


def grows(meetings: Iterable[int]) -> bool:
    """Whether the numbers of meetings, note by note in the order of their names, are those of one meeting after the other:
    then a board numbers its actions by meeting."""
    highest = list(meetings)
    steps = [after > before for before, after in pairwise(highest)]
    is_rising = len(steps) > 1 and steps.count(False) <= _MOST_ODD * len(steps)
    return is_rising and min(highest) >= _LEAST_MEETING


def of_earlier_meetings(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates of a note; those whose number names an earlier meeting than the note's own, which is the highest,
    report that one's action wherever they stand."""
    own = max((meeting_of(one.number) for one in candidates if not one.is_remark), default=0)
    earlier = (
        replace(one, place=Place.PREVIOUS) if 0 < meeting_of(one.number) < own else one for one in candidates
    )
    return tuple(
        _as_own(one) if one.convention == "numbers-told" and 0 < own <= meeting_of(one.number) else one
        for one in earlier
    )


def _as_own(told: Candidate) -> Candidate:
    return replace(told, accepted=False, why="a sentence about an action of this very meeting")


def meeting_of(number: str) -> int:
    """The meeting that a number names; 0 where it names none."""
    found = _NUMBER.fullmatch(number)
    return int(found[1]) if found else 0


def _meetings_in(outline: Outline) -> Iterator[int]:
    for section in outline.sections:
        for words in _starts(section.blocks, section.role.lists_actions):
            found = _NUMBER.match(words)
            if found:
                yield int(found[1])


def _starts(blocks: Iterable[Block], lists_actions: bool) -> list[str]:
    """The words that may begin with an action's number: first cells, and items and paragraphs in lists of actions."""
    found: list[str] = []
    for block in blocks:
        found += [row.cells[0].plain for row in block.rows if row.cells]
        if lists_actions:
            found.append(block.text.plain)
        if block.children:
            found += _starts(block.children, lists_actions)
    return found
