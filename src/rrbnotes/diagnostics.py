"""What is wrong, doubtful or lost in a note, as a value."""

from dataclasses import dataclass
from enum import StrEnum

from rrbnotes.edits import Edit
from rrbnotes.source import Location, Range, Unreadable, line_of


class Severity(StrEnum):
    """How much a diagnostic weighs: errors fail a check, warnings and notes do not unless asked to."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding speaks of."""

    at: Location
    message: str
    """`raised here`."""


@dataclass(frozen=True, slots=True)
class Fix:
    """What a machine can do about a finding without changing what the note says."""

    title: str
    """What it does, as a menu shows it: `write it as a heading`."""
    edits: tuple[Edit, ...]
    """Of the note's text."""
    encoding: str = ""
    """In which the note is then to be saved, where that is what is wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule finds at one place; who runs the rules adds their names and weights."""

    at: Range
    message: str
    """One line that quotes the note's words."""
    help: str = ""
    """What to do, as half a sentence."""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    weight: Severity | None = None
    """Where it weighs otherwise than its rule says."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its rule's name and weight."""

    name: str
    """The rule's name, for the bad thing: `not-utf8`, `too-deep`."""
    severity: Severity
    finding: Finding
    fingerprint: str = ""
    """Stays while the words of its line do, wherever that line moves to."""

    @property
    def at(self) -> Range:
        """Where it is."""
        return self.finding.at

    @property
    def path(self) -> str:
        """Of its file."""
        return self.finding.at.path

    @property
    def message(self) -> str:
        """What is wrong and what to do, as one line."""
        return "; ".join(filter(None, (self.finding.message, self.finding.help)))

    @property
    def order(self) -> tuple[Range, str, str]:
        """Diagnostics are shown by place."""
        return self.finding.at, self.name, self.finding.message

    def __str__(self) -> str:
        """`path:line: severity: message (name)`, as an editor can click it."""
        return f"{self.at}: {self.severity}: {self.message} ({self.name})"


def unreadable(why: Unreadable) -> Diagnostic:
    """That a file cannot be taken as a note."""
    return Diagnostic(why.name, Severity.ERROR, Finding(line_of(why.at), why.message, why.help))
