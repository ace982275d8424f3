"""The screens of a review: what they show, for a terminal to fit into its size."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from rrbnotes.british import long_day
from rrbnotes.model import Meeting, Progress, Proposal, Status
from rrbnotes.reconciling.past import finish
from rrbnotes.views.entries import Entry
from rrbnotes.views.life import page
from rrbnotes.views.listing import Cell, Table, Tone, Words
from rrbnotes.views.review import TYPED, Stage, State, summary
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
    """As it stood when the meeting began."""
    meetings: tuple[Meeting, ...]
    proposals: tuple[Proposal, ...]


_STATUSES = (("c", "complete"), ("o", "ongoing"), ("r", "roll over"), ("x", "close"))
_REOPENED = (("o", "reopen: ongoing"), ("r", "reopen: roll over"))
_AGREED = {
    Status.COMPLETE: (("c", "agree"), *_REOPENED, ("x", "close instead")),
    Status.CLOSED: (("x", "agree"), *_REOPENED, ("c", "complete instead")),
}
"""What the same keys mean where an action was finished between meetings, by how it was."""
_OTHERS = (
    (("d", "new date"), ("w", "new owner"), ("e", "edit reason"), ("u", "undo")),
    (("s", "skip"), ("b", "back"), ("q", "leave"), ("?", "help")),
)
_HELP = (
    ("c", "It is done."),
    ("o", "It goes on: somebody works at it."),
    ("r", "It is put off to the next meeting."),
    ("x", "It ends undone: dropped, superseded, moved elsewhere."),
    ("", "Each asks for the reason; Enter saves it at once, Esc goes back."),
    ("", "Finished between meetings: c (or x) agrees to it, o and r open it again."),
    ("d", "A new date, such as '31 March 2026', 'end of March' or 'next meeting'."),
    ("w", "Whose it is from now on; several with commas."),
    ("", "Both are saved along with the status; until then Esc drops them."),
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
_ASKED_ELSE = {
    Stage.DUE: "New date? Such as 31 March 2026, end of March, next meeting; Esc goes back.",
    Stage.OWNERS: "Whose is it from now on? Several with commas; Esc goes back.",
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
    finished = finish(subject.entry.action) if state.in_note and subject.entry.for_agreement else None
    above = (place, *((_line(_waiting(finished), Tone.GOOD),) if finished else ()), ())
    make = partial(page, subject.entry, subject.meetings, subject.proposals)
    pages = tuple(partial(make, most, is_brief) for most, is_brief in _SHOWN)
    is_typed = state.stage in TYPED
    below = tuple(_below(state, _keys(finished)))
    return Screen(above, pages, below, state.line if is_typed else None)


def _keys(finished: Progress | None) -> Sequence[tuple[str, str]]:
    return _AGREED.get(finished.status or Status.COMPLETE, _STATUSES) if finished else _STATUSES


def _waiting(finished: Progress) -> str:
    """`finished on 1 February 2026, for the board to agree`; whether it was closed undone is said as well."""
    on = f" on {long_day(finished.date)}" if finished.date else ""
    return f"finished{on}{' (closed)' if finished.status is Status.CLOSED else ''}, for the board to agree"


def _below(state: State, statuses: Sequence[tuple[str, str]]) -> Iterator[Cell]:
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
    if state.change.words:
        yield _line(f"New: {state.change.words} (saved with the status)", Tone.WARN)
    if state.stage in _ASKED_ELSE:
        yield _line(_ASKED_ELSE[state.stage], Tone.STRONG)
    elif state.stage is Stage.REASON and state.status:
        yield _line(_ASKED[state.status], Tone.STRONG)
    elif state.stage is Stage.REPLACE:
        yield _line(f"Replace it with '{state.status}'?  y replace it  n leave it", Tone.STRONG)
    else:
        for row in (statuses, *_OTHERS):
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
