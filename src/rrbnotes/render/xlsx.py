"""Excel: all fields of the sheet, days as days, numbers as numbers, and every other text as nothing but text."""

import re
from collections.abc import Sequence
from datetime import date as Date
from datetime import datetime, time
from io import BytesIO
from zipfile import ZipFile

from rrbnotes.errors import needs
from rrbnotes.formulas import is_formula
from rrbnotes.render.archives import EPOCH, timeless
from rrbnotes.render.cells import cells, cut, wrapped
from rrbnotes.render.page import Page
from rrbnotes.render.safe import visible
from rrbnotes.views.listing import Listing, Records, Sheet

with needs("the format xlsx", "openpyxl", "xlsx"):
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties
    from openpyxl.worksheet.worksheet import Worksheet
    from openpyxl.writer.excel import ExcelWriter

TYPED = frozenset(
    "absent age_days attended carried date due due_before line next_meeting outstanding overdue raised reported rolled_over value".split()
)
"""The fields whose days and numbers are values to sort and to reckon with. What looks like one elsewhere is a name."""
_WIDEST, _NARROWEST, _PADDING = 60, 8, 3
_LINE, _MOST_LINES = 15, 27
"""The height of a line, and how many of them the highest row can have."""
_LONGEST = 32767
"""More characters no cell holds."""
_NUMERAL = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{0,5}[1-9])?")
_DAY = re.compile(r"(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}")
_NO_XML = re.compile("[\ufffe\uffff]")
_LIKE_A_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_TEXT = Alignment(horizontal="left", vertical="top", wrap_text=True)
_NUMBER = Alignment(horizontal="right", vertical="top", indent=1)
_HEAD = Font(name="Calibri", size=11, bold=True)


def write(listing: Listing, page: Page) -> bytes:
    """The workbook; the same listing gives the same bytes."""
    sheet, records = listing.sheet(), listing.records()
    book = Workbook()
    leaf = book.active
    assert isinstance(leaf, Worksheet)
    leaf.title = records.name.capitalize()[:31]
    _fill(leaf, sheet)
    _set_up(leaf, sheet)
    book.properties = _properties(records, page.today)
    return _saved(book)


def _fill(leaf: Worksheet, sheet: Sheet) -> None:
    """The cells, in columns as wide and rows as high as they need to be."""
    rows = [sheet.fields, *sheet.rows]
    widths = [_width(texts) for texts in zip(*rows, strict=True)]
    for column, width in enumerate(widths, 1):
        leaf.column_dimensions[get_column_letter(column)].width = width + _PADDING
    for number, row in enumerate(rows, 1):
        for column, (field, text) in enumerate(zip(sheet.fields, row, strict=True), 1):
            if text:
                _put(leaf.cell(number, column), text, typed=number > 1 and field in TYPED)
        # not every program works it out for itself
        leaf.row_dimensions[number].height = _LINE * _lines(row, widths)
    for head in leaf[1]:
        head.font = _HEAD


def _put(cell: Cell | MergedCell, text: str, typed: bool) -> None:
    assert isinstance(cell, Cell)
    value = _value(text) if typed else None
    if value is None:
        cell.value = _shown(text)
        cell.data_type = "s"  # the library takes `=…` for a formula and `#N/A` for an error
        cell.quotePrefix = is_formula(text)  # and so does Excel, when the cell is edited
        cell.alignment = _TEXT
    elif isinstance(value, Date):
        cell.value, cell.number_format, cell.alignment = value, "yyyy-mm-dd", _TEXT
    else:
        cell.value, cell.number_format, cell.alignment = value, "General", _NUMBER


def _value(text: str) -> Date | float | None:
    """A day or a number, where it would be shown as it is written; None for any other text."""
    if _NUMERAL.fullmatch(text):
        return float(text) if "." in text else int(text)
    try:
        return Date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _shown(text: str) -> str:
    """The text as XML can hold it and Excel shows it: `_x0041_` would be read as a letter."""
    lines = (visible(line.replace("\t", " ")) for line in re.split(r"\r\n?|\n", text))
    whole = _NO_XML.sub(lambda found: f"<U+{ord(found[0]):04X}>", "\n".join(lines))
    return cut(_LIKE_A_CODE.sub("_x005F_", whole), _LONGEST)


def _width(texts: Sequence[str]) -> int:
    longest = max(cells(line) for text in texts for line in text.split("\n"))
    return min(max(longest, _NARROWEST), _WIDEST)


def _lines(texts: Sequence[str], widths: Sequence[int]) -> int:
    """How many lines the fullest cell of a row takes."""
    taken = (
        sum(len(wrapped(line, width)) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(max(taken), _MOST_LINES)


def _set_up(leaf: Worksheet, sheet: Sheet) -> None:
    """How it looks on a screen and on paper, where there is room for the plain fields only."""
    last = leaf.max_row
    leaf.freeze_panes = "A2"
    leaf.auto_filter.ref = f"A1:{get_column_letter(len(sheet.fields))}{last}"
    leaf.print_area = f"A1:{get_column_letter(sheet.plain)}{last}"
    leaf.print_title_rows = "1:1"
    leaf.page_setup.orientation, leaf.page_setup.paperSize = "landscape", 9  # A4
    leaf.page_setup.fitToWidth, leaf.page_setup.fitToHeight = 1, 0
    leaf.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = leaf.oddFooter
    assert footer is not None and footer.center is not None
    footer.center.text = "&P / &N"


def _properties(records: Records, today: Date | None) -> DocumentProperties:
    day = records.head.get("today")
    title = records.name.capitalize() + (f" on {day}" if day else "")
    moment = datetime.combine(today, time()) if today else datetime(*EPOCH)
    return DocumentProperties(creator="rrb", title=title, created=moment, modified=moment)


def _saved(book: Workbook) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as parts:
        ExcelWriter(book, parts).save()  # `book.save` would write down when it was called
    return timeless(out.getvalue())
