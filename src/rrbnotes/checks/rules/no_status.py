"""no-status: an earlier action that the list says nothing of, where it does of the others."""

import re
from collections import defaultdict
from collections.abc import Iterator

from rrbnotes.checks.evidence.in_note import goes_on_below, said_in
from rrbnotes.diagnostics import Finding
from rrbnotes.model import Mention, Place
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted
from rrbnotes.reading.sentences import sentence_starts
from rrbnotes.reconciling.recaps import Said
from rrbnotes.source import line_of

_LEAST = 2
"""Actions whose progress a list must tell before one without counts as left out."""
_MOST = 2 / 3
"""The share of a list whose progress is told, from which on the others are slips."""


def no_status(minutes: Minutes) -> Iterator[Finding]:
    """The list of previous actions says how they stand, but not how this one does.

    It was passed over, in the meeting or in the note. Nobody can tell whether it was done.

    Bad:
        #### Actions from previous meeting

        | Action | Owner | Status |
        | --- | --- | --- |
        | Book the hall | MPS | Complete |
        | Send the reading list | NPS | |
        | Draft the terms of reference | CRC | Ongoing |

    Good:
        #### Actions from previous meeting

        | Action | Owner | Status |
        | --- | --- | --- |
        | Book the hall | MPS | Complete |
        | Send the reading list | NPS | Rolled over: no time to discuss it |
        | Draft the terms of reference | CRC | Ongoing |

    Mend:
        Write how it stands; where the meeting did not come to it, `Rolled over`.
    """
    cells = {(one.at.line, one.whole): one.status for one in minutes.candidates}
    lists: dict[int, list[tuple[Mention, Said]]] = defaultdict(list)
    for said in said_in(minutes):
        for mention in said.mentions:
            if mention.place is Place.PREVIOUS and not mention.is_remark:
                lists[mention.group].append((mention, said))
    for rows in lists.values():
        told = sum(_is_told(said) for _, said in rows)
        if told >= _LEAST and told >= _MOST * len(rows):
            silent = (row for row, said in rows if not (_is_told(said) or cells.get((row.at.line, row.text))))
            for row in (row for row in silent if not _may_be_told(row, minutes)):
                what = f"nothing is said of how {quoted(row.action)} stands"
                yield Finding(line_of(row.at), what, "write it as for the other actions in this list")
    yield from _without_status(minutes)


def _without_status(minutes: Minutes) -> Iterator[Finding]:
    """Rows of the table that rrb wrote which somebody filled in with a remark and no status."""
    told = {one.at.line for one in minutes.diagnostics if one.name == "unknown-status"}
    said = {one.at.line: one for one in minutes.meeting.mentions}
    for row in minutes.candidates:
        mention = said.get(row.at.line)
        is_filled = row.accepted and row.generated == "previous" and row.at.line not in told
        if is_filled and mention and not mention.status:
            what = f"{quoted(row.status)} gives no status, so {quoted(mention.action)} stays as it was"
            yield Finding(
                minutes.source.words_at(row.at.line, row.status),
                what,
                "begin with Complete, Ongoing, Roll over or Closed",
            )


def _is_told(said: Said) -> bool:
    """Whether a status or a remark of its own says how an action stands, here or elsewhere in the note."""
    return any(mention.status or mention.reason for mention in said.mentions)


_LATER = re.compile(r"(?:when|once|after|if|as soon as)\b", re.IGNORECASE)


def _may_be_told(row: Mention, minutes: Minutes) -> bool:
    """Whether a further sentence or the lines below may tell of an action, or there is nothing to tell before its day."""
    is_later = (
        row.due is not None and (day := row.due.deadline) is not None and day >= (minutes.meeting.date or day)
    )
    goes_on = len(list(sentence_starts(row.text))) > 1 or row.text.endswith((":", "?"))
    return is_later or goes_on or _LATER.match(row.text) is not None or goes_on_below(row, minutes)
