"""Between notes: which earlier action a mention speaks of, by evidence, the strongest first."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from rrbnotes.model import Place
from rrbnotes.reconciling.known import Note
from rrbnotes.reconciling.wording import (
    ACCEPT,
    PROPOSE,
    RIVAL,
    ContentIndex,
    Near,
    Wording,
    clear,
    compare_all,
    likeness,
    wording,
)


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


_EQUAL_JOINS_FINISHED = frozenset({Place.PREVIOUS})
"""Where equal words may join a finished action: elsewhere they raise it anew."""
_MOST_PROPOSED = 5


def match(note: Note) -> Matches:
    """Join the mentions of one note with earlier actions, one to one but that a note may go through an action and list it
    again in other words; each step takes its best pairs before the next begins."""
    joined: dict[int, int] = {}
    for step in _STEPS:
        _take(note, joined, (pair for pair in step(note) if pair.said not in note.settled))
    near = _near(note, joined)
    while found := _beyond_doubt(note, near, set(joined.values())):
        joined |= {pair.line: pair.action for pair in found}
        taken = note.taken(joined)  # what is settled leaves those that remain with fewer rivals
        near = [pair for pair in near if pair.line not in joined and note.is_free(pair, taken)]
    done = set(joined.values())
    doubtful = sorted(
        (
            pair
            for pair in near
            if pair.action not in done and (pair.found.likeness >= PROPOSE or _is_enough(note, pair))
        ),
        key=lambda pair: (pair.line, -pair.found.likeness, pair.action),
    )
    proposed = {
        n: tuple((pair.action, round(pair.found.likeness, 3)) for pair in run)
        for n, run in groupby(doubtful, lambda pair: pair.line)
    }
    return Matches(joined, {n: some[:_MOST_PROPOSED] for n, some in proposed.items()})


def _take(note: Note, joined: dict[int, int], pairs: Iterable[Pair]) -> None:
    """The best pairs first, one to one; among equals the later action, whose words are fresher in everybody's mind."""
    taken = note.taken(joined)
    for pair in sorted(pairs, key=lambda p: (-p.score, p.said, -p.known)):
        seats = note.seats(pair.said, pair.known)
        if pair.said not in joined and not seats & taken:
            joined[pair.said] = pair.known
            taken |= seats


def _by_link(note: Note) -> list[Pair]:
    """The words that a person linked; where the line has been reworded since, those that are like them."""
    at = {words: k for k, one in note.known.items() for words in one.linked}
    here = {said.wording.joined for said in note.said}
    pairs = [
        Pair(n, at[said.wording.joined], 1.0) for n, said in enumerate(note.said) if said.wording.joined in at
    ]
    reworded = [(wording(words), k) for words, k in at.items() if words not in here]
    alike = (
        Pair(n, k, likeness(said.wording, words)) for n, said in enumerate(note.said) for words, k in reworded
    )
    return [*pairs, *(pair for pair in alike if pair.score >= ACCEPT)]


def _by_ref(note: Note) -> list[Pair]:
    at = {ref: k for k, one in note.known.items() for ref in one.refs}
    return [Pair(n, at[said.ref], 1.0) for n, said in enumerate(note.said) if said.ref in at]


def _by_number(note: Note) -> list[Pair]:
    at = {
        one.number: k
        for k, one in note.known.items()
        if one.number in note.steady_numbers and not one.elsewhere
    }
    return [Pair(n, at[said.number], 1.0) for n, said in enumerate(note.said) if said.number in at]


def _by_register(note: Note) -> list[Pair]:
    """A join once written holds while the words stand; of two in the same words, the one that says the same."""

    def score(n: int, k: int) -> float:
        said, known = note.said[n], note.known[k]
        is_same = known.reported[said.wording.joined] == (said.status, said.progress.reason)
        return 0.5 * note.who.agree(said.owners, known.owners) + 0.25 * is_same

    at: dict[str, list[int]] = defaultdict(list)
    for k, one in note.known.items():
        for words in one.reported:
            at[words].append(k)
    return [
        Pair(n, k, score(n, k))
        for n, said in enumerate(note.said)
        for k in at.get(said.wording.joined, ())
        if said.wording.joined not in note.known[k].barred
    ]


def _by_words(note: Note) -> list[Pair]:
    pairs = [
        Pair(
            n, k, (1.0 if note.known[k].outstanding else 0.5) + 0.25 * (note.known[k].item == said.lead.item)
        )
        for n, said in enumerate(note.said)
        for k in note.by_words.get(said.wording.joined, ())
        if (note.known[k].outstanding or said.place in _EQUAL_JOINS_FINISHED) and note.may_join(n, k)
    ]
    fresh = [pair for pair in pairs if note.said[pair.said].place is not Place.PREVIOUS]
    over = _perhaps_over(note, {pair.known for pair in fresh})
    doubtful = {pair for pair in fresh if pair.known in over}
    return [pair for pair in pairs if pair not in doubtful and not _is_outworn(note, pair)]


def _is_outworn(note: Note, pair: Pair) -> bool:
    """Whether the words are only an old form of an action that was begun again since: the line may reword the later one."""
    later = note.successor(pair.known)
    return later is not None and later not in note.by_words[note.said[pair.said].wording.joined]


def _perhaps_over(note: Note, asked: Collection[int]) -> frozenset[int]:
    """Those outstanding actions that may be over, so that who lists their words now may raise them anew: after them a like
    action came to its end that no note raised, and it may be theirs, reported in a line that nobody could join."""
    loose = [k for k, one in note.known.items() if asked and not (one.outstanding or one.is_raised)]
    index = ContentIndex((words, k) for k in loose for words in note.known[k].wordings)

    def is_over(k: int, words: Wording) -> bool:
        return any(
            later > k
            and note.who.agree(note.known[k].owners, note.known[later].owners)
            and any(likeness(words, its) >= RIVAL for its in note.known[later].wordings)
            for later in index.near(words)
        )

    return frozenset(k for k in asked if any(is_over(k, words) for words in note.known[k].wordings))


_STEPS: tuple[Callable[[Note], list[Pair]], ...] = (
    _by_link,
    _by_ref,
    _by_number,
    _by_register,
    _by_words,
)
"""The evidence before likeness, strongest first."""


def _near(note: Note, joined: Mapping[int, int]) -> list[Near]:
    """All pairs worth asking about: both free, the action outstanding, and nothing against it."""
    taken = note.taken(joined)
    free = [k for k, one in note.known.items() if one.outstanding]
    left = [n for n in range(len(note.said)) if n not in joined]
    if not free or not left:
        return []
    index = ContentIndex((words, k) for k in free for words in note.known[k].wordings)
    pairs = [
        Near(n, k, compare_all(note.said[n].wording, note.known[k].wordings, note.vocabulary))
        for n in left
        for k in index.near(note.said[n].wording)
        if note.may_join(n, k)
    ]
    return [pair for pair in pairs if note.is_free(pair, taken) and pair.found.likeness >= RIVAL]


def _beyond_doubt(note: Note, near: Iterable[Near], taken: Collection[int]) -> list[Near]:
    """The pairs that join. A line that may not join an action is no rival for it, nor is an action while one that was begun
    after it in the same words is free."""

    def may_rival(pair: Near) -> bool:
        later = note.successor(pair.action)
        is_here = note.said[pair.line].place is Place.PREVIOUS or _is_enough(note, pair)
        return pair.line not in note.settled and is_here and (later is None or later in taken)

    return [pair for pair in clear(pair for pair in near if may_rival(pair)) if _is_enough(note, pair)]


def _is_enough(note: Note, pair: Near) -> bool:
    """Whether the likeness joins in this place. Words of before that did not join raise anew what is finished; a marked line
    joins by equal words only."""
    said = note.said[pair.line]
    if said.place is Place.PREVIOUS:
        return pair.found.may_report
    return said.place is Place.LIST and pair.found.may_relist and said.wording.joined not in note.by_words
