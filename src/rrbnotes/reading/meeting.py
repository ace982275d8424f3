"""Outline and lore to meeting: the facts, the names and the mentions of one note."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from itertools import islice

from rrbnotes.diagnostics import Diagnostic, Finding, Severity
from rrbnotes.errors import did_you_mean
from rrbnotes.model import Meeting, Name, Status
from rrbnotes.quoting import listed
from rrbnotes.reading import facts
from rrbnotes.reading.candidates import Candidate
from rrbnotes.reading.entries import Entry, short_form
from rrbnotes.reading.finding import find
from rrbnotes.reading.lessons import Lesson
from rrbnotes.reading.lore import Lore, entries_read
from rrbnotes.reading.mentions import mention
from rrbnotes.reading.numbering import of_earlier_meetings
from rrbnotes.reading.outline import Outline
from rrbnotes.reading.promises import promised, promises
from rrbnotes.reading.scopes import scoped
from rrbnotes.source import MAX_ACTIONS, MAX_NAMES, MAX_NESTING, Location, line_of


@dataclass(frozen=True, slots=True)
class Reading:
    """A note, read: the meeting, and how it was read."""

    meeting: Meeting
    candidates: tuple[Candidate, ...]
    passing: tuple[Candidate, ...]
    """What sounds like a task and is none by itself."""
    listed: tuple[tuple[Entry, list[str]], ...]
    """The printed entries of its lists of names, each with the names in it."""
    diagnostics: tuple[Diagnostic, ...]


def read_meeting(
    outline: Outline, lesson: Lesson, lore: Lore, board: str | None, day: Date | None
) -> Reading:
    """The meeting of a day that a note records. Never raises, whatever the note says."""
    after = facts.next_meeting(outline, day)
    start, end, venue = facts.times_and_venue(outline)
    found = scoped(find(outline, lore), outline, day)
    candidates = _up_to(MAX_ACTIONS, found)
    if lore.numbers_by_meeting:
        candidates = of_earlier_meetings(candidates)
    marked = frozenset(one.at.line for one in candidates if one.accepted)
    passing = tuple(promises(outline, lore, marked))
    listed = tuple(entries_read(lesson.entries, outline, lore))
    attended, absent = _names(listed, lore)
    meeting = Meeting(
        key=lesson.key,
        path=outline.path,
        board=board,
        title=facts.title(outline),
        date=day,
        start=start,
        end=end,
        venue=venue,
        attended=attended,
        absent=absent,
        items=facts.items(outline),
        next_meeting=after,
        unfilled=_is_unfilled(outline, candidates),
        mentions=tuple(
            mention(one, lore, day, after.date if after else None) for one in candidates if one.accepted
        ),
        promises=tuple(promised(one, lore) for one in passing),
    )
    doubts = (*_excess(outline, found, candidates, lesson), *_diagnostics(outline, candidates, lore))
    return Reading(meeting, candidates, passing, listed, doubts)


def _up_to(most: int, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The candidates up to so many actions."""
    beyond = islice((n for n, one in enumerate(candidates) if one.accepted), most, None)
    return candidates[: next(beyond, None)]


def _excess(
    outline: Outline, found: Sequence[Candidate], kept: Sequence[Candidate], lesson: Lesson
) -> Iterator[Diagnostic]:
    """What a note has more of than is read."""
    actions = found[len(kept)].at if len(found) > len(kept) else None
    names = Location(outline.path, lesson.excess) if lesson.excess else None
    for what, at, most in (("actions", actions, MAX_ACTIONS), ("names", names, MAX_NAMES)):
        if at:
            said = f"more than {most:,} {what}: those from here on are not read"
            todo = "split the note or leave it out with `exclude`"
            yield Diagnostic("too-large", Severity.ERROR, Finding(line_of(at), said, todo))


def _is_unfilled(outline: Outline, candidates: tuple[Candidate, ...]) -> bool:
    """Whether the note holds a generated table of previous actions and no row of it says anything yet."""
    tables = [b for s in outline.sections for b in s.blocks if b.generated == "previous"]
    lines = {row.line for table in tables for row in table.rows}
    return bool(tables) and not any(one.accepted and one.at.line in lines for one in candidates)


def _names(found: Sequence[tuple[Entry, list[str]]], lore: Lore) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """Those who attended and those who did not."""

    def names(is_absent: bool) -> tuple[Name, ...]:
        mine = (name for entry, names in found if entry.is_absent is is_absent for name in names)
        return tuple(Name(name, short_form(name) or _short(name, lore)) for name in dict.fromkeys(mine))

    return names(False), names(True)


def _short(name: str, lore: Lore) -> str | None:
    """The directory's short form of a name, where it is another one or a short form itself."""
    short = lore.directory.short(name)
    return short if short != name or (name.isupper() and " " not in name) else None


def _diagnostics(outline: Outline, candidates: Sequence[Candidate], lore: Lore) -> Iterator[Diagnostic]:
    if outline.too_deep:
        what = f"lists or quotes nest {MAX_NESTING} deep from here on, and the rest of them is not read"
        at = line_of(Location(outline.path, outline.too_deep))
        yield Diagnostic("too-deep", Severity.ERROR, Finding(at, what, "move it up"))
    for one in candidates:
        if not one.accepted or not one.status:
            continue
        unknown = lore.statuses.cell(one.status).unknown
        head = _JOINT.split(unknown, maxsplit=1)[0]
        if not any(map(_MEANT_AS_STATUS.fullmatch, (head, unknown))):
            continue
        near = did_you_mean(head, lore.statuses.known).removeprefix("; ") if len(head) <= _MOST_HEAD else ""
        unknown = head if near else unknown
        if _MEANT_AS_STATUS.fullmatch(unknown):
            todo = near or f"write {listed(Status, 'or')}, or add it to [statuses] in rrb.toml if it is one"
            found = Finding(line_of(one.at), f"'{unknown}' is no known status", todo)
            yield Diagnostic("unknown-status", Severity.ERROR, found)


_JOINT = re.compile(r"(?<!\s)\s++[-–—]\s+|[:;,]\s")
_MOST_HEAD = 24
"""Characters before a dash that may be a status mistyped: `Compelte - letter sent`."""
_MEANT_AS_STATUS = re.compile(r"(?:[A-Z]{2,12}|[A-Za-z][a-z]{1,15})(?:[ -][a-z]{1,15})?[.!?]?")
"""A word or two. A sentence in the cell is a remark on progress, a name or an address says where to look."""
