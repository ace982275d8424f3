"""A paper as markdown, for a note, a pull request or a mail. No text of a note can break out of its place."""

from collections.abc import Iterator

from rrbnotes.keeping.cells import printed_row
from rrbnotes.render.documents.links import address
from rrbnotes.render.markdown import escaped, within
from rrbnotes.render.page import Page
from rrbnotes.render.safe import one_line
from rrbnotes.views.document import Bullets, Document, Grid, Heading, Line, Paragraph, Part, Run


def write(document: Document, page: Page) -> str:
    """The paper under its title."""
    return "\n\n".join((f"# {_title(document.title)}", *map(part, document.parts))) + "\n"


def part(one: Part) -> str:
    """One part, without a line end behind it."""
    match one:
        case Heading(text, level):
            return f"{'#' * level} {_title(text)}"
        case Paragraph(words):
            return _begun(words)
        case Bullets(items):
            return "\n".join(f"- {_begun(item)}" for item in items)
        case Grid():
            return "\n".join(_rows(one))


def _title(text: str) -> str:
    """The words of a heading; marks at their end would be taken for its own."""
    words = within(one_line(text))
    return f"{words[:-1]}\\#" if words.endswith("#") else words


def cells(grid: Grid) -> list[list[str]]:
    """The cells of a grid's rows, each as it stands between the bars."""
    return [[_words(cell) for cell in row] for row in grid.rows]


def _rows(grid: Grid) -> Iterator[str]:
    yield printed_row([within(head.title) for head in grid.heads])
    yield printed_row(["---"] * len(grid.heads))
    for row in cells(grid):
        yield printed_row(row)


def _begun(words: Line) -> str:
    """Words that begin a line, where some characters would be taken for marks."""
    if not words or words[0].strong or words[0].link:
        return _words(words)
    first, *others = words
    tail = " " * (len(first.text) - len(first.text.rstrip()) > 0 and bool(others))
    return f"{escaped(first.text)}{tail}{_words(tuple(others))}"


def _words(words: Line) -> str:
    """Words that others stand before."""
    return "".join(map(_run, words)).strip()


def _run(run: Run) -> str:
    """Words in their marks, with the blanks outside of these."""
    mark, link = "**" * run.strong, address(run.link).replace("&", "&amp;")
    if not mark and not link:
        return within(run.text)
    text = run.text
    inner = within(text.strip())
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    marked = f"{mark}{inner}{mark}"
    return f"{lead}{f'[{marked}](<{link}>)' if link else marked}{tail}" if inner else lead
