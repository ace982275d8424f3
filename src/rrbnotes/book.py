"""A notebook: what a folder of notes says, as values. How it comes about is told in `notebook`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from rrbnotes.diagnostics import Diagnostic
from rrbnotes.model import Meeting, Register
from rrbnotes.owners.directory import Directory
from rrbnotes.settings import Settings

UNREADABLE = frozenset({"not-utf8", "conflict-marker", "too-large", "not-a-file"})
"""The rules whose breach keeps a note from being read at all."""
HALF_READ = UNREADABLE | {"too-deep"}
"""Those whose breach keeps it from being read whole: who asks is told, and nothing is written on half the evidence."""


@dataclass(frozen=True, slots=True)
class Notebook:
    """Everything that a folder of notes says."""

    meetings: tuple[Meeting, ...]
    """In order of board, date and key; the kinds of their mentions are final."""
    register: Register
    directories: Mapping[str | None, Directory] = field(default_factory=dict)
    """By board."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What is wrong with the notes; a note that cannot be read is only here."""
    settings: Settings = field(default_factory=Settings)


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Question(Generic[_T]):
    """Something that is asked of a notebook again and again, so that its answer is kept."""

    name: str
    of: Callable[[Notebook], _T]
    """The answer; of frozen values, as all that is kept."""
    together: Callable[[Sequence[_T]], _T] | None = None
    """What the answers of boards that have nothing to do with each other come to; None where only the whole will do."""


THE_BOOK: Question[Notebook] = Question("book", lambda book: book)
"""All that it says."""
