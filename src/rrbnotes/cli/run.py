"""One run of `rrb`: what the options of all commands say. Read at every start: nothing here reads notes."""

from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """What every command is given; the only place that knows which day it is."""

    directory: Path
    """`-C`: other paths of the command line start from here, and shown paths too."""
    config: Path | None
    today: Date
    color: str
    quiet: bool
    verbose: bool

    def path(self, given: Path) -> Path:
        """A path of the command line."""
        return self.directory / given
