"""What a person types: the keys that have names, and one line as it comes to be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Key(Enum):
    """A key that puts no character, or something else that happens at a terminal."""

    ENTER = auto()
    ESCAPE = auto()
    BACKSPACE = auto()
    DELETE = auto()
    LEFT = auto()
    RIGHT = auto()
    UP = auto()
    DOWN = auto()
    HOME = auto()
    END = auto()
    CLEAR = auto()
    """Takes out what stands before the cursor."""
    CLEAR_WORD = auto()
    REDRAW = auto()
    """No key: the terminal has another size, or shows something else by now."""
    GONE = auto()
    """Nothing more will be typed."""
    OTHER = auto()
    """A key that means nothing here."""


Pressed = Key | str
"""A key, or the characters that were put: more than one where they were pasted."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with a cursor in it."""

    before: str = ""
    after: str = ""
    """From the cursor on."""

    @property
    def text(self) -> str:
        """All of it, without blanks at its ends."""
        return (self.before + self.after).strip()


EMPTY = Line()


def typed(line: Line, key: Pressed) -> Line:
    """The line after a key; what cannot be seen is not put."""
    if isinstance(key, Key):
        return _EDITS[key](line.before, line.after) if key in _EDITS else line
    return Line(line.before + "".join(char for char in key if char.isprintable()), line.after)


def _without_word(before: str) -> str:
    return before.rstrip()[: len(before.rstrip()) - len(before.split()[-1])] if before.split() else ""


_EDITS: Mapping[Key, Callable[[str, str], Line]] = {
    Key.BACKSPACE: lambda before, after: Line(before[:-1], after),
    Key.DELETE: lambda before, after: Line(before, after[1:]),
    Key.LEFT: lambda before, after: Line(before[:-1], before[-1:] + after),
    Key.RIGHT: lambda before, after: Line(before + after[:1], after[1:]),
    Key.HOME: lambda before, after: Line("", before + after),
    Key.END: lambda before, after: Line(before + after, ""),
    Key.CLEAR: lambda before, after: Line("", after),
    Key.CLEAR_WORD: lambda before, after: Line(_without_word(before), after),
}
