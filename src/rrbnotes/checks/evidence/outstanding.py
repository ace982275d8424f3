"""The actions that are still to be done, as rules speak of them: where each stands, and which a latest note leaves out."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from itertools import takewhile

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.customs import is_cancelled
from rrbnotes.model import Action
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import listed, quoted
from rrbnotes.reconciling.wording import ContentIndex, wording
from rrbnotes.source import Location, Range, line_of


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The outstanding actions that the latest held note of a board says nothing of."""

    minutes: Minutes
    actions: tuple[Action, ...]
    before: str
    """The path of the held note before it; empty where there is none."""

    def is_recent(self, action: Action) -> bool:
        """Whether the meeting before spoke of an action."""
        return any(mention.at.path == self.before for mention in action.mentions)


def left_out(book: Book, today: Date) -> Iterator[LeftOut]:
    """Board by board, where any are."""
    unreported: dict[str | None, list[Action]] = defaultdict(list)
    for action in book.actions if book.is_whole else ():
        if book.standing[action.ref].unreported:
            unreported[action.board].append(action)
    doubtful = _perhaps_said(book)
    for own in book.boards() if unreported else ():
        held = _took_place(own, today)
        if held and not is_cancelled(held[-1]):
            latest, before = held[-1], held[-2].source.path if len(held) > 1 else ""
            silent = (one for one in unreported[latest.meeting.board] if not _is_told_since(one, latest))
            actions = tuple(one for one in silent if one.ref not in doubtful.get(latest.source.path, ()))
            if actions:
                yield LeftOut(latest, actions, before)


_SENTENCE = 400
"""Characters; a longer stretch speaks of many things, and has the words of most."""
_FEW_WORDS = 3
_SHARED = 0.75
"""Of an action's words, on one line: it may speak of it."""


def perhaps_at(one: LeftOut) -> Mapping[str, int]:
    """The lines of the note that have most of an action's words, by its ref: a careful reader looks there first."""
    said = {n: wording(words) for n, words in _stretches(one.minutes.source.lines) if len(words) <= _SENTENCE}
    index = ContentIndex((words, n) for n, words in said.items())
    found: dict[str, int] = {}
    for action in one.actions:
        words = frozenset(wording(action.action).content)
        shares = {n: len(words & set(said[n].content)) for n in index.near(wording(action.action))}
        best = max(shares, key=lambda n: (shares[n], -n), default=0)
        if best and len(words) >= _FEW_WORDS and shares[best] >= _SHARED * len(words):
            found[action.ref] = best
    return found


_TAG = re.compile(r"<[^<>]*>?")
_LINES = 6
"""So many lines a wrapped sentence may take."""


def _stretches(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each printed line with those that may go on with it, without tags, by its number."""
    for n, line in enumerate(lines, 1):
        if line.strip():
            rest = takewhile(str.strip, lines[n - 1 : n - 1 + _LINES])
            yield n, _TAG.sub(" ", " ".join(map(str.strip, rest)))


def _took_place(own: Sequence[Minutes], today: Date) -> list[Minutes]:
    """The held notes of a board that have a date, in order."""
    return [one for one in own if one.meeting.date and not one.meeting.is_draft(today)]


def _is_told_since(action: Action, latest: Minutes) -> bool:
    """Whether a person, or the note of a meeting to come, has said something of it since that note."""
    day = latest.meeting.date
    return any(said.date and day and said.date >= day for said in action.history)


def _perhaps_said(book: Book) -> dict[str, set[str]]:
    """The refs that a mention may speak of, by the path of its note: a person is asked."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in book.notebook.register.proposals:
        found[one.mention.at.path].update(ref for ref, _ in one.candidates)
    return found


def named(action: Action) -> str:
    """`2019-09-09.3 (NPS): 'draft the plan'`."""
    owners = f" ({listed(action.owners)})" if action.owners else ""
    return f"{action.ref}{owners}: {quoted(action.action)}"


def first_at(book: Book, action: Action) -> Location:
    """Where the notes first show an action; its record where they do not."""
    return action.first_seen.at or start(record_at(book, action.ref))


def newest_at(book: Book, action: Action) -> Range:
    """Where the newest note that speaks of an action begins to; its record where none is here."""
    if not action.mentions:
        return record_at(book, action.ref)
    path = action.mentions[-1].at.path
    return line_of(min(mention.at for mention in action.mentions if mention.at.path == path))


def record_at(book: Book, ref: str) -> Range:
    """Where an action's record begins in the register."""
    placed = book.ledger.file.records.get(ref) if book.ledger and book.ledger.file else None
    if placed is None:
        return line_of(Location(book.register, 1))
    key = placed.key
    return Range(book.register, key.line, key.column, key.line, key.column + key.end - key.start)


def start(at: Range) -> Location:
    """Where a stretch begins."""
    return Location(at.path, at.line, at.column)
