"""How alike two wordings of an action are, and when they are beyond doubt; the numbers that decide stand here, and only here."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log
from typing import NamedTuple

from rapidfuzz import fuzz

from rrbnotes.dates import strip_due

ACCEPT = 0.80
"""From this likeness on two wordings are one action, if nothing else is nearly as near."""
LEAST = 0.50
"""In a list of earlier actions this balance does as well, if the evidence is SURE: nearly every line there speaks of an action
that the board knows."""
SURE = 2.0
"""The evidence that goes with LEAST. A young board cannot tell yet which words are rare, and seldom comes so far."""
RELIST = 0.90
"""Like ACCEPT, in a list of this meeting's own actions, where a new action is as likely as an old one."""
ODD = 1.5
"""What each word that only one of two wordings has takes from the evidence."""
MARGIN = 3.25
"""By how much the evidence for a pair must be better than for the next best of both its sides. Where the line has the word in
which an action differs from its twin, the twin is worse by two odd words and the weight of that word: enough. A twin that is
worse by two words which the line only leaves out is worse by two odd words: not enough, a person decides."""
RIVAL = 0.40
"""From this likeness on another pair can make one doubtful."""
PROPOSE = 0.66
"""From this likeness on a person is asked."""

INSIDE = 0.9
"""What a wording is worth that stands wholly inside a longer one."""
_LONG_ENOUGH = 5
"""Fewer content words stand inside another wording by chance."""
_WORTH_COMPARING = 0.4
"""The share of a wording's content words that another must have to be compared with it."""
SAME_WORD = 84
"""From here on, of 100, two words are one but for a slip or an ending."""
_UNSEEN = 3
"""Actions without the word that each board is taken to have besides its own: of few actions none makes a word rare."""

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
    numbers = frozenset(word for word in words if not word.isalpha() and any(map(str.isdigit, word)))
    content = tuple(_stem(word) for word in words if word not in _FILLERS) or words
    return Wording(" ".join(words), numbers, content)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """A word without its ending: `asked` and `ask`, `commissioning` and `commissioned` are one."""
    word = word.removesuffix("'s")
    ending = next(
        (
            e
            for e in ("ing", "ions", "ion", "ed", "es", "s", "e")
            if word.endswith(e) and len(word) - len(e) >= 3
        ),
        "",
    )
    return word[: len(word) - len(ending)]


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold().replace("’", "'")))


class Vocabulary:
    """How usual a word is among the actions of a board."""

    def __init__(self, wordings: Iterable[Wording] = ()) -> None:
        self._found: dict[str, int] = {}
        self._size = _UNSEEN
        for words in wordings:
            self.count(words)

    def count(self, words: Wording, times: int = 1) -> None:
        """Take one more action into account, or with -1 one fewer."""
        self._size += times
        for word in words.content:
            self._found[word] = self._found.get(word, 0) + times

    def copy(self) -> "Vocabulary":
        """Another one that can be changed by itself."""
        other = Vocabulary()
        other._found, other._size = dict(self._found), self._size
        return other

    def weight(self, word: str) -> float:
        """How much it says that two wordings share the word: the rarer it is, the less they do so by chance."""
        return log(self._size / min(max(self._found.get(word, 0), 1), self._size))

    def knows(self, word: str) -> bool:
        """Whether several actions have the word, so that it is no slip."""
        return self._found.get(word, 0) > 1


_EMPTY = Vocabulary()


class Comparison(NamedTuple):
    """What speaks for two wordings being one action."""

    likeness: float
    """From 0 to 1: the share of content words that both have, whatever their order."""
    balance: float
    """The same, as a share of the longer wording: one that says much more than the other is hardly the same, reworded."""
    evidence: float
    """The weights of the words that both have, less ODD for each that only one has. It has no upper end: a long line that
    shares ten words is surer than a short one that shares three, however like."""
    is_changed: bool
    """Whether each has a word that the other lacks: one stands in the place of another, not only more or fewer words."""

    @property
    def may_report(self) -> bool:
        """Whether it is enough in a list that goes through earlier actions."""
        return self.likeness >= ACCEPT or (self.balance >= LEAST and self.evidence >= SURE)

    @property
    def may_relist(self) -> bool:
        """Whether it is enough in a list of this meeting's own actions, where one changed word makes another action."""
        return self.likeness >= RELIST and not self.is_changed


class Near(NamedTuple):
    """A line and an action with like words, by their places among those of their kind."""

    line: int
    action: int
    found: Comparison


def likeness(ours: Wording, theirs: Wording) -> float:
    """From 0 to 1: the share of content words that both have, whatever their order; numbers that differ rule a match out.

    Words count and not letters: `store the flags` and `sew the flags` are alike to the eye and two actions.
    """
    if ours.joined == theirs.joined:
        return 1.0
    return 0.0 if contradict(ours.numbers, theirs.numbers) else compare(ours, theirs, _EMPTY).likeness


def compare_all(ours: Wording, theirs: Sequence[Wording], vocabulary: Vocabulary) -> Comparison:
    """The best of the comparisons of a line with an action's wordings, the first of them first.

    Whether a word was changed is judged by the first, and numbers by all together: the latest may have lost the word or the
    number that sets the action apart from others.
    """
    if contradict(ours.numbers, frozenset(chain.from_iterable(words.numbers for words in theirs))):
        return Comparison(0.0, 0.0, 0.0, True)
    found = [compare(ours, words, vocabulary) for words in theirs]
    return Comparison(
        max(one.likeness for one in found),
        max(one.balance for one in found),
        max(one.evidence for one in found),
        found[0].is_changed,
    )


def contradict(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether numbers make two actions of two wordings: each has one that the other lacks."""
    return not (ours <= theirs or theirs <= ours)


def compare(ours: Wording, theirs: Wording, vocabulary: Vocabulary) -> Comparison:
    """Compare a line with an action by their content words."""
    added, lost = list[str](), list(theirs.content)
    evidence = 0.0
    for word in ours.content:
        if word in lost:
            lost.remove(word)
            evidence += vocabulary.weight(word)
        else:
            added.append(word)
    evidence -= ODD * (len(added) + len(lost))
    # a slip keeps two wordings alike, but it is no evidence: `plain` for `plan` may be another word
    for word in tuple(added):
        slip = next((other for other in lost if _is_slip(word, other, vocabulary)), None)
        if slip:
            added.remove(word)
            lost.remove(slip)
    shared, more = len(ours.content) - len(added), max(len(ours.content), len(theirs.content))
    balance = shared / more if shared else 0.0
    likeness = share(shared, len(ours.content), len(theirs.content))
    return Comparison(likeness, balance, evidence, bool(added and lost))


def share(shared: int, ours: int, theirs: int) -> float:
    """The likeness of two wordings of so many content words that share so many of them."""
    if not shared:
        return 0.0
    fewer = min(ours, theirs)
    # a short wording inside a longer one says the same with less: an action followed by its discussion
    inside = INSIDE * shared / fewer if fewer >= _LONG_ENOUGH else 0.0
    return max(2 * shared / (ours + theirs), inside)


def _is_slip(ours: str, theirs: str, vocabulary: Vocabulary) -> bool:
    """Whether two words are one but for a slip or an ending; two that the board uses both are not."""
    is_near = fuzz.ratio(ours, theirs, score_cutoff=SAME_WORD) > 0
    return is_near and not (vocabulary.knows(ours) and vocabulary.knows(theirs))


def clear(pairs: Iterable[Near]) -> list[Near]:
    """Each line's best action, where the evidence beats that for the next best of both sides by MARGIN.

    Another line is a rival only where it fits no other action as well: one that is torn between two is settled once this
    one is. Below ACCEPT there may be no such line at all, for one of the two is likely to follow up the other.
    """
    of_line: dict[int, list[Near]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: -pair.found.evidence):
        of_line[pair.line].append(pair)
    wanted: dict[int, list[Near]] = defaultdict(list)
    for best, *others in of_line.values():
        if not others or best.found.evidence > others[0].found.evidence:
            wanted[best.action].append(best)

    def is_clear(best: Near, others: Sequence[Near]) -> bool:
        lines = [other for other in wanted[best.action] if other is not best]
        is_alone = best.found.likeness >= ACCEPT or not lines
        return is_alone and all(
            best.found.evidence - rival.found.evidence >= MARGIN for rival in (*others[:1], *lines)
        )

    return [best for best, *others in of_line.values() if is_clear(best, others)]


def is_worth_comparing(shared: int, words: int) -> bool:
    """Whether another wording has so many of so many words that likeness is in reach."""
    return shared >= words * _WORTH_COMPARING


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

    def discard(self, words: Wording, number: int) -> None:
        """Forget a number with such a wording, if there is one."""
        for word in words.content:
            if word in self._with_word:
                self._with_word[word].pop(number, None)

    def near(self, words: Wording) -> list[int]:
        """The numbers whose wordings share enough words for RIVAL to be in reach, but for words that differ by a slip."""
        content = set(words.content)
        found = [self._with_word[word] for word in content if word in self._with_word]
        if not is_worth_comparing(len(found), len(content)):
            return []
        shared = Counter(chain.from_iterable(found))
        return sorted(number for number, count in shared.items() if count >= len(content) * _WORTH_COMPARING)

    def having(self, words: Iterable[str]) -> Mapping[int, int]:
        """How many of these words each number has; one that has none is left out."""
        return Counter(
            chain.from_iterable(self._with_word[word] for word in words if word in self._with_word)
        )

    def times(self, word: str) -> int:
        """How many numbers have a word."""
        return len(self._with_word[word]) if word in self._with_word else 0

    def words(self) -> Iterable[str]:
        """All words that were ever taken in, in the order in which they came."""
        return self._with_word.keys()
