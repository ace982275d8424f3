"""Files and folders that a person names on the command line."""

from pathlib import Path

from rrbnotes.cli.run import Run
from rrbnotes.errors import RrbError, WriteError, cannot_be


def bytes_of(run: Run, file: Path) -> bytes:
    """What it holds; refused by the name that was typed where it cannot be read."""
    try:
        return run.path(file).read_bytes()
    except OSError as why:
        raise RrbError(f"{file}: {cannot_be('read', why)}") from why


def make_folder(folder: Path, shown: str) -> None:
    """Make a folder and those above it where they are missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as why:
        raise WriteError(f"{shown}: {cannot_be('made', why)}") from why
