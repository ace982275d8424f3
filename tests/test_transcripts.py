"""Sessions of a secretary with `rrb`, in `cases/sync`: what was done, then the transcript of what was said.

What is done, line by line, in an empty folder on 1 June 2026:

    == notes/2026-01-12.md         the file is written with the lines below, up to the next line that does something
    ? notes/actions.yaml: a -> b   an edit by hand of words that stand there once; `\\n` is a line end, `a ->` takes out
    $ rrb sync                     a command; also `cat FILE`, `rm FILE`, `mv FROM TO`
    $ rrb update --from - < FILE   with a file as its input

A file may have `␍` for a carriage return. In the transcript `!` stands before a line on standard error, ` | ` for a tab,
`…` for the folder, and `[2]` is an exit code that is not 0. The files of the beginning are not repeated, only what is done between commands.

After every command but `undo` that wrote the register it is tried that a further sync changes no byte, and that `--check` is content.

A title that begins with TODO shows what should be said and is not. `RRB_UPDATE=1 pytest -n0 tests/test_transcripts.py`
writes what is said into the other cases; review it as a diff.
"""

import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO, TextIOWrapper
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from typer.main import get_command

from rrbnotes.cli.main import app
from test_cases import Case, cases_in

RRB = get_command(app)
TODO = "TODO "
REGISTER = "notes/actions.yaml"
ENVIRONMENT = {"RRB_TODAY": "2026-06-01", "RRB_NO_FSYNC": "1", "COLUMNS": "80"}
_SHOWN = str.maketrans({"\t": " | ", "\r": "␍"})
_DOES = re.compile(r"^(?=== \S+$|\? \S+: |\$ )", re.MULTILINE)


def cases() -> list[object]:
    """Every case; one that shows what should be said is expected to fail."""
    return [
        pytest.param(
            case,
            id=f"{case.file.name}:{case.title}",
            marks=pytest.mark.xfail(strict=True) if case.title.startswith(TODO) else (),
        )
        for case in cases_in("sync")
    ]


@pytest.mark.parametrize("case", cases())
def test_transcripts(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "RRB_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    if case.title.startswith(TODO):
        monkeypatch.delenv("RRB_UPDATE", raising=False)
    case.check(session(case.text))


def test_no_title_stands_twice() -> None:
    titles = [case.title for case in cases_in("sync")]
    assert len(titles) == len(set(titles))


def session(text: str) -> Iterator[str]:
    """Do what a case says in the current folder; the lines of its transcript."""
    is_under_way = False
    for part in filter(str.strip, _DOES.split(text)):
        what, _, rest = part.partition(" ")
        if what == "$":
            yield from ["", part.strip()] if is_under_way else [part.strip()]
            is_under_way = True
            yield from _done(shlex.split(rest))
        elif is_under_way:
            yield from ["", part.strip() if what == "?" else part.partition("\n")[0]]
        if what == "==":
            _write(*rest.split("\n", 1))
        elif what == "?":
            _edit(*rest.rstrip("\n").split(": ", 1))


def _write(name: str, text: str) -> None:
    """Write a file; the blank lines that keep it apart from what follows are not its own."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f"{text.rstrip()}\n".replace("␍", "\r").encode())


def _edit(name: str, change: str) -> None:
    """Change words that stand exactly once in a file."""
    old, _, new = (words.replace("\\n", "\n") for words in change.partition(" ->"))
    text = Path(name).read_bytes().decode()
    assert text.count(old) == 1, f"{name} has {old!r} {text.count(old)} times"
    Path(name).write_bytes(text.replace(old, new.removeprefix(" ")).encode())


def _done(words: Sequence[str]) -> Iterator[str]:
    """One command; what it says."""
    match words:
        case ["rrb", *arguments, "<", name]:
            yield from _said(arguments, Path(name).read_bytes())
        case ["rrb", *arguments]:
            yield from _said(arguments)
        case ["cat", name]:
            yield from Path(name).read_bytes().decode().translate(_SHOWN).removesuffix("\n").split("\n")
        case ["rm", name]:
            Path(name).unlink()
        case ["mv", source, target]:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            Path(source).rename(target)
        case _:
            raise AssertionError(f"no such command: {words}")


def _said(arguments: Sequence[str], given: bytes = b"") -> Iterator[str]:
    """What `rrb` says, each line with its stream, and its exit code; a register that it wrote is settled."""
    before = _register()
    lines, code = run(arguments, given)
    yield from lines
    if code:
        yield f"[{code}]"
    elif _register() != before and arguments[0] != "undo":  # the notes may say still what is taken back
        settled(arguments)


def settled(arguments: Sequence[str]) -> None:
    """A further sync has nothing to do, and none is asked for."""
    days = [word for before, word in pairwise(arguments) if before == "--today"]
    today = [f"--today={day}" for day in days]
    force = [word for word in arguments if word == "--force"]
    before = _register()
    lines, code = run(["sync", *force, *today])
    assert (code, _register()) == (0, before), lines
    assert any(line.startswith("nothing to do") for line in lines), lines
    checked, code = run(["sync", "--check", *force, *today])
    assert (code, _register()) == (0, before), checked


def _register() -> tuple[bytes, int] | None:
    """What the register says, and when it was written."""
    path = Path(REGISTER)
    return (path.read_bytes(), path.stat().st_mtime_ns) if path.exists() else None


class _Stream(StringIO):
    """One of two streams that are read in the order in which they were written."""

    def __init__(self, said: list[tuple[str, str]], mark: str) -> None:
        super().__init__()
        self.said, self.mark = said, mark

    def write(self, text: str) -> int:
        length = super().write(text)  # refuses bytes, by which others know a stream of texts
        if text:
            self.said.append((self.mark, text))
        return length


def run(arguments: Sequence[str], given: bytes = b"") -> tuple[list[str], int]:
    """Run `rrb` as a program: the lines of both its streams, and its exit code."""
    said: list[tuple[str, str]] = []
    code: object = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", TextIOWrapper(BytesIO(given)))
        patch.setattr(sys, "stdout", _Stream(said, ""))
        patch.setattr(sys, "stderr", _Stream(said, "! "))
        try:
            RRB.main(list(arguments), prog_name="rrb")
        except SystemExit as leaving:
            code = leaving.code or 0
    blocks = (
        (mark, "".join(text for _, text in run).translate(_SHOWN))
        for mark, run in groupby(said, lambda one: one[0])
    )
    assert isinstance(code, int)
    return [
        f"{mark}{line}".rstrip().replace(str(Path.cwd()), "…")
        for mark, text in blocks
        for line in text.removesuffix("\n").split("\n")
    ], code
