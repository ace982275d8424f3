"""The options that several commands share. Read at every start: nothing here reads notes."""

from datetime import date as Date
from pathlib import Path
from typing import Annotated

import typer


def day(text: str) -> Date:
    """A date of the command line."""
    try:
        return Date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no date; write it as 2019-11-19") from None


Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="table, tsv, csv, json, ndjson or markdown. On a terminal a table, off it tsv; for --output its ending.",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", help="Write to FILE instead of the terminal.", show_default=False),
]
Board = Annotated[list[str] | None, typer.Option("--board", metavar="B", help="Of board B.", show_default=False)]
