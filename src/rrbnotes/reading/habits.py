"""A board's habits that show how to read its lists of actions: where owners stand, and who only speaks."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rrbnotes.dates import ANY_DAY, read_due_cell
from rrbnotes.owners import Directory, fold_name, names_in
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.outline import Outline
from rrbnotes.reading.roles import Role

_BEHIND = re.compile(r"[\[(]([^\[\]()]{1,60})[\])](?:\.?$|\s+[-–—]\s+[^()]{0,40}$)")
_DOER = re.compile(r"([A-Z][a-z]{2,}) (?:to|will) [a-z]")
_TAGGED = re.compile(r"\[name=([^\[\]]{1,40})\]")
_SPOKEN = re.compile(r"([A-Za-z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}):\s")


@dataclass(frozen=True, slots=True)
class Ends:
    """One list of actions whose items end in brackets."""

    brackets: tuple[str, ...]
    """The words in them."""
    items: int
    """All that have words, with brackets or without."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What one note shows of how its board writes."""

    labels: tuple[tuple[str, int], ...] = ()
    """Folded labels that stand before what was said in the discussion (`AB: I think …`), with how many times."""
    tags: tuple[str, ...] = ()
    """The names in `[name=Ann]`, by which shared editors mark who wrote a line."""
    doers: tuple[tuple[str, int], ...] = ()
    """The single words with a capital before `to` or `will` in lists of actions, names or not, with how many times."""
    ends: tuple[Ends, ...] = ()
    items: int = 0
    """In lists of actions."""
    labelled: int = 0
    """Of these, those that begin with a label."""


def habits(outline: Outline) -> Habits:
    """What a note shows by itself."""
    texts = [(section, _texts(section.blocks)) for section in outline.sections]
    said = (words for section, mine in texts if section.role in (Role.ITEM, Role.TITLE) for words in mine)
    agreed = (words for section, mine in texts if section.role.lists_actions for words in mine)
    lists = [
        block
        for section in outline.of_role(Role.PREVIOUS, Role.ACTIONS)
        for block in section.blocks
        if block.form is Form.LIST
    ]
    items = [item.text.folded() for block in lists for item in block.children]
    return Habits(
        tuple(Counter(_labels(said)).items()),
        tuple(dict.fromkeys(name for _, mine in texts for words in mine for name in _tags(words))),
        tuple(Counter(found[1] for words in agreed if (found := _DOER.match(words))).items()),
        tuple(ends for block in lists if (ends := _ends(block)).brackets),
        len(items),
        sum(bool(_SPOKEN.match(words)) for words in items),
    )


def owners_behind(notes: Sequence[Habits], known: Directory, labels: Collection[str]) -> list[str]:
    """The names in brackets behind the items of lists of actions. In a list where most items end so, that is where its
    owners stand, so that even a single unknown word there (`… (Todd)`) is one; elsewhere it is if somebody of that name
    speaks in the notes, so that it is among their `labels`. Whoever does things twice has a name as well."""
    names = (name for one in notes for ends in one.ends for name in _of_list(ends, known, labels))
    tagged = (name for one in notes for name in one.tags)
    often = (word for word, times in _counted(one.doers for one in notes).items() if times >= _TWICE)
    doers = (name for word in often for name in names_in(word, Directory()))
    return [
        name
        for name in dict.fromkeys((*names, *tagged, *doers))
        if not known.knows(name) and not _is_other(name)
    ]


_OTHER = frozenset("high medium low urgent critical normal optional draft asap today tomorrow soon".split())
_QUARTER = re.compile(r"(?:Q[1-4]|H[12])(?: \d{2,4})?|\d+.*")
_TWICE = 2


def _is_other(name: str) -> bool:
    """Whether a bracket says when or how urgent rather than who."""
    due = read_due_cell(name, ANY_DAY, None)
    is_time = due is not None and any(due.bounds)
    return is_time or name.casefold() in _OTHER or bool(_QUARTER.fullmatch(name))


def spoken(notes: Iterable[Habits]) -> Counter[str]:
    """The labels in the discussions of a board's notes."""
    return _counted(one.labels for one in notes)


def speakers(labels: Counter[str]) -> frozenset[str]:
    """The labels that stand there several times: those are names."""
    return frozenset(name for name, times in labels.items() if times >= _OFTEN)


_OFTEN = 3


def own_by_label(notes: Sequence[Habits]) -> bool:
    """Whether in a board's lists of actions who does it mostly stands before a colon: `Ann: send the paper`."""
    return 2 * sum(one.labelled for one in notes) > sum(one.items for one in notes)


def _counted(notes: Iterable[Iterable[tuple[str, int]]]) -> Counter[str]:
    """Words with how many times they stand in all the notes, in the order in which they are first met."""
    found: Counter[str] = Counter()
    for pairs in notes:
        for word, times in pairs:
            found[word] += times
    return found


def _labels(texts: Iterable[str]) -> Iterator[str]:
    return (fold_name(said[1]) for words in texts if (said := _SPOKEN.match(words)))


def _tags(words: str) -> Sequence[str]:
    return _TAGGED.findall(words) if "[name=" in words else ()


def _texts(blocks: Iterable[Block]) -> list[str]:
    """The words of blocks and of all that stand inside them, in reading order."""
    found: list[str] = []
    for block in blocks:
        found.append(block.text.plain)
        if block.children:
            found += _texts(block.children)
    return found


def _ends(block: Block) -> Ends:
    words = [item.text.folded() for item in block.children if item.text]
    behind = (_BEHIND.search(one, max(0, len(one) - 110)) for one in words)
    return Ends(tuple(found[1] for found in behind if found), len(words))


def _of_list(ends: Ends, known: Directory, labels: Collection[str]) -> Iterator[str]:
    named = [names for words in ends.brackets if (names := names_in(words, known))]
    is_habit = len(named) > 1 and 2 * len(named) > ends.items
    yield from (name for names in named for name in names if is_habit or fold_name(name) in labels)
