"""A note's summary of its actions beside the discussion that marks them: what each has that the other lacks."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rrbnotes.checks.evidence.in_note import said_in
from rrbnotes.checks.evidence.once import once
from rrbnotes.model import Kind, Mention, Place
from rrbnotes.notebook import Minutes
from rrbnotes.reading.roles import Role
from rrbnotes.reading.sentences import sentence_starts
from rrbnotes.reconciling.recaps import Said
from rrbnotes.reconciling.who import Who
from rrbnotes.reconciling.wording import ContentIndex, wording


@dataclass(frozen=True, slots=True)
class Pair:
    """An action that both the discussion and the summary have."""

    marked: Mention
    row: Mention


@dataclass(frozen=True, slots=True)
class Summary:
    """A list that repeats what the discussion marks."""

    rows: tuple[Mention, ...]
    """In the order of their lines."""
    pairs: tuple[Pair, ...]
    """In the order of their rows."""
    missing: tuple[Mention, ...]
    """Raised in the discussion, and no row comes near."""
    alone: tuple[Mention, ...]
    """Rows that raise an action, and nothing that is marked elsewhere comes near."""


_LEAST = 2
"""Rows that must repeat what the discussion marks for a list to be a summary of it."""
_NEAR = 0.3
"""The share of an action's content words that another must have to be perhaps the same, said otherwise."""
_SAME_WORDS = 2
_MARKED = re.compile(r"\b(?:actions?|to ?do|ai|ap)\b", re.IGNORECASE)
Where = tuple[str, int]
"""A part of a note that may say an action again which another part says."""
DISCUSSION, PREVIOUS = ("discussion", 0), ("previous", 0)


@once
def summaries(minutes: Minutes) -> tuple[Summary, ...]:
    """The summaries of a note: lists that have at least half of what the discussion marks."""
    return tuple(_summaries(minutes))


def _summaries(minutes: Minutes) -> Iterator[Summary]:
    every = said_in(minutes)
    where = Places(minutes)
    marked = {id(said): where.marked(said) for said in every}
    raised = [said for said in every if _is_raised(said) and marked[id(said)]]
    lists: dict[Where, list[tuple[Mention, Said]]] = defaultdict(list)
    for said in every:
        for mention in said.mentions:
            lists[where.of(mention)].append((mention, said))
    for place, rows in lists.items():
        pairs = [Pair(one, row) for row, said in rows if (one := marked[id(said)]) and one is not row]
        if place in (DISCUSSION, PREVIOUS) or len(pairs) < _LEAST or 2 * len(pairs) < len(raised):
            continue
        listed = {id(said) for _, said in rows}
        left = [said.lead for said in raised if id(said) not in listed]
        others = [row for row, said in rows if not marked[id(said)]]
        pairs += _owned_otherwise(left, others)
        whole = tuple(sorted((row for row, _ in rows), key=lambda row: row.at))
        yield _summary(minutes, whole, pairs, left, others)


def _summary(
    minutes: Minutes,
    whole: tuple[Mention, ...],
    pairs: list[Pair],
    left: list[Mention],
    others: list[Mention],
) -> Summary:
    """What is left on either side, less what may be the same as something on the other."""
    known = Who(minutes.lore.directory)
    paired = {id(one) for pair in pairs for one in (pair.marked, pair.row)}
    left, others = ([one for one in side if id(one) not in paired] for side in (left, others))
    rows = {id(row) for row in whole}
    beside = [mention for mention in minutes.meeting.mentions if id(mention) not in rows]
    of_left, of_others, of_rest = Nearby(left), Nearby(others), Nearby(beside)
    missing = (one for one in left if _may_be_missed(one) and not of_others.has(one, known))
    alone = (
        one
        for one in others
        if one.kind is Kind.RAISED
        and _may_be_missed(one)
        and not one.text.endswith("?")
        and not (of_left.has(one, known) or of_rest.has(one) or _is_marked_elsewhere(one, minutes))
    )
    ordered = sorted(pairs, key=lambda pair: pair.row.at)
    return Summary(whole, tuple(ordered), tuple(sorted(missing, key=lambda one: one.at)), tuple(alone))


class Places:
    """Where the mentions of a note stand: among the discussion, in a list of this meeting's actions, or of earlier ones."""

    def __init__(self, minutes: Minutes) -> None:
        self._section = {
            line: n
            for n, section in enumerate(minutes.outline.sections)
            if section.role is Role.ACTIONS
            for block in section.blocks
            for inner in block.walk()
            for line in (inner.line, *(one.line for one in inner.text.lines()))
        }

    def of(self, mention: Mention) -> Where:
        """The place of a mention."""
        if mention.place is Place.PREVIOUS:
            return PREVIOUS
        if mention.place is Place.LIST:
            return "list", mention.group
        section = self._section.get(mention.at.line)
        return DISCUSSION if section is None else ("section", section)

    def marked(self, said: Said) -> Mention | None:
        """The first mention of an action that stands among the discussion."""
        return next((mention for mention in said.mentions if self.of(mention) is DISCUSSION), None)


def _may_be_missed(one: Mention) -> bool:
    """Whether it is an action to be done: some words, no question, and nothing on how it stands."""
    is_question = one.text.endswith("?") and len(list(sentence_starts(one.text))) == 1
    return len(one.action.split()) > 1 and not is_question and not one.status


def _is_raised(said: Said) -> bool:
    return any(mention.kind is Kind.RAISED for mention in said.mentions)


def _owned_otherwise(left: Iterable[Mention], rows: Iterable[Mention]) -> Iterator[Pair]:
    """Equal words that were not put together, since each side gives them to somebody else."""
    free = {wording(row.action).joined: row for row in rows}
    for one in left:
        row = free.pop(wording(one.action).joined, None)
        if row:
            yield Pair(one, row)


class Nearby:
    """Mentions that may say an action otherwise."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        every = [(wording(mention.action), mention) for mention in mentions]
        self._index = ContentIndex((words, n) for n, (words, _) in enumerate(every))
        self._sizes = [len(set(words.content)) for words, _ in every]
        self._owners = {mention.owners for _, mention in every if mention.owners}

    def has(self, one: Mention, known: Who | None = None) -> bool:
        """Whether one of them may be the same action: by some of its words, or by who is to do it where that may be asked."""
        mine = set(wording(one.action).content)
        is_like = any(
            shared >= min(_SAME_WORDS, len(mine)) and shared >= _NEAR * min(len(mine), self._sizes[n])
            for n, shared in self._index.having(mine).items()
        )
        if is_like or known is None or not one.owners:
            return is_like
        return any(known.agree(one.owners, owners) for owners in self._owners)


def _is_marked_elsewhere(row: Mention, minutes: Minutes) -> bool:
    """Whether another line has a row's words beside a word that marks actions, so that only the reader missed it."""
    mine = set(wording(row.action).content)
    shared = _marked_lines(minutes).having(mine)
    return any(2 * count >= len(mine) and line != row.at.line for line, count in shared.items())


@once
def _marked_lines(minutes: Minutes) -> ContentIndex:
    """The lines with a word that marks actions, by their numbers."""
    lines = enumerate(minutes.source.lines, 1)
    return ContentIndex((wording(line), n) for n, line in lines if _MARKED.search(line))
