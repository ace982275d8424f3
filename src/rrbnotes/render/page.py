"""What a format may know of where and when its text goes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date


@dataclass(frozen=True, slots=True)
class Page:
    """A terminal or a file."""

    width: int = 80
    color: bool = False
    today: Date | None = None
    """The day on which it is written, for files that say so."""
    spell: Callable[[Date], str] = Date.isoformat
    """How tables write a day."""
