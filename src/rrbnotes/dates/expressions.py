"""Date expressions: a table of shapes of words, each with its reader."""

import re
from dataclasses import dataclass
from datetime import date as Date
from typing import NamedTuple

from rrbnotes.dates import windows
from rrbnotes.dates.windows import Precision, Reader, Said, Window, from_meeting, in_year
from rrbnotes.dates.words import COUNTS, EVENT, MONTH, SHORT_WEEKDAY, WEEKDAY, WEEKDAYS, plain


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
    pattern: re.Pattern[str]
    """Its group `date` holds the date words, without those in front that only show that it is a date."""
    read: Reader


class Found(NamedTuple):
    """Date words at their place; without a window they are impossible, too far off or in want of a base."""

    start: int
    end: int
    form: str
    window: Window | None
    said: Said


_TO = r"(?: {0,2}[-/&] {0,2}| (?:to|and|or|until) )(?:the )?"
_ORDINAL = r"(?: ?(?:st|nd|rd|th)(?![a-z]))?"
_DAY = rf"(?P<day>[0-3]?[0-9]){_ORDINAL}"
_LAST_DAY = rf"(?P<last>[0-3]?[0-9]){_ORDINAL}"
_MONTH = rf"(?P<month>{MONTH})"
_OF = r"(?: {1,3}(?:of {1,3})?|-|)"
_CAPITAL = r"(?-i:(?=[A-Z]))"
_LONG_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_YEAR_WORDS = r"(?:19|20)[0-9]{2}|'[0-9]{2}"
_BARE_YEAR = r"[0-9]{2}(?= {0,3}(?:[,;)\]|]|\.(?![0-9])|$))"  # not in `12 March 20 people`
_JOIN = r"(?:[.,]{1,2} {0,3}| {1,3}|[-/]|(?<=[a-z]))"
_YEAR = rf"{_JOIN}(?P<year>{_YEAR_WORDS})"
_ANY_YEAR = rf"{_JOIN}(?P<year>{_YEAR_WORDS}|{_BARE_YEAR})"

_WEEK = (
    r"(?P<week>w ?/ ?[cb]|week[ -](?:of|commencing|beginning|starting)|(?P<ending>w ?/ ?e|week[ -]ending))"
)
_ON_WEEKDAY = rf"(?:{SHORT_WEEKDAY}[.,]{{0,2}} {{1,3}}(?:the )?)?"
_BEFORE_DAY = (
    rf"(?:{_WEEK}[.:]? {{1,2}}(?:the )?)?(?:(?P<weekday>{SHORT_WEEKDAY})[.,]{{0,2}} {{1,3}}(?:the )?)?"
)
_PART = (
    r"(?P<part>early(?:[- ](?:to[- ])?mid)?|mid(?:[- ](?:to[- ])?late)?|late|beginning|start|middle|end)"
    r"(?:-| {1,2}(?:of )?(?:the )?)"
)
_UNIT = r"(?P<unit>week|month|quarter|year)"
_NOT_ONE_DAY = r"(?P<not>(?:every|each|last|good|easter|black|ash|shrove|alternate) )"
_COUNTED = (
    rf"(?:(?P<count>[0-9]{{1,3}}|{'|'.join(COUNTS)}) )?(?P<unit>day|week|fortnight|month)(?(count)s?)"
    r"(?:'s?)?(?: time)?(?! (?:of|after|from|following|before|ago)\b)"
)

# A month's name alone is a date only beside words that make it one. Jan is a first name as well, and a month
# before a capitalised word may be one (`by June Smith`).
_TIME_WORD = r"(?:in|during|until|till|since|before|after|this|around|due:?|(?:by|for|from|to)(?! Jan\b)) "
_NO_SURNAME = r"(?-i:(?! [A-Z][a-z]))"
_NOUN_WORD = r"(?:(?-i:(?=[A-Z][a-z]))|(?:the|our|in|on|at|for|to|by|before|until|after|of|due) )"
_BEFORE_EVENT = rf"(?= (?:[a-z]{{1,20}} )?{EVENT}\b)"
_YEAR_WORD = r"(?:in|by|during|before|until|till|since|due:?) "

# Not within a word, a number, a path or a price; not before more digits (`2019-09-09.3`, `12 March 10.30`).
_OPEN = r"(?<![^\W_])(?<![0-9][-/.:,])(?<![#£$€/.])"
_CLOSE = r"(?![^\W_])(?![.:,/-]?[0-9])"

_ISO = rf"{_BEFORE_DAY}(?P<year>[0-9]{{4}})(?P<sep>[-/.])(?P<month>[01]?[0-9])(?P=sep)(?P<day>[0-3]?[0-9])"
_NUMBERS = (
    rf"{_BEFORE_DAY}(?P<day>[0-3]?[0-9])(?P<sep>[/.-])(?P<month>[01]?[0-9])(?P=sep)"
    r"(?P<year>(?:19|20)[0-9]{2}|(?<=/)[0-9]{2})"  # 1.2.20 may be a version
)
_DAY_MONTH = (
    rf"{_BEFORE_DAY}{_DAY}(?:(?:{_OF}(?P<month_before>{MONTH})\.?)?{_TO}{_ON_WEEKDAY}{_LAST_DAY})?"
    rf"{_OF}{_MONTH}(?:{_ANY_YEAR})?"
)
_MONTH_DAY = (
    rf"{_BEFORE_DAY}{_MONTH}\.? {{1,3}}(?:the )?{_DAY}(?:{_TO}{_LAST_DAY}(?! {{0,2}}(?:of )?{MONTH}))?(?:{_YEAR})?"
    r"(?! ?(?:[ap]\.?m\b|%))"
)
_TWO_MONTHS = rf"{_CAPITAL}(?P<month_before>{MONTH})\.?{_TO}{_CAPITAL}{_MONTH}(?:{_YEAR})?"
_QUARTER = rf"(?:{_PART})?(?:(?-i:Q)|quarter )(?P<quarter>[1-4])(?:(?: of)?{_YEAR})?(?!:)"
_WITHIN = rf"(?:within (?:the (?:next|coming) )?|(?:in|over|during) the (?:next|coming) ){_COUNTED}"


def _form(name: str, read: Reader, date: str, after: str = "", close: str = _CLOSE) -> Form:
    return Form(name, re.compile(rf"{_OPEN}{after}(?P<date>{date}){close}", re.IGNORECASE), read)


_DAYS, _MONTHS, _YEARS = in_year(windows.days), in_year(windows.months), in_year(windows.years)
_QUARTERS, _AROUND = in_year(windows.quarters), from_meeting(windows.around)
_WEEKDAY, _SOON = from_meeting(windows.weekday), from_meeting(windows.soon)

FORMS = (
    _form("day", _DAYS, _ISO, close=rf"(?:(?=T[0-9])|{_CLOSE})"),
    _form("day", _DAYS, _NUMBERS),
    _form("day", _DAYS, _DAY_MONTH),
    _form("day", _DAYS, _MONTH_DAY),
    _form("month", _MONTHS, rf"(?:{_PART})?{_MONTH}{_YEAR}"),
    _form("month", _MONTHS, rf"{_PART}{_CAPITAL}{_MONTH}"),
    _form("month", _MONTHS, rf"{_CAPITAL}{_MONTH}{_NO_SURNAME}", after=_TIME_WORD),
    _form("month", _MONTHS, rf"{_CAPITAL}{_MONTH}{_BEFORE_EVENT}", after=_NOUN_WORD),
    _form("month", _MONTHS, rf"{_CAPITAL}{_MONTH}(?='s\b)"),
    _form("months", in_year(windows.month_span), _TWO_MONTHS),
    _form("quarter", _QUARTERS, _QUARTER),
    _form("quarter", _QUARTERS, rf"{_LONG_YEAR}[ -]?(?-i:Q)(?P<quarter>[1-4])"),
    _form("year", _YEARS, _LONG_YEAR, after=_YEAR_WORD),
    _form("year", _YEARS, rf"{_PART}{_LONG_YEAR}"),
    _form("this or next", _AROUND, rf"(?:{_PART})?(?P<which>this|next) {_UNIT}"),
    _form("end", _AROUND, rf"(?P<part>end) (?:of )?(?:the )?(?:current )?{_UNIT}"),
    _form("end", _AROUND, rf"{_UNIT}[- ](?P<part>end)"),
    _form("weekday", _WEEKDAY, rf"{_NOT_ONE_DAY}?(?P<name>{WEEKDAY})(?! week\b)"),
    _form("this or next", _WEEKDAY, rf"(?P<which>this|next|coming) (?P<name>{WEEKDAY})(?! week\b)"),
    _form("today", _SOON, r"today"),
    _form("tomorrow", _SOON, r"(?P<tomorrow>tomorrow)"),
    _form("ahead", from_meeting(windows.ahead), rf"in (?=[0-9a-z]{{1,6}} [dwfm]){_COUNTED}"),
    _form("ahead", from_meeting(windows.within), _WITHIN),
)


def find(text: str, base: Date | None) -> list[Found]:
    """All date words in reading order, not overlapping; of several readings the first and then the longest holds."""
    words = plain(text)
    matches = [(match, form) for form in FORMS for match in form.pattern.finditer(words)]
    matches.sort(key=lambda pair: (pair[0].start("date"), -pair[0].end("date")))
    found: list[Found] = []
    for match, form in matches:
        if not found or match.start("date") >= found[-1].end:
            said = {name: value.lower() for name, value in match.groupdict().items() if value}
            found.append(Found(*match.span("date"), form.name, _window(form, said, base), said))
    return found


def _window(form: Form, said: Said, base: Date | None) -> Window | None:
    try:
        return form.read(said, base)
    except (ValueError, OverflowError):  # the 30th of February; the week after 31 December 9999
        return None


def find_dates(text: str, base: Date | None) -> list[When]:
    """All date expressions in reading order; without a base those that lack a year or are relative are not found."""
    return [_when(found, found.window) for found in find(text, base) if found.window]


def _when(found: Found, window: Window) -> When:
    name = found.said.get("weekday")
    says = WEEKDAYS.index(name[:3]) if name else None
    return When(found.start, found.end, *window, has_year="year" in found.said, weekday_says=says)
