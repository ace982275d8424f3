"""The pipeline that one reads first: a folder of notes in, a notebook out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path

from rrbnotes.diagnostics import Diagnostic
from rrbnotes.model import Meeting, Register
from rrbnotes.owners import Directory
from rrbnotes.settings import Settings


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
