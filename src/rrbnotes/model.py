"""The nouns: what a note says (`Meeting`, `Mention`) and what became of it (`Action`, `Progress`)."""

from dataclasses import dataclass, replace
from datetime import date as Date
from enum import StrEnum

from rrbnotes.source import Location
from rrbnotes.status import Status as Status


class Place(StrEnum):
    """Where in its note a mention stands; it decides what the mention may join."""

    PREVIOUS = "previous actions"
    """A list that goes through the actions of earlier meetings."""
    LIST = "action list"
    """This meeting's own list or table of actions."""
    INLINE = "inline"
    """A marked line among the discussion."""


class Kind(StrEnum):
    """A mention's part in its note."""

    RAISED = "raised"
    """Agreed here for the first time."""
    REPORTED = "reported"
    """Says anything of an action of an earlier meeting, or lists it again."""
    RECAP = "recap"
    """Repeats within the note one that is raised there."""


@dataclass(frozen=True, slots=True)
class Due:
    """When an action is to be done, as far as its words say. Nothing is guessed."""

    text: str
    """The words as printed."""
    date: Date | None = None
    """Set only when the words fix one day."""
    latest: Date | None = None
    """The last day that the words allow, where they allow several."""
    not_before: Date | None = None
    """The day that `after …` names; it is no deadline."""
    recurs: str | None = None
    """`weekly`, `monthly`, `quarterly`, `yearly` …"""

    @property
    def deadline(self) -> Date | None:
        """The day after which the action is overdue."""
        return self.date or self.latest

    @property
    def bounds(self) -> tuple[Date | None, Date | None, str | None]:
        """What its words fix in time; two with the same bounds are one deadline, whatever their words."""
        return self.deadline, self.not_before, self.recurs


@dataclass(frozen=True, slots=True)
class Name:
    """A person or an organisation in a list of attendance."""

    name: str
    """As printed."""
    short: str | None = None
    """The form used in running text, where the board has one: `MOPAC`."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One heading of the discussion."""

    number: str | None
    """As printed, without its full stop: `3`, `6.1`."""
    title: str
    line: int

    def __str__(self) -> str:
        """`3. Transitions`, or the title alone."""
        return f"{self.number}. {self.title}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """What a note announces of the meeting after it; times are `HH:MM`."""

    date: Date | None
    start: str | None = None
    end: str | None = None
    venue: str | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Mention:
    """What one place of one note says of one action; any of it may be missing."""

    at: Location
    """The line where the action's own words start."""
    place: Place
    kind: Kind
    """As far as the place tells, until reconciling has looked at the rest."""
    action: str
    """The action's words without marker, number, owner phrase, ref, status phrase and markup."""
    text: str
    """The words of the whole line."""
    owners: tuple[str, ...] = ()
    """As printed here; empty where nobody is named."""
    due: Due | None = None
    status: Status | None = None
    """None where the place says nothing of progress."""
    reason: str = ""
    ref: str | None = None
    """A ref of the register printed beside it."""
    number: str | None = None
    """The board's own number for it: `65.02`."""
    item: str | None = None
    """The agenda item it stands under."""
    group: int = 0
    """Which list of the note it belongs to; 0 for the marked lines among the discussion."""
    follow_up: str = ""
    """Words that it goes on under, from a line below it."""
    in_passing: bool = False
    """It was only said in the discussion, and counts since the note lists it as well."""
    is_remark: bool = False
    """Its words only tell of progress; which action they speak of is said by the number before them."""
    echoes: bool = False
    """It stands in a summary that rrb wrote: it repeats an action of its note and says nothing of its own."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a note says of itself; times are `HH:MM`."""

    key: str
    """The note's path below the notes folder without `.md`."""
    path: str
    """Relative to the folder that `rrb` works in, with `/`."""
    board: str | None
    """None for a note at the top of the notes folder."""
    title: str | None = None
    date: Date | None = None
    start: str | None = None
    end: str | None = None
    venue: str | None = None
    attended: tuple[Name, ...] = ()
    absent: tuple[Name, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    next_meeting: NextMeeting | None = None
    mentions: tuple[Mention, ...] = ()
    promises: tuple[Mention, ...] = ()
    """What was said in passing that somebody will do; one counts where the note lists it as well."""
    unfilled: bool = False
    """Its generated table of previous actions has not one progress cell filled."""

    def is_draft(self, today: Date) -> bool:
        """A draft counts for what it says, never for what it leaves out."""
        return self.unfilled or (self.date is not None and self.date > today)

    def bare(self) -> "Meeting":
        """The same without who was there and what was said."""
        return replace(self, attended=(), absent=(), items=(), next_meeting=None, mentions=(), promises=())

    @property
    def order(self) -> tuple[Date, str]:
        """Meetings follow each other by date, then by key; one without a date comes before all."""
        return self.date or Date.min, self.key


@dataclass(frozen=True, slots=True)
class Progress:
    """One entry of an action's history: what one meeting, or one manual update, said of it."""

    date: Date | None
    meeting: str | None = None
    """The meeting's key; None for a manual update."""
    by: str | None = None
    """`update` or `hand` where no meeting said it."""
    status: Status | None = None
    reason: str = ""
    due: Due | None = None
    """Where it re-dates the action."""
    owners: tuple[str, ...] | None = None
    """Where it gives the action to others."""
    words: str | None = None
    """Where they differ from the action's."""
    at: Location | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """The first place that shows an action."""

    meeting: str | None
    """None where it was agreed between meetings."""
    date: Date | None
    item: str | None
    at: Location | None
    """None where its note is not here."""


LINK_VERBS = ("same", "follows", "supersedes", "different", "followed", "superseded")
"""What an action may be to another one; the last two are `follows` and `supersedes` seen from the other side."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a person said of an action and another action, or of one and a mention."""

    verb: str
    """One of `LINK_VERBS`."""
    ref: str | None = None
    meeting: str | None = None
    """Of a mention: its meeting's key; with its `words`, since lines move."""
    words: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """The reconciled thing: what is to be done, by whom, by when, and its history."""

    ref: str
    """`KEY.N` for one raised at a meeting whose note is here, `KEY.pN` for one first seen as reported there."""
    board: str | None
    action: str
    """Its words where it was first seen."""
    owners: tuple[str, ...]
    """As they stand now, in the directory's short forms."""
    status: Status
    due: Due | None
    """As it stands now."""
    first_owners: tuple[str, ...]
    first_due: Due | None
    first_seen: Sighting
    is_raised: bool
    """Whether the first place raises it; else its raising note is not here."""
    history: tuple[Progress, ...] = ()
    mentions: tuple[Mention, ...] = ()
    number: str | None = None
    """The board's own number for it."""
    also: tuple[str, ...] = ()
    """Further refs that it answers to."""
    links: tuple[Link, ...] = ()
    not_same: tuple[str, ...] = ()
    """Refs that a person said are other actions."""
    provisional: bool = True
    """No register has its ref yet."""

    @property
    def raised(self) -> Sighting | None:
        """Where it was agreed, if that note is here."""
        return self.first_seen if self.is_raised else None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mention that may speak of an earlier action, too doubtful to join without a person's word."""

    mention: Mention
    ref: str
    """Of the action that the mention made for want of a join."""
    candidates: tuple[tuple[str, float], ...]
    """Refs with their scores from 0 to 1, best first."""


@dataclass(frozen=True, slots=True)
class Register:
    """All actions, in order of board, raising and ref."""

    actions: tuple[Action, ...] = ()
    proposals: tuple[Proposal, ...] = ()
