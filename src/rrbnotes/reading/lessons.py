"""What one note teaches by itself of how to read the notes of its board; a board's lore follows from these alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from itertools import islice

from rrbnotes.reading.attendance import entries
from rrbnotes.reading.entries import Entry
from rrbnotes.reading.facts import day, day_in_name, is_named_by_day
from rrbnotes.reading.habits import Habits, habits
from rrbnotes.reading.numbering import highest_meeting
from rrbnotes.reading.outline import Outline
from rrbnotes.source import MAX_NAMES


@dataclass(frozen=True, slots=True)
class Lesson:
    """Plain data, small beside its note: it can be kept where the outline is not."""

    key: str
    day: Date | None
    """The meeting's date, as far as the note and its name tell it."""
    entries: tuple[Entry, ...]
    """Of the lists of who was there and who was not."""
    habits: Habits
    meeting: int | None
    """The highest number that its actions give to a meeting (`65` of `65.02`); None where none has one."""
    excess: int | None = None
    """The line of the first entry that is one too many to be read."""


def lesson(outline: Outline, key: str) -> Lesson:
    """What a note teaches."""
    named = tuple(islice(entries(outline), MAX_NAMES + 1))
    return Lesson(
        key,
        day(outline, key),
        named[:MAX_NAMES],
        habits(outline),
        highest_meeting(outline),
        named[MAX_NAMES].line if len(named) > MAX_NAMES else None,
    )


def days(lessons: Iterable[Lesson]) -> dict[str, Date | None]:
    """The dates of one board's meetings by their keys. A date that was left over from the note that another was copied from
    is not that one's own: an earlier note gives the same one, and the note's name is nothing but a later one."""
    earlier: set[Date] = set()
    found: dict[str, Date | None] = {}
    for one in sorted(lessons, key=lambda one: one.key):
        said, named = one.day, day_in_name(one.key)
        if said and said in earlier and named and named > said and is_named_by_day(one.key):
            found[one.key] = named
            continue
        found[one.key] = said
        if said:
            earlier.add(said)
    return found
