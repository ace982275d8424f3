"""Where a meeting's action summary stands in its note, and the edits that put it there."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rrbnotes.edits import Edit
from rrbnotes.errors import RrbError
from rrbnotes.keeping.generated import SUMMARY, Generated, find, framed, in_line_ends_of, replaced
from rrbnotes.model import Action, Mention, Place
from rrbnotes.notebook import Minutes
from rrbnotes.reading.outline import Section
from rrbnotes.reading.roles import Role
from rrbnotes.source import Source, line_in

TITLE = "Action Summary"
NOTHING = "None."
"""What stands in a summary without actions."""
_UNDERLINE = re.compile(r" {0,3}(?:-+|=+)[ \t]*")
"""Below the words of a heading."""


@dataclass(frozen=True, slots=True)
class Old:
    """A summary that people wrote: the lines below its heading, up to what comes next."""

    heading: int
    """The line of its heading."""
    first: int
    last: int
    rows: tuple[Mention, ...]


def written(
    minutes: Minutes, actions: Iterable[Action], text: str, at_end: bool = False, in_bold: bool = False
) -> tuple[Edit, ...]:
    """The edits that put a summary into a note: between its markers, below the heading of an empty section, else under a
    heading of its own behind the discussion, or `at_end` of all. Raises where people wrote a list of actions. `in_bold` is
    for notes without headings, in which a first one would change what the other lines are."""
    source = minutes.source
    part = find(source, SUMMARY)
    if part:
        beside = _beside(source, part)
        return (replaced(source, part, SUMMARY, f"{text}\n\n{beside}" if beside else text),)
    for section in headed(minutes):
        old = old_in(minutes, section)
        if old.rows:
            repeated = {row for action in actions for row in repeating(action, old)}
            raise RrbError(f"{source.path}:{old.rows[0].at.line}: {refusal(old, repeated)}")
        if not section.blocks:
            return (_insertion(source, old.first, f"\n{framed(SUMMARY, text)}"),)
    place = len(source.lines) + 1 if at_end else _place(minutes)
    return (
        _insertion(
            source, place, f"{f'**{TITLE}**' if in_bold else _heading(minutes)}\n\n{framed(SUMMARY, text)}\n"
        ),
    )


def _beside(source: Source, part: Generated) -> str:
    """What people wrote between the markers beside the table."""
    lines = [source.lines[number - 1] for number in part.inside]
    own = [line for line in lines if not line.lstrip().startswith("|") and line.strip() != NOTHING]
    return "\n".join(own).strip()


def only_in(minutes: Minutes, actions: Iterable[Action]) -> tuple[Mention, ...]:
    """The rows of a summary, or typed into that of rrb, which say something that the note says nowhere else."""
    olds = [old_in(minutes, section) for section in headed(minutes)]
    repeated = {row for action in actions for old in olds for row in repeating(action, old)}
    part = find(minutes.source, SUMMARY)
    typed = [
        one for one in minutes.meeting.mentions if part and one.at.line in part.inside and not one.echoes
    ]
    return tuple(dict.fromkeys((*typed, *(row for old in olds for row in old.rows if row not in repeated))))


def rows_in(minutes: Minutes) -> tuple[Mention, ...]:
    """The rows of all summaries that people wrote."""
    return tuple(row for section in headed(minutes) for row in old_in(minutes, section).rows)


def is_summary(old: Old, repeated: Collection[Mention]) -> bool:
    """Whether at least half of its rows only repeat what the discussion marks."""
    return 2 * len(repeated) >= len(old.rows)


def refusal(old: Old, repeated: Collection[Mention]) -> str:
    """Why a list of people's is left alone."""
    if is_summary(old, repeated):
        return "people wrote this action summary; --adopt takes it over, and keeps what only it says"
    return (
        "this list is where the note agrees its actions, so there is nothing to sum up; for a summary in the note, "
        "mark the actions in the discussion (**Action:** …)"
    )


def headed(minutes: Minutes) -> Iterator[Section]:
    """The sections of this meeting's actions that have a heading."""
    return (section for section in minutes.outline.of_role(Role.ACTIONS) if section.heading)


def old_in(minutes: Minutes, section: Section) -> Old:
    """What people wrote below the heading of a section."""
    heading = section.heading.line if section.heading else 0
    first = heading + 1
    first += bool(_UNDERLINE.fullmatch(line_in(minutes.source.lines, first)))
    begins = (line for other in minutes.outline.sections for line in _begin(other))
    last = min((line - 1 for line in begins if line >= first), default=len(minutes.source.lines))
    rows = tuple(
        one
        for one in minutes.meeting.mentions
        if first <= one.at.line <= last and one.place is Place.LIST and not one.echoes
    )
    return Old(heading, first, last, rows)


def _begin(section: Section) -> Iterator[int]:
    if section.heading:
        yield section.heading.line
    elif section.blocks:
        yield section.blocks[0].line


def repeating(action: Action, old: Old) -> Iterator[Mention]:
    """The rows that say nothing of an action which its note does not say elsewhere."""
    rows = [one for one in action.mentions if one in old.rows]
    for row in rows:
        others = elsewhere(row, action, old)
        is_said = not row.owners or any(other.owners for other in others)
        is_dated = not row.due or any(other.due for other in others)
        if others and is_said and is_dated and not row.status:
            yield row


def elsewhere(row: Mention, action: Action, old: Old) -> tuple[Mention, ...]:
    """Where else the note of a row agrees its action."""
    return tuple(
        one
        for one in action.mentions
        if one not in old.rows
        and one.at.path == row.at.path
        and one.place is not Place.PREVIOUS
        and not (one.echoes or one.in_passing or one.is_remark)
    )


def _place(minutes: Minutes) -> int:
    """The line that a new section goes before: what is said of the next meeting, where that comes behind all actions;
    else the end."""
    source = minutes.source
    last = max((one.at.line for one in minutes.meeting.mentions), default=0)
    for section in minutes.outline.of_role(Role.NEXT_MEETING):
        for line in _begin(section):
            if line > last and (line == 1 or not source.lines[line - 2].strip()):
                return line
    return len(source.lines) + 1


def _heading(minutes: Minutes) -> str:
    """The title, set as the note sets the titles of its items."""
    lines = minutes.source.lines
    printed = [lines[s.heading.line - 1] for s in minutes.outline.of_role(Role.ITEM) if s.heading]
    marks = [line.split()[0] for line in printed if line.startswith("#")]
    if marks:
        return f"{min(marks, key=len)} {TITLE}"
    return f"**{TITLE}**" if any(line.startswith("**") for line in printed) else f"## {TITLE}"


def _insertion(source: Source, line: int, text: str) -> Edit:
    """Put text before a line, with an empty line between it and what stands there."""
    is_end = line > len(source.lines)
    at = len(source.text) if is_end else source.starts()[line - 1]
    is_open = is_end and not source.text.endswith(("\n", "\r"))
    is_apart = line < 2 or not source.lines[line - 2].strip()
    gap = "\n" * is_open + "\n" * (not is_apart)
    return Edit(at, at, in_line_ends_of(source, gap + (text.rstrip("\n") + "\n" if is_end else text)))
