"""Inline markdown to `Text`, through markdown-it's tokens."""

import re
from collections.abc import Iterable

from markdown_it.token import Token

from rrbnotes.reading.markdown import Definitions, inline_tokens
from rrbnotes.reading.text import Break, Span, Text

_OPENS = {"strong_open": "strong", "em_open": "emphasis", "s_open": "struck", "link_open": "link"}
_CLOSES = {"strong_close": "strong", "em_close": "emphasis", "s_close": "struck", "link_close": "link"}
_TAG = re.compile(r"<(/?)([a-z]+)", re.IGNORECASE)
TAG_LOOKS = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em"), "emphasis"),
    **dict.fromkeys(("s", "del", "strike"), "struck"),
}
"""HTML remains that mean a look; the other tags (`sup`, `span`, `a`, `u`) mean nothing for reading."""


_INVISIBLE = re.compile(r"[\ufeff\u200b\u2060\u00ad]")
"""Marks without width that word processors and web editors leave within words."""


def _visible(words: str) -> str:
    return words if words.isascii() else _INVISIBLE.sub("", words)


class Builder:
    """Collects plain words, looks and line breaks while tokens go by."""

    def __init__(self, line: int) -> None:
        self.first = self.line = line
        self.parts: list[str] = []
        self.length = 0
        self.breaks: list[Break] = []
        self.spans: list[Span] = []
        self.open: dict[str, list[int]] = {}

    def add(self, words: str, look: str | None = None) -> None:
        """Append words, all of one look if one is given."""
        words = _visible(words)
        if look:
            self.spans.append(Span(self.length, self.length + len(words), look))
        self.parts.append(words)
        self.length += len(words)

    def move_to(self, line: int, is_meant: bool = False) -> None:
        """What follows stands on this source line; a break that is meant counts even where the line goes on."""
        if line != self.line or is_meant:
            self.line = line
            self.breaks.append(Break(self.length, line, is_meant))

    def break_line(self, line: int, is_meant: bool) -> None:
        """End the printed line; the next one stands on this source line."""
        self.add("\n")
        self.move_to(line, is_meant)

    def look(self, name: str, opens: bool) -> None:
        """Begin or end a look here; an end without a beginning is a slip that means nothing."""
        starts = self.open.setdefault(name, [])
        if opens:
            starts.append(self.length)
        elif starts:
            self.spans.append(Span(starts.pop(), self.length, name))

    def tag(self, html: str) -> None:
        """Take an HTML tag as what it means."""
        found = _TAG.match(html)
        name = found[2].lower() if found else ""
        if name == "br":
            self.break_line(self.line, is_meant=True)
        elif found and name in TAG_LOOKS:
            self.look(TAG_LOOKS[name], not found[1])

    def text(self) -> Text:
        """What was collected, without white space at its ends; a look left open lasts to the end."""
        for name, starts in self.open.items():
            self.spans.extend(Span(start, self.length, name) for start in starts)
        whole = Text("".join(self.parts), self.first, tuple(self.breaks), tuple(sorted(self.spans)))
        return whole.slice(0)


_MEANT = re.compile(r"[\\`*_~<&\]](?<!&(?![#A-Za-z]))(?<!\](?!\())")
"""What may mean something (6.1 to 6.6 of CommonMark, struck-out words) where no link is defined elsewhere (4.7)."""
_STRONG = re.compile(r"\*\*([^\s\\`*_~<&\[\]](?:[^\n\\`*_~<&\[\]]*[^\s\\`*_~<&\[\]])?)\*\*(?=[ \n]|\Z)")
"""Strong words at the start: marks that can only open, and only close, since blanks stand around them (6.2)."""


def read_inline(content: str, line: int, definitions: Definitions) -> Text:
    """The printed words of a block's content; `line` is where it starts."""
    strong = _STRONG.match(content)
    behind = strong.end() if strong else 0
    if _MEANT.search(content, behind) or ("[" in content and "references" in definitions):
        return text_of(inline_tokens(content, definitions), line)
    if not strong and "\n" not in content:
        return Text(_visible(content).strip(), line)
    builder = Builder(line)
    if strong:
        builder.add(strong[1], "strong")
    words, *further = content[behind:].split("\n")
    for line_below in further:
        builder.add(words.rstrip(" "))
        builder.break_line(builder.line + 1, words.endswith("  "))
        words = line_below.lstrip(" \t")
    builder.add(words)
    return builder.text()


def text_of(tokens: Iterable[Token], line: int) -> Text:
    """The printed words of an inline token's children; `line` is where its content starts."""
    builder = Builder(line)
    for token in tokens:
        kind = token.type
        if kind in ("text", "text_special"):
            builder.add(token.content)
        elif kind in ("softbreak", "hardbreak"):
            # a backslash before the line end makes a break without the note of our own rule
            below = line + token.meta["line_ends"] if token.meta else builder.line + 1
            builder.break_line(below, kind == "hardbreak")
        elif kind == "code_inline":
            builder.add(token.content, "code")
        elif kind == "html_inline":
            builder.tag(token.content)
            after = builder.line + token.content.count("\n")
            if builder.length:
                builder.move_to(after)
            else:
                builder.line = (
                    after  # a tag broken over lines before the first word: they begin where it does
                )
        elif kind == "image":
            builder.add(token.content)
        elif kind in _OPENS:
            builder.look(_OPENS[kind], True)
        elif kind in _CLOSES:
            builder.look(_CLOSES[kind], False)
    return builder.text()
