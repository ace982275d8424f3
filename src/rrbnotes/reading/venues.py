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


_PLACE_BEHIND = re.compile(r"(?:,|\b(?:in|at|via|on)\b(?: the\b)?)\s+(?P<place>[A-Z][^,;.|()\n]{2,60})\.?$")


def place_behind(words: str) -> str | None:
    """Of an announcement, the place behind its date and time: `… at 10:00 in the Town Hall`, `…, 10:00, Town Hall`."""
    found = _PLACE_BEHIND.search(words.rstrip(), max(0, len(words) - 90))
    place = found["place"].strip() if found else ""
    is_place = place and not find_dates(place, None) and find_times(place) == (None, None)
    return place if is_place and _WEEKDAY.match(place) is None else None


_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
