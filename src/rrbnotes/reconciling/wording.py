"""How alike two wordings of an action are; the four numbers that decide stand here, and only here."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from rrbnotes.dates import strip_due

ACCEPT = 0.80
"""From here on two wordings are one action, if nothing else is nearly as near."""
RELIST = 0.90
"""The same for a list of this meeting's own actions, where a new action is as likely as an old one."""
MARGIN = 0.06
"""By how much a pair must be better than the next best of both its sides."""
PROPOSE = 0.66
"""From here on a person is asked."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FILLERS = frozenset(
    "a an the to of and on in for with at by be is are will from as that this it its their".split()
)


@dataclass(frozen=True, slots=True)
class Wording:
    """An action's words as matching sees them: no case, punctuation, markup or due words."""

    words: tuple[str, ...]
    joined: str
    numbers: frozenset[str]
    """Words with a digit: two actions that differ in one are two actions."""


@lru_cache(maxsize=50_000)
def wording(text: str) -> Wording:
    """The wording of an action; one that is nothing but due words keeps them."""
    words = _words(strip_due(text)) or _words(text)
    return Wording(
        words, " ".join(words), frozenset(word for word in words if any(c.isdigit() for c in word))
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold().replace("’", "'")))


def likeness(ours: Wording, theirs: Wording) -> float:
    """From 0 to 1; order of words and fillers count little, numbers that differ rule a match out."""
    if ours.joined == theirs.joined:
        return 1.0
    if (
        ours.numbers
        and theirs.numbers
        and not (ours.numbers <= theirs.numbers or theirs.numbers <= ours.numbers)
    ):
        return 0.0
    as_printed = fuzz.ratio(ours.joined, theirs.joined)
    content, other = _content(ours), _content(theirs)
    shared = fuzz.token_sort_ratio(content, other)
    # a short wording inside a longer one says the same with less: an action followed by its discussion
    inside = (
        0.92 * fuzz.token_set_ratio(content, other)
        if min(len(content.split()), len(other.split())) >= 5
        else 0.0
    )
    return max(as_printed, shared, inside) / 100


def _content(one: Wording) -> str:
    return " ".join(word for word in one.words if word not in _FILLERS) or one.joined
