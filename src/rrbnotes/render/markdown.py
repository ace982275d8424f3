"""Markdown: pipe tables, for a note, a pull request or a mail. No text of a note can break out of its cell."""

import re

from rrbnotes.render.page import Page
from rrbnotes.render.safe import inline, one_line
from rrbnotes.views.listing import Cell, Column, Group, Listing

_SPECIAL = re.compile(r"[\\`*_\[\]<|~]|&(?=#?\w+;)")
_LEADING = re.compile(r"\A(\d{1,9})?([-+#>=.)])(?=\s|$|#|[-=]+$)")


def write(listing: Listing, page: Page) -> str:
    """The table; its groups under headings."""
    table = listing.table()
    shown = (group for group in table.groups if group.rows or group.details)
    return "\n".join(_group(group, table.columns, page) for group in shown)


def escaped(text: str) -> str:
    """The text so that markdown shows it as it stands, at the start of a line too."""
    text = within(one_line(text))
    return _LEADING.sub(r"\1\\\2", text, count=1) if _LEADING.match(text) else text


def within(text: str) -> str:
    """The text so that markdown shows it as it stands, where it does not begin a line."""
    return _SPECIAL.sub(r"\\\g<0>", inline(text))


def _group(group: Group, columns: tuple[Column, ...], page: Page) -> str:
    heading = [f"### {escaped(group.title)}", ""] if group.title else []
    details = [f"- **{label}:** {_cell(words, page)}" for label, words in group.details]
    if not group.rows:
        return "\n".join((*heading, *details, ""))
    rule = ["---:" if column.right else "---" for column in columns]
    head = [escaped(column.title) for column in columns]
    rows = [[_cell(cell, page) for cell in row] for row in group.rows]
    lines = [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]
    return "\n".join((*heading, *details, *([""] if details else []), *lines, ""))


def _cell(cell: Cell, page: Page) -> str:
    return ", ".join(escaped(words.spelled(page.spell).text) for words in cell)
