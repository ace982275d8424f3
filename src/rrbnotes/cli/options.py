"""The options that several commands share. Read at every start: nothing here reads notes."""

from collections.abc import Callable, Mapping
from datetime import date as Date
from pathlib import Path
from typing import Annotated, Any

import typer

from rrbnotes.cli import completing
from rrbnotes.errors import did_you_mean


def day(text: str) -> Date:
    """A date of the command line."""
    try:
        return Date.fromisoformat(text)
    except ValueError:
        from rrbnotes.dates import find_dates  # only where the usual form does not fit

        found = find_dates(text, None)
        if found and found[0].end - found[0].start == len(text) and found[0].earliest == found[0].latest:
            return found[0].earliest
        raise typer.BadParameter(f"'{text}' is no date; write it as 2019-11-19") from None


def count(text: str) -> int:
    """A number of the command line."""
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    raise typer.BadParameter(f"'{text}' is no number that can be counted; write it as 3")


def folder(text: str) -> Path:
    """A folder of the command line."""
    path = Path(text)
    if path.is_dir():
        return path
    what = "is no folder" if path.exists() else "is not there"
    raise typer.BadParameter(f"'{text}' {what}; name a folder that is")


def one_of(known: Mapping[str, object]) -> Callable[[str], str]:
    """A reader of the names of a table's rows."""

    def name(text: str) -> str:
        if text in known:
            return text
        raise typer.BadParameter(
            f"'{text}' is none of {', '.join(known)}{did_you_mean(text, known) or '; name one of these'}"
        )

    return name


def choice(option: str, known: Mapping[str, object], help: str) -> Any:
    """An option that takes the name of a table's row."""
    return typer.Option(
        option,
        metavar="|".join(known),
        parser=one_of(known),
        help=help,
        show_default=False,
        autocompletion=completing.names(known),
    )


FORMATS = ("table", "tsv", "csv", "json", "ndjson", "markdown", "xlsx", "ics", "sqlite")
"""The names of the rows of `render.formats`, which is not read at every start."""
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="table, tsv, csv, json, ndjson, markdown, xlsx; of actions also ics, sqlite. Else a table on a terminal, tsv off it, for FILE its ending.",
        show_default=False,
        autocompletion=completing.names(FORMATS),
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", help="Write to FILE.", show_default=False),
]
Dry = Annotated[
    bool, typer.Option("-n", "--dry-run", help="Show what would change in the register, and write nothing.")
]
AsAt = Annotated[
    Date | None,
    typer.Option(
        "--as-at",
        metavar="DATE",
        parser=day,
        help="As they stood on DATE, by the notes up to then.",
        show_default=False,
    ),
]
Reason = Annotated[
    str, typer.Option("-m", "--reason", metavar="REASON", help="Why, in a few words.", show_default=False)
]
On = Annotated[
    Date | None,
    typer.Option(
        "--on", metavar="DATE", parser=day, help="The day it was said; else today.", show_default=False
    ),
]
Due = Annotated[
    str | None,
    typer.Option(
        "--due",
        metavar="WHEN",
        help="A new deadline: a date, 'end of March', 'next meeting'; 'none' takes it away.",
        show_default=False,
    ),
]
Owners = Annotated[
    list[str] | None,
    typer.Option(
        "--owner",
        metavar="O",
        help="Its new owner; repeatable; 'none' for nobody.",
        show_default=False,
        autocompletion=completing.owners,
    ),
]
Board = Annotated[
    str | None,
    typer.Option(
        "--board",
        metavar="B",
        help="Of board B.",
        show_default=False,
        autocompletion=completing.boards,
    ),
]
Boards = Annotated[
    list[str] | None,
    typer.Option(
        "--board",
        metavar="B",
        help="Of board B; repeatable.",
        show_default=False,
        autocompletion=completing.boards,
    ),
]
