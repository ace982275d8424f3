"""Times of day: `10:00–12:00`, `10.00 – 12.00`, `7.30pm`, `10am-12noon`, `15h30`, `14 UTC`."""

import re
from collections.abc import Mapping

from rrbnotes.dates.expressions import find
from rrbnotes.dates.words import plain

_HALF = r"[ap]m\b|[ap]\.m\.|noon\b|midday\b|midnight\b"
_ZONE = r"(?-i:Z|UTC|GMT|BST|CES?T|EES?T|WES?T|[EMP][SD]T)\b"
_NOON = {"noon": 12, "midday": 12, "midnight": 0}

_Said = Mapping[str, str]


def _time(n: int) -> str:
    """The pattern of one time; the number in its groups' names tells the start from the end."""
    return (
        rf"(?:(?P<hour{n}>[01]?[0-9]|2[0-3])(?:(?P<sep{n}>[:.h])(?P<minute{n}>[0-5][0-9])(?::[0-5][0-9](?:\.[0-9]{{1,9}})?)?|(?P<h{n}>h\b)|)"
        rf"(?![0-9]|[.:/][0-9])(?: ?(?P<half{n}>{_HALF}))?(?: ?(?P<zone{n}>{_ZONE}))?|\b(?P<noon{n}>noon|midday|midnight)\b)"
    )


_DATE = "\x00"
"""Stands for each character of a date, so that numbers in it are no times and one behind it is known to be."""
# Not within a word, a number, a path or a price, but behind the `T` of an ISO date.
_TIMES = re.compile(
    rf"(?:(?P<lead>{_DATE},? |\b(?:at|from) )|(?<![\w.:/#£$€-])|(?<={_DATE}T)){_time(1)}(?:(?: ?- ?| (?:to|until) ){_time(2)})?"
    r"(?P<hrs> ?(?:hrs|hours)\b)?(?![\w%])",
    re.I,
)


def find_times(text: str) -> tuple[str | None, str | None]:
    """The first time, and the end of the range that it starts; both `HH:MM`, in the zone of the words."""
    words = plain(text)
    for date in find(words):
        words = f"{words[: date.start]}{_DATE * (date.end - date.start)}{words[date.end :]}"
    for match in _TIMES.finditer(words):
        said = {name: value.lower() for name, value in match.groupdict().items() if value}
        if _sure(said):
            return _range(said)
    return None, None


def _sure(said: _Said) -> bool:
    """Whether numbers are times beyond doubt: `10.30` is behind a date or `at` and in a range, `10` in a range of such; `2h` is
    a duration."""
    if any(name[:-1] in ("half", "zone", "noon") or value == ":" for name, value in said.items()):
        return True
    hour, dotted = (
        int(said["hour1"]),
        said.get("sep1") == "." and ("lead" in said or "hrs" in said or said.get("sep2") == "."),
    )
    return ((dotted or said.get("sep1") == "h") and hour > 6) or ("h1" in said and hour > 12)


def _range(said: _Said) -> tuple[str, str | None]:
    """`2-4pm` and `11-1pm`: where only the end says the half of the day, the start is the last such hour before it."""
    start, end = _clock(said, 1, said.get("half1")), _clock(said, 2, said.get("half2"))
    if end and "half2" in said and not {"half1", "noon1"} & said.keys():
        later = _clock(said, 1, "pm")
        start = later if later and later <= end else start
    return start or "", end


def _clock(said: _Said, n: int, half: str | None) -> str | None:
    hour = int(said.get(f"hour{n}", -1))
    half = said.get(f"noon{n}", half or "").replace(".", "")
    if half in _NOON:
        hour = _NOON[half]
    elif half and 0 < hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{said.get(f'minute{n}', '00')}" if hour >= 0 else None
