"""The rows of a note that are alike beyond doubt, found without comparing each with each however many are nearly alike."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache, partial
from itertools import chain, islice

from rapidfuzz import fuzz

from rrbnotes.reconciling.wording import (
    ACCEPT,
    SAME_WORD,
    ContentIndex,
    Wording,
    contradict,
    is_worth_comparing,
    likeness,
    share,
)

CROWD = 100
"""Up to so many places where a row's words stand, those rows are compared at once; of more, fewer are looked for first."""


class Alike:
    """Wordings by numbers of the caller's, one each, found again by one that is like them."""

    def __init__(self, crowd: int = CROWD) -> None:
        self._crowd = crowd
        self._index = ContentIndex()
        self._rows: dict[int, Wording] = {}
        self._size: dict[int, int] = {}
        self._of_size: dict[int, ContentIndex] = defaultdict(ContentIndex)
        self._slips = _Slips(self._index)

    def add(self, words: Wording, number: int) -> None:
        """Keep a wording."""
        self._index.add(words, number)
        self._rows[number] = words
        self._size[number] = len(words.content)
        self._of_size[len(words.content)].add(words, number)

    def to(self, words: Wording) -> list[tuple[float, int]]:
        """The likeness from ACCEPT on of those with enough words in common, each with its number, by the numbers."""
        if sum(map(self._index.times, words.content)) <= self._crowd:
            scored = self._compared(words, self._index.near(words))
        elif len(few := self._with_rare_words(words)) <= self._crowd:
            scored = self._compared(words, filter(partial(self._is_near, words), sorted(few)))
        else:
            scored = self._counted(words, self._index.near(words))
        return [(score, number) for score, number in scored if score >= ACCEPT]

    def _compared(self, words: Wording, numbers: Iterable[int]) -> Iterable[tuple[float, int]]:
        return ((likeness(words, self._rows[number]), number) for number in numbers)

    def _is_near(self, words: Wording, number: int) -> bool:
        content = set(words.content)
        return is_worth_comparing(len(content.intersection(self._rows[number].content)), len(content))

    def _with_rare_words(self, words: Wording) -> set[int]:
        """All rows that are alike, and some more. Of m words one that is alike shares at least so many, say t: so it lacks
        m - t at most, and has one, or a slip of one, of any m - t + 1. The rarest are asked for, for they find the fewest."""
        rarest = sorted(words.content, key=self._index.times)
        found: set[int] = set()
        for size, rows in self._of_size.items():
            rare = rarest[: len(rarest) - _least(len(rarest), size) + 1]
            found.update(rows.having(chain(rare, *map(self._slips.of, rare))))
        return found

    def _counted(self, words: Wording, near: Iterable[int]) -> Iterable[tuple[float, int]]:
        """The same, but that two wordings are only compared word by word where the counts leave it open.

        A row shares no word but those that it has and those of which it has a slip, so both counted together are the most
        that it can share; where it has no slip, and no word is counted twice, they are what it shares.
        """
        own, is_open = len(words.content), len(set(words.content)) < len(words.content)
        same = self._index.having(words.content)
        slips = self._index.having(chain.from_iterable(map(self._slips.of, words.content)))
        least = {size: _least(own, size) for size in self._of_size}
        for number in [n for n in near if same[n] + slips.get(n, 0) >= least[self._size[n]]]:
            theirs = self._rows[number]
            if is_open or number in slips:
                yield likeness(words, theirs), number
            elif not (words.numbers and contradict(words.numbers, theirs.numbers)):
                yield _share(same[number], own, self._size[number]), number


@lru_cache(maxsize=4_096)
def _least(ours: int, theirs: int) -> int:
    """How many words wordings of so many words must share for ACCEPT; more than they have where they are too unlike in length."""
    return next((n for n in range(1, min(ours, theirs) + 1) if share(n, ours, theirs) >= ACCEPT), ours + 1)


_share = lru_cache(maxsize=4_096)(share)
"""Rows are of a few lengths and share a few words, so it comes to the same few numbers again and again."""


class _Slips:
    """The words of an index that are one with a word but for a slip or an ending, found by pairs of neighbouring letters.

    Two words that a slip makes two have such a pair in common. Say they have n letters together, of which d stand in one of
    them only; SAME_WORD lets d be 0.16 n. Then (n - d) / 2 letters stand in both in the same order, so (n - d) / 2 - 1 times
    one follows another there, and each of the d letters parts two that follow one another at most once. At least
    (n - d) / 2 - 1 - d pairs are left whole in both, which is 0.26 n - 1; and n is 7 or more, for of 6 letters 0.16 is not one.
    """

    def __init__(self, index: ContentIndex) -> None:
        self._index = index
        self._known = 0
        self._with_pair: dict[str, list[str]] = defaultdict(list)

    def of(self, word: str) -> list[str]:
        """All words but itself that may be meant by it."""
        self._take_in()
        perhaps = set(chain.from_iterable(self._with_pair.get(pair, ()) for pair in _pairs(word))) - {word}
        return [other for other in perhaps if fuzz.ratio(word, other, score_cutoff=SAME_WORD)]

    def _take_in(self) -> None:
        """Take in the words that came since; they are only ever looked for where rows are many."""
        for word in islice(self._index.words(), self._known, None):
            for pair in _pairs(word):
                self._with_pair[pair].append(word)
            self._known += 1


def _pairs(word: str) -> set[str]:
    return {word[at : at + 2] for at in range(len(word) - 1)}
