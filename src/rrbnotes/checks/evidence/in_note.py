"""What a note says of each of its actions, put together, with how each place was read."""

from collections.abc import Mapping

from rrbnotes.checks.evidence.once import once
from rrbnotes.model import Kind, Mention
from rrbnotes.notebook import Minutes
from rrbnotes.reading.candidates import Candidate
from rrbnotes.reconciling.recaps import Said, gather
from rrbnotes.reconciling.who import Who
from rrbnotes.source import line_in


@once
def said_in(minutes: Minutes) -> tuple[Said, ...]:
    """The actions that a note speaks of, each with its mentions; what was only said in passing is left aside."""
    own = (mention for mention in minutes.meeting.mentions if not mention.in_passing)
    return tuple(gather(own, Who(minutes.lore.directory)))


@once
def raised_in(minutes: Minutes) -> tuple[Said, ...]:
    """The actions that a note raises."""
    return tuple(said for said in said_in(minutes) if any(m.kind is Kind.RAISED for m in said.mentions))


@once
def candidates_of(minutes: Minutes) -> Mapping[tuple[int, str], Candidate]:
    """How each mention was read, by its line and text."""
    return {(one.at.line, one.whole): one for one in minutes.candidates if one.accepted}


def printed(minutes: Minutes, mention: Mention) -> str:
    """The line that a mention begins on, as it is printed."""
    return line_in(minutes.source.lines, mention.at.line)


def goes_on_below(mention: Mention, minutes: Minutes) -> bool:
    """Whether a line further in stands below a mention's, or a list within a list, so that more is said of it."""
    below = next((line for line in minutes.source.lines[mention.at.line :] if line.strip()), "")
    is_further_in = _indent(below) > _indent(printed(minutes, mention))
    return is_further_in or below.lstrip().startswith(("- - ", "* * "))


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
