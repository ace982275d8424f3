"""Comma-separated with a header (RFC 4180): for spreadsheets, which run what looks like a formula."""

import csv
from io import StringIO

from rrbnotes import formulas
from rrbnotes.render.page import Page
from rrbnotes.views.listing import Listing


def write(listing: Listing, page: Page) -> str:
    """All fields of the sheet."""
    sheet, out = listing.sheet(), StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(sheet.fields)
    writer.writerows([guarded(text) for text in row] for row in sheet.rows)
    return out.getvalue()


def guarded(text: str) -> str:
    """The text as a spreadsheet takes it for text."""
    return formulas.guarded(text.replace("\0", "\ufffd"))
