"""Colours on a terminal, for texts that are built line by line."""

from enum import StrEnum

from rrbnotes.diagnostics import Severity
from rrbnotes.render.page import Page


class Ink(StrEnum):
    """How a word is written: the parameters of the escape sequence. The word says it too: colour never says it alone."""

    ERROR = "1;31"
    WARNING = "1;33"
    NOTE = "1;36"
    STRONG = "1"
    FRAME = "94"
    GONE = "31"
    NEW = "32"


OF_SEVERITY = {Severity.ERROR: Ink.ERROR, Severity.WARNING: Ink.WARNING, Severity.NOTE: Ink.NOTE}


def painted(text: str, ink: Ink, page: Page) -> str:
    """The text in a colour, where the page has colours; the text has to be harmless already."""
    return f"\x1b[{ink}m{text}\x1b[0m" if page.color and text else text
