"""Inline markdown to `Text`, through markdown-it's tokens."""

import re
from collections.abc import Iterable, Iterator

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


_WIDE = "".join(chr(at) for at in range(0xFF01, 0xFF5F) if chr(at - 0xFEE0).isalnum() or at == 0xFF20)
_MEANT_AS = (
    dict.fromkeys(map(ord, "\ufeff\u200b\u2060\u00ad\u200e\u200f"))
    | {ord(letter): ord(letter) - 0xFEE0 for letter in _WIDE}
    | dict(zip(range(0xFB00, 0xFB07), "ff fi fl ffi ffl st st".split(), strict=True))
)
"""Marks without width that word processors and web editors leave within words, letters and digits as wide as Chinese ones,
and letters that PDF readers find joined: none of them makes another word."""
_WIDE_COLON = re.compile(r"(?:(?<=[A-Za-z0-9*)\]])|^)\uff1a[^\S\n]*(?=[A-Za-z@\[]|$)")
_ODD_DASH = re.compile(r"(?<!\S)[\u2010-\u2012\u2212](?=\s)")
"""A minus sign or the like that stands for a dash."""


def _visible(words: str) -> str:
    """The words as they are read."""
    if words.isascii():
        return words
    return _ODD_DASH.sub("–", _WIDE_COLON.sub(": ", words.translate(_MEANT_AS)))


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
        if part := _part_of(content):
            return _read_by_parts(content, part, line, definitions)
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


_LONG, _MOST_WORK = 0x4000, 2_000_000
_LONG_PART, _SHORT_PART = 0x1000, 0x100
"""Whole lines if they are not longer. Marks mean nothing beyond their part."""


def _part_of(content: str) -> int:
    """The length of the parts in which a content has to be read, if it has to. Where marks open and none closes them,
    markdown-it looks from each of them to the end; nobody writes so many."""
    opening = content.count("[") + content.count("<") + content.count("`")
    if len(content) * opening > _MOST_WORK:
        return _SHORT_PART
    return _LONG_PART if len(content) > _LONG else 0


def _read_by_parts(content: str, most: int, line: int, definitions: Definitions) -> Text:
    """The words of a long content."""
    builder = Builder(line)
    is_meant = False
    for below, part, ends_line in _parts(content, most):
        if line + below > builder.line:
            builder.break_line(line + below, is_meant)
        _take(builder, inline_tokens(part.rstrip(" ") if ends_line else part, definitions), line + below)
        is_meant = part.endswith("  ")
    return builder.text()


def _parts(content: str, most: int) -> Iterator[tuple[int, str, bool]]:
    """The parts of a long content, each with how far below the first line it begins, and whether a line ends with it."""
    part, size = list[str](), 0
    for n, line in enumerate(content.split("\n")):
        if part and size + len(line) > most:
            yield n - len(part), "\n".join(part), True
            part, size = [], 0
        start = 0
        while len(line) - start > most:
            end = start + most
            end = line.rfind(" ", start + 1, end) + 1 or end
            yield n, line[start:end], False
            start = end
        part.append(line[start:] if part or start else line.lstrip(" \t"))
        size += len(part[-1]) + 1
    yield n - len(part) + 1, "\n".join(part), True


def text_of(tokens: Iterable[Token], line: int) -> Text:
    """The printed words of an inline token's children; `line` is where its content starts."""
    builder = Builder(line)
    _take(builder, tokens, line)
    return builder.text()


def _take(builder: Builder, tokens: Iterable[Token], line: int) -> None:
    """Append the words of tokens whose content starts on a line."""
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
