"""The blocks of a note: headings, paragraphs, lists and tables with their lines, through markdown-it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from rrbnotes.reading import html
from rrbnotes.reading.inline import newline, text_of
from rrbnotes.reading.text import EMPTY, Text
from rrbnotes.source import MAX_NESTING


class Form(Enum):
    """What a block looks like."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    line: int
    cells: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block with the blocks inside it."""

    form: Form
    line: int
    """Its first line, from 1."""
    text: Text = EMPTY
    """The words of a heading, a paragraph or fenced code; of an item those of its first paragraph, without the check box."""
    level: int = 0
    """Of a heading, 1 to 6."""
    number: str = ""
    """Of an item in a numbered list, as printed without its mark: `3`."""
    ticked: bool | None = None
    """Whether the item's check box is ticked; None where it has none."""
    children: tuple["Block", ...] = ()
    """Items of a list; of an item or quote, the blocks inside it after its own words."""
    rows: tuple[Row, ...] = ()
    """Of a table; the first is its heading."""
    generated: str = ""
    """The part between rrb's own markers that it stands in: `previous`, which people fill in, or `summary`."""

    def walk(self) -> Iterator["Block"]:
        """The block and all that stand inside it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def is_numbered(self) -> bool:
        """Whether it is a list whose items have numbers."""
        return bool(self.children) and bool(self.children[0].number)


OUR_MARKER = re.compile(r"\s*<!--\s*(/?)rrb:(?!\s*allow\b)\s*([\w-]+)\s*-->\s*$", re.IGNORECASE)
"""`<!-- rrb:previous -->` opens a block that rrb writes anew, `<!-- /rrb:previous -->` closes it."""
_CHECK_BOX = re.compile(r"\[([ xX\u00a0]?)\](?=\s|$)|([☐☑☒✓✔])(?=\s)")
_PRINTED_BULLET = re.compile(r"[•◦▪‣●○·–](?=[ \t\u00a0])")
"""Bullets that word processors and PDF readers leave as characters, so that markdown sees no list."""


@cache
def parser() -> MarkdownIt:
    """How all notes are read as markdown."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    parser.inline.ruler.at("newline", newline)
    return parser


def read_blocks(text: str, first_line: int = 1) -> tuple[tuple[Block, ...], int | None]:
    """The blocks of a text that begins at a line of its file, and the line from which on it nests too deeply to be read."""
    text = text.replace("\0", "\ufffd")  # as markdown-it does, so that its words are found in the lines again
    tokens = parser().parse(text)
    reader = _Reader(tokens, text.split("\n"), first_line)
    blocks = tuple(reader.blocks(until=None))
    return blocks, _too_deep(tokens, first_line)


def _too_deep(tokens: list[Token], first_line: int) -> int | None:
    """markdown-it drops what lies deeper than its limit without a word, so ask whether a container reaches it."""
    for token in tokens:
        if token.level >= MAX_NESTING - 1 and token.nesting == 1 and token.map:
            return token.map[0] + first_line
    return None


class _Reader:
    """Walks the flat tokens once and builds the tree."""

    def __init__(self, tokens: list[Token], lines: list[str], first_line: int) -> None:
        self.tokens = iter(tokens)
        self.lines = lines
        self.first_line = first_line
        self.part = ""

    def blocks(self, until: str | None) -> Iterator[Block]:
        """The blocks up to the closing token."""
        for token in self.tokens:
            if token.type == until:
                return
            yield from self.block(token)

    def block(self, token: Token) -> Iterator[Block]:
        """The block that a token opens; some kinds (rules, definitions) make none, HTML may make several."""
        line = (token.map[0] if token.map else 0) + self.first_line
        kind = token.type
        if kind in ("heading_open", "paragraph_open"):
            text = self.inline()
            next(self.tokens)
            if kind == "heading_open":
                yield Block(Form.HEADING, line, text, level=int(token.tag[1]))
            elif text:
                yield from _paragraphs(text)
        elif kind in ("bullet_list_open", "ordered_list_open"):
            items = _unwrapped(tuple(self.blocks(kind.replace("open", "close"))))
            yield Block(Form.LIST, line, children=items)
        elif kind == "list_item_open":
            yield _item(line, token.info, tuple(self.blocks("list_item_close")))
        elif kind == "blockquote_open":
            yield Block(Form.QUOTE, line, children=tuple(self.blocks("blockquote_close")))
        elif kind == "table_open":
            yield Block(Form.TABLE, line, rows=tuple(self.rows()), generated=self.part)
        elif kind in ("fence", "code_block"):
            yield Block(Form.CODE, line, Text(token.content, line + (kind == "fence")))
        elif kind == "html_block":
            marker = OUR_MARKER.match(token.content)
            if marker:
                self.part = "" if marker[1] else marker[2].casefold()
            yield from _html(token.content, line)

    def inline(self) -> Text:
        """The words of the inline token that comes next."""
        token = next(self.tokens)
        at, end = token.map or [0, 0]
        # markdown-it drops odd white space (a form feed) with its whole line, but counts the line as the first
        first = token.content.partition("\n")[0]
        while at + 1 < end and first not in self.lines[at]:
            at += 1
        return text_of(token.children or (), at + self.first_line)

    def rows(self) -> Iterator[Row]:
        """The rows of a table. Only the row's own token knows its line."""
        line = 0
        cells: list[Text] = []
        for token in self.tokens:
            if token.type == "table_close":
                return
            if token.type == "tr_open":
                line, cells = (token.map[0] if token.map else 0) + self.first_line, []
            elif token.type in ("th_open", "td_open"):
                cells.append(replace(self.inline(), line=line))
            elif token.type == "tr_close":
                yield Row(line, tuple(cells))


def _item(line: int, number: str, inside: tuple[Block, ...]) -> Block:
    """An item takes the words of its first paragraph as its own, and the check box in front of them."""
    text, ticked, children = EMPTY, None, inside
    if inside and inside[0].form is Form.PARAGRAPH:
        text, ticked, children = inside[0].text, inside[0].ticked, inside[1:]
    return Block(Form.ITEM, line, text, number=number, ticked=ticked, children=children)


def _unwrapped(items: tuple[Block, ...]) -> tuple[Block, ...]:
    """Items without words that only hold a list belong to the item above: converters of HTML wrap nested lists so (`- - x`)."""
    found: list[Block] = []
    for item in items:
        is_wrapping = (
            not item.text
            and item.children
            and all(b.form is Form.LIST and not b.is_numbered for b in item.children)
        )
        if is_wrapping and found:
            found[-1] = replace(found[-1], children=(*found[-1].children, *item.children))
        else:
            found.append(item)
    return tuple(found)


def _check_box(text: Text) -> tuple[Text, bool | None]:
    box = _CHECK_BOX.match(text.plain)
    if not box:
        return text, None
    return text.slice(box.end()), box[0] not in ("[ ]", "[\u00a0]", "[]", "☐")


def _paragraphs(text: Text) -> Iterator[Block]:
    """A paragraph, or the list that its lines are if they begin with printed bullets."""
    lines = list(text.lines())
    starts = [n for n, line in enumerate(lines) if _PRINTED_BULLET.match(line.plain)]
    if not starts or (len(starts) == 1 and starts[0] == 0 and len(lines) == 1 and text.plain[0] == "–"):
        boxed, ticked = _check_box(text)
        yield Block(Form.PARAGRAPH, text.line, boxed, ticked=ticked)
        return
    offsets = _offsets(text, lines)
    if starts[0]:
        yield Block(Form.PARAGRAPH, text.line, text.slice(0, offsets[starts[0]]))
    items = []
    for n, start in enumerate(starts):
        end = offsets[starts[n + 1]] if n + 1 < len(starts) else None
        own = text.slice(offsets[start] + 1, end)
        boxed, ticked = _check_box(own)
        items.append(Block(Form.ITEM, own.line, boxed, ticked=ticked))
    yield Block(Form.LIST, lines[starts[0]].line, children=tuple(items))


def _offsets(text: Text, lines: list[Text]) -> list[int]:
    """Where each printed line begins in the whole text."""
    found, at = [], 0
    for line in lines:
        at = text.plain.index(line.plain, at)
        found.append(at)
        at += len(line.plain)
    return found


def _html(content: str, line: int) -> Iterator[Block]:
    """What an HTML block says: its tables as tables, the rest as paragraphs."""
    for piece in html.read(content, line):
        if piece.rows:
            yield Block(Form.TABLE, piece.line, rows=tuple(Row(row[0].line, row) for row in piece.rows))
        else:
            yield Block(Form.PARAGRAPH, piece.line, piece.text)
