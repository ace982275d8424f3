"""The screens of a review: what they show, for a terminal to fit into its size."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from rrbnotes.model import Meeting, Proposal, Status
from rrbnotes.views.entries import Entry
from rrbnotes.views.life import page
from rrbnotes.views.listing import Cell, Table, Tone, Words
from rrbnotes.views.review import Stage, State, summary
from rrbnotes.views.typing import Line

BOUND = "\u00a0"
"""The blank before words that stay on the line of those before them."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: lines above, a page that takes the room between, lines below, and perhaps a line that is typed."""

    above: tuple[Cell, ...]
    """Each a line whose words stand side by side."""
    pages: tuple[Callable[[], Table], ...] = ()
    """From the fullest to the briefest; the first that fits is shown."""
    below: tuple[Cell, ...] = ()
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What an action's screen needs beside the state."""

    entry: Entry
    meetings: tuple[Meeting, ...]
    proposals: tuple[Proposal, ...]


_KEYS = (
    (("c", "complete"), ("o", "ongoing"), ("r", "roll over"), ("x", "close")),
    (("s", "skip"), ("b", "back"), ("e", "edit reason"), ("u", "undo"), ("q", "leave"), ("?", "help")),
)
_HELP = (
    ("c", "It is done."),
    ("o", "It goes on: somebody works at it."),
    ("r", "It is put off to the next meeting."),
    ("x", "It ends undone: dropped, superseded, moved elsewhere."),
    ("", "Each asks for the reason; Enter saves it at once, Esc goes back."),
    ("s", "Say nothing of it now; Space, Enter and the arrows down and right do the same."),
    ("b", "Back to the action before; the arrows up and left do the same."),
    ("e", "Write the reason of its answer again."),
    ("u", "Take back the last answer of this review."),
    ("q", "Leave. What was answered is kept; rrb review goes on with what was not."),
)
_ASKED = {
    Status.COMPLETE: "Complete. Anything to say of it? Enter alone leaves it out, Esc goes back.",
    Status.ONGOING: "Ongoing. How far is it? Enter alone leaves it out, Esc goes back.",
    Status.ROLLED_OVER: "Roll over. Why? Enter alone leaves it out, and rrb check asks for it; Esc goes back.",
    Status.CLOSED: "Close. Why does it end undone? Enter alone leaves it out, and rrb check asks for it; Esc goes back.",
}
_SHOWN = ((99, False), (8, False), (8, True), (4, True), (2, True), (1, True))
"""How many events a page shows, and whether in brief, from the fullest."""


def screen(state: State, where: str, subject: Subject | None) -> Screen:
    """What is to be seen of a state; `where` says where the answers go, `subject` is the action that it is at."""
    if state.stage is Stage.HELP:
        return Screen((_line("Keys of a review", Tone.STRONG), ()), below=_rows(_HELP, "Any key goes back."))
    if state.stage is Stage.END or subject is None:
        return _last(state, where)
    place = _line(f"{state.at + 1} of {len(state.items)} ", Tone.STRONG) + _line(where, Tone.QUIET)
    make = partial(page, subject.entry, subject.meetings, subject.proposals)
    pages = tuple(partial(make, most, is_brief) for most, is_brief in _SHOWN)
    is_typed = state.stage is Stage.REASON
    return Screen((place, ()), pages, tuple(_below(state)), state.line if is_typed else None)


def _below(state: State) -> Iterator[Cell]:
    answer = state.item.answer
    if answer:
        who = (
            "You said"
            if state.is_mine(state.item.ref)
            else "In the note"
            if state.in_note
            else "Said already"
        )
        yield (Words(f"{who}:"), Words(answer.words, Tone.STRONG))
    yield from _talk(state)
    if state.stage is Stage.REASON and state.status:
        yield _line(_ASKED[state.status], Tone.STRONG)
    elif state.stage is Stage.REPLACE:
        yield _line(f"Replace it with '{state.status}'?  y replace it  n leave it", Tone.STRONG)
    else:
        for row in _KEYS:
            yield tuple(
                word for key, does in row for word in (Words(key, Tone.STRONG), Words(f"{BOUND}{does}  "))
            )


def _last(state: State, where: str) -> Screen:
    left = len(state.items) - len(state.answered)
    skipped = "s goes to the first one without an answer, " if left else ""
    below = (
        *_talk(state),
        _line(f"That was the last one: {skipped}b goes back, u takes back the last answer, q leaves."),
    )
    return Screen((_line(where, Tone.QUIET), (), _line(summary(state), Tone.STRONG), ()), below=below)


def _talk(state: State) -> Iterator[Cell]:
    if state.news:
        yield _line(state.news, Tone.GOOD)
    if state.hint:
        yield _line(state.hint, Tone.WARN)


def _rows(rows: tuple[tuple[str, str], ...], last: str) -> tuple[Cell, ...]:
    lines = (_line(f"{key or ' '}  {does}") for key, does in rows)
    return (*lines, (), _line(last, Tone.QUIET))


def _line(text: str, tone: Tone = Tone.PLAIN) -> Cell:
    return (Words(text, tone),)
