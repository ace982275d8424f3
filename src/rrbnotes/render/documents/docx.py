"""A paper for a word processor: real headings, lists and tables with repeated heading rows, in the same bytes each time."""

from datetime import UTC, datetime
from io import BytesIO

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from rrbnotes.render.archives import timeless
from rrbnotes.render.documents.links import address
from rrbnotes.render.page import Page
from rrbnotes.render.safe import inline, one_line
from rrbnotes.views.document import Bullets, Document, Grid, Heading, Line, Paragraph, Part

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_FONT = "Arial"
_INK = RGBColor(0x1C, 0x21, 0x26)
_LINK = RGBColor(0x0B, 0x4F, 0xA8)
_HEADINGS = {"Title": 20, "Heading 1": 14, "Heading 2": 12, "Heading 3": 11}
"""Sizes in points."""
_WIDTH = 17.0
"""Of the text on a page of A4, in centimetres."""
_CHARACTER = 0.2
"""About the width of a character of a table, in centimetres."""
_NARROWEST, _WIDEST = 1.1, 4.0
"""Of the columns that do not fill, in centimetres."""
_LEAST = 6.0
"""Of the column that fills, in centimetres: the widest of the others give way."""
_ROOM = 15
"""Of an empty cell, in characters."""


def write(document: Document, page: Page) -> bytes:
    """The paper as a docx file."""
    paper = new_document()
    _prepare(paper, document.title)
    paper.add_heading(one_line(document.title), level=0)
    for part in document.parts:
        _add(paper, part)
    out = BytesIO()
    paper.save(out)
    return timeless(out.getvalue())


def _prepare(paper: WordDocument, title: str) -> None:
    properties = paper.core_properties
    properties.title, properties.author, properties.comments = one_line(title)[:255], "", ""
    properties.created = properties.modified = _LONG_AGO
    properties.last_modified_by, properties.language = "", "en-GB"
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10.5)
    for name, size in _HEADINGS.items():
        style = paper.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
        style.font.bold = True
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would win over ours
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)


def _add(paper: WordDocument, part: Part) -> None:
    match part:
        case Heading(text, level):
            paper.add_heading(one_line(text), level=level - 1)
        case Paragraph(words):
            _put(paper.add_paragraph(), words)
        case Bullets(items):
            for item in items:
                _put(paper.add_paragraph(style="List Bullet"), item)
        case Grid():
            _add_table(paper, part)


def _add_table(paper: WordDocument, grid: Grid) -> None:
    table = paper.add_table(rows=1, cols=len(grid.heads), style="Table Grid")
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, grid.heads, strict=True):
        cell.paragraphs[0].add_run(one_line(head.title)).bold = True
        _shade(cell)
    _mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    for row in grid.rows:
        added = table.add_row()
        _mark(added._tr.get_or_add_trPr(), "w:cantSplit")
        for cell, words in zip(added.cells, row, strict=True):
            _put(cell.paragraphs[0], words)
    _set_widths(table, grid)
    paper.add_paragraph()


def _set_widths(table: Table, grid: Grid) -> None:
    """What does not fill is as wide as its words, within limits; word processors want it said of each cell."""
    longest = [
        max(
            len(head.title), *(sum(len(run.text) for run in row[at]) for row in grid.rows), head.blank * _ROOM
        )
        for at, head in enumerate(grid.heads)
    ]
    widths = [min(max(_CHARACTER * size + 0.4, _NARROWEST), _WIDEST) for size in longest]
    fills = next(at for at, head in enumerate(grid.heads) if head.fills)
    widths[fills] = 0
    most = _WIDEST
    while sum(min(width, most) for width in widths) > _WIDTH - _LEAST and most > _NARROWEST:
        most -= 0.1
    widths = [min(width, most) for width in widths]
    widths[fills] = _WIDTH - sum(widths)
    for at, width in enumerate(widths):
        table.columns[at].width = Cm(width)
        for row in table.rows:
            _narrow(row.cells[at], width)


def _narrow(cell: _Cell, width: float) -> None:
    cell.width = Cm(width)
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
        for run in (*paragraph.runs, *(run for link in paragraph.hyperlinks for run in link.runs)):
            run.font.size = Pt(9.5)


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EEF1F4")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _mark(properties: BaseOxmlElement, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _put(paragraph: WordParagraph, words: Line) -> None:
    for run in words:
        added = paragraph.add_run(inline(run.text))
        added.bold = run.strong or None
        if link := address(run.link):
            _lead(paragraph, added, link)


def _lead(paragraph: WordParagraph, run: WordRun, link: str) -> None:
    """Let words lead to a web page."""
    run.font.underline, run.font.color.rgb = True, _LINK
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    element.append(run._r)
    paragraph._p.append(element)
