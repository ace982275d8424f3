"""Refs: an action's permanent name, `KEY.N` or `KEY.pN` (`DATE.mN` for one agreed between meetings)."""

import re
from collections.abc import Iterable

REPORTED = "p"
"""The mark in the ref of an action that was first seen as reported."""
BETWEEN = "m"
"""The mark in the ref of an action that was agreed between meetings."""
_PARTS = re.compile(r"([a-z]*)(\d+)$")


class Numbering:
    """Gives the next free ref of a meeting: two counters for each, one for raised and one for reported actions."""

    def __init__(self, given: Iterable[str] = ()) -> None:
        self._highest: dict[tuple[str, str], int] = {}
        for ref in given:
            key, _, mark, number = natural(ref)
            self._highest[key, mark] = max(number, self._highest.get((key, mark), 0))

    def next(self, key: str, mark: str = "") -> str:
        """The next ref of a meeting; none in its mark for one raised there."""
        number = self._highest[key, mark] = self._highest.get((key, mark), 0) + 1
        return f"{key}.{mark}{number}"


def natural(ref: str) -> tuple[str, bool, str, int]:
    """How refs sort: by key, reported ones first, `.2` before `.10`."""
    key, _, name = ref.rpartition(".")
    found = _PARTS.fullmatch(name)
    mark, number = (found[1], int(found[2])) if found else (name, 0)
    return key, mark != REPORTED, mark, number
