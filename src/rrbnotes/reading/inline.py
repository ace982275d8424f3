"""Inline markdown to `Text`, through markdown-it's tokens."""

import re
from collections.abc import Iterable

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

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


def newline(state: StateInline, silent: bool) -> bool:
    """markdown-it's newline rule, which also notes how many line ends precede it.

    Code spans, tags and link targets swallow line ends, so counting the breaks would lose lines.
    """
    if state.src[state.pos] != "\n":
        return False
    if not silent:
        hard = state.pending.endswith("  ")
        state.pending = state.pending.rstrip(" ")
        token = state.push("hardbreak" if hard else "softbreak", "br", 0)
        token.meta = {"line_ends": state.src.count("\n", 0, state.pos + 1)}
    state.pos += 1
    while state.pos < state.posMax and state.src[state.pos] in " \t":
        state.pos += 1
    return True


_INVISIBLE = dict.fromkeys((0xFEFF, 0x200B, 0x2060, 0x00AD))
"""Marks without width that word processors and web editors leave within words."""


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
        words = words.translate(_INVISIBLE)
        if look:
            self.spans.append(Span(self.length, self.length + len(words), look))
        self.parts.append(words)
        self.length += len(words)

    def move_to(self, line: int, is_meant: bool = False) -> None:
        """What follows stands on this source line; a break that is meant counts even where the line goes on."""
        if line != self.line or is_meant:
            self.line = line
            self.breaks.append(Break(self.length, line, is_meant))

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
            self.add("\n")
            self.move_to(self.line, is_meant=True)
        elif found and name in TAG_LOOKS:
            self.look(TAG_LOOKS[name], not found[1])

    def text(self) -> Text:
        """What was collected, without white space at its ends; a look left open lasts to the end."""
        for name, starts in self.open.items():
            self.spans.extend(Span(start, self.length, name) for start in starts)
        whole = Text("".join(self.parts), self.first, tuple(self.breaks), tuple(sorted(self.spans)))
        return whole.slice(0)


def text_of(tokens: Iterable[Token], line: int) -> Text:
    """The printed words of an inline token's children; `line` is where its content starts."""
    builder = Builder(line)
    for token in tokens:
        kind = token.type
        if kind == "text":
            builder.add(token.content)
        elif kind in ("softbreak", "hardbreak"):
            builder.add("\n")
            # a backslash before the line end makes a break without the note of our own rule
            ends = line + token.meta["line_ends"] if token.meta else builder.line + 1
            builder.move_to(ends, kind == "hardbreak")
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
