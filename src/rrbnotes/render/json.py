"""JSON: a versioned envelope with one object a line, or the bare lines."""

import json

from rrbnotes.render.page import Page
from rrbnotes.views.listing import Listing

VERSION = 1


def write(listing: Listing, page: Page) -> str:
    """The envelope; one record a line, so that two versions of a file compare well."""
    records = listing.records()
    head = "".join(f"{_text(name)}: {_text(value)}, " for name, value in records.head.items())
    lines = ",\n".join(_text(item) for item in records.items)
    body = f"[\n{lines}\n]" if lines else "[]"
    return f'{{"version": {VERSION}, {head}{_text(records.name)}: {body}}}\n'


def write_lines(listing: Listing, page: Page) -> str:
    """One record a line and nothing else (ndjson)."""
    return "".join(f"{_text(item)}\n" for item in listing.records().items)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
