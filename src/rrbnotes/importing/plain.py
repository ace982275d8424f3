"""Plain text as pages: paragraphs between empty lines, lists by their marks, headings by the lines drawn below them."""

import re

from rrbnotes.importing.decoding import decoded
from rrbnotes.importing.pages import Block, Heading, Page, Rule, plain, text
from rrbnotes.importing.prints import Printed, Setting, pages_in
from rrbnotes.source import split_lines

_WIDEST = 120
"""Characters of a line that was wrapped by a program; longer ones are whole paragraphs."""
_NARROWEST = 50
_DRAWN = re.compile(r"[ \t]*(?:={3,}|-{3,}|_{3,}|\*{3,}|~{3,})[ \t]*")


def read(data: bytes) -> Page:
    """The pages of a text file."""
    words, remarks = decoded(data)
    return Page(tuple(blocks_of(words)), 0, remarks)


def blocks_of(words: str) -> list[Block]:
    """The blocks of a plain text."""
    lines = [one.expandtabs(8) if one[:1] in " \t" else one for one in split_lines(words.replace("\f", "\n"))]
    longest = max((len(one.rstrip()) for one in lines), default=0)
    margin = longest if _NARROWEST <= longest <= _WIDEST else float("inf")
    return pages_in(_parts(lines), Setting(lambda said, size: len(said), margin, 1.0))


def _parts(lines: list[str]) -> list[Printed | Block]:
    """The printed lines; one drawn below a single line makes it a heading, others part the page."""
    parts: list[Printed | Block] = []
    empty = 0
    for said in lines:
        if not said.strip():
            empty += 1
            continue
        last = parts[-1] if parts else None
        is_title = isinstance(last, Printed) and not empty and (last.above is None or last.above > 1)
        if not _DRAWN.fullmatch(said):
            indent = len(said) - len(said.lstrip())
            parts.append(Printed(text(said), indent, 1.0 + empty if parts else None))
        elif is_title and isinstance(last, Printed) and any(map(str.isalpha, plain(last.words))):
            parts[-1] = Heading(1 if "=" in said else 2, last.words)
        else:
            parts.append(Rule())
        empty = 0
    return parts
