"""The words, and the pieces of patterns made of them, that the parts of the grammar share; all repetition is bounded."""

import re
from functools import lru_cache

_PLAIN = str.maketrans("’‘ʼ–—‑−\u00a0\u2009\u202f\t\n\rſıİ\u212a", "'''----      þþþþ")
"""One kind of apostrophe, dash and space; and no letter that only ignoring case makes an `s`, `i` or `k`."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = ("day", "week", "fortnight", "month", "quarter", "year")
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
COUNTS |= {"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}

# With the slips that are often made (`Janury`, `Feburary`), and `Januari`, `Februari`.
# `may` and `march` are verbs, and `mar` is one too: those begin with a capital or are no months.
MONTH = (
    r"(?:jan(?:ua?r[yi])?|feb(?:r?ua?r[yi]|urary)?|(?-i:M)ar(?:ch)?|apr(?:il)?|(?-i:M)ay|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![^\W\d_])"
)
DAY_NAMES = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
"""Without `day`."""
WEEKDAY = rf"(?:{'|'.join(DAY_NAMES)})day"
SHORT_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"

GATHERING = r"(?:meeting|meet|agenda|board|committee|council|call)"
"""What a board itself may be called, or what it holds."""
EVENT = (
    rf"(?:{GATHERING}s?|sessions?|working groups?|workshops?|conferences?|agm|deadline|hearing|summit|launch|panel|forum"
    r"|seminar|assembly|hackathon|training|event)"
)

EVENT_WORDS = frozenset(
    word + ending
    for word in (
        "meeting meet agenda board committee council call session group workshop conference agm deadline hearing summit"
        " launch panel forum seminar assembly hackathon training event"
    ).split()
    for ending in ("", "s")
)
"""The last words of all that EVENT matches."""

INITIALS = r"(?-i:[A-Z]{2,9}\b)"
"""What names a body, and so its meeting, without a word for it: `the November LCRB`."""


def plain(text: str) -> str:
    """The text as the patterns expect it; of the same length, so that offsets hold in both."""
    is_plain = text.isascii() and not ("\n" in text or "\t" in text or "\r" in text)
    return text if is_plain else text.translate(_PLAIN)


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """The words of a plain text, in lower case, letters only: most texts have none that a pattern needs, and this tells it
    at a tenth of what the patterns cost."""
    return frozenset(_LETTERS.findall(text.lower()))


_LETTERS = re.compile(r"[a-z]+")
