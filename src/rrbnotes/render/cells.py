"""Text on the cells of a terminal, where some characters take two and some none."""

import unicodedata
from functools import cache

from rrbnotes.render.safe import visible

ELLIPSIS = "…"
_TAB = "    "
"""As wide wherever it stands, so that what is shown of a line does not hang on what is cut off before it."""


def cells(text: str) -> int:
    """How many cells a text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def pieces(text: str) -> list[str]:
    """What is shown for each character of a line: itself, the words for one that acts or hides, blanks for a tab."""
    return [_TAB if char == "\t" else visible(char) for char in text]


def cut(text: str, room: int) -> str:
    """The text as far as it fits; it ends in an ellipsis where some is left out."""
    if cells(text) <= room:
        return text
    kept, taken = "", cells(ELLIPSIS)
    for char in text:
        taken += _cells(char)
        if taken > room:
            break
        kept += char
    return f"{kept.rstrip()}{ELLIPSIS}"


def wrapped(text: str, room: int, first: int = 0) -> list[str]:
    """The text on lines of some cells, broken at blanks; `first` is what the first line has already. A word that is
    longer than a line is broken where it must be."""
    lines, taken = [""], first
    for word in text.split(" "):
        size = cells(word)
        if lines[-1] and taken + 1 + size <= room:
            lines[-1] += f" {word}"
            taken += 1 + size
            continue
        if lines[-1] or taken + size > room >= size:
            lines, taken = [*lines, ""], 0
        *full, rest = _broken(word, room, taken)
        lines[-1:] = [lines[-1] + part for part in (*full, rest)] if not lines[-1] else [lines[-1], *full, rest]
        taken = cells(rest) + (0 if full else taken)
    return lines


def _broken(word: str, room: int, taken: int) -> list[str]:
    """A word in parts that fit."""
    parts = [""]
    for char in word:
        if taken + _cells(char) > room and (parts[-1] or taken):
            parts, taken = [*parts, ""], 0
        parts[-1] += char
        taken += _cells(char)
    return parts


@cache
def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
