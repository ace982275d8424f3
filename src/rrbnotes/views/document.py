"""What is handed out as a paper: headings, paragraphs, lists and tables, for a note, a mail, a page or a word processor."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from rrbnotes.owners import owner_to_action
from rrbnotes.quoting import listed
from rrbnotes.views.listing import Listing


@dataclass(frozen=True, slots=True)
class Run:
    """Words set in one way."""

    text: str
    strong: bool = False
    link: str = ""
    """The address of a web page that they lead to."""


Line = tuple[Run, ...]
"""One paragraph's words, or those of a cell."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title."""

    text: str
    level: int = 2
    """2 to 6; the title is 1."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    words: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list whose order says nothing."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a grid's column."""

    title: str
    fills: bool = False
    """Takes the room that the others leave; exactly one column does."""
    label: str = ""
    """What stands before its words where there is no table, as in a mail of plain text."""
    blank: bool = False
    """Its cells are for the reader to fill in."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of rows that belong to no page's width."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[Line, ...], ...]

    @property
    def is_form(self) -> bool:
        """Whether the reader is to fill in some of it."""
        return any(head.blank for head in self.heads)


Part = Heading | Paragraph | Bullets | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """A paper."""

    title: str
    parts: tuple[Part, ...]
    listing: Callable[[], Listing] = field(repr=False)
    """The same for spreadsheets and programs."""


def line(*words: str | Run | None) -> Line:
    """A line of words; what is empty is left out."""
    runs = (word if isinstance(word, Run) else Run(word or "") for word in words)
    return tuple(run for run in runs if run.text)


def strong(text: str) -> Run:
    """Words that want to be seen first."""
    return Run(text, strong=True)


def owned(owners: Sequence[str], words: str) -> Line:
    """`MPS and NPS to share the list`, with who is to do it in bold."""
    named = listed(owners)
    return line(strong(named), owner_to_action(owners, words).removeprefix(named))


def plain(words: Iterable[Run]) -> str:
    """The words without how they are set."""
    return "".join(run.text for run in words)
