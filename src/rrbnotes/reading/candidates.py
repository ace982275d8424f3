"""What may be an action, with the convention that says so: accepted ones become mentions, all can be explained."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from rrbnotes.model import AgendaItem, Place
from rrbnotes.reading.blocks import Block
from rrbnotes.reading.roles import Role
from rrbnotes.reading.text import EMPTY, Text
from rrbnotes.source import Location


class Passage(NamedTuple):
    """A block with what stands above it: what a dialect is shown."""

    block: Block
    path: str
    role: Role
    """Of its section, or of the list item that introduces it."""
    item: AgendaItem | None
    group: int
    """Which list or table of the note it belongs to."""
    owner: str = ""
    """Words of a sub-heading or parent item that may name the owner."""
    is_topical: bool = False
    """It stands under a topic's title among earlier actions, where what is said of them is written down too."""
    is_detail: bool = False
    """It stands below an action, so it explains that one unless it is marked itself."""
    above: Text = EMPTY
    """The words of the paragraph or item right above it."""
    in_charge: str = ""
    """Whose update or report it is."""
    is_agenda: bool = False
    """It stands on the agenda."""
    standing: str = ""
    """How the list's title says that its actions stand: `Completed action items`."""
    after: Block | None = None
    """The list right below a marked paragraph, where the section's actions are such paragraphs: it tells of that one."""
    marker: int = 0
    """The line of a marker that stands alone above it; 0 where there is none."""


class Refusal(StrEnum):
    """Why something is no action, where more than the reader goes by it; the values are what `--explain` says."""

    NO_WORDS = "a marker with no words behind it"
    EMPTY_ROW = "the row has no words in its action column"
    EXPLAINS = "it explains the action above it"
    OF_TOPIC = "it tells of the topic that it stands under"
    UNOWNED = "a paragraph in a section of actions that names nobody to do it"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that looks like an action, with its raw fields; the grammars cut them later."""

    at: Location
    convention: str
    """The dialect that found it."""
    accepted: bool
    why: str
    """Half a sentence: what decided."""
    words: Text
    """The action's words with owner, due and status phrases still in them."""
    whole: str
    """All words of its line."""
    place: Place
    group: int
    item: AgendaItem | None
    owner: str = ""
    """A field that is for owners: a column, a bracket behind the marker, a line below."""
    hint: str = ""
    """A heading or parent item that names the owner where nothing nearer does."""
    in_charge: str = ""
    """Who the topic says is in charge of it, where nothing nearer names an owner."""
    due: str = ""
    """A field that is for the due date."""
    status: str = ""
    """A field that is for progress."""
    number: str = ""
    """The board's own number, where it is one."""
    ref: str | None = None
    """A ref of the register in a column of its own."""
    ticked: bool | None = None
    follow_up: str = ""
    """What it is to go on as, in words that later notes may give it."""
    standing: str = ""
    """How the title of its list says that it stands, where no word of its own does."""
    told: str = ""
    """A sentence that tells how it stands, without a word for it."""
    is_remark: bool = False
    """Its words tell of the action with its number and do not name it."""
    generated: str = ""
    """The part between rrb's own markers that it stands in; there its columns alone say who and when."""
    marker: str = ""
    """The words that mark it: `Action:`, `Next steps:`."""
    is_marked_behind: bool = False
    """Its marker stands behind its words."""

    @property
    def text(self) -> str:
        """The raw words on one line."""
        return self.words.folded()


class Fields(NamedTuple):
    """What lines below an action add to it."""

    owner: str = ""
    due: str = ""
    status: str = ""
    follow_up: str = ""


def candidate(passage: Passage, convention: str, why: str, words: Text, **more: Any) -> Candidate:
    """An accepted candidate that stands where its words do, in the passage's list; `more` sets further fields."""
    fields: dict[str, Any] = {
        "accepted": True,
        "place": place_of(passage.role),
        "group": passage.group,
        "item": passage.item,
        "hint": passage.owner,
        "in_charge": passage.in_charge,
        "standing": passage.standing,
        "ticked": passage.block.ticked,
        **more,
    }
    if "whole" not in fields:
        fields["whole"] = words.folded()
    return Candidate(Location(passage.path, words.line), convention, why=why, words=words, **fields)


def refusal(passage: Passage, convention: str, why: str, words: Text, **more: Any) -> Candidate:
    """A candidate that was looked at and is no action."""
    return candidate(passage, convention, why, words, accepted=False, **more)


def place_of(role: Role) -> Place:
    """Where in the note a section of this role puts its mentions."""
    return _PLACES.get(role, Place.INLINE)


_PLACES = {Role.PREVIOUS: Place.PREVIOUS, Role.ACTIONS: Place.LIST}
