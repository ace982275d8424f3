"""The commands of `rrb`, in the order of its help. Who asks for help reads this table; a command's own module, with all
that its options need, is read only where that command runs."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand
from typer.main import get_command

COMMANDS: dict[str, tuple[str, str]] = {
    "actions": ("actions.actions", "List the actions; without filters those still to be done."),
    "show": ("show.show", "Show the life of one action, meeting by meeting."),
    "meetings": ("meetings.meetings", "List the meetings with their counts."),
    "owners": ("owners.owners", "List the owners, with what each still has to do."),
    "diff": ("diff.diff", "Show what changed from one meeting to another."),
    "stats": (
        "stats.stats",
        "Show the figures of each board: what is outstanding, how long it takes, how old it is, whose it is.",
    ),
    "report": (
        "report.report",
        "Write one HTML page for the board: what is outstanding, overdue, rolled over and closed, and how it went.",
    ),
    "parse": ("parse.parse", "Show what is read in a note, mention by mention."),
    "new": (
        "new.new",
        "Begin the note of the next meeting, or bring its table of earlier actions up to date.",
    ),
    "review": ("review.review", "Go through the outstanding actions one by one, on a terminal."),
    "summary": ("summary.summary", "Give a meeting's action summary, or put it into its note."),
    "chase": (
        "chase.chase",
        "Write a text for each owner: what it still has to do, and a table to answer in. Nothing is sent.",
    ),
    "update": ("update.update", "Say how actions stand, between meetings."),
    "add": ("add.add", "Add an action agreed between meetings."),
    "link": ("link.link", "Say what two actions are to each other."),
    "unlink": ("link.unlink", "Take back what was said of two actions."),
    "undo": ("undo.undo", "Take back the last command that wrote."),
    "sync": ("sync.sync", "Write what the notes say into the register."),
    "check": ("check.check", "Check the notes: their form, and that no action has vanished."),
    "rules": ("rules.rules", "List the rules of `rrb check`, or explain one."),
    "import": ("import_.import_", "Make notes of minutes that came as Word, HTML, PDF or plain text."),
    "init": ("init.init", "Make a folder ready for notes, or say how those in it are read."),
    "doctor": ("doctor.doctor", "Find what is damaged, and restore it."),
    "help": ("help_.help_", "Show the manual: its topics, a page of it, or what a command takes."),
    "schema": (
        "schema.schema",
        "Print a JSON Schema: of the settings, of the register, or of what a command prints as JSON.",
    ),
    "lsp": ("lsp.lsp", "Serve an editor: findings as you type, fixes, histories."),
}
"""Of each command the function that it is, as `MODULE.FUNCTION` below `rrbnotes.cli`, and the first line of its help."""
HIDDEN = {"merge-driver": ("git.merge_driver", "Merge two sides of the register, by ref and field.")}
"""Git runs it."""


def named() -> dict[str, TyperCommand]:
    """All commands by their names, as far as a list of them needs them."""
    # as `short_help` a line is wrapped where it is too long, and not cut off
    shown = {name: TyperCommand(name, help=help, short_help=help) for name, (_, help) in COMMANDS.items()}
    return shown | {name: TyperCommand(name, help=help, hidden=True) for name, (_, help) in HIDDEN.items()}


def whole(name: str) -> Any:
    """A command with its options."""
    where, function = (COMMANDS | HIDDEN)[name][0].split(".")
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name)(getattr(import_module(f"rrbnotes.cli.{where}"), function))
    return get_command(app)
