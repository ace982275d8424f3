"""Where an answer goes: standard output or a file, in the format asked for; talk about it goes elsewhere."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import date as Date
from functools import cache
from pathlib import Path

from rrbnotes.british import DAYS
from rrbnotes.cli.color import colored
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import put, put_content, say, say_written, suggest
from rrbnotes.errors import RrbError, WriteError, cannot_be
from rrbnotes.home import Home, find, is_inside
from rrbnotes.render.formats import FORMATS, for_file, written
from rrbnotes.render.page import Page
from rrbnotes.store.files import put_whole
from rrbnotes.views.choice import pick
from rrbnotes.views.listing import Listing

_KEPT = frozenset({".md", ".yaml"})
"""The endings of notes and register."""


def check(
    run: Run,
    format: str | None,
    output: Path | None,
    known: Mapping[str, object] = FORMATS,
    meant_by: Callable[[str], str | None] = for_file,
) -> None:
    """Refuse what cannot be done before anything is read: a format that is none of those known, a file among the notes, or one
    whose ending is that of something else, for nobody opens a list that calls itself a picture."""
    if format is not None:
        pick("format", format, known)
    elif output and output.suffix and not meant_by(output.name):
        raise RrbError(
            f"--output {output}: nothing is written in files of this ending; take another one, or say --format"
        )
    if output:
        refuse_notes(run, "--output", output)


def emit(run: Run, listing: Listing, format: str | None, output: Path | None) -> None:
    """Write the answer, and the talk below a table or on standard error."""
    terminal = sys.stdout.isatty() and output is None
    name = format or _default(listing, output, terminal)
    page = page_for(run, terminal)
    text = written(name, listing, page)
    if output:
        write_file(run, "--output", output, text)
        say_written(run, output)
    else:
        put_content(text, f"the format {name}", coloured=name == "table")
    if not run.quiet:
        _talk(listing, page, below=terminal and name == "table", apart=bool(text))
    if name == "table":
        suggest(run, listing.then, listing.footer)


def _default(listing: Listing, output: Path | None, terminal: bool) -> str:
    if output:
        return for_file(output.name) or "tsv"
    return "table" if terminal else listing.piped


def page_for(run: Run, terminal: bool, width: int = 80) -> Page:
    """What formats may know of where their text goes; `width` is for where no terminal says its own."""
    columns = shutil.get_terminal_size((width, 24)).columns
    return Page(columns, colored(run.color, os.environ, terminal), run.today, _speller(run))


def _speller(run: Run) -> Callable[[Date], str]:
    """How the board of this folder wants days in tables; asked where a table has one, for others need no settings."""

    @cache
    def style() -> Callable[[Date], str]:
        home = find(run.directory, run.config)
        return DAYS[home.settings.dates if home else "iso"]

    return lambda day: style()(day)


def refuse_notes(run: Run, option: str, file: Path, beside: Home | None = None) -> None:
    """Refuse a place in a notes folder, which is for notes and their register. Where that is a folder of anything, only
    files that look like these are refused there; `beside` is the home of notes that are not those of this folder."""
    path = run.path(file).resolve()
    for home in filter(None, (find(run.directory, run.config), beside)):
        is_kept = home.notes != home.root or path.suffix.casefold() in _KEPT
        if is_kept and path.is_relative_to(home.notes.resolve()):
            raise RrbError(
                f"{option} {file} is in the notes folder, where it would be read as a note; name another place"
            )


def _refuse_link(run: Run, option: str, file: Path) -> None:
    """Refuse a link that stands in the folder and leads out of it: whoever wrote the folder may have put it there."""
    path = Path(os.path.abspath(run.path(file)))
    home = find(run.directory, run.config)
    top = Path(os.path.abspath(home.root if home else run.directory))
    if path.is_relative_to(top) and not is_inside(path, top):
        raise RrbError(f"{option} {file}: a link that leads out of {top}; name the place itself")


def write_file(run: Run, option: str, file: Path, content: str | bytes) -> None:
    """Write a file that an option names; none of the notes, nor their register."""
    refuse_notes(run, option, file)
    _refuse_link(run, option, file)
    data = content if isinstance(content, bytes) else content.encode(errors="backslashreplace")
    try:
        put_whole(run.path(file), data)
    except OSError as why:
        raise WriteError(f"{file}: {cannot_be('written', why)}") from why


def _talk(listing: Listing, page: Page, below: bool, apart: bool) -> None:
    if below and listing.footer:
        from rrbnotes.render.table import talk  # the table has paid for rich already

        put("\n" * apart + talk(listing.footer, page), coloured=True)
    else:
        for line in listing.footer:
            say(line)
