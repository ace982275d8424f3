"""What a note says, apart from how it is set: what a fix must leave as it was."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.characters import as_meant
from rrbnotes.model import Due, Kind, Meeting, Mention, Name

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|&#?\w+;")
_INVISIBLE = dict.fromkeys((0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, 0x00AD))
_NUMBER_AHEAD = re.compile(r"^[^\w\n]*+\d{1,3}(?:\.\d{1,3})*[.)\s|]", re.MULTILINE)
_WORD = re.compile(r"\w+")


def facts(meeting: Meeting) -> tuple[object, ...]:
    """All that a meeting's note says, without lines and without the numbers of the agenda, which are its order. Recaps
    are told apart: a fix may add one, since it says nothing new."""
    mentions = tuple(_said(one) for one in meeting.mentions if one.kind is not Kind.RECAP and not one.echoes)
    return *frame(meeting), mentions


def frame(meeting: Meeting) -> tuple[object, ...]:
    """What a note says of its meeting, apart from its actions."""
    after = meeting.next_meeting
    return (
        (_plain(meeting.title), meeting.date, meeting.start, meeting.end, _plain(meeting.venue)),
        (_names(meeting.attended), _names(meeting.absent), meeting.unfilled),
        tuple(_plain(item.title) for item in meeting.items),
        (after.date, after.start, after.end, _plain(after.venue)) if after else None,
    )


def recaps(meeting: Meeting) -> Counter[tuple[object, ...]]:
    """What the note repeats within itself. Below which item the list stands that repeats it says nothing of the action."""
    return Counter(_said(replace(one, item=None)) for one in meeting.mentions if one.kind is Kind.RECAP)


def words(text: str) -> Counter[str]:
    """The words of a note without markup and without the numbers before items and headings, each with how often."""
    plain = _NUMBER_AHEAD.sub("", _TAG.sub("", as_meant(text)).translate(_INVISIBLE))
    return Counter(_WORD.findall(plain))


def actions(book: Book) -> Iterator[tuple[object, ...]]:
    """What became of each action."""
    for one in book.actions:
        history = tuple(
            (p.date, p.meeting, p.by, p.status, _plain(p.reason), _due(p.due), _owners(p.owners))
            for p in one.history
        )
        yield one.ref, _plain(one.action), _owners(one.owners), one.status, _due(one.due), one.board, history


def _said(mention: Mention) -> tuple[object, ...]:
    item = re.sub(r"^[\d.]+\s+", "", _plain(mention.item))
    owners, due = _owners(mention.owners), _due(mention.due)
    said = (_plain(mention.action), owners, due, mention.status, _plain(mention.reason))
    return (mention.kind, mention.place, *said, mention.ref, mention.number, item, mention.in_passing)


def _names(names: tuple[Name, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((_plain(one.name), _plain(one.short)) for one in names)


def _owners(names: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return names and tuple(map(_plain, names))


def _due(due: Due | None) -> Due | None:
    return due and replace(due, text=_plain(due.text))


def _plain(words: str | None) -> str:
    """Words in which a letter that only looks like another one, or a mark that nobody sees, makes no difference."""
    return " ".join(as_meant(words or "").split())
