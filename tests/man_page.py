"""The manual page `rrb(1)`, made from the commands as the help of each is."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

import rrbnotes
from rrbnotes.cli.commands import COMMANDS, whole
from rrbnotes.cli.ending import EXIT_CODES
from rrbnotes.cli.main import app

FILE = Path(rrbnotes.__file__).parent / "guide" / "rrb.1"


def man_page() -> str:
    """The page in roff."""
    top = get_command(app)
    return "".join(
        f"{line}\n"
        for line in [
            '.TH RRB 1 "" "rrbnotes" "User Commands"',
            ".SH NAME",
            "rrb \\- track the actions of a board from its meeting notes",
            ".SH SYNOPSIS",
            ".B rrb",
            "[OPTIONS] COMMAND [ARGS]...",
            ".SH DESCRIPTION",
            "The notes are markdown files in a folder",
            ".IR notes ,",
            "here or above. Without a command it says how things stand and what to do next.",
            ".SH OPTIONS",
            "They may also stand after the command.",
            *_options(top),
            ".SH COMMANDS",
            *(line for name in COMMANDS for line in _command(name)),
            ".SH EXIT STATUS",
            *(line for code, means in EXIT_CODES.items() for line in (".TP", f".B {code}", _plain(means))),
            ".SH SEE ALSO",
            ".B rrb help",
            "lists the pages of the manual.",
        ]
    )


def _command(name: str) -> Iterator[str]:
    command = whole(name)
    takes = " ".join(_plain(p.human_readable_name) for p in command.params if p.param_type_name == "argument")
    yield f".SS rrb {name} {takes}".rstrip()
    yield from (_plain(part) for part in _paragraphs(command.help or ""))
    yield from _options(command)


def _options(command: Any) -> Iterator[str]:
    for param in command.params:
        if param.param_type_name == "option" and not param.hidden and "--help" not in param.opts:
            value = "" if param.is_flag else f" \\fI{_plain(param.metavar or 'VALUE')}\\fR"
            yield from (".TP", f"\\fB{_plain(', '.join(param.opts))}\\fR{value}", _plain(param.help or ""))


def _paragraphs(text: str) -> Iterator[str]:
    """Each on a line, with the mark between them."""
    for number, part in enumerate(re.split(r"\n\s*\n", text.strip())):
        if number:
            yield ".PP"
        yield " ".join(part.split())


def _plain(text: str) -> str:
    """Words in which nothing is a request or an escape."""
    if text == ".PP":
        return text
    escaped = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
