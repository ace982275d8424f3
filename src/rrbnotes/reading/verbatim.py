"""What stands in a note letter by letter: code, addresses and HTML, where a change of how the note is set changes what it says."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markdown_it.token import Token

from rrbnotes.reading.markdown import parser

_CODE = frozenset({"fence", "code_block", "code_inline"})
_ADDRESSES = ("href", "src", "title")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Nobody has put them there on purpose, not even into code."""
_TAG = re.compile(r"<[^<>]*>")


def verbatim(text: str) -> Counter[str]:
    """The contents of code and of blocks of HTML, and the addresses and titles of links, pictures and definitions, each
    with how often."""
    env: dict[str, Any] = {}
    tokens = parser().parse(text.replace("\0", "\ufffd"), env)
    references: Mapping[str, Mapping[str, object]] = env.get("references", {})
    defined = (str(part) for one in references.values() for part in (one.get("href"), one.get("title")))
    return Counter([*_in(tokens), *defined])


def _in(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        is_html = token.type == "html_block" and _TAG.sub("", token.content).strip()
        if token.type in _CODE or is_html:
            yield _CONTROLS.sub("", token.content).strip()
        yield from (str(token.attrs[name]) for name in _ADDRESSES if name in token.attrs)
        yield from _in(token.children or ())
