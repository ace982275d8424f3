"""The blocks of a note: headings, paragraphs, lists and tables with their lines, through markdown-it where it is needed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise, zip_longest

from markdown_it.token import Token

from rrbnotes.reading import html
from rrbnotes.reading.bullets import check_box, printed_bullets, without_dash
from rrbnotes.reading.inline import read_inline, text_of
from rrbnotes.reading.lists import Item, List
from rrbnotes.reading.markdown import Definitions, block_tokens, normal, parser, too_deep
from rrbnotes.reading.pieces import Kind, Piece, cut, heading, paragraph, table
from rrbnotes.reading.text import EMPTY, Text


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


def read_blocks(text: str, first_line: int = 1) -> tuple[tuple[Block, ...], int | None]:
    """The blocks of a text that begins at a line of its file, and the line from which on it nests too deeply to be read.

    What `read_blocks_whole` gives, for every text, but several times faster: markdown-it sees only what needs it. And where
    lists nest too deeply, it goes on behind them; markdown-it passes over all that follows.
    """
    pieces = list(cut(normal(text)))
    definitions: Definitions = {}
    runs = [  # all before any words: a link may be defined below its use
        block_tokens(piece.source, definitions) if piece.kind is Kind.RUN else [] for piece in pieces
    ]
    reader = _Reader(definitions)
    blocks = [
        block
        for piece, tokens in zip(pieces, runs, strict=True)
        for block in reader.piece(piece, tokens, piece.line + first_line)
    ]
    deep = (
        below + piece.line + first_line
        for piece, tokens in zip(pieces, runs, strict=True)
        if (below := too_deep(tokens)) is not None
    )
    return tuple(blocks), min(deep, default=None)


def read_blocks_whole(text: str, first_line: int = 1) -> tuple[tuple[Block, ...], int | None]:
    """What `read_blocks` gives, by markdown-it alone."""
    text = normal(text)
    tokens = parser().parse(text)
    blocks = tuple(_Reader(None).run(tokens, text, first_line))
    deep = too_deep(tokens)
    return blocks, None if deep is None else deep + first_line


class _Reader:
    """Builds the blocks of one text; walks the flat tokens of each run once."""

    def __init__(self, definitions: Definitions | None) -> None:
        self.definitions = definitions
        """Of links; None where the tokens have their words with them."""
        self.part = ""

    def piece(self, piece: Piece, tokens: list[Token], line: int) -> Iterable[Block]:
        """The blocks of a piece that begins at a line of the file."""
        match piece.kind:
            case Kind.HEADING:
                level, title = heading(piece.source)
                return [Block(Form.HEADING, line, self.words(title, line), level=level)]
            case Kind.PARAGRAPH:
                return _paragraphs(self.words(paragraph(piece.source), line))
            case Kind.LIST:
                return self.lists(piece.lists, line)
            case Kind.TABLE:
                rows = tuple(self.row(line + below, cells) for below, cells in table(piece.source))
                return [Block(Form.TABLE, line, rows=rows, generated=self.part)]
            case _:
                return self.run(tokens, piece.source, line)

    def run(self, tokens: list[Token], source: str, first_line: int) -> Iterator[Block]:
        """The blocks of markdown-it's tokens for lines that begin at a line of the file."""
        self.tokens = iter(tokens)
        self.lines = source.split("\n")
        self.first_line = first_line
        return self.blocks(until=None)

    def words(self, content: str, line: int) -> Text:
        """The words of a block's content."""
        return read_inline(content, line, self.definitions or {})

    def lists(self, lists: Iterable[List], first_line: int) -> Iterator[Block]:
        """Lists that stand in a piece that begins at a line of the file."""
        for one in lists:
            listed = [self.item(item, first_line) for item in one.items]
            yield Block(Form.LIST, listed[0].line, children=_unwrapped(listed))

    def item(self, item: Item, first_line: int) -> Block:
        """An item with its words and the lists in it."""
        line = item.line + first_line
        words = _paragraphs(self.words(paragraph(item.content), line))
        return _item(line, item.number, (*words, *self.lists(item.lists, first_line)))

    def row(self, line: int, cells: Iterable[str]) -> Row:
        """A row of a table."""
        return Row(line, tuple([self.words(cell, line) for cell in cells]))

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
            else:
                yield from _paragraphs(text)
        elif kind in ("bullet_list_open", "ordered_list_open"):
            inside = self.blocks(kind.replace("open", "close"))
            yield Block(Form.LIST, line, children=_unwrapped(inside))
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
        if self.definitions is None:
            return text_of(token.children or (), at + self.first_line)
        return read_inline(token.content, at + self.first_line, self.definitions)

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
                cells.append(self.inline())
            elif token.type == "tr_close":
                yield Row(line, tuple(cells))


def _item(line: int, number: str, inside: tuple[Block, ...]) -> Block:
    """An item takes the words of its first paragraph as its own, and the check box in front of them."""
    text, ticked, children = EMPTY, None, inside
    if inside and inside[0].form is Form.PARAGRAPH:
        text, ticked, children = without_dash(inside[0].text), inside[0].ticked, inside[1:]
    return Block(Form.ITEM, line, text, number=number, ticked=ticked, children=children)


def _unwrapped(items: Iterable[Block]) -> tuple[Block, ...]:
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


def _paragraphs(text: Text) -> Iterator[Block]:
    """A paragraph, or the list that its lines are if they begin with printed bullets; nothing where there are no words."""
    if not text:
        return
    if len(text.breaks) > _MOST_LINES:
        for part in _parts(text):
            yield from _paragraphs(part)
        return
    bullets = printed_bullets(text.plain)
    if not bullets:
        boxed, ticked = check_box(text)
        yield Block(Form.PARAGRAPH, text.line, boxed, ticked=ticked)
        return
    first = bullets[0].start()
    if first:
        yield Block(Form.PARAGRAPH, text.line, text.slice(0, first))
    items = []
    for bullet, after in zip_longest(bullets, bullets[1:]):
        own = text.slice(bullet.end(), after.start() if after else None)
        boxed, ticked = check_box(own)
        items.append(Block(Form.ITEM, own.line, boxed, ticked=ticked))
    yield Block(Form.LIST, text.line_at(first), children=tuple(items))


_MOST_LINES = 1000
"""A paragraph of more lines is read as several: what is looked for in one is looked for within so many lines."""


def _parts(text: Text) -> Iterator[Text]:
    """A long paragraph in parts of so many lines."""
    starts = [0, *(one.at for one in text.breaks[_MOST_LINES - 1 :: _MOST_LINES])]
    return text.parts(pairwise([*starts, len(text.plain)]))


def _html(content: str, line: int) -> Iterator[Block]:
    """What an HTML block says: its tables as tables, the rest as paragraphs."""
    for piece in html.read(content, line):
        if piece.rows:
            yield Block(Form.TABLE, piece.line, rows=tuple(Row(row[0].line, row) for row in piece.rows))
        else:
            yield Block(Form.PARAGRAPH, piece.line, piece.text)
