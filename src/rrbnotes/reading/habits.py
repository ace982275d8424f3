"""A board's habits that show how to read its lists of actions: where owners stand, and who only speaks."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from rrbnotes.dates import ANY_DAY, read_due_cell
from rrbnotes.owners import Directory, fold_name, names_in
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.outline import Outline
from rrbnotes.reading.roles import Role

_BEHIND = re.compile(r"[\[(]([^\[\]()]{1,60})[\])](?:\.?$|\s+[-–—]\s+[^()]{0,40}$)")


def owners_behind(outlines: Iterable[Outline], known: Directory, labels: Collection[str]) -> list[str]:
    """The names in brackets behind the items of lists of actions. In a list where most items end so, that is where its
    owners stand, so that even a single unknown word there (`… (Todd)`) is one; elsewhere it is if somebody of that name
    speaks in the notes, so that it is among their `labels`."""
    notes = tuple(outlines)
    tagged = (
        name for one in notes for section in one.sections for block in section.blocks for name in _tags(block)
    )
    names = (
        name
        for one in notes
        for section in one.sections
        if section.role.lists_actions
        for block in section.blocks
        for name in _of_list(block, known, labels)
    )
    doers = (name for name, times in Counter(_doers(notes)).items() if times >= _TWICE)
    return [
        name
        for name in dict.fromkeys((*names, *tagged, *doers))
        if not known.knows(name) and not _is_other(name)
    ]


_OTHER = frozenset("high medium low urgent critical normal optional draft asap today tomorrow soon".split())
_QUARTER = re.compile(r"(?:Q[1-4]|H[12])(?: \d{2,4})?|\d+.*")


def _is_other(name: str) -> bool:
    """Whether a bracket says when or how urgent rather than who."""
    due = read_due_cell(name, ANY_DAY, None)
    is_time = due is not None and any(due.bounds)
    return is_time or name.casefold() in _OTHER or bool(_QUARTER.fullmatch(name))


_DOER = re.compile(r"([A-Z][a-z]{2,}) (?:to|will) [a-z]")
_TWICE = 2


def _doers(outlines: Iterable[Outline]) -> Iterator[str]:
    """The single words with a capital before `to` or `will` in lists of actions: whoever does things twice has a name."""
    for one in outlines:
        for section in one.sections:
            for block in section.blocks if section.role.lists_actions else ():
                for words in _texts(block):
                    found = _DOER.match(words)
                    yield from names_in(found[1], Directory()) if found else ()


_TAGGED = re.compile(r"\[name=([^\[\]]{1,40})\]")


def _tags(block: Block) -> Iterator[str]:
    """The names in `[name=Ann]`, by which shared editors mark who wrote a line."""
    for words in _texts(block):
        yield from _TAGGED.findall(words)


def spoken(outlines: Iterable[Outline]) -> Counter[str]:
    """Folded labels that stand before what was said in the discussion (`AB: I think …`), with how many times."""
    return Counter(_labels(outlines))


def speakers(labels: Counter[str]) -> frozenset[str]:
    """The labels that stand there several times: those are names."""
    return frozenset(name for name, times in labels.items() if times >= _OFTEN)


def _labels(outlines: Iterable[Outline]) -> Iterator[str]:
    for one in outlines:
        for section in one.sections:
            for block in section.blocks if section.role in (Role.ITEM, Role.TITLE) else ():
                yield from (fold_name(said[1]) for words in _texts(block) if (said := _SPOKEN.match(words)))


_SPOKEN = re.compile(r"([A-Za-z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}):\s")
_OFTEN = 3


def own_by_label(outlines: Iterable[Outline]) -> bool:
    """Whether in a board's lists of actions who does it mostly stands before a colon: `Ann: send the paper`."""
    items = [
        item.text.folded()
        for one in outlines
        for section in one.sections
        if section.role.lists_actions
        for block in section.blocks
        if block.form is Form.LIST
        for item in block.children
    ]
    return 2 * sum(bool(_SPOKEN.match(words)) for words in items) > len(items)


def _texts(block: Block) -> Iterator[str]:
    return (inner.text.plain for inner in block.walk())


def _of_list(block: Block, known: Directory, labels: Collection[str]) -> Iterator[str]:
    if block.form is not Form.LIST:
        return
    words = [item.text.folded() for item in block.children if item.text]
    behind = (_BEHIND.search(one, max(0, len(one) - 110)) for one in words)
    named = [names for found in behind if found and (names := names_in(found[1], known))]
    is_habit = len(named) > 1 and 2 * len(named) > len(words)
    yield from (name for names in named for name in names if is_habit or fold_name(name) in labels)
