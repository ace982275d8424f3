"""JSON: a versioned envelope with one object a line, or the bare lines."""

import json
import re

from rrbnotes.render.page import Page
from rrbnotes.render.safe import HARMFUL
from rrbnotes.views.listing import Listing

VERSION = 1


def write(listing: Listing, page: Page) -> str:
    """The envelope; one record a line, so that two versions of a file compare well."""
    records = listing.records()
    head = "".join(f"{dumped(name)}: {dumped(value)}, " for name, value in records.head.items())
    lines = ",\n".join(dumped(item) for item in records.items)
    body = f"[\n{lines}\n]" if lines else "[]"
    return f'{{"version": {VERSION}, {head}{dumped(records.name)}: {body}}}\n'


def write_lines(listing: Listing, page: Page) -> str:
    """One record a line and nothing else (ndjson)."""
    return "".join(f"{dumped(item)}\n" for item in listing.records().items)


def dumped(value: object, separators: tuple[str, str] | None = None) -> str:
    """A value as JSON that can be written as UTF-8, and acts nowhere on its way: neither on a terminal nor, where it says
    `##[`, in a log of GitHub Actions."""
    text = json.dumps(value, ensure_ascii=False, separators=separators)
    return re.sub(HARMFUL, _escaped, text).replace("##[", "#\\u0023[")


def _escaped(match: re.Match[str]) -> str:
    """As `\\u202e`, which means the same character."""
    return json.dumps(match[0])[1:-1]
