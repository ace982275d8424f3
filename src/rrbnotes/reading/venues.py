"""Where a meeting is held, in a line that also gives its date and time."""

import re

from rrbnotes.dates import find_dates, find_times


def venue_in(words: str) -> str | None:
    """Of a line set as `date | place | time`, the part that is neither date nor time."""
    parts = [part.strip() for part in re.split(r"\s[|•·]\s", words)]
    if len(parts) < 2:
        return None
    places = [
        part for part in parts if part and not find_dates(part, None) and find_times(part) == (None, None)
    ]
    return places[0] if places else None


_JOINT = re.compile(r"(?P<comma>,)\s+|\b(?:in|at|via|on)\b(?: the\b)?\s+")
_PLACE = re.compile(r"(?:\d{1,4}[A-Za-z]? )?[A-Z][^,;:.|()\n]{2,60}")
_DAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
"""A day whose year only the meeting's own date tells."""
_TASK = re.compile(r"\bto\b")
_MOST_CHARS = 90
"""A place stands so near to the end."""


def place_behind(words: str) -> str | None:
    """Of an announcement, the place behind its date and time, with all its parts: `… at 10:00 in the Town Hall`,
    `…, 10:00, Committee Room 2, Town Hall`."""
    end = len(words.rstrip().removesuffix("."))
    first, parts = max(0, end - _MOST_CHARS), list[str]()
    while found := _place_at_end(words, first, end):
        parts.insert(0, words[found.end() : end].strip())
        end = found.start()
        if not found["comma"]:
            break
    return ", ".join(parts) or None


def _place_at_end(words: str, first: int, end: int) -> re.Match[str] | None:
    """What joins a place at the end to the words before it."""
    return next(
        (one for one in _JOINT.finditer(words, first, end) if _is_place(words[one.end() : end])), None
    )


def _is_place(words: str) -> bool:
    if not _PLACE.fullmatch(words) or _DAY.match(words) or _TASK.search(words):
        return False
    return not find_dates(words, None) and find_times(words) == (None, None)
