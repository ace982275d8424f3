"""The formats of papers, each a row; spreadsheets and programs take the listing beside the paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rrbnotes.errors import needs
from rrbnotes.render.documents import markdown, text
from rrbnotes.render.formats import FORMATS
from rrbnotes.render.page import Page
from rrbnotes.views.document import Document

Write = Callable[[Document, Page], str | bytes]


@dataclass(frozen=True, slots=True)
class PaperFormat:
    """One format."""

    write: Write
    suffixes: tuple[str, ...] = ()
    """Of the files that mean it where no format is named."""


def _html(document: Document, page: Page) -> str:
    from rrbnotes.render.documents import html  # jinja2 is only for who wants a page

    return html.write(document, page)


def _docx(document: Document, page: Page) -> bytes:
    with needs("the format docx", "python-docx", "docx", "docx"):
        from rrbnotes.render.documents import docx

    return docx.write(document, page)


def _listed(name: str) -> PaperFormat:
    row = FORMATS[name]
    return PaperFormat(lambda document, page: row.write(document.listing(), page), row.suffixes)


PAPERS: Mapping[str, PaperFormat] = {
    "text": PaperFormat(text.write, (".txt",)),
    "markdown": PaperFormat(markdown.write, (".md", ".markdown")),
    "html": PaperFormat(_html, (".html", ".htm")),
    "docx": PaperFormat(_docx, (".docx",)),
    **{name: _listed(name) for name in ("csv", "xlsx", "json", "ndjson", "tsv") if name in FORMATS},
}


def for_file(name: str) -> str | None:
    """The format that a file's name asks for."""
    ending = name.casefold()
    return next(
        (paper for paper, row in PAPERS.items() if row.suffixes and ending.endswith(row.suffixes)), None
    )
