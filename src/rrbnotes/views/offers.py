"""What a notebook has to offer to somebody who types: words, each with what it stands for."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from rrbnotes.book import Notebook
from rrbnotes.quoting import count

Offer = tuple[str, str]
"""A word, and what it stands for."""


def refs(book: Notebook) -> Iterator[Offer]:
    """The actions, those still to be done first."""
    actions = sorted(book.register.actions, key=lambda action: not action.status.outstanding)
    for action in actions:
        who = ", ".join(action.owners)
        yield action.ref, f"{who}: {action.action}" if who else action.action


def owners(book: Notebook) -> Iterator[Offer]:
    """The owners by their short forms, each with another name."""
    for directory in book.directories.values():
        for party in directory.parties:
            yield party.short, next((form for form in party.forms if form != party.short), "")
    for owner in chain.from_iterable(action.owners for action in book.register.actions):
        yield owner, ""


def meetings(book: Notebook) -> Iterator[Offer]:
    """The meetings, the latest first."""
    yield "latest", "the latest held meeting of each board"
    for meeting in sorted(book.meetings, key=lambda meeting: meeting.order, reverse=True):
        yield meeting.key, f"{meeting.title or ''} {meeting.date or ''}".strip()


def boards(book: Notebook) -> Iterator[Offer]:
    """The boards, each with its number of meetings."""
    for board in sorted({meeting.board for meeting in book.meetings if meeting.board}):
        yield board, count(sum(meeting.board == board for meeting in book.meetings), "meeting")


OFFERS: Mapping[str, Callable[[Notebook], Iterator[Offer]]] = {
    "refs": refs,
    "owners": owners,
    "meetings": meetings,
    "boards": boards,
}
"""By what they are."""
