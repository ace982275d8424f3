"""`rrb merge-driver`, which git runs, and how git is told to."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from rrbnotes.cli.run import Run

ATTRIBUTE = "merge=rrb"
_CONFLICT = 1
_File = Annotated[Path, typer.Argument(help="A file that git made.")]


def merge_driver(
    ctx: typer.Context,
    base: _File,
    ours: _File,
    theirs: _File,
    size: Annotated[int, typer.Argument(help="The length of conflict markers.")] = 7,
    path: Annotated[str, typer.Argument(help="Of the register, in the repository.")] = "actions.yaml",
) -> None:
    """Merge two sides of the register, by ref and field; git runs this (`rrb init --git` sets it up)."""
    from rrbnotes.cli.talk import warn
    from rrbnotes.errors import RrbError
    from rrbnotes.keeping.merging import merge_sides

    run: Run = ctx.obj
    base, ours, theirs = run.path(base), run.path(ours), run.path(theirs)
    try:
        merged = merge_sides(base.read_bytes(), ours.read_bytes(), theirs.read_bytes(), path, size)
    except Exception as why:  # whatever it is, git must not take one side for the whole
        warn(str(why) if isinstance(why, RrbError) else f"internal error: {why!r}; please report")
        warn(f"{path}: merged line by line instead; look at it, then run `rrb sync --resolve`")
        _merge_lines(base, ours, theirs, size)
        raise typer.Exit(_CONFLICT) from None
    ours.write_bytes(merged.text.encode())  # a file of git's own, which takes it from there
    warn(*merged.said)
    if merged.clashes:
        fields = ", ".join(f"{clash.ref} {clash.field}".strip() for clash in merged.clashes)
        warn(
            f"{path}: both sides changed {fields}; after the notes are merged, `rrb sync --resolve` settles it"
        )
        raise typer.Exit(_CONFLICT)


def _merge_lines(base: Path, ours: Path, theirs: Path, size: int) -> None:
    """What git would have done without a driver: nothing is lost, and the conflicts can be seen."""
    command = ["git", "merge-file", f"--marker-size={size}", "-L", "ours", "-L", "base", "-L", "theirs"]
    subprocess.run([*command, "--", *map(str, (ours, base, theirs))], check=False)


def set_up(register: Path) -> list[str]:
    """Tell git to merge a register with `rrb`: the rule goes into `.gitattributes`, which all share, the command into this
    clone's own settings. Says what was done."""
    from rrbnotes.errors import RrbError

    top = _git(register.parent, "rev-parse", "--show-toplevel")
    if top is None:
        raise RrbError(f"{register.parent} is in no git repository; `git init` makes one")
    for key, value in (
        ("name", "actions by ref and field"),
        ("driver", f"{_itself()} merge-driver %O %A %B %L %P"),
    ):
        if _git(register.parent, "config", f"merge.rrb.{key}", value) is None:
            raise RrbError("git config: cannot be written; is the repository yours?")
    shown = register.resolve().relative_to(Path(top).resolve()).as_posix()
    # in a pattern of git a backslash takes what follows as it is
    plain = re.sub(r"([*?\[\\])", r"\\\1", shown)
    escaped = plain.replace("\\", "\\\\")
    pattern = f'"{escaped}"' if " " in shown else f"\\{plain}" if shown.startswith(("#", "!")) else plain
    attributes = Path(top) / ".gitattributes"
    done = [
        "git merges the register by ref and field in this clone; each other clone needs `rrb init --git` once"
    ]
    if _add_line(attributes, f"{pattern} {ATTRIBUTE}"):
        done.append(f"{attributes.name}: `{pattern} {ATTRIBUTE}` added; commit it")
    return done


def _itself() -> str:
    """How this program is called from anywhere; `-P` keeps Python from running what lies in the folder that is merged."""
    found = shutil.which("rrb")
    return "rrb" if found else f'"{Path(sys.executable).as_posix()}" -P -m rrbnotes'


def _git(folder: Path, *words: str) -> str | None:
    """What git answers; None where it fails, or is not there."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_DIR")}
    try:
        done = subprocess.run(
            ["git", *words], cwd=folder, env=plain, capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _add_line(file: Path, line: str) -> bool:
    """Whether the line had to be added; it is left alone where it stands."""
    from rrbnotes.errors import WriteError
    from rrbnotes.store.files import put_whole

    try:
        text = file.read_bytes().decode() if file.exists() else ""  # line ends as they are
        if line in text.splitlines():
            return False
        gap = "" if not text or text.endswith("\n") else "\n"
        put_whole(file, f"{text}{gap}{line}\n".encode())
    except (OSError, ValueError) as why:
        raise WriteError(f"{file}: cannot be written ({why}); mend that, and run this again") from why
    return True
