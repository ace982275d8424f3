"""Where a paper goes: standard output or a file, in the format asked for. Commands import it when they run."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from rrbnotes.cli import completing, out
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import put_content, say_written
from rrbnotes.views.document import Document

FORMATS = ("text", "markdown", "html", "docx", "csv", "xlsx", "json", "ndjson", "tsv")
"""The names of the rows of `render.documents.PAPERS`."""
PaperFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="text, markdown, html, docx, csv, xlsx, json, ndjson or tsv; else text on a terminal, markdown off it, for FILE its ending.",
        show_default=False,
        autocompletion=completing.names(FORMATS),
    ),
]


def check(run: Run, format: str | None, output: Path | None) -> None:
    """Refuse what cannot be done before anything is read."""
    from rrbnotes.render.documents import PAPERS, for_file

    out.check(run, format, output, PAPERS, for_file)


def emit(run: Run, document: Document, format: str | None, output: Path | None) -> None:
    """Write the paper."""
    from rrbnotes.render.documents import PAPERS, for_file

    terminal = sys.stdout.isatty() and output is None
    name = format or (for_file(output.name) if output else None) or ("text" if terminal else "markdown")
    content = PAPERS[name].write(document, out.page_for(run, terminal))
    if output:
        out.write_file(run, "--output", output, content)
        say_written(run, output)
    else:
        put_content(content, f"the format {name}")
