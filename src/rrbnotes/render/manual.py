"""A page of the manual drawn for a terminal."""

from io import StringIO

from rich.console import Console
from rich.markdown import Markdown
from rich.theme import Theme

from rrbnotes.render.page import Page

_THEME = Theme({"markdown.code": "bold", "markdown.code_block": "default", "markdown.h1": "bold"})
"""As the library has it, but on the terminal's own background."""


def drawn(text: str, page: Page, width: int) -> str:
    """The markdown of a page as lines of a width."""
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=page.color,
        color_system="standard" if page.color else None,
        theme=_THEME,
        markup=False,
        emoji=False,
        highlight=False,
    )
    with console.capture() as capture:
        console.print(Markdown(text, code_theme="ansi_dark", hyperlinks=False))
    return "".join(f"{line.rstrip()}\n" for line in capture.get().split("\n")[:-1])
