"""`rrb help`."""

from functools import partial
from typing import Annotated, Any

import typer

from rrbnotes.cli import completing
from rrbnotes.cli.commands import COMMANDS, whole
from rrbnotes.cli.run import Run
from rrbnotes.guide import PAGES

Topic = Annotated[
    str | None,
    typer.Argument(
        metavar="[TOPIC]",
        help="A page of the manual, a command, or a rule.",
        show_default=False,
        autocompletion=completing.names(dict.fromkeys((*PAGES, *COMMANDS))),
    ),
]
_MOST_WIDTH = 100


def help_(ctx: typer.Context, topic: Topic = None) -> None:
    """Show the manual: its topics, a page of it, or what a command takes.

    A page is drawn for the terminal; off it, it is the markdown as it stands.
    """
    from rrbnotes.views.choice import pick

    if topic is None:
        _contents()
        return
    shown = {name: partial(_command, ctx, name) for name in COMMANDS}
    shown |= {name: partial(_page, ctx.obj, name) for name in PAGES}
    word = topic.casefold()
    if word not in shown:
        shown |= _rule_named(word)
    pick("topic", word, shown)()


def _contents() -> None:
    from rrbnotes.cli.talk import put_lines
    from rrbnotes.guide import contents

    put_lines(contents(_width()))
    put_lines(
        (
            "",
            "`rrb help TOPIC` shows a page, `rrb help COMMAND` what a command takes; `rrb --help` lists them",
        )
    )


def _page(run: Run, name: str) -> None:
    import sys

    from rrbnotes.cli.out import page_for
    from rrbnotes.cli.talk import put
    from rrbnotes.guide import on_screen, page

    if not sys.stdout.isatty():
        put(page(name))
        return
    from rrbnotes.render.manual import drawn

    sheet = page_for(run, terminal=True)
    put(drawn(on_screen(page(name)), sheet, _width()), sheet.color)


def _rule_named(word: str) -> dict[str, partial[None]]:
    """The page of the rule of this name, if there is one: people meet the names of rules in findings."""
    from rrbnotes.checks.rules import RULES
    from rrbnotes.cli.talk import put_lines
    from rrbnotes.views.rules import page

    return {rule.name: partial(put_lines, page(rule, _width())) for rule in RULES if rule.name == word}


def _command(ctx: typer.Context, name: str) -> None:
    from rrbnotes.cli.talk import put

    command: Any = whole(name)
    put(command.get_help(typer.Context(command, info_name=name, parent=ctx.parent)) + "\n")


def _width() -> int:
    """Of the text: lines of a whole wide screen are hard to read."""
    import shutil

    return min(_MOST_WIDTH, shutil.get_terminal_size((_MOST_WIDTH, 24)).columns)
