"""Cuts a text where CommonMark proves that one block ends and the next begins.

Most of a note is headings, paragraphs, flat lists and tables between empty lines. They are known by how they look; what
could be anything else stays together as a run, for markdown-it's block parser. Numbers are sections of CommonMark 0.31.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from markdown_it.common.utils import mdTrim

from rrbnotes.reading.lists import List, read_lists


class Kind(Enum):
    """What a piece is proved to be."""

    EMPTY = "empty"
    """Empty lines, or what is left of a line behind a block."""
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    """One or more lists whose items hold a paragraph and such lists."""
    TABLE = "table"
    RUN = "run"
    """One or more blocks of any kind; nothing in it reaches beyond its end."""


class Piece(NamedTuple):
    """Some lines of a text that can be read by themselves."""

    kind: Kind
    source: str
    line: int
    """Of the text, from 0."""
    lists: Sequence[List] = ()


_WORDS = r"""(?:
    [^\s0-9`~>*_+\-\[<\#=|:]        # nothing but a paragraph begins so: see 4.1 to 5.2
    | [0-9]++(?![.)](?:\s|\Z))      # 5.2: a number is an item's only with `.` or `)` and a blank behind it
    | [*_]++(?=[^\s*_])             # 4.1, 5.2: neither a rule nor an item, so emphasis
    | \[[^\[\]\\\n]*+\](?!:)        # 4.7: no definition of a link
    | [`~\-+=:](?=[^\s`~\-+=:|])    # 4.1, 4.3, 4.5, 5.2: one such mark alone is no fence, underline or item
    | \#{1,6}+(?=[^\#\s])           # 4.2: no heading without a blank
    ).*+"""
"""A line that begins a paragraph or goes on with it. The lines that would make the one above them a heading (4.3) or the
head of a table do not look so: they begin with `=`, `-`, `|` or `:`."""
_HEADING = r"\#{1,6}[ \t]"
_ITEM = rf"(?:[*+\-] | [0-9]{{1,9}}+[.)])[ ]{{1,4}}+{_WORDS}"
_END = rf"(?=\Z | \n[ \t]*+(?:\n|\Z) | \n{_HEADING} | \n(?![02-9]|1[0-9]){_ITEM})"
"""Paragraphs and tables end at an empty line, a heading (4.8), or an item, unless its number is another than 1 (5.3)."""
_CLOSES = rf"(?:[^\s0-9*+\-] | {_WORDS})"
"""What stands so at the margin behind an empty line is no part of what stands above it: no lazy line (5.1), no item and
nothing in an item (5.2, 5.3). Only code between fences (4.5) and some HTML (4.6) go on over it."""
_IN_LIST = rf"(?:(?:[ \t]*+\n)*+[ \t]*+{_ITEM} | [ ]*+{_WORDS})"
"""The next item, at whatever depth, or more words of the one above."""
_LIST_END = rf"(?=\n(?:[ \t]*+\n)++{_CLOSES} | \n{_HEADING} | [ \t\n]*+\Z)"
_LOOKS = {
    Kind.EMPTY: r"(?:[ \t]*+\n)++ | [ \t]++\Z",
    Kind.HEADING: rf"{_HEADING}[^\#|\n]*+(?=\n|\Z)",  # 4.2; neither with closing marks nor the head of a table
    Kind.PARAGRAPH: rf"{_WORDS}(?:\n[ \t]*+{_WORDS})*+{_END}",  # 4.8
    Kind.LIST: rf"[ ]{{0,3}}+{_ITEM}(?:\n{_IN_LIST})*+{_LIST_END}",  # 5.2, 5.3
    Kind.TABLE: rf"\|[^\\\n]*+\n\|(?:[ \t]*+:?+-++:?+[ \t]*+\|)++[ \t]*+(?:\n\|[^\\\n]*+)*+{_END}",  # GFM 4.10
}
"""How each kind looks from the start of a line on which a block begins."""
_LOOK = re.compile("|".join(f"(?P<{kind.value}>{look})" for kind, look in _LOOKS.items()), re.VERBOSE)
_KINDS: dict[str | None, Kind] = {kind.value: kind for kind in _LOOKS}
_RUN_END = re.compile(rf"\n(?:[ \t]*+\n)++(?={_CLOSES})", re.VERBOSE)
_GOES_ON = re.compile(r"```|~~~|<(?!!--.*-->)(?:[!?]|script|pre|style|textarea)", re.IGNORECASE)
"""May open code between fences, or HTML that empty lines do not end (4.6, kinds 1 to 5); a comment may end on its line."""
_MAX_CELLS = 0x10000
"""markdown-it ends a table where it would have to add more empty cells than that."""


def cut(text: str) -> Iterator[Piece]:
    """The pieces of a text whose lines end in `\\n`, without the empty lines between them."""
    at = line = 0
    while at < len(text):
        found = _LOOK.match(text, at)
        end = found.end() if found else _end_of_run(text, at)
        kind = _KINDS[found.lastgroup] if found else Kind.RUN
        if kind is not Kind.EMPTY:
            yield _proved(kind, text[at:end], line)
        line += text.count("\n", at, end)
        at = end


def _proved(kind: Kind, source: str, line: int) -> Piece:
    """The piece; one that looks like a list or table but may be something else is a run."""
    if kind is Kind.LIST:
        lists = read_lists(source)
        return Piece(kind, source, line, lists) if lists else Piece(Kind.RUN, source, line)
    if kind is Kind.TABLE and not _is_table(source):
        kind = Kind.RUN
    return Piece(kind, source, line)


def _end_of_run(text: str, at: int) -> int:
    end = _RUN_END.search(text, at)
    if not end or _GOES_ON.search(text, at, end.start()):
        return len(text)
    return end.end()


def _is_table(source: str) -> bool:
    """Whether there are as many headings as the rule below them has cells; else the lines are a paragraph."""
    head, rule, *_ = source.split("\n")
    return len(_cells(head)) == len(_cells(rule)) and source.count("\n") * len(_cells(rule)) < _MAX_CELLS


def heading(source: str) -> tuple[int, str]:
    """The level of a heading, and its content."""
    title = source.lstrip("#")
    return len(source) - len(title), mdTrim(title)


def paragraph(source: str) -> str:
    """The content of a paragraph."""
    return mdTrim(source)


def table(source: str) -> Iterator[tuple[int, list[str]]]:
    """The contents of a table's rows, each with how far below the first it stands; all have as many cells as that one."""
    head, _, *further = map(_cells, source.split("\n"))
    yield 0, head
    for below, row in enumerate(further, 2):
        yield below, (row + [""] * (len(head) - len(row)))[: len(head)]


def _cells(row: str) -> list[str]:
    cells = mdTrim(row).split("|")[1:]
    if cells and not cells[-1]:
        cells.pop()
    return [mdTrim(cell) for cell in cells]
