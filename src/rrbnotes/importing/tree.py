"""HTML as a tree, however its tags were left open; what prints nothing is left out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from rrbnotes.errors import RrbError

MAX_DEPTH = 200
"""What lies deeper hangs on the last element that does not."""
MAX_NODES = 200_000
_MOST_OPEN = 100
_PAIRS = (
    (re.compile("<"), re.compile(">")),
    (re.compile("<!--"), re.compile("-->")),
    (re.compile(r"<!\[(?=[ectnrdluaipmgo]+\[)", re.IGNORECASE), re.compile(r"\][ \t\r\n]*\][ \t\r\n]*>")),
    (re.compile(r"<!\["), re.compile(r"\][ \t\r\n]*>")),
)
"""What opens something, and what closes it."""

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary table tbody tfoot thead tr td th caption "
    "ul".split()
)
"""Elements that begin a line of their own."""
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SILENT = frozenset(
    "head script style template noscript svg math iframe object audio video canvas select button textarea nav footer "
    "colgroup".split()
)
"""Elements whose words are no part of the minutes."""
_CLOSES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li", "p"}), frozenset({"ul", "ol", "table"})),
    "dt": (frozenset({"dt", "dd", "p"}), frozenset({"dl", "table"})),
    "dd": (frozenset({"dt", "dd", "p"}), frozenset({"dl", "table"})),
    "tr": (frozenset({"tr", "td", "th", "p", "li", "ul", "ol"}), frozenset({"table"})),
    "td": (frozenset({"td", "th", "p", "li", "ul", "ol"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th", "p", "li", "ul", "ol"}), frozenset({"tr", "table"})),
}
"""A tag ends open elements of the first kind, inwards of those of the second."""
_PARAGRAPH = frozenset({"p"})
_BOUNDS = frozenset({"table", "td", "th", "li", "ul", "ol", "body"})
_HOLDS = frozenset({"td", "th", "table"})
"""What no closing tag of something outside ends."""
_HOLDS_IN: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("table", "tbody", "thead", "tfoot", "tr", "td", "th"), frozenset()),
    "li": frozenset({"ul", "ol", "td", "th", "table"}),
}


@dataclass(slots=True)
class Element:
    """One element with what is in it, in order."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)

    def walk(self) -> "Iterator[Element]":
        """The element and all elements inside it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole document."""

    root: Element
    sheets: tuple[str, ...]
    """The texts of its style sheets."""


def read_tree(html: str) -> Tree:
    """The tree of a text of HTML."""
    _refuse_open(html)
    builder = _Builder()
    try:
        builder.feed(html)
        builder.close()
    except AssertionError as why:  # which the parser raises at what no browser has ever known
        raise RrbError(
            "its HTML is damaged; open it in a browser or a word processor and save it again"
        ) from why
    return Tree(builder.root, tuple(builder.sheets))


def _refuse_open(html: str) -> None:
    """Refuse what is opened again and again and never closed: for each the parser looks through all the rest."""
    for opened, closed in _PAIRS:
        last = max((found.end() for found in closed.finditer(html)), default=0)
        if len(opened.findall(html, last)) > _MOST_OPEN:
            raise RrbError("tags in it are left open; open it in a browser and save it again")


class _Builder(HTMLParser):
    """Keeps the elements that are open; a closing tag ends the nearest one of its name, if there is one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("html")
        self.open = [self.root]
        self.silent: list[str] = []
        self.sheets: list[str] = []
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            raise RrbError(f"more than {MAX_NODES:,} tags; cut the minutes out of it")
        if tag == "body":
            self.silent.clear()  # of a head that was left open
        if tag in _SILENT:
            self.silent.append(tag)
        if self.silent:
            return
        self._end_open(tag)
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID and len(self.open) < MAX_DEPTH:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag in self.silent:
                del self.silent[len(self.silent) - 1 - self.silent[::-1].index(tag) :]
            return
        bounds = _HOLDS_IN.get(tag, _HOLDS)
        for n in range(len(self.open) - 1, 0, -1):
            if self.open[n].tag == tag:
                del self.open[n:]
                return
            if self.open[n].tag in bounds:
                return

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.open[-1].children.append(data)
        elif self.silent[-1] == "style":
            self.sheets.append(data)

    def _end_open(self, tag: str) -> None:
        """End what a tag cannot stand in."""
        ended, bounds = _CLOSES.get(tag, (_PARAGRAPH if tag in BLOCKS else frozenset(), _BOUNDS))
        first = len(self.open)
        for n in range(len(self.open) - 1, 0, -1):
            if self.open[n].tag in bounds:
                break
            if self.open[n].tag in ended:
                first = n
        del self.open[first:]


_CLASS = re.compile(r"(?<![^\s,])(?:span|p|li|td)?\.([\w-]+)\s*(?:,.*)?\Z", re.DOTALL)


def styles(sheets: tuple[str, ...]) -> Mapping[str, str]:
    """The declarations of classes, as far as they are set by themselves: `.c1 { font-weight: 700 }`."""
    found = {}
    for sheet in sheets:
        for rule in sheet[:200_000].split("}")[:-1]:
            selector, is_rule, declared = rule.rpartition("{")
            named = _CLASS.search(selector.rpartition("{")[2]) if is_rule else None
            if named:
                found[named[1]] = declared
    return found
