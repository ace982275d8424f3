"""How alike two wordings of an action are; the four numbers that decide stand here, and only here."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
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

INSIDE = 0.9
"""What a wording is worth that stands wholly inside a longer one."""
_LONG_ENOUGH = 5
"""Fewer content words stand inside another wording by chance."""
_WORTH_COMPARING = 0.4
"""The share of a wording's content words that another must have to be compared with it."""
_SAME_WORD = 84
"""From here on, of 100, two words are one but for a slip or an ending."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FILLERS = frozenset(
    "a an the to of and on in for with at by be is are will from as that this it its their".split()
)


@dataclass(frozen=True, slots=True)
class Wording:
    """An action's words as matching sees them: no case, punctuation, markup or due words."""

    joined: str
    numbers: frozenset[str]
    """Words with a digit: two actions that differ in one are two actions."""
    content: tuple[str, ...]
    """The words without fillers and endings; all of them where there are only fillers."""


@lru_cache(maxsize=50_000)
def wording(text: str) -> Wording:
    """The wording of an action; one that is nothing but due words keeps them."""
    words = _words(strip_due(text)) or _words(text)
    numbers = frozenset(word for word in words if any(c.isdigit() for c in word))
    content = tuple(_stem(word) for word in words if word not in _FILLERS) or words
    return Wording(" ".join(words), numbers, content)


def _stem(word: str) -> str:
    """A word without its ending: `asked` and `ask`, `commissioning` and `commissioned` are one."""
    word = word.removesuffix("'s")
    ending = next(
        (e for e in ("ing", "ed", "es", "s", "e") if word.endswith(e) and len(word) - len(e) >= 3), ""
    )
    return word[: len(word) - len(ending)]


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold().replace("’", "'")))


def likeness(ours: Wording, theirs: Wording) -> float:
    """From 0 to 1: the share of content words that both have, whatever their order; numbers that differ rule a match out.

    Words count and not letters: `store the flags` and `sew the flags` are alike to the eye and two actions.
    """
    if ours.joined == theirs.joined:
        return 1.0
    if (
        ours.numbers
        and theirs.numbers
        and not (ours.numbers <= theirs.numbers or theirs.numbers <= ours.numbers)
    ):
        return 0.0
    fewer, more = sorted((ours.content, theirs.content), key=len)
    if not fewer:
        return 0.0
    shared = _shared(fewer, more)
    # a short wording inside a longer one says the same with less: an action followed by its discussion
    inside = INSIDE * shared / len(fewer) if len(fewer) >= _LONG_ENOUGH else 0.0
    return max(2 * shared / (len(fewer) + len(more)), inside)


def _shared(fewer: tuple[str, ...], more: tuple[str, ...]) -> int:
    """How many words both have; of those left over also words that differ by a slip or an ending."""
    left = list(more)
    over = []
    for word in fewer:
        if word in left:
            left.remove(word)
        else:
            over.append(word)
    shared = len(fewer) - len(over)
    for word in over:
        near = next((other for other in left if fuzz.ratio(word, other, score_cutoff=_SAME_WORD)), None)
        if near:
            left.remove(near)
            shared += 1
    return shared


class ContentIndex:
    """Wordings by their content words, so that only those worth comparing are compared: most pairs share hardly any."""

    def __init__(self, wordings: Iterable[tuple[Wording, int]] = ()) -> None:
        self._with_word: dict[str, dict[int, None]] = defaultdict(dict)
        for words, number in wordings:
            self.add(words, number)

    def add(self, words: Wording, number: int) -> None:
        """Keep a wording under a number of the caller's."""
        for word in words.content:
            self._with_word[word][number] = None

    def near(self, words: Wording) -> list[int]:
        """The numbers whose wordings share enough words for PROPOSE to be in reach, but for words that differ by a slip."""
        content = set(words.content)
        shared = Counter(number for word in content for number in self._with_word.get(word, ()))
        return sorted(number for number, count in shared.items() if count >= len(content) * _WORTH_COMPARING)
