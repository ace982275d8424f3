"""Fills the template of a new note: words in double braces give way to what they name, `#.` counts the items."""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import count

from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.render.markdown import escaped, within
from rrbnotes.source import split_lines

_PLACE = re.compile(r"\{\{[ \t]*([^{}\n]{0,60}?)[ \t]*\}\}")
_COUNTED = re.compile(r"^(#{1,6}[ \t]+|\*\*|)#\.(?=[ \t])", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6}) +#\.", re.MULTILINE)
_ONCE = ("previous", "summary")
_BLOCKS = (*_ONCE, "attendees", "items")
"""The places for more than a line, and those of them that a note has one of."""
_GAPS = re.compile(r"\n{3,}")


def filled(template: str, shown: str, words: Mapping[str, str], items: Sequence[str]) -> str:
    """The text of a note; `words` are markdown by the names of their places, `items` titles of the agenda. Raises at its
    line, `shown:LINE`, where the template names what there is not."""
    known = {**words, "items": _headings(template, items)}
    lines = split_lines(template)
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        for place in _PLACE.finditer(line):
            wrong = _wrong(place[1], known, seen, is_alone=line.strip() == place[0])
            if wrong:
                raise RrbError(f"{shown}:{number}: {wrong}")
            seen.add(place[1])
    text = _PLACE.sub(lambda place: known[place[1]], "\n".join(lines))
    numbers = count(1)
    text = _COUNTED.sub(lambda mark: f"{mark[1]}{next(numbers)}.", text)
    return _GAPS.sub("\n\n", text).strip() + "\n"


def _wrong(name: str, known: Mapping[str, str], seen: Collection[str], is_alone: bool) -> str:
    """What is wrong with a place; nothing where that is empty."""
    if name not in known:
        hint = did_you_mean(name, known) or f"; there are {', '.join(sorted(known))}"
        return f"unknown place '{name}'{hint}"
    if name in _BLOCKS and not is_alone:
        return f"'{name}' is more than a line; put it on a line of its own"
    return f"'{name}' stands here a second time; take one out" if name in _ONCE and name in seen else ""


def names_list(names: Sequence[str]) -> str:
    """A list of names, as markdown."""
    return "\n".join(f"- {escaped(name)}" for name in names)


def title(words: str) -> str:
    """A title, as markdown."""
    return within(words)


def _headings(template: str, items: Sequence[str]) -> str:
    """The items of the agenda as headings, of the level that the template gives to its own."""
    level = _HEADING.search(template)
    marks = level[1] if level else "##"
    return "\n\n".join(f"{marks} #. {within(item)}" for item in items)
