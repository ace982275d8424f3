"""Writes the notes that fixes have mended, or shows what would be written."""

from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path

from rrbnotes.checks.fixing import Mended
from rrbnotes.cli.desk import durable, now
from rrbnotes.cli.reporting import put_words
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import say
from rrbnotes.errors import WriteError
from rrbnotes.render.safe import visible
from rrbnotes.settings import Home
from rrbnotes.source import Unreadable, source_of, split_lines
from rrbnotes.store.session import locked


def save(run: Run, home: Home, changes: Iterable[Mended]) -> None:
    """Write the mended notes in one step, each only if it still says what was read."""
    by_path = {run.path(Path(one.source.path)): one for one in changes}
    with locked(home.root, command="rrb check --fix", durable=durable()) as store:
        for path, one in by_path.items():
            source = source_of(store.read(path) or b"", one.source.path)
            if isinstance(source, Unreadable) or source.text != one.source.text:
                raise WriteError(
                    f"{one.source.path}: changed by another program since it was read; run this again"
                )

        def check(path: Path, data: bytes) -> None:
            again = source_of(data, by_path[path].source.path)
            if isinstance(again, Unreadable) or again.text != by_path[path].text:
                raise WriteError(f"{path}: not written, for it would not read back as meant")

        saved = store.commit(
            "check --fix", {path: one.bytes for path, one in by_path.items()}, check, now=now()
        )
    for warning in saved.warnings:
        say(f"rrb: {warning}")


def show_difference(changes: Iterable[Mended]) -> None:
    """What would be written, as a unified diff."""
    for one in changes:
        name, old, new = one.source.path, split_lines(one.source.text), split_lines(one.text)
        lines = unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm="")
        put_words("".join(f"{_shown(line)}\n" for line in lines))
        if one.encoding != one.source.encoding:  # no line of the text shows that
            put_words(f"{visible(name)}: saved as {one.encoding}, without its byte order mark\n")


def _shown(line: str) -> str:
    """A line harmless for a terminal; its tabs stay, so that the diff can be applied."""
    return "\t".join(map(visible, line.split("\t")))
