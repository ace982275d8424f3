"""Lists whose items are one paragraph each, with lists in them: their tree, by the columns at which their lines begin.

Numbers are sections of CommonMark 0.31.
"""

import re
from dataclasses import dataclass, field

_MARK = re.compile(r"([ \t]*)([0-9]{1,9}(?=[.)])|(?=[*+-]))(.) {1,4}")
"""Indentation, number, mark and blanks in front of an item's words."""
_MAX_DEPTH = 40
"""Lists within each other; markdown-it counts two levels for each, and reads none beyond its limit."""


@dataclass(slots=True)
class Item:
    """An item of a list."""

    line: int
    """Of the list, from 0."""
    number: str = ""
    column: int = 0
    """Where its words begin, from 0; what begins there or further right belongs to it (5.2)."""
    content: str = ""
    lists: list["List"] = field(default_factory=list)


@dataclass(slots=True)
class List:
    """A list."""

    mark: str
    """Items with another one begin a new list (5.3)."""
    items: list[Item] = field(default_factory=list)


def read_lists(source: str) -> list[List] | None:
    """The lists in lines that begin with an item's mark, go on with the words of the item above, or are empty.

    None where indentation does not show what belongs to what.
    """
    root = Item(0)
    path = [root]
    is_below_words = False
    for n, line in enumerate(source.split("\n")):
        mark = _MARK.match(line)
        if mark:
            if not _may_begin(path, mark, is_below_words):
                return None
            _begin(path, mark, line, n)
        elif line.strip(" \t"):
            words = line.lstrip(" ")  # a lazy line (5.1) may stand further left than the item's own words
            path[-1].content += "\n" + line[min(len(line) - len(words), path[-1].column) :]
        is_below_words = bool(line.strip(" \t"))
    return root.lists


def _may_begin(path: list[Item], mark: re.Match[str], is_below_words: bool) -> bool:
    """Whether a mark certainly begins an item of the item that its column falls into."""
    column = len(mark[1].expandtabs(4))
    last = path[-1]
    parent = next(item for item in reversed(path) if item.column <= column)
    is_code = column - parent.column > 3  # 4.4; below words it would be more of them (4.8)
    is_words = (
        parent is last and is_below_words and mark[2] not in ("", "1")
    )  # 5.3: only 1 may interrupt a paragraph
    return not is_code and not is_words and len(path) < _MAX_DEPTH


def _begin(path: list[Item], mark: re.Match[str], line: str, number_of_line: int) -> None:
    """Put a new item where its column belongs."""
    column = len(mark[1].expandtabs(4))
    is_inner = column >= path[-1].column
    while column < path[-1].column:
        path.pop()
    lists = path[-1].lists
    if is_inner or lists[-1].mark != mark[3]:
        lists.append(List(mark[3]))
    behind = column + len(mark[0]) - len(mark[1])
    item = Item(number_of_line, mark[2], behind, line[mark.end() :])
    lists[-1].items.append(item)
    path.append(item)
