"""HTML remains of a converter: tables and paragraphs that stand in a note as tags."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from rrbnotes.reading.inline import TAG_LOOKS, Builder
from rrbnotes.reading.text import EMPTY, Text

_BREAKS = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "hr"}
)
_SILENT = frozenset({"script", "style", "svg"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a table."""

    line: int
    text: Text = EMPTY
    rows: tuple[tuple[Text, ...], ...] = ()


def read(content: str, line: int) -> Iterator[Piece]:
    """The pieces of an HTML block that begins at a line."""
    reader = _Reader(line)
    reader.feed(_without_open_comments(content))
    reader.close()
    yield from reader.finish()


_MOST_OPEN = 16
_CLOSED_BY = (("<!", "-->"), ("<?", ">"))


def _without_open_comments(content: str) -> str:
    """The content, the signs of comments and instructions that nothing closes as words where they are many: the parser
    looks from each of them to the end."""
    for sign, end in _CLOSED_BY:
        closed = content.rfind(end) + 1
        if content.count(sign, closed) > _MOST_OPEN:
            content = content[:closed] + content[closed:].replace(sign, f"&lt;{sign[1:]}")
    return content


class _Reader(HTMLParser):
    """Collects words; a row ends at `</tr>`, a paragraph at any other tag that breaks the line."""

    def __init__(self, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.first_line = line
        self.builder = Builder(line)
        self.pieces: list[Piece] = []
        self.rows: list[tuple[Text, ...]] = []
        self.cells: list[Text] = []
        self.in_cell = False
        self.silent = 0

    def here(self) -> int:
        return self.getpos()[0] - 1 + self.first_line

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in ("td", "th"):
            self.flush()
            self.in_cell = True
        elif tag in TAG_LOOKS:
            self.builder.look(TAG_LOOKS[tag], True)
        elif tag in _BREAKS:
            self.break_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ("td", "th") and self.in_cell:
            self.cells.append(self.take())
            self.in_cell = False
        elif tag == "tr":
            if self.cells:
                self.rows.append(tuple(self.cells))
            self.cells = []
        elif tag == "table":
            self.end_table()
        elif tag in TAG_LOOKS:
            self.builder.look(TAG_LOOKS[tag], False)
        elif tag in _BREAKS:
            self.break_line()

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        line = self.here()
        for n, part in enumerate(data.split("\n")):
            if n:
                self.builder.add("\n")
            self.builder.move_to(line + n)
            self.builder.add(part)

    def take(self) -> Text:
        """The words so far; the builder begins anew."""
        text = self.builder.text()
        self.builder = Builder(self.here())
        return text

    def break_line(self) -> None:
        """Within a cell a break is a space, elsewhere it ends a paragraph."""
        if self.in_cell:
            self.builder.add(" ")
        else:
            self.flush()

    def flush(self) -> None:
        text = self.take()
        if text:
            self.pieces.append(Piece(text.line, text))

    def end_table(self) -> None:
        if self.rows:
            self.pieces.append(Piece(self.rows[0][0].line, rows=tuple(self.rows)))
        self.rows = []

    def finish(self) -> list[Piece]:
        """What was found; a table cut off by a blank line counts as far as it goes."""
        if self.in_cell:
            self.cells.append(self.take())
        if self.cells:
            self.rows.append(tuple(self.cells))
        self.end_table()
        self.flush()
        return self.pieces
