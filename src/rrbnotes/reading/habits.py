"""Names that only a board's own habits show to be names: nobody lists these people as attending."""

import re
from collections.abc import Iterable, Iterator

from rrbnotes.owners import Directory, names_in
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.outline import Outline

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


def _of_list(block: Block, known: Directory) -> Iterator[str]:
    if block.form is not Form.LIST:
        return
    words = [item.text.folded() for item in block.children if item.text]
    named = [names for one in words if (found := _BEHIND.search(one, max(0, len(one) - 70))) and (names := names_in(found[1], known))]
    if len(named) > 1 and 2 * len(named) > len(words):
        yield from (name for names in named for name in names)
