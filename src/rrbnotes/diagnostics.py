"""What is wrong, doubtful or lost in a note, as a value."""

from dataclasses import dataclass
from enum import StrEnum

from rrbnotes.source import Location


class Severity(StrEnum):
    """How much a diagnostic weighs: errors fail a check, warnings and notes do not unless asked to."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding at one place; sorted by place."""

    at: Location
    name: str
    """The rule's name, for the bad thing: `not-utf8`, `too-deep`."""
    severity: Severity
    message: str
    """One line that quotes the note's words and says what to do."""

    def __str__(self) -> str:
        """`path:line: severity: message (name)`, as an editor can click it."""
        return f"{self.at.path}:{self.at.line}: {self.severity}: {self.message} ({self.name})"
