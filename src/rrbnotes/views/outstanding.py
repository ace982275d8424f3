"""What a list of the outstanding actions needs of a notebook: a small part of it, however old the board is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rrbnotes.book import Notebook
from rrbnotes.model import Register
from rrbnotes.views.entries import waits_for_agreement


@dataclass(frozen=True, slots=True)
class Totals:
    """What a list says of all actions of a register beside those that it shows."""

    actions: int
    for_agreement: int
    proposals: int


def totals(register: Register) -> Totals:
    """Of a whole register."""
    waiting = sum(map(waits_for_agreement, register.actions))
    return Totals(len(register.actions), waiting, len(register.proposals))


def outstanding(book: Notebook) -> tuple[Notebook, Totals]:
    """The notebook with nothing in it but the outstanding actions and when there were meetings; and the totals of the whole."""
    register = Register(tuple(one for one in book.register.actions if one.status.outstanding))
    meetings = tuple(meeting.bare() for meeting in book.meetings)
    return replace(book, meetings=meetings, register=register, directories={}), totals(book.register)


def joined(parts: Sequence[tuple[Notebook, Totals]]) -> tuple[Notebook, Totals]:
    """The same of several boards, from those of each."""
    from rrbnotes.notebook import bound  # heavy; only where something has changed

    actions = sum(totals.actions for _, totals in parts)
    waiting = sum(totals.for_agreement for _, totals in parts)
    return bound([book for book, _ in parts]), Totals(
        actions, waiting, sum(totals.proposals for _, totals in parts)
    )
