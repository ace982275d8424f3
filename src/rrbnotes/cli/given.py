"""A file that a person names on the command line."""

from pathlib import Path

from rrbnotes.cli.run import Run
from rrbnotes.errors import RrbError, cannot_be


def bytes_of(run: Run, file: Path) -> bytes:
    """What it holds; refused by the name that was typed where it cannot be read."""
    try:
        return run.path(file).read_bytes()
    except OSError as why:
        raise RrbError(f"{file}: {cannot_be('read', why)}") from why
