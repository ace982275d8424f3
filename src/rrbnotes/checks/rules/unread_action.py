"""unread-action: what looks like an action in a list of actions, and counts as none."""

import re
from collections.abc import Iterator, Mapping

from rrbnotes.checks.evidence.tasks import Told, sets_task
from rrbnotes.diagnostics import Finding
from rrbnotes.notebook import Minutes
from rrbnotes.owners import tasked
from rrbnotes.quoting import quoted
from rrbnotes.reading.candidates import Candidate, Refusal, is_placeholder
from rrbnotes.source import line_of

_DOER_TO = re.compile(r"(?:[^\s:]+ ){1,6}to (?P<verb>[a-z]+)\b")
_BELOW = "make it an item of its own, one step further out"
_UNOWNED = "make it an item of a list, or begin it with who does it"
_REFUSED: Mapping[str, str] = {
    Refusal.EXPLAINS: _BELOW,
    Refusal.OF_TOPIC: _BELOW,
    Refusal.UNOWNED: _UNOWNED,
}
"""Why a reader passes over what stands in a list of actions, with what to do where it was wrong to."""


def unread_action(minutes: Minutes) -> Iterator[Finding]:
    """Something in a list of actions reads like an action, and is not taken for one.

    It stands in no list and in no log, and nobody is asked for it.

    Bad:
        ## Actions

        - MPS to share the custody figures.

        Reading list to be shared at the next meeting.

    Good:
        ## Actions

        - MPS to share the custody figures.
        - Reading list to be shared at the next meeting.

    Mend:
        Write it like the other actions of the list. If it only explains one, leave it, and say so:
        `<!-- rrb: allow unread-action: part of the action above -->`.
    """
    read = {one.at.line for one in minutes.candidates if one.accepted}
    told = Told(minutes)
    for one in minutes.candidates:
        if (
            not one.accepted
            and one.at.line not in read
            and _is_action(one, minutes)
            and not told.covers(one.text)
        ):
            what = f"{quoted(one.text)} looks like an action, and is not read as one"
            yield Finding(line_of(one.at), what, _REFUSED[one.why])


def _is_action(one: Candidate, minutes: Minutes) -> bool:
    """Whether it begins with who is to do what, or in a paragraph says what is to be done."""
    words = one.text
    if one.why not in _REFUSED or "?" in words or words.endswith(":") or is_placeholder(words):
        return False
    if _REFUSED[one.why] is _UNOWNED:
        is_task = sets_task(words)
    else:
        doer = _DOER_TO.match(words)
        is_task = bool(doer and doer["verb"] != "be" and tasked(words, minutes.lore.directory))
    return is_task
