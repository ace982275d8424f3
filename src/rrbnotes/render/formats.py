"""The formats, each a row: how it writes, which files it is for, and what it can hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rrbnotes.errors import RrbError
from rrbnotes.render import csv, json, markdown, tsv
from rrbnotes.render.page import Page
from rrbnotes.views.listing import Listing

Write = Callable[[Listing, Page], str | bytes]
"""Bytes are for files and pipes: a terminal is not given them."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format."""

    write: Write
    suffixes: tuple[str, ...] = ()
    """Of the files that mean it where no format is named."""
    holds: str = ""
    """The name of the only records that it has a place for; empty for a format that takes any."""


def _table(listing: Listing, page: Page) -> str:
    from rrbnotes.render.table import write  # rich costs more than the rest of a run: only who looks pays

    return write(listing, page)


def _xlsx(listing: Listing, page: Page) -> bytes:
    from rrbnotes.render.xlsx import write

    return write(listing, page)


def _ics(listing: Listing, page: Page) -> str:
    from rrbnotes.render.ics import write

    return write(listing, page)


def _sqlite(listing: Listing, page: Page) -> bytes:
    from rrbnotes.render.sqlite import write

    return write(listing, page)


FORMATS: Mapping[str, Format] = {
    "table": Format(_table, (".txt",)),
    "tsv": Format(tsv.write, (".tsv",)),
    "csv": Format(csv.write, (".csv",)),
    "json": Format(json.write, (".json",)),
    "ndjson": Format(json.write_lines, (".ndjson", ".jsonl")),
    "markdown": Format(markdown.write, (".md", ".markdown")),
    "xlsx": Format(_xlsx, (".xlsx",)),
    "ics": Format(_ics, (".ics",), holds="actions"),
    "sqlite": Format(_sqlite, (".sqlite", ".sqlite3", ".db"), holds="actions"),
}


def written(name: str, listing: Listing, page: Page) -> str | bytes:
    """The listing in a format of the table; raises where the format has no place for such records."""
    row = FORMATS[name]
    if row.holds and row.holds != (kind := listing.records().name):
        able = ", ".join(other for other, one in FORMATS.items() if one.holds in ("", kind))
        raise RrbError(f"{name} is for {row.holds}, not for {kind}; they can be had as {able}")
    return row.write(listing, page)


def for_file(name: str) -> str | None:
    """The format that a file's name asks for."""
    ending = name.casefold()
    return next(
        (format for format, row in FORMATS.items() if row.suffixes and ending.endswith(row.suffixes)), None
    )
