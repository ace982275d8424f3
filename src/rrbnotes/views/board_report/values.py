"""The nouns of the report: everything that its page says, before anybody thinks of how it looks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Day:
    """A day for people and for machines."""

    iso: str
    text: str
    """`19 November 2019`."""


@dataclass(frozen=True, slots=True)
class When:
    """A due date as far as its words say: a day with the word before it, or words alone."""

    lead: str = ""
    """`by` or `after`, where the words name no single day."""
    day: Day | None = None
    words: str = ""
    """Where there is no day."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word on how an action stands; its kind chooses shape and colour."""

    kind: str
    """`open`, `ongoing`, `rolled`, `complete`, `closed`, `overdue`, `unreported`, `agreement`, `plain`."""
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One day of an action's life."""

    day: Day | None
    meeting: str
    """The meeting's key; empty between meetings."""
    mark: Mark
    reason: str
    more: tuple[tuple[str, When], ...]
    """What else it changed, each with words before it: `due now`, `now with`."""
    place: str
    """`notes/2019-09-09.md:57`, where its note is here."""


@dataclass(frozen=True, slots=True)
class Row:
    """One action as it stands."""

    number: int
    """Its place among those shown of its board, from 1."""
    ref: str
    action: str
    owners: tuple[str, ...]
    due: When | None
    deadline: str
    """Its ISO day, to sort by; empty where there is none."""
    days_late: int
    """Nought where it is not overdue."""
    status: Mark
    marks: tuple[Mark, ...]
    """What else is to be said of it, worst first."""
    reason: str
    carried: int
    rolled: int
    is_unreported: bool
    item: str
    seen: str
    """`raised`, `first seen`, or `agreed between meetings`."""
    seen_on: Day | None
    seen_at: str
    """The key of the meeting that first shows it; empty between meetings."""
    first_due: When | None
    due_changes: int
    ended: Day | None
    """When it was finished."""
    ended_at: str
    """The key of the meeting that finished it; empty between meetings."""
    life: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The headline figures of a board, or of several together."""

    outstanding: int
    overdue: int
    rolled_over: int
    unreported: int
    closed: int
    """Since the latest held meeting, this included, and what waits for agreement from before."""
    for_agreement: int
    median_to_close: float | None
    """Meetings from the raising to the end; None where too few actions have ended to say."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one owner has to do; a joint action counts for each of its owners."""

    owner: str
    outstanding: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Point:
    """One held meeting of the timeline, or what was said since the latest."""

    key: str
    """Empty for what was said since."""
    day: Day
    month: str
    """`Nov 2019`, or `now`."""
    raised: int
    brought: int
    """First seen there as reported: the note that raised them is not here."""
    reopened: int
    finished: int
    """There or since the meeting before."""
    outstanding: int
    """After the meeting."""


@dataclass(frozen=True, slots=True)
class Told:
    """A meeting as the head of the page names it."""

    day: Day | None
    title: str
    key: str


@dataclass(frozen=True, slots=True)
class Part:
    """All that the report says of one board."""

    number: int
    """Its place in the report, from 1."""
    name: str
    """For people; empty for notes that name no board."""
    notes: int
    """Held meetings with a date."""
    others: int
    """Drafts, and notes without a date."""
    first: Told | None
    last: Told | None
    next_day: Day | None
    next_details: str
    """`10:00, City Hall`."""
    is_next_past: bool
    """The day was announced and has gone by without a note."""
    figures: Figures
    rows: tuple[Row, ...]
    """Outstanding, in the order of the register."""
    shares: tuple[Share, ...]
    """Most first; who owns nothing is not here, what nobody owns is last."""
    overdue: tuple[Row, ...]
    rolled: tuple[Row, ...]
    redated: tuple[Row, ...]
    closed: tuple[Row, ...]
    timeline: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class BoardReport:
    """The report for the board."""

    title: str
    """The board's name, or the names of several; empty where the notes tell none."""
    day: Day
    figures: Figures
    parts: tuple[Part, ...]
    owners: tuple[str, ...]
    """Everybody with something outstanding, in the order of the alphabet."""
    unread: tuple[str, ...]
    """Notes that could not be read, and why."""
    proposals: int
    """Mentions that may speak of an earlier action, and wait for a person's word."""
    provisional: int
    """Refs among those shown that no register has yet."""
