"""`rrb init` on a folder of notes: what it finds, and that the settings it proposes teach the reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rrbnotes.cli.main import app
from rrbnotes.settings import Settings
from rrbnotes.shelf import notes_in

NOTE = """# Harbour Board

## Present

Ann Lee, Bob Marsh

## Discussion

UNDERTAKING: Ann Lee to write to the yard about berth {n}

## Jobs

- Bob Marsh to paint fence {n}
- Ann Lee to buy paint for fence {n}

## Actions

- Bob Marsh to order rope number {n}
"""


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Path]:
    notes = tmp_path / "notes"
    notes.mkdir()
    for n in (1, 2, 3):
        (notes / f"2026-0{n}-05.md").write_text(NOTE.format(n=n), encoding="utf-8")
    yield tmp_path


def rrb(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, ["-C", str(folder), *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_init_says_how_the_notes_are_read(board: Path) -> None:
    assert "3 notes, 3 actions, owners before the verb (3)" in rrb(board, "init")


def test_what_init_proposes_teaches_the_reader(board: Path) -> None:
    lines = rrb(board, "init").splitlines()
    settings = "\n".join(lines[lines.index("[reading]") :])
    assert settings == '[reading]\nmarkers = ["UNDERTAKING"]\nsections.actions = ["Jobs"]'
    (board / "rrb.toml").write_text(settings, encoding="utf-8")
    after = rrb(board, "init")
    assert "3 notes, 12 actions, owners before the verb (12)" in after
    assert "[reading]" not in after


def test_a_folder_without_notes_is_made_ready(tmp_path: Path) -> None:
    assert "made; each meeting's note goes into it" in rrb(tmp_path, "init")
    assert "no notes yet" in rrb(tmp_path, "init")


@pytest.mark.parametrize(
    ("name", "is_note"),
    [
        ("2026-01-05.md", True),
        ("2026-01-05-harbour-board.markdown.md", True),
        ("README.md", False),
        ("template.md", False),
        ("meeting-template.md", False),
        ("YYYY-MM-DD.md", False),
        ("2026-xx-xx.md", False),
        ("contemplate.md", True),
        ("index.md", False),
    ],
)
def test_pages_and_forms_beside_notes_are_left_alone(tmp_path: Path, name: str, is_note: bool) -> None:
    for file in ("2026-02-09.md", name):
        (tmp_path / file).write_text("# Board", encoding="utf-8")
    found = [note.path.name for note in notes_in(tmp_path, tmp_path, Settings())]
    assert (name in found) is is_note
