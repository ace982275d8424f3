"""What a command answers, in the three shapes that formats ask for: a table to look at, a sheet of texts, records."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date as Date
from enum import StrEnum


class Tone(StrEnum):
    """How much a word wants to be seen. The word says it too: colour never says anything alone."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    GOOD = "good"
    WARN = "warn"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one tone."""

    text: str
    tone: Tone = Tone.PLAIN
    days: tuple[Date, ...] = ()
    """Those that the text names, as `2026-01-12`; who shows them may write them otherwise."""

    def spelled(self, spell: Callable[[Date], str]) -> "Words":
        """The words with their days written so."""
        if not self.days:
            return self
        text = self.text
        for day in self.days:
            text = text.replace(day.isoformat(), spell(day))
        return replace(self, text=text, days=())


Cell = tuple[Words, ...]
"""Words one below the other, where there is room."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: str
    fills: bool = False
    """Takes the room that the others leave; exactly one column does."""
    under: str | None = None
    """The column below whose cells this one's go where the table is too narrow."""
    lead: str = ""
    """What then stands before its first words."""
    most: int = 24
    """The widest that it may be; longer words wrap."""
    right: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading, with what is said of all of them."""

    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    details: tuple[tuple[str, Cell], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """For people."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """For spreadsheets and pipes: texts in named fields."""

    fields: tuple[str, ...]
    """Only ever appended to."""
    rows: Iterable[tuple[str, ...]]
    plain: int
    """How many of the fields, from the first, a pipe gets."""


@dataclass(frozen=True, slots=True)
class Records:
    """For programs: a versioned envelope with named objects."""

    name: str
    items: Iterable[Mapping[str, object]]
    head: Mapping[str, object]
    """What the envelope says beside the version and the objects."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One answer; a shape is worked out only where a format asks for it."""

    table: Callable[[], Table]
    sheet: Callable[[], Sheet]
    records: Callable[[], Records]
    footer: tuple[str, ...] = ()
    """Talk about the answer: counts, or that there is nothing."""
    piped: str = "tsv"
    """The format off a terminal where none is asked for."""
    beside: Callable[[], tuple[Records, ...]] = tuple
    """Further records, for a format that holds several tables."""
    then: str = ""
    """The next sensible step, for a person at a terminal: `rrb show 2019-09-09.3 for the life of one`."""


def cell(text: object, tone: Tone = Tone.PLAIN) -> Cell:
    """A cell of one line; empty for None and for nothing."""
    days = (text,) if isinstance(text, Date) else ()
    return (Words(str(text), tone, days),) if text not in (None, "", 0) else ()
