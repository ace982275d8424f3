"""Between notes: which earlier action a mention speaks of, by evidence, the strongest first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rrbnotes.model import Place
from rrbnotes.owners import Directory
from rrbnotes.reconciling.recaps import Said
from rrbnotes.reconciling.wording import ACCEPT, MARGIN, PROPOSE, RELIST, Wording, likeness


@dataclass(frozen=True, slots=True)
class Known:
    """An earlier action, as matching sees it."""

    ref: str
    wordings: tuple[Wording, ...]
    """Its words where first seen, and those of its latest mention."""
    owners: tuple[str, ...]
    number: str | None
    outstanding: bool
    elsewhere: bool = False
    """An action of another board, which only an explicit ref may join."""


class Pair(NamedTuple):
    """A mention (by its place in the note) and an earlier action (by its place among the known) with a score."""

    said: int
    known: int
    score: float


class Matches(NamedTuple):
    """What joins what, and what a person should decide."""

    joined: dict[int, int]
    """Place of the mention to place of the known action."""
    proposed: dict[int, tuple[tuple[int, float], ...]]
    """Unjoined mentions with the known actions that may be meant, best first."""


# What a mention may join by equal words and by likeness, by where it stands: outstanding actions, finished ones.
_EQUAL_JOINS_FINISHED = frozenset({Place.PREVIOUS})
_BAR = {Place.PREVIOUS: ACCEPT, Place.LIST: RELIST}
"""The likeness that joins an outstanding action; a marked line joins by equal words only."""


def match(
    said: Sequence[Said], known: Sequence[Known], steady_numbers: frozenset[str], directory: Directory
) -> Matches:
    """Join the mentions of one note with earlier actions, one to one; each step takes its best pairs before the next begins."""
    joined: dict[int, int] = {}
    for step in (_by_ref, _by_number, _by_words):
        pairs = step(said, known, steady_numbers, directory)
        _take(
            joined, (pair for pair in pairs if pair.said not in joined and pair.known not in joined.values())
        )
    scores = _likenesses(said, known, joined, directory)
    _take(joined, _clear(scores, said))
    taken = set(joined.values())
    proposed: dict[int, tuple[tuple[int, float], ...]] = {}
    for place in range(len(said)):
        near = sorted(
            (p for p in scores if p.said == place and p.known not in taken), key=lambda p: (-p.score, p.known)
        )
        if place not in joined and near:
            proposed[place] = tuple((pair.known, round(pair.score, 3)) for pair in near[:5])
    return Matches(joined, proposed)


def steady_numbers(everything: Iterable[Said]) -> frozenset[str]:
    """The board's own numbers that never stand for two actions with unlike words."""
    by_number: dict[str, list[Wording]] = defaultdict(list)
    for said in everything:
        if said.number:
            by_number[said.number].append(said.wording)
    return frozenset(
        number
        for number, words in by_number.items()
        if all(likeness(a, b) >= PROPOSE for a, b in pairwise(words))
    )


def _take(joined: dict[int, int], pairs: Iterable[Pair]) -> None:
    """The best pairs first, one to one; among equals the later action, whose words are fresher in everybody's mind."""
    for pair in sorted(pairs, key=lambda p: (-p.score, p.said, -p.known)):
        if pair.said not in joined and pair.known not in joined.values():
            joined[pair.said] = pair.known


def _by_ref(said: Sequence[Said], known: Sequence[Known], _: frozenset[str], __: Directory) -> list[Pair]:
    at = {one.ref: n for n, one in enumerate(known)}
    return [Pair(n, at[one.ref], 1.0) for n, one in enumerate(said) if one.ref in at]


def _by_number(
    said: Sequence[Said], known: Sequence[Known], steady: frozenset[str], _: Directory
) -> list[Pair]:
    at = {one.number: n for n, one in enumerate(known) if one.number and not one.elsewhere}
    return [
        Pair(n, at[one.number], 1.0)
        for n, one in enumerate(said)
        if one.number in at and one.number in steady
    ]


def _by_words(
    said: Sequence[Said], known: Sequence[Known], _: frozenset[str], directory: Directory
) -> list[Pair]:
    at: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(known):
        for words in {w.joined for w in one.wordings}:
            at[words].append(n)
    return [
        Pair(n, k, 1.0 if known[k].outstanding else 0.5)
        for n, one in enumerate(said)
        for k in at.get(one.wording.joined, ())
        if not known[k].elsewhere
        and (known[k].outstanding or one.place in _EQUAL_JOINS_FINISHED)
        and directory.agree(one.owners, known[k].owners)
    ]


def _likenesses(
    said: Sequence[Said], known: Sequence[Known], joined: dict[int, int], directory: Directory
) -> list[Pair]:
    """All pairs worth asking about: both free, owners agree, the action outstanding."""
    free = [
        k for k, one in enumerate(known) if one.outstanding and not one.elsewhere and k not in joined.values()
    ]
    pairs = (
        Pair(n, k, max(likeness(one.wording, words) for words in known[k].wordings))
        for n, one in enumerate(said)
        if n not in joined
        for k in free
        if directory.agree(one.owners, known[k].owners)
    )
    return [pair for pair in pairs if pair.score >= PROPOSE]


def _clear(pairs: Sequence[Pair], said: Sequence[Said]) -> list[Pair]:
    """The pairs above the bar of their place that beat the next best of both sides by MARGIN."""
    by_said, by_known = defaultdict(list), defaultdict(list)
    for pair in pairs:
        by_said[pair.said].append(pair.score)
        by_known[pair.known].append(pair.score)

    def is_clear(pair: Pair) -> bool:
        rivals = sorted(by_said[pair.said])[:-1][-1:] + sorted(by_known[pair.known])[:-1][-1:]
        is_best = pair.score == max(by_said[pair.said]) == max(by_known[pair.known])
        return is_best and all(pair.score - rival >= MARGIN for rival in rivals)

    return [pair for pair in pairs if pair.score >= _BAR.get(said[pair.said].place, 2.0) and is_clear(pair)]
