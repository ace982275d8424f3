"""A board's habits that show how to read its lists of actions: where owners stand, and who only speaks."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from rrbnotes.owners import Directory, fold_name, names_in
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.outline import Outline
from rrbnotes.reading.roles import Role

_BEHIND = re.compile(r"[\[(]([^\[\]()]{1,60})[\])]\.?$")


def owners_behind(outlines: Iterable[Outline], known: Directory) -> list[str]:
    """The names in brackets behind the items of lists of actions. In a list where most items end so, that is where its
    owners stand, so that even a single unknown word there (`… (Todd)`) is one."""
    names = (
        name
        for one in outlines
        for section in one.sections
        if section.role.lists_actions
        for block in section.blocks
        for name in _of_list(block, known)
    )
    return [name for name in dict.fromkeys(names) if not known.knows(name)]


def speakers(outlines: Iterable[Outline]) -> frozenset[str]:
    """Folded names that stand before what was said in the discussion (`AB: I think …`), several times."""
    found = Counter(
        fold_name(said[1])
        for one in outlines
        for section in one.sections
        if section.role in (Role.ITEM, Role.TITLE)
        for block in section.blocks
        for words in _texts(block)
        if (said := _SPOKEN.match(words))
    )
    return frozenset(name for name, times in found.items() if times >= _OFTEN)


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
    yield block.text.plain
    for child in block.children:
        yield from _texts(child)


def _of_list(block: Block, known: Directory) -> Iterator[str]:
    if block.form is not Form.LIST:
        return
    words = [item.text.folded() for item in block.children if item.text]
    named = [names for one in words if (found := _BEHIND.search(one, max(0, len(one) - 70))) and (names := names_in(found[1], known))]
    if len(named) > 1 and 2 * len(named) > len(words):
        yield from (name for names in named for name in names)
