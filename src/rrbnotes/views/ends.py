"""What a person means by one end of a link: an action, or a place of a note."""

import re
from datetime import date as Date

from rrbnotes.book import Notebook
from rrbnotes.errors import RrbError
from rrbnotes.keeping.links import End
from rrbnotes.model import Mention, Place
from rrbnotes.views.names import action, meeting, the_only

_PLACE = re.compile(r"(.+):(\d+)")
"""`KEY:LINE`."""


def end(book: Notebook, word: str) -> End:
    """One end of a link: an action, or a place of a note as `KEY:LINE`, the action that it speaks of."""
    place = _PLACE.fullmatch(word)
    if place is None:
        one = action(book, word)
        named = (ref for ref in one.also if ref.casefold() == word.casefold())
        return End(one, next(named, one.ref))
    key = the_only("meetings", place[1], sorted(meeting(book, place[1], Date.max)))
    note = next(m for m in book.meetings if m.key == key)
    line = int(place[2])
    lines = sorted({mention.at.line for mention in note.mentions})
    speaking = (a for a in book.register.actions if any(_is_at(m, note.path, line) for m in a.mentions))
    one_there = next(speaking, None)
    if one_there is None:
        raise RrbError(
            f"no action is read at {note.path}:{line}; lines with one: {', '.join(map(str, lines)) or 'none'}"
        )
    if one_there.first_seen.meeting == key:
        return End(one_there, one_there.ref)
    said = [mention for mention in one_there.mentions if mention.at.path == note.path]
    lead = next((mention for mention in said if mention.place is Place.INLINE), said[0])
    return End(one_there, word, key, lead.action)


def _is_at(mention: Mention, path: str, line: int) -> bool:
    return (mention.at.path, mention.at.line) == (path, line)
