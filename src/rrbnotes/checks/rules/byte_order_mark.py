"""byte-order-mark: a file that begins with a mark for its encoding."""

from collections.abc import Iterator

from rrbnotes.diagnostics import Finding, Fix
from rrbnotes.notebook import Minutes
from rrbnotes.source import Location, line_of


def byte_order_mark(minutes: Minutes) -> Iterator[Finding]:
    """The file begins with a byte order mark.

    Nobody sees it, but other programs read it as part of the first word: a heading is then no heading, and two versions of
    a note differ in a line that looks the same. It is left by old editors.

    Mend:
        Save the note as UTF-8 without the mark (`UTF-8`, not `UTF-8 with BOM`).
    """
    if minutes.source.encoding == "utf-8":
        return
    at = line_of(Location(minutes.source.path, 1))
    if minutes.source.encoding == "utf-8-sig":
        what = "the file begins with a byte order mark"
        yield Finding(
            at, what, "save it as UTF-8 without the mark", fix=Fix("take the mark away", (), "utf-8")
        )
    else:
        what = f"the file is saved as {minutes.source.encoding[:6].upper()}, with a byte order mark"
        yield Finding(at, what, "save it as UTF-8")
