"""Date expressions: a table of shapes of words, each with its reader."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from functools import lru_cache
from typing import NamedTuple

from rrbnotes.dates import windows
from rrbnotes.dates.windows import Precision, Reader, Said, Window, from_meeting, in_year
from rrbnotes.dates.words import (
    COUNTS,
    DAY_NAMES,
    EVENT,
    GATHERING,
    INITIALS,
    MONTH,
    MONTHS,
    SHORT_WEEKDAY,
    UNITS,
    WEEKDAY,
    WEEKDAYS,
    plain,
    words_of,
)


@dataclass(frozen=True, slots=True)
class When:
    """One date expression found in a text."""

    start: int
    end: int
    """Offsets into the text, half-open, of the date words alone."""
    earliest: Date
    latest: Date
    precision: Precision
    has_year: bool
    """The words themselves name the year."""
    weekday_says: int | None
    """A weekday printed with a calendar date, 0 = Monday; it may be the wrong one."""


class Form(NamedTuple):
    """One shape of words."""

    name: str
    cues: frozenset[str]
    """The names of what a text must hold before it is worth looking closer."""
    pattern: re.Pattern[str]
    """Its group `date` holds the date words, without those in front that only show that it is a date."""
    read: Reader
    is_date: Callable[[re.Match[str]], bool] = bool
    """A second look, at what the pattern cannot tell."""


class Found(NamedTuple):
    """Date words at their place, whatever the day of the meeting is."""

    start: int
    end: int
    form: Form
    said: Said

    def window(self, base: Date | None) -> Window | None:
        """The days that they allow; none where they are impossible, too far off or in want of a base."""
        try:
            return self.form.read(self.said, base)
        except (ValueError, OverflowError):  # the 30th of February; the week after 31 December 9999
            return None


_CUES = {
    "weekday": frozenset(f"{name}day" for name in DAY_NAMES),
    "today": frozenset(("today",)),
    "tomorrow": frozenset(("tomorrow",)),
    "unit": frozenset(word for unit in UNITS for word in (unit, f"{unit}s")),
    "which": frozenset(("this", "next", "coming")),
    "end": frozenset(("end",)),
    "in": frozenset(("in", "within", "over", "during")),
    "quarter": frozenset(("q", "quarter")),
}
"""What a text must hold for a form to be looked for: one word at least of each of the form's cues."""
_CUE_WORDS = frozenset[str]().union(*_CUES.values())
_CUES_IN_NUMBERS = {
    "number": re.compile(r"[0-9]"),
    "numbers": re.compile(r"[0-9][-/.][0-9]"),
    "year": re.compile(r"(?:19|20)[0-9]{2}"),
}
_MONTH_WORD = re.compile(MONTH.replace("(?-i:M)", "m"))
_MONTH_STARTS = frozenset(MONTHS)

# Pieces of patterns. A date stands not within a word, a number, a path or a price, and not before more digits
# (`2019-09-09.3`, `12 March 10.30`).
_OPEN = r"(?<![^\W_])(?<![0-9][-/.:,])(?<![#£$€/.])"
_CLOSE = r"(?![^\W_])(?![.:,/-]?[0-9])"

_NO_OTHER_YEAR = r"(?(year)|(?!,? {1,3}(?!(?:[01][0-9]|2[0-3])[0-5][0-9](?![0-9]))[0-9]{4,5}(?![0-9])))"
"""Not before four or five digits that are no time of day: a year was mistyped, and nobody knows which."""

_TO = r"(?: {0,2}[-/&] {0,2}| (?:to|and|or|until) )(?:the )?"
_OF = r"(?: {1,3}(?:of {1,3})?|-|)"
_ORDINAL = r"(?: ?(?:st|nd|rd|th)(?![a-z]))?"
_DAY = rf"(?P<day>[0-3]?[0-9]){_ORDINAL}"
_LAST_DAY = rf"(?P<last>[0-3]?[0-9]){_ORDINAL}"
_LONG_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_YEAR_WORDS = r"(?:19|20)[0-9]{2}|'[0-9]{2}"
_SHORT_YEAR = r"[0-9]{2}(?= {0,3}(?:[,;)\]|]|\.(?![0-9])|$))"  # not in `12 March 20 people`
_JOIN = r"(?:[.,]{1,2} {0,3}| {1,3}|[-/]|(?<=[a-z]))"
_YEAR = rf"{_JOIN}(?P<year>{_YEAR_WORDS})"
_PART = (
    r"(?P<part>early(?:[- ](?:to[- ])?mid)?|mid(?:[- ](?:to[- ])?late)?|late|beginning|start|middle|end)"
    r"(?:-| {1,2}(?:of )?(?:the )?)"
)
_UNIT = r"(?P<unit>week|month|quarter|year)"
_COUNTED = (
    rf"(?:(?P<count>[0-9]{{1,3}}|{'|'.join(COUNTS)}) )?(?P<unit>day|week|fortnight|month)(?(count)s?)"
    r"(?:'s?)?(?: time)?(?! (?:of|after|from|following|before|ago)\b)"
)

_ISO = r"(?P<year>[0-9]{4})(?P<sep>[-/.])(?P<month>[01]?[0-9])(?P=sep)(?P<day>[0-3]?[0-9])"
_NUMBERS = (
    r"(?P<day>[0-3]?[0-9])(?P<sep>[/.-])(?P<month>[01]?[0-9])(?P=sep)"
    r"(?P<year>(?:19|20)[0-9]{2}|(?<=/)[0-9]{2})"  # 1.2.20 may be a version
)
_DAY_MONTH = (
    rf"{_DAY}(?:(?:{_OF}(?P<month_before>{MONTH})\.?)?{_TO}(?:{SHORT_WEEKDAY}[.,]? (?:the )?)?{_LAST_DAY})?"
    rf"{_OF}(?P<month>{MONTH})(?:{_JOIN}(?P<year>{_YEAR_WORDS}|{_SHORT_YEAR}))?"
)
_MONTH_DAY = (
    rf"(?P<month>{MONTH})\.? {{1,3}}(?:the )?{_DAY}(?:{_TO}{_LAST_DAY}(?! {{0,2}}(?:of )?{MONTH}))?(?:{_YEAR})?"
    r"(?! ?(?:[ap]\.?m\b|%))"
)

_MONTH = rf"(?:{_PART})?(?:(?P<month_before>{MONTH})\.?{_TO})?(?P<month>{MONTH})(?:{_YEAR})?"
_QUARTER = rf"(?:{_PART})?(?:(?-i:Q)|quarter )(?P<quarter>[1-4])(?:(?: of)?{_YEAR})?(?!:)"
_NOT_ONE_DAY = r"(?P<not>(?:every|each|last|good|easter|black|ash|shrove|alternate) )"
_WITHIN = rf"(?:within (?:the (?:next|coming) )?|(?:in|over|during) the (?:next|coming) ){_COUNTED}"

# What stands in front of a day and belongs to it.
_BEFORE_DAY = re.compile(
    rf"{_OPEN}(?:(?P<week>w ?/ ?[cb]|week[ -](?:of|commencing|beginning|starting)|(?P<ending>w ?/ ?e|week[ -]ending))"
    rf"[.:]? {{1,2}}(?:the )?)?(?:(?P<weekday>{SHORT_WEEKDAY})[.,]{{0,2}} {{1,3}}(?:the )?)?\Z",
    re.IGNORECASE,
)
_BEFORE_DAY_CHARS = 48
_BEFORE = "before day"
"""The cue of a text that may hold something of the kind: the start of a weekday, or one of the next words."""
_WEEK_WORDS = ("w", "week")

# What stands beside a month's name and makes it one.
_TIME_WORDS = ("in", "during", "until", "till", "since", "before", "after", "this", "around", "due")
_TIME_OR_NAME_WORDS = ("by", "for", "from", "to")
_NOUN_WORDS = ("the", "our", "on", "at", "of")
_LEAD = rf"(?:(?P<lead>{'|'.join(_TIME_WORDS + _TIME_OR_NAME_WORDS + _NOUN_WORDS)}):? )?"
_EVENT_BEHIND = re.compile(rf" (?:[a-z]{{1,20}} )?{EVENT}\b", re.IGNORECASE)
_INITIALS_BEHIND = re.compile(rf" {INITIALS}")
_SURNAME_BEHIND = re.compile(r" [A-Z][a-z]")


def _is_month(match: re.Match[str]) -> bool:
    """Whether `May` or `Jan` is a month: `May 2020`, `early May`, `May's`, `the May agenda`, `in May`, `by May`."""
    text, end, lead = match.string, match.end(), (match["lead"] or "").lower()
    if match["year"]:
        return True
    if not all(name[0].isupper() for name in (match["month"], match["month_before"]) if name):
        return False
    if match["part"] or match["month_before"] or text.startswith("'s", end):
        return True
    if _EVENT_BEHIND.match(text, end):
        return bool(lead) or match["month"].istitle()
    if lead == "the" and _INITIALS_BEHIND.match(text, end):
        return True
    if _SURNAME_BEHIND.match(text, end) or (match["month"] == "Jan" and lead in _TIME_OR_NAME_WORDS):
        return False
    return lead in _TIME_WORDS + _TIME_OR_NAME_WORDS


def _form(name: str, cues: str, read: Reader, date: str, after: str = "", close: str = _CLOSE) -> Form:
    return Form(
        name,
        frozenset(cues.split()),
        re.compile(rf"{_OPEN}{after}(?P<date>{date}){close}", re.IGNORECASE),
        read,
    )


_DAYS, _YEARS, _QUARTERS = in_year(windows.days), in_year(windows.years), in_year(windows.quarters)
_AROUND, _WEEKDAY, _SOON = map(from_meeting, (windows.around, windows.weekday, windows.soon))
_EITHER = from_meeting(windows.either)

FORMS = (
    _form("day", "numbers", _DAYS, _ISO, close=rf"(?:(?=T[0-9])|{_CLOSE})"),
    _form("day", "numbers", _DAYS, _NUMBERS),
    _form(
        "day",
        "numbers",
        _EITHER,
        r"(?P<one>[0-3]?[0-9])/(?P<other>[0-3]?[0-9])",
        close=rf"(?= (?:\w{{1,12}} ){{0,2}}{GATHERING}\b)",
    ),
    _form("day", "month", _DAYS, _DAY_MONTH, close=_CLOSE + _NO_OTHER_YEAR),
    _form("day", "month", _DAYS, _MONTH_DAY, close=_CLOSE + _NO_OTHER_YEAR),
    _form(
        "month", "month", in_year(windows.months), _MONTH, after=_LEAD, close=_CLOSE + _NO_OTHER_YEAR
    )._replace(is_date=_is_month),
    _form("quarter", "quarter number", _QUARTERS, _QUARTER),
    _form("quarter", "quarter number", _QUARTERS, rf"{_LONG_YEAR}[ -]?(?-i:Q)(?P<quarter>[1-4])"),
    _form("year", "year", _YEARS, _LONG_YEAR, after=r"(?:in|by|during|before|until|till|since|due:?) "),
    _form("year", "year", _YEARS, rf"{_PART}{_LONG_YEAR}"),
    _form("this or next", "unit which", _AROUND, rf"(?:{_PART})?(?P<which>this|next) {_UNIT}"),
    _form("end", "unit end", _AROUND, rf"(?P<part>end) (?:of )?(?:the )?(?:current )?{_UNIT}"),
    _form("end", "unit end", _AROUND, rf"{_UNIT}[- ](?P<part>end)"),
    _form("ahead", "unit in", from_meeting(windows.ahead), rf"in (?=[0-9a-z]{{1,6}} [dwfm]){_COUNTED}"),
    _form("ahead", "unit in", from_meeting(windows.within), _WITHIN),
    _form(
        "weekday",
        "weekday",
        _WEEKDAY,
        rf"{_NOT_ONE_DAY}?(?P<name>{WEEKDAY})(?! week\b| {{0,2}}[0-9]{{1,2}}/[0-9])",
    ),
    _form(
        "this or next",
        "weekday which",
        _WEEKDAY,
        rf"(?P<which>this|next|coming) (?P<name>{WEEKDAY})(?! week\b)",
    ),
    _form("today", "today", _SOON, r"(?P<later>later )?today"),
    _form("tomorrow", "tomorrow", _SOON, r"(?P<tomorrow>tomorrow)"),
)


@lru_cache(maxsize=8192)
def find(words: str) -> tuple[Found, ...]:
    """All date words of a plain text in reading order, not overlapping; of several readings the first and then the longest
    holds. One text is read for several ends, and again where the next notes repeat it."""
    readings = sorted(_readings(words), key=lambda found: (found.start, -found.end))
    kept: list[Found] = []
    for found in readings:
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    return tuple(kept)


def _cues(words: str) -> set[str]:
    """The names of the cues that a text holds."""
    said = words_of(words)
    found: set[str] = set()
    if not _CUE_WORDS.isdisjoint(said):
        found.update(name for name, cue in _CUES.items() if not cue.isdisjoint(said))
    for word in said:
        start = word[:3]
        if start in _MONTH_STARTS and _is_month_word(word, words):
            found.add("month")
        elif start in WEEKDAYS or word in _WEEK_WORDS:
            found.add(_BEFORE)
    if _CUES_IN_NUMBERS["number"].search(words):
        found.update(name for name, cue in _CUES_IN_NUMBERS.items() if cue.search(words))
    return found


def _is_month_word(word: str, words: str) -> bool:
    """Whether a word names a month; `may`, `mar` and `march` only with a capital somewhere."""
    return (word[0] != "m" or "M" in words) and _MONTH_WORD.fullmatch(word) is not None


def _readings(words: str) -> Iterator[Found]:
    cues = _cues(words)
    for form in FORMS if cues else ():
        for match in form.pattern.finditer(words) if form.cues <= cues else ():
            if form.is_date(match):
                start, groups = match.start("date"), match.groupdict()
                if form.name == "day" and _BEFORE in cues:
                    before = _BEFORE_DAY.search(words, max(0, start - _BEFORE_DAY_CHARS), start)
                    start, groups = (
                        (before.start(), groups | before.groupdict()) if before else (start, groups)
                    )
                said = {name: value.lower() for name, value in groups.items() if value}
                yield Found(start, match.end("date"), form, said)


def find_dates(text: str, base: Date | None) -> list[When]:
    """All date expressions in reading order; without a base those that lack a year or are relative are not found."""
    windows = [(found, found.window(base)) for found in find(plain(text))]
    return [_when(found, window) for found, window in windows if window]


def _when(found: Found, window: Window) -> When:
    name = found.said.get("weekday")
    says = WEEKDAYS.index(name[:3]) if name else None
    return When(found.start, found.end, *window, has_year="year" in found.said, weekday_says=says)
