"""A review, action by action, as a state and what comes of it: no terminal, no clock, nothing is written here."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from rrbnotes.british import long_due
from rrbnotes.model import Due, Status
from rrbnotes.views.cells import owners_text
from rrbnotes.views.typing import EMPTY, Line


class Stage(Enum):
    """What is asked for."""

    LOOK = auto()
    """A key that says how the action stands, or where to go."""
    REPLACE = auto()
    """Whether what stands there may go."""
    REASON = auto()
    DUE = auto()
    """A new date, in words."""
    OWNERS = auto()
    """Whose it is from now on."""
    HELP = auto()
    END = auto()
    """Behind the last action."""
    LEFT = auto()
    """Nothing any more."""


TYPED = (Stage.REASON, Stage.DUE, Stage.OWNERS)
"""Those at which a line is typed."""


@dataclass(frozen=True, slots=True)
class Change:
    """A new date and new owners, as far as they were given."""

    due: Due | None = None
    owners: tuple[str, ...] | None = None

    @property
    def words(self) -> str:
        """`due 31 March 2026, with MPS`; empty where nothing changes."""
        due = f"due {long_due(self.due)}" if self.due else ""
        owners = f"with {owners_text(self.owners) or 'nobody'}" if self.owners is not None else ""
        return ", ".join(filter(None, (due, owners)))

    @property
    def cells(self) -> dict[str, str]:
        """What the cells of a table say then, by the kinds of their columns."""
        due = {"due": long_due(self.due)} if self.due else {}
        return due | ({} if self.owners is None else {"owner": owners_text(self.owners)})

    def over(self, former: "Change") -> "Change":
        """Both, this one where both say something."""
        return Change(self.due or former.due, former.owners if self.owners is None else self.owners)


NO_CHANGE = Change()


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
    change: Change = NO_CHANGE
    is_answer: bool = True
    """False where it only gave another date or other owners to what stood there."""


@dataclass(frozen=True, slots=True)
class Save:
    """The wish that an answer be written."""

    ref: str
    status: Status
    reason: str
    change: Change = NO_CHANGE


@dataclass(frozen=True, slots=True)
class Read:
    """The wish that the words of a date or of owners be understood, as such that can be written."""

    ref: str
    what: Stage
    words: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The wish that an answer be taken back."""

    said: Said


Wish = Save | Read | TakeBack
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
    """What is typed, so far."""
    change: Change = NO_CHANGE
    """A new date and new owners that wait to be written with the status."""
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
        return any(one.ref == ref and one.is_answer for one in self.said)


def begun(items: tuple[Item, ...], in_note: bool, hint: str = "") -> State:
    """A review before its first key: at the first action that is asked about."""
    return moved(State(items, in_note, at=-1, hint=hint), +1)


def busy(state: State) -> State:
    """The state to show while a wish is done: every answer is read again before it counts, which takes a moment."""
    return replace(state, hint="", news="one moment …")


def saved(state: State, answers: Mapping[str, Answer], step: str | None, remark: str = "") -> State:
    """The state once the wish is done: the next action."""
    ref = state.item.ref
    new = Said(ref, step, state.change.over(former_change(state)), _is_answer(state))
    said = (*(one for one in state.said if state.in_note or one.ref != ref), new)
    after = replace(_answered(state, answers), said=said, status=None, line=EMPTY, change=NO_CHANGE)
    return replace(
        moved(after, +1), hint=remark, news=f"saved: {ref} {answers[ref].words if ref in answers else ''}"
    )


def understood(state: State, change: Change) -> State:
    """The state once a new date or new owners were understood: they are written along with a status."""
    return replace(state, change=change.over(state.change), stage=Stage.LOOK, line=EMPTY)


def at_once(state: State) -> Save | None:
    """The wish that follows where the action has its status already."""
    answer = state.item.answer
    if not state.change.words or not answer or answer.status in (None, Status.OPEN):
        return None
    return Save(state.item.ref, answer.status, answer.reason, state.change)


def former_change(state: State) -> Change:
    """What an answer that gives way to the next one has said of the date and of the owners: the next one says it too. In a
    note it stands in cells of its own, and stays there."""
    found = (one.change for one in state.said if one.ref == state.item.ref and not state.in_note)
    return next(found, NO_CHANGE)


def _is_answer(state: State) -> bool:
    return state.stage is Stage.REASON or state.is_mine(state.item.ref)


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
