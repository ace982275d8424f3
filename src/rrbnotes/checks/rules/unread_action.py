"""unread-action: what looks like an action, and counts as none."""

import re
from collections.abc import Iterator, Mapping

from rrbnotes.checks.evidence.tasks import Told, sets_task
from rrbnotes.checks.evidence.unseen import open_fences, unseen
from rrbnotes.diagnostics import Finding
from rrbnotes.notebook import Minutes
from rrbnotes.owners import tasked
from rrbnotes.quoting import count, quoted
from rrbnotes.reading.candidates import Candidate, Refusal
from rrbnotes.reading.placeholders import is_placeholder
from rrbnotes.source import Location, line_of

_DOER_TO = re.compile(r"(?:[^\s:]+ ){1,6}to (?P<verb>[a-z]+)\b")
_SIGNS = re.compile(r"^(?:[^\w@(\[\"“‘']|\d{1,3}[.)])+\s*")
"""What a word processor or a PDF reader leaves of a bullet or a number."""
_BELOW = "make it an item of its own, one step further out"
_UNOWNED = "make it an item of a list, or begin it with who does it"
_REFUSED: Mapping[str, str] = {
    Refusal.EXPLAINS: _BELOW,
    Refusal.OF_TOPIC: _BELOW,
    Refusal.UNOWNED: _UNOWNED,
}
"""Why a reader passes over what stands in a list of actions, with what to do where it was wrong to."""


def unread_action(minutes: Minutes) -> Iterator[Finding]:
    """Something reads like an action, and is not taken for one: in a list of actions, in code, or behind odd marks.

    It stands in no list and in no log, and nobody is asked for it. Markdown takes for code what stands four blanks or a tab
    further right than the text above it, and all that follows an open row of backticks.

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
    for line in unseen(minutes):
        what = f"{quoted(line.words)} looks like an action, and is not read as one"
        yield Finding(line_of(Location(minutes.source.path, line.line)), what, line.todo)
    for number, lost in open_fences(minutes):
        below = count(lost, "action or heading", "actions and headings")
        what = f"the code that begins here is not closed; not read below it: {below}"
        yield Finding(line_of(Location(minutes.source.path, number)), what, "close it, or delete its mark")


def _is_action(one: Candidate, minutes: Minutes) -> bool:
    """Whether it begins with who is to do what, or in a paragraph says what is to be done."""
    words = one.text
    if one.why not in _REFUSED or "?" in words or words.endswith(":") or is_placeholder(words):
        return False
    if _REFUSED[one.why] is _UNOWNED:
        behind = _SIGNS.sub("", words)
        is_task = sets_task(behind) or (behind != words and bool(tasked(behind, minutes.lore.directory)))
    else:
        doer = _DOER_TO.match(words)
        is_task = bool(doer and doer["verb"] != "be" and tasked(words, minutes.lore.directory))
    return is_task
