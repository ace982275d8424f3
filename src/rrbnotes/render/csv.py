"""Comma-separated with a header (RFC 4180): for spreadsheets, which run what looks like a formula."""

import csv
from io import StringIO

from rrbnotes.render.page import Page
from rrbnotes.views.listing import Listing

_FORMULA = ("=", "+", "-", "@")
_BREAKS_OUT = ("\t", "\r", "\n")


def write(listing: Listing, page: Page) -> str:
    """All fields of the sheet."""
    sheet, out = listing.sheet(), StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(sheet.fields)
    writer.writerows([guarded(text) for text in row] for row in sheet.rows)
    return out.getvalue()


def guarded(text: str) -> str:
    """The text with a quote before what a spreadsheet would run."""
    text = text.replace("\0", "\ufffd")
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_BREAKS_OUT) else text
