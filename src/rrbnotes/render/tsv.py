"""Tab-separated, one record a line, no header: for pipes."""

from rrbnotes.render.page import Page
from rrbnotes.render.safe import one_line
from rrbnotes.views.listing import Listing


def write(listing: Listing, page: Page) -> str:
    """The plain fields of the sheet."""
    sheet = listing.sheet()
    return "".join("\t".join(map(one_line, row[: sheet.plain])) + "\n" for row in sheet.rows)
