"""What a board is called on papers, as far as its notes say."""

import re
from collections.abc import Iterable, Sequence

from rrbnotes.model import Meeting

_SMALL = "of|for|and|the|on|&"
_BODY = re.compile(
    rf"\b((?:[A-Z][\w’'&-]*)(?: (?:{_SMALL}|[A-Z][\w’'&-]*)){{0,7}}? "
    r"(?:Board|Committee|Council|Panel|Forum|Partnership|Trust|Group|Taskforce|Commission|Authority))\b"
)
"""A name in capitals that ends in what kind of body it is. It starts at a word of its own."""
_BEFORE = re.compile(rf"^(?:(?:Minutes|Notes?|Meeting|Record|Agenda|Draft|{_SMALL}) )+", re.IGNORECASE)


def board_name(board: str | None, meetings: Sequence[Meeting]) -> str:
    """The body that all titles of its notes name, `Reducing Reoffending Board`; else the name of its folder."""
    bodies = _bodies([meeting.title for meeting in meetings if meeting.title])
    return bodies or board or ""


def _bodies(titles: Iterable[str]) -> str:
    """The one body that the titles name; empty where one names none, or two name different ones."""
    found = {body_in(title) for title in titles}
    return found.pop() if len(found) == 1 else ""


def body_in(title: str) -> str:
    """The body that a title names; empty where it names none."""
    match = _BODY.search(_BEFORE.sub("", " ".join(title.split())))
    return _BEFORE.sub("", match[1]) if match else ""
