"""contradictory-status: an action that is said to be finished and not finished."""

import re
from collections.abc import Iterator
from itertools import pairwise

from rrbnotes.checks.evidence.in_note import said_in
from rrbnotes.diagnostics import Finding, Related
from rrbnotes.model import Mention, Place
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted
from rrbnotes.reconciling.recaps import Said
from rrbnotes.source import line_of

_TALK = r"(?:conversations?|discussions?|talks|work|negotiations?|efforts)"
_GOES_ON = re.compile(
    rf"(?:(?:but|still|yet) )?(?:continuing|on-?going)(?: {_TALK}\b|[.!,;]|$)"
    rf"|(?:but )?{_TALK} (?:(?:is|are) )?(?:still )?(?:continuing|continues?|on-?going|going on|goes? on|in progress|under ?way)\b"
    r"|(?:but |it is )?still (?:going on|continuing|on-?going)\b"
    r"|(?:but |still )?(?:in progress|under ?way|to be continued)(?:[.!,;]|$)"
    r"|(?:but )?(?:is |it is )?not (?:yet |quite )?(?:done|completed?|finished|started|closed)\b"
    r"|(?:but )?(?:still|remains) (?:open|outstanding|to do|to be done|waiting|awaiting)\b"
    r"|(?:but )?(?:one|some|several|two|three|a few) [\w ]{1,30}(?:still )?outstanding[.!]?$",
    re.IGNORECASE,
)
_OVER = re.compile(r"(?:now |all |action )?(?:done|completed?|finished|closed)[.!]*", re.IGNORECASE)


def contradictory_status(minutes: Minutes) -> Iterator[Finding]:
    """An action is said to be finished and, in the same note, not to be.

    `rrb` goes by the status word. If that is the wrong half, an action is off the list that nobody has done, or it is chased
    though it is done.

    Bad:
        #### Actions from previous meeting

        | Action | Owner | Status |
        | --- | --- | --- |
        | Talk to the councils about the hall | MPS | Closed - discussions continuing |

    Good:
        #### Actions from previous meeting

        | Action | Owner | Status |
        | --- | --- | --- |
        | Talk to the councils about the hall | MPS | Ongoing - discussions continuing |

    Mend:
        Write the status that holds. Where both are meant (the action is closed, the matter goes on), say so:
        `<!-- rrb: allow contradictory-status: the talks go on without the Board -->`.
    """
    for said in said_in(minutes):
        for mention in said.mentions:
            if _belies_itself(mention):
                what = f"{quoted(mention.action)} is {mention.status}, but {quoted(mention.reason)}"
                yield Finding(minutes.source.words_at(mention.at.line, mention.reason), what, _TODO)
        yield from _twice(said)


_TODO = "write the status that holds"


def _belies_itself(mention: Mention) -> bool:
    """Whether the words behind a status begin with its contrary."""
    if mention.status is None or not mention.reason:
        return False
    contrary = (
        _OVER.fullmatch(mention.reason) if mention.status.outstanding else _GOES_ON.match(mention.reason)
    )
    return contrary is not None


def _twice(said: Said) -> Iterator[Finding]:
    """Two places of which one finishes the action; a summary at the end may well know more than the discussion."""
    told = [mention for mention in said.mentions if mention.status and mention.place is not Place.LIST]
    for first, later in pairwise(told):
        if first.status and later.status and first.status.outstanding is not later.status.outstanding:
            what = f"{quoted(later.action)} is {later.status} here and {first.status} on line {first.at.line}"
            yield Finding(line_of(later.at), what, _TODO, (Related(first.at, f"{first.status} here"),))
            return
