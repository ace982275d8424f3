"""HTML in a note: its tags, line by line, and the blocks that are nothing but HTML."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rrbnotes.checks.evidence.alike import code_spans
from rrbnotes.checks.evidence.setting import code_lines
from rrbnotes.notebook import Minutes
from rrbnotes.reading.blocks import Form


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag on a line, by offsets in it."""

    start: int
    end: int
    name: str
    closes: bool
    attributes: str

    @property
    def shown(self) -> str:
        """`<b>`, `</b>`."""
        return f"<{'/' * self.closes}{self.name}>"


@dataclass(frozen=True, slots=True)
class Tagged:
    """A line with tags, or several lines that markdown takes as one block of HTML."""

    first: int
    last: int
    tags: tuple[Tag, ...]
    """Of its first line."""
    is_block: bool


_HEADINGS = "h1 h2 h3 h4 h5 h6"
_LOOKS = "b strong i em u s del strike font center span big small tt code sup sub br a"
_BLOCKS = f"p div table thead tbody tfoot tr td th ul ol li dl dt dd blockquote pre hr {_HEADINGS}"
_KNOWN = frozenset(f"{_LOOKS} {_BLOCKS}".split())
"""Tags that markdown has marks for, or that mean nothing in notes. Others (`details`, `kbd`, `img`) are there on purpose."""
_MEANT = re.compile(r"<(?:details|summary|img|picture|video|iframe)\b", re.IGNORECASE)
_TAG = re.compile(r"(?<!\\)<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*|/)?)(?:>|$)")
"""A tag may go on in the next line."""
_OPENS_BLOCK = re.compile(
    rf"\s*</?(?:{'|'.join(_BLOCKS.split())}|center|details|summary)(?:\s|/?>|$)", re.IGNORECASE
)
_TAG_ALONE = re.compile(r"\s*</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*|/)?>\s*")
_IN_ROWS = ("br", "p", "ul", "ol", "li")
"""What sets several lines in one cell of a table, where markdown cannot."""
_COMMENT_OPENS, _COMMENT_CLOSES = "<!--", "-->"
_ORDINAL = re.compile(r"\d<(su[pb])>(?:st|nd|rd|th)</\1>", re.IGNORECASE)


def tagged(minutes: Minutes) -> Iterator[Tagged]:
    """The lines and blocks of a note with tags that could be markdown. Code, comments and front matter are left aside."""
    if "<" not in minutes.source.text:
        return
    lines = _without_comments(minutes.source.lines)
    silent = code_lines(minutes) | frozenset(range(1, minutes.outline.front.end + 1))
    rows = _table_lines(minutes)
    number = 1
    while number <= len(lines):
        last = number
        if number not in silent and "<" in lines[number - 1]:
            is_block = _is_block(lines, number)
            last = _end_of_block(lines, number) if is_block else number
            found = tuple(_tags(lines[number - 1], number in rows))
            is_meant = is_block and any(_MEANT.search(line) for line in lines[number - 1 : last])
            if found and not is_meant:
                yield Tagged(number, last, found, is_block)
        number = last + 1


def _table_lines(minutes: Minutes) -> frozenset[int]:
    """Rows of tables, where a break is the only way to begin a new line."""
    blocks = (
        inner for section in minutes.outline.sections for block in section.blocks for inner in block.walk()
    )
    return frozenset(row.line for block in blocks if block.form is Form.TABLE for row in block.rows)


def _without_comments(lines: Sequence[str]) -> list[str]:
    """The lines, blanks in the place of comments."""
    found, is_open = [], False
    for line in lines:
        if not is_open and _COMMENT_OPENS not in line:
            found.append(line)
            continue
        kept, at = "", 0
        while at < len(line):
            mark = _COMMENT_CLOSES if is_open else _COMMENT_OPENS
            end = line.find(mark, at)
            stop = len(line) if end < 0 else end
            kept += " " * (stop - at) if is_open else line[at:stop]
            at = stop
            if end >= 0:
                kept += " " * len(mark)
                at, is_open = end + len(mark), not is_open
        found.append(kept)
    return found


def _is_block(lines: Sequence[str], number: int) -> bool:
    """Whether markdown takes what begins at a line as HTML and reads nothing else in it."""
    line = lines[number - 1]
    is_first = number == 1 or not lines[number - 2].strip()
    return bool(_OPENS_BLOCK.match(line)) or (is_first and bool(_TAG_ALONE.fullmatch(line)))


def _end_of_block(lines: Sequence[str], number: int) -> int:
    while number < len(lines) and lines[number].strip():
        number += 1
    return number


def _tags(line: str, is_row: bool) -> Iterator[Tag]:
    """The tags of a line that could be markdown: no anchors, no breaks in a row of a table, no raised or lowered letters but
    those of ordinals."""
    codes = list(code_spans(line))
    ordinals = [found.span() for found in _ORDINAL.finditer(line)]
    is_anchor = False
    for found in _TAG.finditer(line):
        name, is_in_code = found[2].lower(), any(start <= found.start() < end for start, end in codes)
        if name not in _KNOWN or is_in_code or not _is_tag(found) or (is_row and name in _IN_ROWS):
            continue
        if name == "a" and not found[1]:
            is_anchor = _ANCHOR.search(found[3]) is not None
        is_ordinal = any(start < found.start() < end for start, end in ordinals)
        if (name == "a" and is_anchor) or (name in ("sup", "sub") and not is_ordinal):
            continue
        yield Tag(found.start(), found.end(), name, bool(found[1]), found[3].strip(" /"))


def _is_tag(found: re.Match[str]) -> bool:
    """Whether it ends on its line, or goes on with attributes in the next one; `if a <b and c> d` is none."""
    is_bare, is_set = not found[3].strip(" /"), "=" in found[3]
    return (is_bare or is_set) and (found[0].endswith(">") or found[2].lower() in _BROKEN)


_BROKEN = ("a", "span", "font", "p", "div", "td", "th", "table")
_ANCHOR = re.compile(r"^(?!.*\bhref\b).*\b(?:name|id)\s*=", re.IGNORECASE)
