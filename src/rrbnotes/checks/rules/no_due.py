"""no-due: an action without a word on when, where the board mostly says it."""

import re
from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.in_note import raised_in
from rrbnotes.diagnostics import Finding
from rrbnotes.owners import owner_to_action
from rrbnotes.quoting import quoted
from rrbnotes.reconciling.recaps import Said
from rrbnotes.source import line_of

_LEAST = 4
"""Actions that show a board's way."""
_WHEN = re.compile(
    r"\b(?:by|before|after|until|till|when|once|next|today|tomorrow|tonight|week|month|year|quarter|meeting|asap|urgent\w*|"
    r"immediately|now|soon|ongoing|daily|weekly|monthly|quarterly|yearly|annual\w*|regular\w*|spring|summer|autumn|winter|christmas|easter|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\d{1,2}[./]\d{1,2}",
    re.IGNORECASE,
)


def no_due(book: Book, today: Date) -> Iterator[Finding]:
    """An action does not say when it is to be done, where most of the board's actions name a day.

    An action without a day is never overdue, so nobody chases it.

    Bad:
        **Action:** MPS to share the custody figures by 20 January.

        **Action:** NPS to draft the terms of reference by the end of January.

        **Action:** CRC to book the hall by 2 February.

        **Action:** MOPAC to write to the councils.

    Good:
        **Action:** MPS to share the custody figures by 20 January.

        **Action:** NPS to draft the terms of reference by the end of January.

        **Action:** CRC to book the hall by 2 February.

        **Action:** MOPAC to write to the councils by 20 January.

    Mend:
        Write by when. Where it has no day on purpose, say so: `<!-- rrb: allow no-due: as need arises -->`.
    """
    for own in book.boards():
        raised = [(minutes, said) for minutes in own for said in raised_in(minutes)]
        dated = sum(_has_day(said) for _, said in raised)
        if len(raised) >= _LEAST and 2 * dated >= len(raised):
            for _, said in raised:
                if (
                    not said.due
                    and not _is_over(said)
                    and not any(_WHEN.search(m.text) for m in said.mentions)
                ):
                    what = (
                        f"{quoted(owner_to_action(said.lead.owners, said.lead.action))} does not say by when"
                    )
                    yield Finding(
                        line_of(said.lead.at), what, "write the day, as for most of the other actions"
                    )


def _has_day(said: Said) -> bool:
    """Whether an action's words fix a day or the last of several, or come back regularly; an event alone names none."""
    return said.due is not None and bool(said.due.deadline or said.due.recurs)


def _is_over(said: Said) -> bool:
    return said.status is not None and not said.status.outstanding
