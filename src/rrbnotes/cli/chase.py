"""`rrb chase`."""

from datetime import date as Date
from pathlib import Path
from typing import Annotated

import typer

from rrbnotes.cli import completing
from rrbnotes.cli.options import Boards, day
from rrbnotes.cli.run import Run

Owners = Annotated[
    list[str] | None,
    typer.Option(
        "--owner",
        metavar="O",
        help="Only for O: any of its names; repeatable.",
        autocompletion=completing.owners,
        show_default=False,
    ),
]
DueBefore = Annotated[
    Date | None,
    typer.Option(
        "--due-before",
        metavar="DATE",
        parser=day,
        help="Only about actions due earlier than DATE.",
        show_default=False,
    ),
]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only about actions past their dates.")]
_DRAFTS = "rrb chase --output letters --format eml for a draft mail to each owner"
_ANSWERS = "send them, then rrb update --from FILE for each answer that comes back"
FORMATS = ("text", "markdown", "html", "docx", "eml", "csv", "json", "ndjson", "tsv", "xlsx")
"""The names of the forms in `cli.letters`, which is not read at every start."""
TextFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="text, markdown, html, docx; eml, the draft of a mail; csv, a sheet to fill in; of all owners together also "
        "json, ndjson, tsv, xlsx. Else text on a terminal, markdown off it.",
        show_default=False,
        autocompletion=completing.names(FORMATS),
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--output", metavar="FOLDER", help="Write a file for each owner into FOLDER.", show_default=False
    ),
]
AddressFile = Annotated[
    Path | None,
    typer.Option(
        "--addresses",
        metavar="FILE",
        help="Where to write to, for eml: lines of owner,address or of Owner <address>.",
        show_default=False,
    ),
]
LinkBase = Annotated[
    str | None,
    typer.Option(
        "--link-base",
        metavar="URL",
        help="Link each action to its line in the notes, which can be read on the web below URL: "
        "https://example.org/board/blob/main/",
        show_default=False,
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace files in FOLDER that say something else.")]


def chase(
    ctx: typer.Context,
    owner: Owners = None,
    board: Boards = None,
    due_before: DueBefore = None,
    overdue: Overdue = False,
    format: TextFormat = None,
    output: Folder = None,
    addresses: AddressFile = None,
    link_base: LinkBase = None,
    force: Force = False,
) -> None:
    """Write a text for each owner: what it still has to do, and a table to answer in. Nothing is sent.

    A joint action stands in the text of each of its owners. `rrb update --from FILE` takes the replies: the filled-in
    sheet, this text with its table filled in, whatever its format, or a mail as a mail program saves it.
    """
    from rrbnotes.cli import books, letters
    from rrbnotes.cli.filtering import in_words
    from rrbnotes.cli.talk import say, suggest
    from rrbnotes.views.chase import talk
    from rrbnotes.views.filters import kept
    from rrbnotes.views.names import understood
    from rrbnotes.views.requests import file_names, named, requests

    run: Run = ctx.obj
    letters.check(run, format, output, addresses)
    web = letters.web(run, link_base)
    book = books.open_book(run)
    filters = {"board": board, "due_before": due_before, "overdue": overdue}
    wanted = {name: value for name, value in filters.items() if value}
    outstanding = kept(books.stand(book, run.today), "open", {})
    entries = kept(outstanding, "open", understood(book, wanted, run.today))
    only = named(book, owner or (), run.today)
    asked = [one for one in requests(book, entries, run.today) if not owner or one.pair in only]
    known = letters.known_addresses(run, addresses, book)
    if output:
        names = file_names([one.pair for one in requests(book, outstanding, run.today)])
        folder = letters.Folder(output, format or "markdown", force, known, web)
        letters.save(run, asked, names, folder, letters.former(book, names))
    else:
        letters.show(run, asked, format, known, web)
    typed = in_words({**({"owner": owner} if owner else {}), **wanted})
    unowned = [] if owner else [entry for entry in entries if not entry.action.owners]
    lines = tuple(talk(asked, unowned, typed))
    for line in () if run.quiet else lines:
        say(line)
    if asked:
        suggest(run, _ANSWERS if output else _DRAFTS, lines)
    books.close(run, book.diagnostics)
