"""Fills the template of a new note: words in double braces give way to what they name, `#.` counts the items."""

import re
from collections.abc import Mapping, Sequence
from itertools import count

from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.render.markdown import escaped, within
from rrbnotes.source import split_lines

_PLACE = re.compile(r"\{\{[ \t]*([^{}\n]{0,60}?)[ \t]*\}\}")
_COUNTED = re.compile(r"^(#{1,6}[ \t]+|\*\*|)#\.(?=[ \t])", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6}) +#\.", re.MULTILINE)
_GAPS = re.compile(r"\n{3,}")


def filled(template: str, shown: str, words: Mapping[str, str], items: Sequence[str]) -> str:
    """The text of a note; `words` are markdown by the names of their places, `items` titles of the agenda. Raises at its
    line, `shown:LINE`, where the template names what there is not."""
    known = {**words, "items": _headings(template, items)}
    lines = split_lines(template)
    for number, line in enumerate(lines, 1):
        for place in _PLACE.finditer(line):
            if place[1] not in known:
                hint = did_you_mean(place[1], known) or f"; there are {', '.join(sorted(known))}"
                raise RrbError(f"{shown}:{number}: unknown place '{place[1]}'{hint}")
    text = _PLACE.sub(lambda place: known[place[1]], "\n".join(lines))
    numbers = count(1)
    text = _COUNTED.sub(lambda mark: f"{mark[1]}{next(numbers)}.", text)
    return _GAPS.sub("\n\n", text).strip() + "\n"


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
