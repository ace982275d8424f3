"""The keys of a review: what each comes to at each stage."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from rrbnotes.british import long_due
from rrbnotes.model import Status
from rrbnotes.views.cells import owners_text
from rrbnotes.views.review import NO_CHANGE, TYPED, Change, Read, Save, Stage, State, TakeBack, Wish, moved
from rrbnotes.views.typing import EMPTY, Key, Line, Pressed, typed

Turn = tuple[State, Wish | None]
STATUSES: Mapping[str, Status] = {
    "c": Status.COMPLETE,
    "o": Status.ONGOING,
    "r": Status.ROLLED_OVER,
    "x": Status.CLOSED,
}
"""The keys that say how an action stands."""


def press(state: State, key: Pressed) -> Turn:
    """What a key comes to: another state, and what is to be done before it is shown."""
    if key is Key.REDRAW:
        return state, None
    if key is Key.GONE:
        return replace(state, stage=Stage.LEFT), None
    known = key.casefold() if isinstance(key, str) else key
    return _STAGES[state.stage](replace(state, hint="", news=""), known if state.stage not in TYPED else key)


def _look(state: State, key: Pressed) -> Turn:
    if key in STATUSES:
        return _chosen(state, STATUSES[str(key)])
    if state.change.words and key in _LEAVING:
        return _told(state, f"{state.change.words}: not written yet; c, o, r or x writes it, Esc drops it")
    return _WAYS.get(key, _unknown)(state)


def _chosen(state: State, status: Status) -> Turn:
    """A status; what somebody else wrote into the cell is only replaced when that is said."""
    answer = state.item.answer
    is_others = state.in_note and answer is not None and not state.is_mine(state.item.ref)
    kept = answer.reason if answer and answer.status is status else ""
    stage = Stage.REPLACE if is_others else Stage.REASON
    return replace(state, status=status, stage=stage, line=Line(kept)), None


def _edit(state: State) -> Turn:
    answer = state.item.answer
    if not answer or answer.status not in STATUSES.values():
        return _told(state, "there is no answer yet: c, o, r or x give one")
    return replace(state, status=answer.status, stage=Stage.REASON, line=Line(answer.reason)), None


def _undo(state: State) -> Turn:
    if not state.said:
        return _told(state, "nothing was answered yet; `rrb undo` takes back what was written earlier")
    return state, TakeBack(state.said[-1])


def _unknown(state: State) -> Turn:
    return _told(state, "that key means nothing here; ? shows those that do")


def _told(state: State, hint: str) -> Turn:
    return replace(state, hint=hint), None


def _to(stage: Stage) -> Callable[[State], Turn]:
    return lambda state: (replace(state, stage=stage), None)


def _by(steps: int) -> Callable[[State], Turn]:
    return lambda state: (moved(state, steps), None)


def _stay(state: State) -> Turn:
    return state, None


def _drop(state: State) -> Turn:
    return replace(state, change=NO_CHANGE, hint="it stays as it is" if state.change.words else ""), None


def _due(state: State) -> Turn:
    given = long_due(state.change.due)
    return replace(state, stage=Stage.DUE, line=Line(given)), None


def _owners(state: State) -> Turn:
    given = owners_text(state.change.owners or ())
    return replace(state, stage=Stage.OWNERS, line=Line(given)), None


_ON = ("s", " ", Key.ENTER, Key.RIGHT, Key.DOWN)
_BACK = ("b", Key.LEFT, Key.UP, Key.BACKSPACE)
_LEAVING = (*_ON, *_BACK, "u", "q")
_WAYS: Mapping[Pressed, Callable[[State], Turn]] = {
    **dict.fromkeys(_ON, _by(+1)),
    **dict.fromkeys(_BACK, _by(-1)),
    "d": _due,
    "w": _owners,
    "e": _edit,
    "u": _undo,
    "q": _to(Stage.LEFT),
    "?": _to(Stage.HELP),
    "h": _to(Stage.HELP),
    Key.ESCAPE: _drop,
    Key.OTHER: _stay,
}
"""The other keys at an action."""


def _replace(state: State, key: Pressed) -> Turn:
    if key == "y":
        return replace(state, stage=Stage.REASON), None
    if key in ("n", "b", "s", Key.ESCAPE):
        return replace(state, stage=Stage.LOOK, line=Line(), hint="it stays as it is"), None
    return _told(state, "y replaces it, n leaves it as it is")


def _reason(state: State, key: Pressed) -> Turn:
    if key is Key.ESCAPE:
        return replace(state, stage=Stage.LOOK, status=None, line=EMPTY), None
    if key is Key.ENTER and state.status:
        return state, Save(state.item.ref, state.status, state.line.text, state.change)
    return replace(state, line=typed(state.line, key)), None


def _words(state: State, key: Pressed) -> Turn:
    """A line for a date or for owners; one left empty changes nothing."""
    if key is Key.ESCAPE:
        return replace(state, stage=Stage.LOOK, line=EMPTY), None
    if key is Key.ENTER and state.line.text:
        return state, Read(state.item.ref, state.stage, state.line.text)
    if key is Key.ENTER:
        due = None if state.stage is Stage.DUE else state.change.due
        owners = None if state.stage is Stage.OWNERS else state.change.owners
        return replace(state, stage=Stage.LOOK, change=Change(due, owners)), None
    return replace(state, line=typed(state.line, key)), None


def _help(state: State, key: Pressed) -> Turn:
    return replace(state, stage=Stage.LOOK), None


def _end(state: State, key: Pressed) -> Turn:
    if key in ("q", Key.ENTER):
        return replace(state, stage=Stage.LEFT), None
    if key == "u":
        return _undo(state)
    if key in _BACK:
        return moved(state, -1), None
    if key == "s" and any(_skipped(state)):
        return replace(state, at=next(_skipped(state)), stage=Stage.LOOK), None
    return (state, None) if isinstance(key, Key) else _told(state, "b goes back, q leaves")


def _skipped(state: State) -> Iterator[int]:
    """The places of the actions without an answer."""
    return (n for n, item in enumerate(state.items) if item.answer is None)


_STAGES: Mapping[Stage, Callable[[State, Pressed], Turn]] = {
    Stage.LOOK: _look,
    Stage.REPLACE: _replace,
    Stage.REASON: _reason,
    Stage.DUE: _words,
    Stage.OWNERS: _words,
    Stage.HELP: _help,
    Stage.END: _end,
    Stage.LEFT: lambda state, key: (state, None),
}
