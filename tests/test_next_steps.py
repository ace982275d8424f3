"""What a person at a terminal may do next is said behind the answer; no program is told."""

from pathlib import Path

import pytest

import guide_pages

DAY = "2026-06-01"


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
    ("actions --output ../actions.csv", "actions.csv: written"),
    ("summary --output ../summary.docx", "summary.docx: written"),
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
    quiet = guide_pages.said([*command.split(), "--quiet"])
    assert "next: " not in quiet and ": written" not in quiet


def test_texts_with_provisional_refs_are_not_to_be_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes").mkdir()
    note = "# Board, 9 March 2026\n\nPresent: Ann Lee\n\nAction: Ann Lee to paint the rail\n"
    (tmp_path / "notes" / "2026-03-09.md").write_text(note)
    monkeypatch.chdir(tmp_path)
    lines = guide_pages.said(["chase"]).splitlines()
    assert lines[-1] == "the refs are provisional: `rrb sync` before anything is sent, for replies go by them"


def test_of_several_boards_the_step_names_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RRB_TODAY", DAY)
    monkeypatch.chdir(tmp_path)
    for board, day in (("pier", "2026-01-09"), ("quay", "2026-02-09"), ("quay", "2026-03-09")):
        (tmp_path / "notes" / board).mkdir(parents=True, exist_ok=True)
        (tmp_path / "notes" / board / f"{day}.md").write_text(
            f"# Board, {day}\n\nAction: NPS to read the gauge\n"
        )
    assert "next: rrb diff --board quay for" in guide_pages.said(["meetings"])
    assert "next: rrb summary --board pier --write" in guide_pages.said(["summary", "--board", "pier"])
