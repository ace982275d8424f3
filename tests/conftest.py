"""What the tests share: a fixed today, a folder of notes made from texts, and Ctrl-C as it is at a terminal."""

import signal
import threading
from collections.abc import Callable, Mapping
from datetime import date as Date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reliability.figures import pytest_terminal_summary, tried
from rrbnotes.cli.main import app

__all__ = ["Write", "pytest_terminal_summary", "today", "tried", "write_notes"]

Write = Callable[[Mapping[str, str | bytes]], Path]
"""Writes files, by their paths below the notes folder, and returns that folder."""


def pytest_sessionstart() -> None:
    """Ctrl-C is heeded even where these tests run in the background, which has it ignored by all that they start."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def today() -> Date:
    """The day on which all tests run."""
    return Date(2026, 6, 1)


@pytest.fixture
def write_notes(tmp_path: Path) -> Write:
    """A folder `notes` below the test's own folder; a text is written as it stands, line ends and all."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        notes = tmp_path / "notes"
        notes.mkdir(exist_ok=True)
        for name, content in files.items():
            path = notes / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return notes

    return write


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The board that `rrb init --demo` writes."""
    folder = tmp_path_factory.mktemp("demo")
    assert CliRunner().invoke(app, ["-C", str(folder), "init", "--demo"]).exit_code == 0
    return folder
