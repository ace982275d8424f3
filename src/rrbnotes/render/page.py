"""What a format may know of where its text goes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A terminal or a file."""

    width: int = 80
    color: bool = False
