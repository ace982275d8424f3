"""Writes the notes that fixes have mended, or shows what would be written."""

from collections.abc import Iterable
from difflib import unified_diff

from rrbnotes.checks.fixing import Mended
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import put_verbatim
from rrbnotes.cli.writing import NoteChange, save_notes
from rrbnotes.home import Home
from rrbnotes.render.safe import visible
from rrbnotes.source import split_lines


def save(run: Run, home: Home, changes: Iterable[Mended]) -> None:
    """Write the mended notes in one step, each only if it still says what was read."""
    new = (NoteChange(one.source.path, one.source, one.text, one.encoding) for one in changes)
    save_notes(run, home, "check --fix", new)


def show_difference(changes: Iterable[Mended]) -> None:
    """What would be written, as a unified diff."""
    for one in changes:
        name, old, new = one.source.path, split_lines(one.source.text), split_lines(one.text)
        lines = unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm="")
        put_verbatim("".join(f"{_shown(line)}\n" for line in lines))
        if one.encoding != one.source.encoding:  # no line of the text shows that
            put_verbatim(f"{visible(name)}: saved as {one.encoding}, without its byte order mark\n")


def _shown(line: str) -> str:
    """A line harmless for a terminal; its tabs stay, so that the diff can be applied."""
    return "\t".join(map(visible, line.split("\t")))
