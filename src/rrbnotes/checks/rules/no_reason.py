"""no-reason: an action that is rolled over or closed without a word on why."""

from collections.abc import Iterator, Sequence
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.in_note import goes_on_below, printed, said_in
from rrbnotes.diagnostics import Finding
from rrbnotes.model import Status
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted
from rrbnotes.reading.sentences import sentence_starts
from rrbnotes.reconciling.recaps import Said
from rrbnotes.source import line_of

_ASKED = (Status.ROLLED_OVER, Status.CLOSED)
_HABIT = 3
"""So many without a single reason are the board's way."""


def no_reason(book: Book, today: Date) -> Iterator[Finding]:
    """An action is rolled over, or closed undone, and the note does not say why.

    The next meeting has the same talk again, and who looks back in a year cannot tell what became of it.

    Bad:
        #### Actions from previous meeting

        | Action | Owner | Status |
        | --- | --- | --- |
        | Book the hall | MPS | Complete |
        | Send the reading list | NPS | Rolled over |

    Good:
        #### Actions from previous meeting

        | Action | Owner | Status |
        | --- | --- | --- |
        | Book the hall | MPS | Complete |
        | Send the reading list | NPS | Rolled over - the librarian is away |

    Mend:
        Write why behind the status: `Closed - the workshop was cancelled`.
    """
    for own in book.boards():
        ended = list(_ended(own))
        bare = [said.progress for minutes, said in ended if not _has_reason(said, minutes)]
        if len(bare) < len(ended) or len(ended) < _HABIT:
            for mention in bare:
                what = f"{quoted(mention.action)} is {mention.status}, and nothing says why"
                yield Finding(line_of(mention.at), what, "write the reason behind the status")


def _ended(own: Sequence[Minutes]) -> Iterator[tuple[Minutes, Said]]:
    """What a board's notes say was rolled over or closed, in a word for it."""
    known = own[0].lore.statuses.known.items()
    phrases = {asked: [phrase for phrase, status in known if status is asked] for asked in _ASKED}
    for minutes in own:
        for said in said_in(minutes):
            told = said.progress
            if told.status in phrases and not told.is_remark:
                line = printed(minutes, told).casefold()
                if any(phrase in line for phrase in phrases[told.status]):
                    yield minutes, said


def _has_reason(said: Said, minutes: Minutes) -> bool:
    """Whether a reason, a further sentence or a line below says more."""
    return any(
        mention.reason or goes_on_below(mention, minutes) or len(list(sentence_starts(mention.text))) > 1
        for mention in said.mentions
    )
