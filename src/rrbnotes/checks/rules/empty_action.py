"""empty-action: a marker or a row without the words of an action."""

import re
from collections.abc import Iterator

from rrbnotes.checks.evidence.in_note import raised_in
from rrbnotes.diagnostics import Finding
from rrbnotes.notebook import Minutes
from rrbnotes.owners import is_office
from rrbnotes.quoting import quoted
from rrbnotes.reading.candidates import Candidate, Refusal
from rrbnotes.source import line_in, line_of

_MARKER = re.compile(
    r"\A[\W_]*+(?:action(?: item| point)?|ap|ai)(?![a-z])[\s\d.]*+(?:\([^()]*+\))?[\W_]*+", re.IGNORECASE
)
"""A line that is a marker and nothing else; `Actions:` may be a title over none, and a `TODO` is the note's own."""
_HEADING = re.compile(r"\s{0,3}(?:#|(?:\*\*|__).*(?:\*\*|__)\s*$|-{3,}\s*$|\*{3,}\s*$)")
_FORM = 3
"""So many markers without words are a form that is filled in where there is something to say."""


def empty_action(minutes: Minutes) -> Iterator[Finding]:
    """An action has no words.

    Somebody is to do something, but the note does not say what. After the meeting nobody will remember.

    Bad:
        **Action:** MPS

    Good:
        **Action:** MPS to share the reading list.

    Mend:
        Write what is to be done, or delete the marker or the row.
    """
    bare = [one for one in minutes.candidates if _is_bare_marker(one, minutes)]
    for one in bare if len(bare) < _FORM else ():
        yield Finding(line_of(one.at), "an action is marked here, but no words follow", _TODO)
    for one in minutes.candidates:
        if not one.accepted and one.why == Refusal.EMPTY_ROW and _says_more(one, minutes):
            yield Finding(line_of(one.at), "this row has no words for its action", _TODO)
    for said in raised_in(minutes):
        words = said.lead.action.strip(" .:*_")
        if not said.owners and (minutes.lore.directory.knows(words) or is_office(words)):
            what = f"{quoted(words)} is named, but not what to do"
            yield Finding(line_of(said.lead.at), what, f"write it behind the name: '{words} to …'")


_ANNOUNCED = re.compile(r"\W*(?:date of (?:the )?)?next meeting\b", re.IGNORECASE)
_TODO = "write what is to be done, or delete it"


def _is_bare_marker(one: Candidate, minutes: Minutes) -> bool:
    """Whether a marker stands alone on its line, and what comes next begins something new."""
    lines = minutes.source.lines
    if one.accepted or one.why != Refusal.NO_WORDS or one.at.line > len(lines):
        return False
    if not _MARKER.fullmatch(lines[one.at.line - 1]):
        return False
    below = next((line for line in lines[one.at.line :] if line.strip()), "#")
    return any(pattern.match(below) for pattern in (_HEADING, _MARKER, _ANNOUNCED))


def _says_more(one: Candidate, minutes: Minutes) -> bool:
    """Whether a row has words in another column than that for its number: else it is a form's."""
    return re.search(r"[^\W\d_]{2}", line_in(minutes.source.lines, one.at.line)) is not None
