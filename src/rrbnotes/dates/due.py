"""Deadlines: which of an action's words say when it is to be done, and what they fix."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date as Date
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from rrbnotes.dates import relations
from rrbnotes.dates.expressions import Found, find
from rrbnotes.dates.relations import ALONE, FIRM
from rrbnotes.dates.windows import Precision, Window
from rrbnotes.dates.words import plain, words_of
from rrbnotes.model import Due


class Phrase(NamedTuple):
    """Due words at their place, and what they say."""

    start: int
    end: int
    relation: str
    due: Due


class _Place(NamedTuple):
    """Due words, and all that they say whatever the day of the meeting is."""

    start: int
    end: int
    relation: str
    words: Due
    """What they say where they fix no day."""
    date: Found | None = None
    """The date words that fix the day."""
    first: Found | None = None
    """The date words behind the relation, where others may repeat them."""
    named: bool = False
    """An event is named beside the date."""
    is_own: bool = False
    """That event is a meeting of the board itself."""
    at_next: bool = False
    """The words mean the next meeting, whatever day that is."""

    def window(self, base: Date | None, next_meeting: Date | None) -> Window | None:
        """The days that the words allow; the next meeting's day where a wider date means that one: `the May agenda`."""
        window = self.date.window(base) if self.date else None
        day = next_meeting
        is_within = self.is_own and day and window and window.earliest <= day <= window.latest
        return Window(day, day, Precision.DAY) if day and (is_within or self.at_next) else window

    def is_year(self, base: Date | None) -> bool:
        """Whether the words behind the relation allow a whole year."""
        window = self.first.window(base) if self.first else None
        return window is not None and window.precision is Precision.YEAR


_BEFORE = 20
"""How far in front of a date its owner may begin, in characters."""
_NEEDS_NO_RELATION = ("this or next", "ahead", "tomorrow")
"""Forms; `w/c 14 June` and `mid October` need none either."""

ANY_DAY = Date(2000, 1, 1)
"""A base for telling whether words are a date at all, where their day does not matter."""
_NOTHING = ("n/a", "na", "none", "nil")
_DOTTED = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2}")
_DUE = "due "
_EVENT_CUES = frozenset[str]().union(*(one.cues for one in (*relations.NEXT_MEETING, *relations.EVENTS)))
_BEFORE_MARK = re.compile(r" ([.,;:])")


def read_due(text: str, base: Date | None, next_meeting: Date | None) -> Due | None:
    """The deadline within an action's running words: of several the one with `by` or `before`, else one that is a day."""
    found = _phrases(_fold(text), base, next_meeting)
    return min(found, key=_rank).due if found else None


def _fold(text: str) -> str:
    return " ".join(text.split())


def _rank(phrase: Phrase) -> int:
    firm = phrase.relation in ("by", "before")
    return 0 if firm and phrase.due.deadline else 1 if phrase.due.date else 2 if firm else 3


def read_due_cell(text: str, base: Date | None, next_meeting: Date | None) -> Due | None:
    """The deadline of a cell or bracket that is one by itself, even in the past; other words are kept as words."""
    words = _fold(text).strip(" .,;:-–—*_")
    if words.startswith(("(", "[")) and words.endswith((")", "]")):
        words = words[1:-1].strip()
    if not any(letter.isalnum() for letter in words) or words.lower() in _NOTHING:
        return None
    asked = _DUE + (words.replace(".", "/") if _DOTTED.fullmatch(words) else words)
    for phrase in _phrases(asked, base, next_meeting, may_be_past=True):
        if phrase.start <= len(_DUE) and (phrase.end == len(asked) or len(find(plain(asked))) == 1):
            return replace(phrase.due, text=words)
    return Due(words)


def strip_due(text: str) -> str:
    """The text without its due words, for comparing wordings."""
    words = _fold(text)
    for phrase in reversed(_phrases(words, None, None)):
        words = f"{words[: phrase.start]} {words[phrase.end :]}"
    folded = _fold(words.replace("(  )", "").replace("( )", ""))
    return _BEFORE_MARK.sub(r"\1", folded).strip(" ,;:-")


def _phrases(
    text: str, base: Date | None, next_meeting: Date | None, *, may_be_past: bool = False
) -> list[Phrase]:
    """All due words of a folded text in reading order, not overlapping; a longer phrase swallows those within it."""
    kept: list[Phrase] = []
    for place in _places(text):
        if not kept or place.start >= kept[-1].end:
            due = _due(place, base, next_meeting, may_be_past)
            if due:
                kept.append(Phrase(place.start, place.end, place.relation, due))
    return kept


def _due(place: _Place, base: Date | None, next_meeting: Date | None, may_be_past: bool) -> Due | None:
    """What due words fix; None where a loose relation meets days that are past or cannot be known."""
    words, window, is_firm = place.words, place.window(base, next_meeting), place.relation in FIRM
    if not place.date and not (place.at_next and window):
        return words
    if not is_firm and place.is_year(base):  # `the services in 2022`
        return None
    if not window:
        return words if is_firm or not base else None
    one_day, last = window.earliest == window.latest, window.latest
    if place.relation == "before" and not one_day and not place.named and window.earliest > Date.min:
        last = window.earliest - timedelta(1)  # `before March` ends with February
    if base and last < base and not may_be_past:
        return words if is_firm or place.at_next else None
    if place.relation in ("after", "from"):
        is_start = place.named or place.relation == "from"
        return Due(words.text, not_before=window.earliest if is_start else last)
    return Due(words.text, date=last) if one_day else Due(words.text, latest=last)


@lru_cache(maxsize=4096)
def _places(text: str) -> tuple[_Place, ...]:
    """Where due words may stand, the longest of those that begin together first. One text is asked for owner and due, and
    again where the next notes repeat it."""
    words = plain(text)
    reading = _Reading(text, words, words_of(words))
    places = [*reading.dated(), *reading.worded()]
    if not _EVENT_CUES.isdisjoint(reading.said) and relations.EVENT_CUE.search(reading.words):
        places += [*reading.meetings(), *reading.events()]
    return tuple(sorted(places, key=lambda place: (place.start, -place.end)))


class _Reading(NamedTuple):
    """One text being read."""

    text: str
    words: str
    """The plain text; every pattern is made for it."""
    said: frozenset[str]
    """Its words in lower case."""

    def dated(self) -> Iterator[_Place]:
        """Dates, each with the relation that governs it and the event that it names."""
        dates = find(self.words)
        for found, follower in zip(dates, [*dates[1:], None], strict=False):
            start, relation, named = self._governor(found)
            event = self._event(found)
            named, end = named or event is not None, event.end() if event else found.end
            is_own = event is not None and relations.OWN_MEETING.fullmatch(event[0]) is not None
            date = found
            if follower and self._repeats(found, end, follower):
                end = follower.end + self.words.startswith(")", follower.end)
                date, is_own = follower, False
            if relation in FIRM or self._holds(found, start, end, relation, named):
                yield _Place(start, end, relation, Due(self.text[start:end]), date, found, named, is_own)

    def meetings(self) -> Iterator[_Place]:
        """`at the next Board meeting`: a day, where the note announces it."""
        for match in self._matches(relations.NEXT_MEETING):
            start, end, relation = *match.span(), match.lastgroup or ALONE
            yield _Place(start, end, relation, Due(self.text[start:end]), named=True, at_next=True)

    def events(self) -> Iterator[_Place]:
        """`at the first working group`: words only."""
        for match in self._matches(relations.EVENTS):
            words = Due(self.text[match.start() : match.end()])
            yield _Place(*match.span(), match.lastgroup or ALONE, words)

    def worded(self) -> Iterator[_Place]:
        """`quarterly`, `ASAP`."""
        recurring = not relations.RECURRING_CUES.isdisjoint(self.said)
        for match in relations.RECURRING.finditer(self.words) if recurring else ():
            recurs = relations.RECURRENCES[match[match.lastgroup or 0].lower()]
            yield _Place(*match.span(), ALONE, Due(self.text[match.start() : match.end()], recurs=recurs))
        vague = not relations.WORDS_ONLY_CUES.isdisjoint(self.said)
        for match in relations.WORDS_ONLY.finditer(self.words) if vague else ():
            yield _Place(*match.span(), ALONE, Due(self.text[match.start() : match.end()]))

    def _event(self, found: Found) -> re.Match[str] | None:
        """The event behind the date that it names."""
        event = relations.NAMED.match(self.words, found.end)
        if event or not self.words.endswith("the ", 0, found.start):
            return event
        return relations.NAMED_BY_INITIALS.match(self.words, found.end)

    def _governor(self, found: Found) -> tuple[int, str, bool]:
        """Where the due words start, their relation, and whether an event stands between it and the date."""
        for event, (cues, pattern), reach in relations.GOVERNORS:
            if cues.isdisjoint(self.said):
                continue
            match = pattern.search(self.words, max(0, found.start - reach), found.start)
            if match:
                return match.start(), match.lastgroup or ALONE, event
        return found.start, ALONE, False

    def _holds(self, found: Found, start: int, end: int, relation: str, named: bool) -> bool:
        """Whether a date behind a loose relation, or behind none, is a deadline and not part of the content."""
        before = max(0, start - _BEFORE)
        if not (named or relations.CLAUSE_END.match(self.words, end)):
            return False
        if relations.OWNER_OF_DATE.search(self.words, before, start):
            return False
        if relation == ALONE:
            return not named and (
                found.form.name in _NEEDS_NO_RELATION or bool(found.said.keys() & {"week", "part", "later"})
            )
        if relation == "from":  # `the notes from the May meeting`
            return not named
        return relation != "to" or named or bool(relations.MOVED.search(self.words, before, start))

    def _repeats(self, found: Found, end: int, follower: Found) -> bool:
        """`by the end of the week (9th April)`."""
        gap = relations.APPOSED.fullmatch(self.words, end, follower.start)
        return found.form.name != "day" and follower.form.name == "day" and gap is not None

    def _matches(self, shapes: tuple[relations.Cued, ...]) -> Iterator[re.Match[str]]:
        for cues, pattern in shapes:
            if not cues.isdisjoint(self.said):
                yield from pattern.finditer(self.words)
