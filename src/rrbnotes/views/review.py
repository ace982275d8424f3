"""A review, action by action, as a state and what comes of it: no terminal, no clock, nothing is written here."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from rrbnotes.model import Status
from rrbnotes.views.typing import EMPTY, Line


class Stage(Enum):
    """What is asked for."""

    LOOK = auto()
    """A key that says how the action stands, or where to go."""
    REPLACE = auto()
    """Whether what stands there may go."""
    REASON = auto()
    HELP = auto()
    END = auto()
    """Behind the last action."""
    LEFT = auto()
    """Nothing any more."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one action."""

    status: Status | None
    """None where somebody wrote something else than a status."""
    reason: str
    words: str
    """As it stands there."""


@dataclass(frozen=True, slots=True)
class Item:
    """One action of the review."""

    ref: str
    answer: Answer | None = None
    is_passed: bool = False
    """It was answered before this review began, and is not asked about again."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of this review."""

    ref: str
    step: str | None
    """What `rrb undo` knows it by; None where nothing had to be written for it."""


@dataclass(frozen=True, slots=True)
class Save:
    """The wish that an answer be written."""

    ref: str
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The wish that an answer be taken back."""

    said: Said


Wish = Save | TakeBack
"""What is to be done outside."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a review has come to."""

    items: tuple[Item, ...]
    in_note: bool
    """The answers go into a note, where a cell may hold what somebody wrote; else into the register."""
    at: int = 0
    stage: Stage = Stage.LOOK
    status: Status | None = None
    """That which a reason is asked for."""
    line: Line = EMPTY
    """The reason, so far."""
    hint: str = ""
    """What stands in the way, or what a key would do."""
    news: str = ""
    """What was done."""
    said: tuple[Said, ...] = ()
    """The answers of this review, in their order."""

    @property
    def item(self) -> Item:
        """The action that is looked at."""
        return self.items[self.at]

    @property
    def answered(self) -> tuple[Answer, ...]:
        """All answers, of earlier reviews too."""
        return tuple(item.answer for item in self.items if item.answer)

    def is_mine(self, ref: str) -> bool:
        """Whether its answer was given in this review."""
        return any(one.ref == ref for one in self.said)


def begun(items: tuple[Item, ...], in_note: bool, hint: str = "") -> State:
    """A review before its first key: at the first action that is asked about."""
    return moved(State(items, in_note, at=-1, hint=hint), +1)


def busy(state: State) -> State:
    """The state to show while a wish is done: every answer is read again before it counts, which takes a moment."""
    return replace(state, hint="", news="one moment …")


def saved(state: State, answers: Mapping[str, Answer], step: str | None, remark: str = "") -> State:
    """The state once the wish is done: the next action."""
    ref = state.item.ref
    said = (*(one for one in state.said if state.in_note or one.ref != ref), Said(ref, step))
    after = replace(_answered(state, answers), said=said, stage=Stage.LOOK, status=None, line=EMPTY)
    return replace(
        moved(after, +1), hint=remark, news=f"saved: {ref} {answers[ref].words if ref in answers else ''}"
    )


def taken_back(state: State, answers: Mapping[str, Answer]) -> State:
    """The state once the last answer is gone again: at its action."""
    ref = state.said[-1].ref
    at = next(n for n, item in enumerate(state.items) if item.ref == ref)
    after = replace(_answered(state, answers), said=state.said[:-1])
    return replace(after, at=at, stage=Stage.LOOK, news="the last answer is taken back")


def failed(state: State, why: str) -> State:
    """The state where the wish could not be done; what was typed is kept."""
    return replace(state, hint=why)


def summary(state: State) -> str:
    """`reviewed 12 of 15: 5 complete, 4 rolled over, 3 ongoing; 3 left`."""
    found = state.answered
    counts = Counter(answer.status for answer in found)
    kinds = [f"{counts[one]} {one}" for one in (*_ORDER, Status.OPEN) if counts[one]]
    kinds += [f"{counts[None]} without a status"] if counts[None] else []
    left = len(state.items) - len(found)
    what = f": {', '.join(kinds)}" if kinds else ""
    return f"reviewed {len(found)} of {len(state.items)}{what}{f'; {left} left' if left else ''}"


_ORDER = (Status.COMPLETE, Status.ROLLED_OVER, Status.ONGOING, Status.CLOSED)


def _answered(state: State, answers: Mapping[str, Answer]) -> State:
    items = tuple(replace(item, answer=answers.get(item.ref)) for item in state.items)
    return replace(state, items=items)


def moved(state: State, by: int) -> State:
    """The next action that is asked about, in one direction; behind the last is the end, before the first there is none."""
    places = range(state.at + by, len(state.items) if by > 0 else -1, by)
    at = next((n for n in places if not state.items[n].is_passed), None)
    if at is not None:
        return replace(state, at=at, stage=Stage.LOOK)
    if by > 0:
        return replace(state, at=len(state.items), stage=Stage.END)
    return replace(state, hint="this is the first one")
