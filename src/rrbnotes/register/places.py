"""Places in a text: where its lines start and end. Offsets count characters."""

import re

LINE_END = re.compile(r"\r\n|\n|\r")
_LINE_END = re.compile(r"\r\n|\n|\r|$")


def line_start(text: str, at: int) -> int:
    """Where the line of a place starts."""
    start = text.rfind("\n", 0, at) + 1
    return max(start, text.rfind("\r", start, at) + 1)


def line_end(text: str, at: int) -> int:
    """Where the line of a place ends, before its line end."""
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)


def end_before(text: str, at: int) -> int:
    """Where the line end stands that a place's line follows."""
    start = line_start(text, at)
    return start - 2 if text[start - 2 : start] == "\r\n" else max(start - 1, 0)


def next_line(text: str, at: int) -> int:
    """Where the line after that of a place starts."""
    found = _LINE_END.search(text, at)
    return found.end() if found else len(text)


def line_ends(text: str) -> str:
    """How a text ends its lines: as it ends the first."""
    found = LINE_END.search(text)
    return found[0] if found else "\n"
