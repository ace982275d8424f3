"""HTML as pages: from a browser, a word processor, or made of a docx on the way."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rrbnotes.importing.addresses import kept
from rrbnotes.importing.decoding import decoded_html
from rrbnotes.importing.grids import Cell, laid_out
from rrbnotes.importing.labels import FIRST, lettered, numbered
from rrbnotes.importing.looks import is_hidden, looks_of, style_of
from rrbnotes.importing.pages import (
    Block,
    Heading,
    Item,
    Items,
    Line,
    Page,
    Paragraph,
    Rule,
    Run,
    after,
    line,
    plain,
    text,
)
from rrbnotes.importing.plain import blocks_of
from rrbnotes.importing.tree import BLOCKS, Element, read_tree, styles

_HEADING = re.compile(r"h([1-6])")
_FOOTNOTE = re.compile(r"(?:footnote|endnote)-\d")
"""What mammoth calls them."""
_LIST_LEVEL = re.compile(r"mso-list\s*:[^;]*?level(\d+)")
_BULLET = re.compile(r"(?:(?P<number>\(?\w{1,4}[.)])|[^\w\s]|o(?=\s))\s*")


def read(data: bytes) -> Page:
    """The pages of an HTML file."""
    html, remarks = decoded_html(data)
    return pages_of(html, remarks)


def pages_of(html: str, remarks: tuple[str, ...] = (), keeps_tabs: bool = False) -> Page:
    """The pages of a text of HTML; with `keeps_tabs` a tab is one, and not mere white space."""
    tree = read_tree(html)
    reader = _Reader(styles(tree.sheets), re.compile(r"[ \n\r\f]+" if keeps_tabs else r"[ \t\n\r\f]+"))
    blocks = tuple(reader.blocks(_main(tree.root).children, frozenset(), ""))
    return Page(blocks, reader.pictures, remarks)


def _main(root: Element) -> Element:
    """The part of a web page that holds what it is about."""
    for tag in ("main", "article"):
        found = [one for one in root.walk() if one.tag == tag]
        if len(found) == 1:
            return found[0]
    return root


@dataclass(slots=True)
class _Reader:
    """Walks the tree; words gather into a paragraph until a block begins."""

    classes: Mapping[str, str]
    blank: re.Pattern[str]
    pictures: int = 0
    runs: list[Run] = field(default_factory=list)

    def blocks(self, nodes: Iterable[Element | str], looks: frozenset[str], link: str) -> Iterator[Block]:
        """What stands in some nodes, with the looks and the link of what they stand in."""
        outer, self.runs = self.runs, []
        for node in nodes:
            yield from self._node(node, looks, link)
        yield from self._flush()
        self.runs = outer

    def _node(self, node: Element | str, looks: frozenset[str], link: str) -> Iterator[Block]:
        if isinstance(node, str):
            self.runs.append(Run(self.blank.sub(" ", node), looks, link))
        elif is_hidden(node, self.classes):
            return
        elif node.tag in BLOCKS:
            yield from self._flush()
            yield from self._block(node, looks_of(node, looks, self.classes), link)
        else:
            yield from self._inline(node, looks_of(node, looks, self.classes), link)

    def _inline(self, node: Element, looks: frozenset[str], link: str) -> Iterator[Block]:
        if node.tag == "br":
            self.runs.append(Run("\n"))
        elif node.tag == "img":
            self.pictures += 1
        elif node.tag == "input" and node.attributes.get("type") == "checkbox":
            self.runs.append(Run("☑ " if "checked" in node.attributes else "☐ "))
        elif node.tag == "a":
            address = node.attributes.get("href", "")
            if not address.startswith(
                ("#footnote-ref", "#endnote-ref")
            ):  # mammoth's way back from a footnote
                words = "".join(_words(node))
                for child in node.children:
                    yield from self._node(child, looks, kept(address, words))
        else:
            for child in node.children:
                yield from self._node(child, looks, link)

    def _block(self, node: Element, looks: frozenset[str], link: str) -> Iterator[Block]:
        heading = _HEADING.fullmatch(node.tag)
        if heading:
            yield from self._heading(node, int(heading[1]), looks, link)
        elif node.tag in ("ul", "ol"):
            yield from self._list(node, looks, link)
        elif node.tag == "table":
            yield from laid_out(self._rows(node, looks))
        elif node.tag == "hr":
            yield Rule()
        elif node.tag == "pre":
            yield from blocks_of("".join(_words(node)))
        elif node.tag == "p" and _LIST_LEVEL.search(style_of(node, self.classes)):
            yield from _word_item(list(self.blocks(node.children, looks, link)))
        else:
            yield from self.blocks(node.children, looks, link)

    def _heading(self, node: Element, level: int, looks: frozenset[str], link: str) -> Iterator[Block]:
        for block in self.blocks(node.children, looks, link):
            if isinstance(block, Paragraph):
                number, words = numbered(block.line)
                yield Heading(level, line([Run(f"{number} "), *words]) if number else words)
            else:
                yield block

    def _list(self, node: Element, looks: frozenset[str], link: str) -> Iterator[Block]:
        """The items; one that holds nothing but a heading is that heading with the item's number."""
        if any(
            isinstance(one, Element) and _FOOTNOTE.match(one.attributes.get("id", ""))
            for one in node.children
        ):
            yield Heading(1, text("Footnotes"))  # else they would be items of the section before
        count = _whole(node.attributes.get("start"), 1)
        items: list[Item] = []
        for child in node.children:
            if isinstance(child, str) or is_hidden(child, self.classes):
                continue
            if child.tag != "li":  # a list right within a list belongs to the item before
                inner = tuple(self._block(child, looks, link)) if child.tag in BLOCKS else ()
                if items:
                    items[-1] = Item(items[-1].number, (*items[-1].blocks, *inner))
                elif inner:
                    items.append(Item("", inner))
                continue
            count = _whole(child.attributes.get("value"), count)
            blocks = tuple(self.blocks(child.children, looks_of(child, looks, self.classes), link))
            counted = _counted(count, node.attributes.get("type", "")) if node.tag == "ol" else ""
            number, blocks = _labelled(blocks, counted)
            if blocks and isinstance(blocks[0], Heading):
                if items:
                    yield Items(tuple(items))
                    items = []
                first = blocks[0]
                yield Heading(first.level, line([Run(f"{number}. "), *first.line]) if number else first.line)
                yield from blocks[1:]
            elif blocks:
                items.append(Item(number, blocks))
            count += 1
        if items:
            yield Items(tuple(items))

    def _rows(self, node: Element, looks: frozenset[str]) -> Iterator[list[Cell]]:
        """The rows of a table, not those of tables in its cells; a caption is a row of its own."""
        for child in node.children:
            if isinstance(child, str) or is_hidden(child, self.classes):
                continue
            if child.tag == "tr":
                yield [
                    self._cell(cell, looks)
                    for cell in child.children
                    if isinstance(cell, Element) and cell.tag in ("td", "th")
                ]
            elif child.tag == "caption":
                yield [Cell(tuple(self.blocks(child.children, looks, "")), 1_000)]
            else:
                yield from self._rows(child, looks)

    def _cell(self, node: Element, looks: frozenset[str]) -> Cell:
        blocks = tuple(self.blocks(node.children, looks_of(node, looks, self.classes), ""))
        across, down = (_whole(node.attributes.get(name), 1) for name in ("colspan", "rowspan"))
        return Cell(blocks, min(max(across, 1), 1_000), min(max(down, 1), 1_000))

    def _flush(self) -> Iterator[Block]:
        """The paragraphs that have gathered; an empty line between their words parts them."""
        runs, self.runs = self.runs, []
        for part in _parted(runs):
            words = line(part)
            if words:
                yield Paragraph(words)


def _parted(runs: list[Run]) -> Iterator[list[Run]]:
    """The runs between breaks that follow each other at once."""
    part: list[Run] = []
    blank_since_break = False
    for run in runs:
        if run.words == "\n" and blank_since_break:
            yield part
            part, blank_since_break = [], False
            continue
        blank_since_break = run.words == "\n" or (blank_since_break and not run.words.strip())
        part.append(run)
    yield part


def _words(node: Element) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag == "br":
            yield "\n"
        else:
            yield from _words(child)


def _whole(words: str | None, otherwise: int) -> int:
    """A whole number of an attribute."""
    return int(words) if words and words.strip().isdecimal() and len(words) < 10 else otherwise


def _counted(count: int, kind: str) -> str:
    return str(count) if kind in ("", "1") else lettered(count, kind)


def _labelled(blocks: tuple[Block, ...], counted: str) -> tuple[str, tuple[Block, ...]]:
    """The number of an item, and its blocks: as its own label says, else as its list counts. What is no mere number, such
    as `(a)` or `4.1`, stands before the words."""
    label, first = counted, blocks[0] if blocks else None
    if isinstance(first, Paragraph):
        own, rest = numbered(first.line)
        if own or plain(first.line).startswith(FIRST):
            label, blocks = own, (Paragraph(rest), *blocks[1:]) if rest else blocks[1:]
    bare = label.rstrip(".)")
    if not label or (bare.isdecimal() and len(bare) < 10):
        return bare, blocks
    return "", _behind(label, blocks)


def _behind(label: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with a label before their words."""
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph):
        return (Paragraph(line([Run(f"{label} "), *first.line])), *blocks[1:])
    return (Paragraph(text(label)), *blocks)


def _word_item(blocks: list[Block]) -> Iterator[Block]:
    """An item as Word writes it into a web page: a paragraph that begins with its bullet or number."""
    for block in blocks:
        if not isinstance(block, Paragraph):
            yield block
            continue
        found = _BULLET.match(plain(block.line))
        words: Line = after(block.line, found.end()) if found else block.line
        number, inside = _labelled((Paragraph(words),), (found["number"] or "") if found else "")
        yield Items((Item(number, inside),))
