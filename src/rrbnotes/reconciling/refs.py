"""Refs: an action's permanent name, `KEY.N` or `KEY.pN`."""

import re
from collections import Counter

_PARTS = re.compile(r"([a-z]*)(\d+)$")


class Numbering:
    """Gives refs in the order of asking: two counters for each meeting, one for raised and one for reported actions."""

    def __init__(self) -> None:
        self._given: Counter[tuple[str, str]] = Counter()

    def next(self, key: str, is_raised: bool) -> str:
        """The next ref of a meeting."""
        mark = "" if is_raised else "p"
        self._given[key, mark] += 1
        return f"{key}.{mark}{self._given[key, mark]}"


def natural(ref: str) -> tuple[str, bool, str, int]:
    """How refs sort: by key, reported ones first, `.2` before `.10`."""
    key, _, name = ref.rpartition(".")
    found = _PARTS.fullmatch(name)
    mark, number = (found[1], int(found[2])) if found else (name, 0)
    return key, mark != "p", mark, number
