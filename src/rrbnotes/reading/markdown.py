"""How all notes are read as markdown: markdown-it with the rules that we switch on, and one of our own."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token

from rrbnotes.source import MAX_NESTING

Definitions = dict[str, Any]
"""markdown-it's environment, which holds the definitions of links found so far."""
_LINE_END = re.compile(r"\r\n?")
_MARK = r"(?:[-+*]|[0-9]{1,3}[.)])"
_ODD_INDENT = re.compile(rf"^[ \t]*+\u00a0[ \t\u00a0]*+(?={_MARK}[ \t\u00a0])", re.MULTILINE)
_ODD_GAP = re.compile(rf"^([ \t]*+{_MARK})[ \t]*\u00a0[ \t\u00a0]*+(?=[^\s])", re.MULTILINE)
_DEEPEST = 3
"""Blanks before an item that are never taken for code."""


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables and struck-out words."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    parser.inline.ruler.at("newline", newline)
    parser.inline.ruler.at("link", _if_any(link))
    parser.inline.ruler.at("image", _if_any(image))
    return parser


_Rule = Callable[[StateInline, bool], bool]


def _if_any(rule: _Rule) -> _Rule:
    """A rule for links, asked only where there can be one: from each bracket it looks for its partner through all that
    follows, which takes for ever where many brackets have none."""

    def asked(state: StateInline, silent: bool) -> bool:
        may_be = "references" in state.env or state.src.find("](", state.pos) >= 0
        return may_be and rule(state, silent)

    return asked


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


def normal(text: str) -> str:
    """The text as markdown-it reads it, so that its words are found in the lines again. Blanks that do not break a line, as
    word processors put them beside the marks of a list, are blanks."""
    plain = _LINE_END.sub("\n", text).replace("\0", "\ufffd")
    if "\u00a0" not in plain:
        return plain
    return _ODD_GAP.sub(r"\1 ", _ODD_INDENT.sub(lambda found: " " * min(_DEEPEST, len(found[0])), plain))


def block_tokens(source: str, definitions: Definitions) -> list[Token]:
    """The tokens of the blocks in a normal text, their contents not yet read; adds the links that it defines."""
    return parser().block.parse(source, parser(), definitions, []) or []


def inline_tokens(content: str, definitions: Definitions) -> list[Token]:
    """The tokens of the words in a block's content."""
    return parser().inline.parse(content, parser(), definitions, [])


def too_deep(tokens: list[Token]) -> int | None:
    """markdown-it drops what lies deeper than its limit without a word: the line, from 0, of a block that reaches it."""
    for token in tokens:
        if token.level >= MAX_NESTING - 1 and token.nesting == 1 and token.map:
            return token.map[0]
    return None
