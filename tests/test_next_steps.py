"""What a person at a terminal may do next is said behind the answer; no program is told."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import guide_pages
from rrbnotes.cli.main import app

DAY = "2026-06-01"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    assert CliRunner().invoke(app, ["-C", str(folder), "init", "--demo"]).exit_code == 0
    return folder


STEPS = (
    ("actions --owner MPR --min-carried 3", "rrb link --review asks"),
    ("show 2025-12-04.3", "next: rrb update 2025-12-04.3 complete when it is done"),
    ("show 2025-09-11.1", "next: rrb actions for what is still to be done"),
    ("meetings", "next: rrb diff for what the latest one changed"),
    ("owners", "next: rrb actions --owner 'HMP Ferrowby' for"),
    ("diff 2026-04-09", "next: rrb show 2025-09-11.4 for"),
    ("stats", "next: rrb report --output report.html for"),
    ("report --output ../page.html", "page.html in a browser"),
    ("new", "next: rrb review 2026-06-25"),
    ("summary", "next: rrb summary --write to put it into its note"),
    ("summary 2026-04-09", "next: rrb summary 2026-04-09 --write"),
    ("chase --owner MPR", "next: rrb chase --output letters --format eml for"),
    ("check", "next: rrb rules missing-from-summary for"),
)  # fmt: skip


@pytest.mark.parametrize(("command", "step"), STEPS, ids=[command for command, _ in STEPS])
def test_a_terminal_is_told_and_nobody_else(
    demo: Path, command: str, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RRB_TODAY", DAY)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(demo)
    assert step in guide_pages.said(command.split())
    assert "next: " not in guide_pages.said([*command.split(), "--quiet"])
