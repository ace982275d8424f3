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
    if visible(text) == text:
        return list(text)
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


def wrapped(text: str, room: int, indent: int = 0) -> list[str]:
    """The text on lines that fit, broken at blanks, all but the first behind an indent. A word that is longer than a line
    is broken where it must be."""
    lines = [""]
    for word in text.split():
        for at, part in enumerate(_parts(word, max(room - indent, 2))):
            joined = f"{lines[-1]} {part}".lstrip() if at == 0 else ""
            if joined and cells(joined) <= room - (indent if len(lines) > 1 else 0):
                lines[-1] = joined
            else:
                lines.append(part)
    return [lines[0], *(" " * indent + line for line in lines[1:])]


def _parts(word: str, room: int) -> list[str]:
    """A word in parts that fit."""
    if cells(word) <= room:
        return [word]
    parts, taken = [""], 0
    for char in word:
        taken += _cells(char)
        if taken > room:
            parts, taken = [*parts, ""], _cells(char)
        parts[-1] += char
    return parts


@cache
def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
