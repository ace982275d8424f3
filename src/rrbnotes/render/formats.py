"""The formats, each a row: how it writes, and which files it is for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rrbnotes.render import csv, json, markdown, tsv
from rrbnotes.render.page import Page
from rrbnotes.views.listing import Listing

Write = Callable[[Listing, Page], str]


@dataclass(frozen=True, slots=True)
class Format:
    """One format."""

    write: Write
    suffixes: tuple[str, ...] = ()
    """Of the files that mean it where no format is named."""


def _table(listing: Listing, page: Page) -> str:
    from rrbnotes.render.table import (
        write,
    )  # rich costs more than the rest of a run: only who looks at a table pays

    return write(listing, page)


FORMATS: Mapping[str, Format] = {
    "table": Format(_table, (".txt",)),
    "tsv": Format(tsv.write, (".tsv",)),
    "csv": Format(csv.write, (".csv",)),
    "json": Format(json.write, (".json",)),
    "ndjson": Format(json.write_lines, (".ndjson", ".jsonl")),
    "markdown": Format(markdown.write, (".md",)),
}


def for_file(name: str) -> str | None:
    """The format that a file's name asks for."""
    ending = name.casefold()
    return next(
        (format for format, row in FORMATS.items() if row.suffixes and ending.endswith(row.suffixes)), None
    )
