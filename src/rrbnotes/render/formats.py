"""The formats, each a row: how it writes, which files it is for, and what it can hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from rrbnotes.errors import RrbError
from rrbnotes.render.page import Page
from rrbnotes.views.listing import Listing


@dataclass(frozen=True, slots=True)
class Format:
    """One format."""

    module: str
    """The file below `rrbnotes.render` that writes it. It is read when it writes: no run pays for the libraries of others."""
    suffixes: tuple[str, ...] = ()
    """Of the files that mean it where no format is named."""
    holds: str = ""
    """The name of the only records that it has a place for; empty for a format that takes any."""
    function: str = "write"

    def write(self, listing: Listing, page: Page) -> str | bytes:
        """A listing in this format; bytes are for files and pipes, a terminal is not given them."""
        written: str | bytes = getattr(import_module(f"rrbnotes.render.{self.module}"), self.function)(
            listing, page
        )
        return written


FORMATS: Mapping[str, Format] = {
    "table": Format("table", (".txt",)),
    "tsv": Format("tsv", (".tsv",)),
    "csv": Format("csv", (".csv",)),
    "json": Format("json", (".json",)),
    "ndjson": Format("json", (".ndjson", ".jsonl"), function="write_lines"),
    "markdown": Format("markdown", (".md", ".markdown")),
    "xlsx": Format("xlsx", (".xlsx",)),
    "ics": Format("ics", (".ics",), holds="actions"),
    "sqlite": Format("sqlite", (".sqlite", ".sqlite3", ".db"), holds="actions"),
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
