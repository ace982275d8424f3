"""A rule: what is bad, how much it weighs, and its page of the manual."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from enum import Enum
from functools import wraps
from inspect import cleandoc
from typing import Any

from rrbnotes.checks.allows import Allows
from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.once import once
from rrbnotes.diagnostics import Finding, Severity
from rrbnotes.notebook import Minutes

OfNote = Callable[[Minutes], Iterator[Finding]]
"""Looks at one note by itself."""
OfBook = Callable[[Book, Date], Iterator[Finding]]
"""Looks at all notes together and at the register; the day is today."""
OfAllows = Callable[[Allows], Iterator[Finding]]
"""Looks at the comments that allow something, once all other rules have run."""


class Scope(Enum):
    """What a rule has to see."""

    NOTE = "one note"
    BOOK = "all notes and the register"
    ALLOWS = "the comments that allow something"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table of rules."""

    check: Callable[..., Iterable[Finding]]
    """The function that finds; its name is the rule's, its docstring the manual."""
    severity: Severity
    scope: Scope
    asks_clock: bool = False
    """What it finds depends on the day, so it is a note unless it is selected by name: a branch that was green
    yesterday is not red today."""
    fixes: bool = False
    """A machine can mend at least some of what it finds."""
    of_absence: bool = False
    """What it finds is that something is not there, so that none of its lines can have changed."""

    @property
    def name(self) -> str:
        """`no-owner`: what is bad, so that `allow no-owner` reads well."""
        return self.check.__name__.replace("_", "-")

    @property
    def manual(self) -> "Manual":
        """Its page."""
        return manual(self.check.__doc__ or "")

    def look(self, book: Book, today: Date, allows: Allows) -> Iterable[Finding]:
        """What it finds."""
        match self.scope:
            case Scope.NOTE:
                return (finding for one in book.minutes for finding in self.check(one))
            case Scope.BOOK:
                return self.check(book, today)
            case Scope.ALLOWS:
                return self.check(allows)

    def weight(self, named: bool) -> Severity:
        """What its findings weigh; `named` says that it was selected by name."""
        return Severity.NOTE if self.asks_clock and not named else self.severity


def of_note(check: OfNote, severity: Severity, **more: Any) -> Rule:
    """A row for a rule that looks at one note by itself, and so only once as long as the note stays what it is: a proof that
    fixes do no harm looks at hardly any of the others again."""

    @once
    @wraps(check)
    def found(minutes: Minutes) -> tuple[Finding, ...]:
        return tuple(check(minutes))

    return Rule(found, severity, Scope.NOTE, **more)


def of_book(check: OfBook, severity: Severity, **more: Any) -> Rule:
    """A row for a rule that looks at all notes together."""
    return Rule(check, severity, Scope.BOOK, **more)


def of_allows(check: OfAllows, severity: Severity, **more: Any) -> Rule:
    """A row for a rule that looks at the comments."""
    return Rule(check, severity, Scope.ALLOWS, **more)


@dataclass(frozen=True, slots=True)
class Manual:
    """A rule's page, cut from its docstring."""

    summary: str
    """One sentence: what is bad."""
    why: str
    """What it costs the board; paragraphs."""
    bad: str
    """An excerpt that the rule finds something in."""
    good: str
    """The same, mended."""
    mend: str
    """How to mend it, and how to allow it where it is meant."""


_PART = re.compile(r"^(Bad|Good|Mend):[ \t]*\n?", re.MULTILINE)


def manual(docstring: str) -> Manual:
    """The page in a docstring: a sentence, paragraphs that say why, then `Bad:`, `Good:` (indented) and `Mend:`."""
    head, *rest = _PART.split(cleandoc(docstring))
    parts = dict(zip(rest[::2], rest[1::2], strict=True))
    summary, _, why = head.partition("\n")
    bad, good = (cleandoc("\n" + parts.get(part, "")) for part in ("Bad", "Good"))
    return Manual(summary.strip(), why.strip(), bad, good, cleandoc("\n" + parts.get("Mend", "")))
