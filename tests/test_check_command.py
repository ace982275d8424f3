"""`rrb check` as people and machines run it: what is looked at, left out, mended and written, and the exit codes."""

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from conftest import Write
from repository import needs_git
from rrbnotes.checks.book import Book
from rrbnotes.checks.run import Crash, Outcome, Selection
from rrbnotes.checks.run import run as ask
from rrbnotes.cli.main import app

GOOD = """# Harbour Board

12 January 2026

## Present

- Alpha Org (AO)
- Beta Trust (BT)

## 1. Lamps

**Action:** AO to buy ten lamps by 1 February 2026

## Next meeting

9 February 2026
"""
NOBODY = "**Action:** Lamps to be painted by 2 February 2026"
BAD = GOOD.replace("## Next", f"{NOBODY}\n\n## Next")
LATER = BAD.replace("12 January", "16 January").replace("painted", "polished")
MARKED_UP = GOOD.replace("ten lamps", "<b>ten</b> lamps")
NEXT = """# Harbour Board

9 February 2026

## Present

- Alpha Org (AO)

## Actions from previous meeting

- AO to buy ten lamps by 1 February 2026 - complete

## Next meeting

9 March 2026
"""


def rrb(root: Path, *words: str, text: str | None = None, **environment: str) -> Result:
    """Run a command on a day soon after the first meeting."""
    known = {
        "NO_COLOR": "1",
        "COLUMNS": "100",
        "GITHUB_ACTIONS": "",
        "GITHUB_STEP_SUMMARY": "",
        **environment,
    }
    return CliRunner().invoke(app, ["-C", str(root), "--today", "2026-01-20", *words], input=text, env=known)


def check(root: Path, *words: str, text: str | None = None, **environment: str) -> Result:
    """Run `rrb check`."""
    return rrb(root, "check", *words, text=text, **environment)


@pytest.fixture
def board(write_notes: Write) -> Path:
    """One meeting with an action that nobody owns."""
    return write_notes({"2026-01-12.md": BAD}).parent


# What it comes to


def test_good_notes_pass(write_notes: Write) -> None:
    root = write_notes({"2026-01-12.md": GOOD, "2026-02-09.md": NEXT}).parent
    answer = check(root, "--today", "2026-02-10")
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert answer.stderr == "2 notes, nothing to mend\n"


def test_an_error_fails(board: Path) -> None:
    answer = check(board)
    line = 1 + BAD.split("\n").index(NOBODY)
    assert answer.exit_code == 1
    assert answer.stdout.startswith(f"notes/2026-01-12.md:{line}:1: error: nobody owns 'Lamps to be painted")
    assert answer.stdout.rstrip().endswith("(no-owner)")


def test_a_warning_fails_where_it_is_to(write_notes: Write) -> None:
    root = write_notes({"2026-01-12.md": MARKED_UP}).parent
    assert [
        check(root, *more).exit_code for more in ((), ("--fail-on", "warning"), ("--fail-on", "never"))
    ] == [0, 1, 0]


def test_never_fails_on_an_error_where_it_is_not_to(board: Path) -> None:
    assert check(board, "--fail-on", "never").exit_code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("notes/2026-01-21.md",), "no such note or folder: notes/2026-01-21.md; did you mean 'notes/2026-01-12.md'?"),
        (("--select", "no-ovner"), "--select: 'no-ovner' is no rule; did you mean 'no-owner'?"),
        (("--format", "xml"), "unknown format 'xml'"),
        (("--output", "sarif:"), "a file is missing behind the colon"),
        (("--since", "nowhere"), "--since: git cannot tell what changed"),
        (("--baseline", "none.json"), "none.json: cannot be read (there is no such file)"),
        (("empty",), "no notes in"),
        (("-", "notes"), "name no other beside it"),
        (("--diff", "--format", "json"), "--diff shows what would change and writes no report; leave --format away"),
        (("--diff", "--output", "json:x.json"), "leave --output away beside it"),
        (("--output", "json:notes/actions.yaml"), "--output notes/actions.yaml is in the notes folder"),
        (("--output", "notes/2026-01-12.sarif"), "--output notes/2026-01-12.sarif is in the notes folder"),
        (("--write-baseline", "notes/2026-01-12.md"), "--write-baseline notes/2026-01-12.md is in the notes folder"),
        *(
            (("--write-baseline", "known.json", *more), f"keeps all findings of all notes as they are; leave {name} away")
            for name, *more in (
                ("PATHS", "notes"), ("--select", "--select", "no-owner"), ("--ignore", "--ignore", "no-due"),
                ("--since", "--since", "HEAD"), ("--fix", "--fix"), ("--diff", "--diff"),
            )
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(board: Path, words: tuple[str, ...], message: str) -> None:
    (board / "empty").mkdir()
    answer = check(board, *words, text="")
    assert answer.exit_code == 2 and message in answer.stderr
    assert not (board / "known.json").exists() and not (board / "notes/actions.yaml").exists()
    assert (board / "notes/2026-01-12.md").read_text(encoding="utf-8") == BAD


def test_no_notes_at_all_is_no_pass(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    answer = check(tmp_path)
    assert answer.exit_code == 2 and "no notes in" in answer.stderr


# What is looked at


def test_a_single_note_is_read_with_its_neighbours(write_notes: Write) -> None:
    root = write_notes({"2026-01-12.md": BAD, "2026-02-09.md": NEXT}).parent
    answer = check(root, "notes/2026-02-09.md", "--today", "2026-02-10")
    assert "2026-02-09.md:9:1: error" in answer.stdout and "'Lamps to be painted" not in answer.stdout
    assert answer.stdout.count("(unreported)") == 1 and "in 1 file" in answer.stderr


def test_a_note_outside_any_folder_of_notes(tmp_path: Path) -> None:
    (tmp_path / "2026-01-12.md").write_text(BAD, encoding="utf-8")
    (tmp_path / "2026-02-09.md").write_text(BAD, encoding="utf-8")
    answer = check(tmp_path, "2026-01-12.md")
    assert answer.exit_code == 1 and "2026-02-09" not in answer.stdout


def test_standard_input(board: Path) -> None:
    assert check(board, "-", "--stdin-filename", "notes/2026-01-12.md", text=GOOD).exit_code == 0
    answer = check(board, "-", "--stdin-filename", "notes/2026-01-16.md", text=LATER)
    assert (
        answer.exit_code == 1 and "notes/2026-01-16.md" in answer.stdout and "01-12.md:" not in answer.stdout
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (GOOD.replace("lamps", "\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n"), "conflict-marker"),
        ("a\0b", "not-utf8"),
    ],
)
def test_standard_input_that_cannot_be_read_is_a_finding(board: Path, text: str, rule: str) -> None:
    for words in (("-",), ("-", "--stdin-filename", "notes/2026-01-12.md")):
        answer = check(board, *words, "--format", "json", text=text)
        assert answer.exit_code == 1
        assert [one["name"] for one in json.loads(answer.stdout)["diagnostics"]] == [rule]
    assert check(board, "-", "--select", "raw-html", text=text).exit_code == 0
    mended = check(board, "-", "--fix", text=text)
    assert (mended.exit_code, mended.stdout) == (2, ""), "nobody takes an empty answer for the note"


def test_standard_input_mended_goes_to_standard_output(board: Path) -> None:
    answer = check(board, "-", "--fix", text=MARKED_UP)
    assert answer.stdout == MARKED_UP.replace("<b>ten</b>", "**ten**")
    assert (board / "notes/2026-01-12.md").read_text(encoding="utf-8") == BAD


def test_only_what_is_selected(board: Path) -> None:
    assert check(board, "--select", "raw-html,tab-table").exit_code == 0
    assert check(board, "--ignore", "no-owner").exit_code == 0
    assert check(board, "--ignore", "all").exit_code == 0


def test_a_place_of_the_settings_is_below_the_notes_also_for_a_note_that_cannot_be_read(
    write_notes: Write,
) -> None:
    root = write_notes({"2026-01-12.md": GOOD, "old/2025-01-12.md": b"caf\xe9"}).parent
    assert check(root).exit_code == 1
    for glob, code in (("old/*", 0), ("notes/old/*", 1), ("2025*", 1)):
        (root / "rrb.toml").write_text(f'[check.paths]\n"{glob}" = ["not-utf8"]\n', encoding="utf-8")
        assert check(root).exit_code == code, glob


def test_settings_select_too(board: Path) -> None:
    settings = board / "rrb.toml"
    for words, code in (
        ('ignore = ["no-owner"]', 0),
        ('ignore = ["all"]', 0),
        ('select = ["no-owner"]', 1),
        ('fail-on = "never"', 0),
        ('paths = {"2026-*" = ["no-owner"]}', 0),
        ('paths = {"2025-*" = ["no-owner"]}', 1),
        ('ignore = ["no-ovner"]', 2),
    ):
        settings.write_text(f"[check]\n{words}\n", encoding="utf-8")
        assert check(board).exit_code == code, words


def test_what_comments_allow_can_be_looked_through(write_notes: Write) -> None:
    allowed = BAD.replace(NOBODY, f"<!-- rrb: allow no-owner: the Chair will ask -->\n{NOBODY}")
    root = write_notes({"2026-01-12.md": allowed}).parent
    answer = check(root)
    assert answer.exit_code == 0 and "1 allowed" in answer.stderr
    assert check(root, "--no-allows").exit_code == 1


# The baseline, and what changed since


def test_a_baseline_leaves_out_what_was_there(board: Path) -> None:
    note = board / "notes/2026-01-12.md"
    assert check(board, "--write-baseline", "known.json").exit_code == 0
    known = ("--baseline", "known.json")
    answer = check(board, *known)
    assert answer.exit_code == 0 and "baselined" in answer.stderr
    note.write_text(BAD.replace("## 1.", "Tea was served.\n\n## 1."), encoding="utf-8")
    assert check(board, *known).exit_code == 0, "lines may move"
    note.write_text(BAD.replace("## Next", f"{NOBODY} too\n\n## Next"), encoding="utf-8")
    again = check(board, *known)
    assert again.exit_code == 1 and again.stdout.count("no-owner") == 1
    note.write_text(GOOD, encoding="utf-8")
    assert "in it are mended; write it anew" in check(board, *known).stderr


def test_a_damaged_baseline_is_said(board: Path) -> None:
    for text in ("", "[]", '{"version": 1}', '{"version": 2, "findings": []}'):
        (board / "known.json").write_text(text, encoding="utf-8")
        answer = check(board, "--baseline", "known.json")
        assert answer.exit_code == 2 and "known.json: " in answer.stderr


def test_a_baseline_written_anew_keeps_what_is_known(board: Path) -> None:
    known, note = board / "known.json", board / "notes/2026-01-12.md"
    check(board, "--write-baseline", "known.json")
    before = known.read_text(encoding="utf-8")
    assert check(board, "--baseline", "known.json", "--write-baseline", "known.json").exit_code == 0
    assert known.read_text(encoding="utf-8") == before
    note.write_text(BAD.replace("## Next", f"{NOBODY} too\n\n## Next"), encoding="utf-8")
    check(board, "--baseline", "known.json", "--write-baseline", "known.json")
    assert check(board, "--baseline", "known.json").exit_code == 0


def test_a_baseline_that_cannot_be_written(board: Path) -> None:
    answer = check(board, "--write-baseline", os.path.join("nowhere", "known.json"))
    assert answer.exit_code == 3 and "cannot be written" in answer.stderr


def test_no_baseline_where_a_rule_failed(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(book: Book, today: Date, selection: Selection) -> Outcome:
        return replace(ask(book, today, selection), crashes=(Crash("no-due", ValueError("lamps")),))

    monkeypatch.setattr("rrbnotes.cli.checking.ask", broken)
    answer = check(board, "--write-baseline", "known.json", RRB_DEBUG="")
    assert answer.exit_code == 70 and "internal error in the rule no-due: ValueError: lamps" in answer.stderr
    assert not (board / "known.json").exists()


def test_what_is_mended_is_said_once_and_only_where_all_was_looked_at(write_notes: Write) -> None:
    root = write_notes({"2026-01-12.md": BAD.replace("ten lamps", "<b>ten</b> lamps")}).parent
    check(root, "--write-baseline", "known.json")
    known, remark = ("--baseline", "known.json"), "in it are mended"
    (root / "notes/2026-01-12.md").write_text(MARKED_UP, encoding="utf-8")
    assert check(root, *known).stderr.count(remark) == 1
    for words in (
        ("--select", "raw-html"),
        ("--ignore", "no-due"),
        ("notes",),
        ("--diff",),
        ("--since", "HEAD"),
    ):
        assert remark not in check(root, *known, *words).stderr, words
    (root / "notes/2026-01-12.md").write_text(MARKED_UP.replace("AO to", "AO <b>to</b>"), encoding="utf-8")
    mended = check(root, *known, "--fix").stderr
    assert "mended 1 finding" in mended and mended.count(remark) == 1, mended


Git = Callable[..., None]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """Git, in the test's own folder."""

    def run(*words: str) -> None:
        identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(tmp_path), *identity, *words], check=True, capture_output=True)

    run("init", "-q")
    return run


def nobody_since(root: Path, *words: str) -> int:
    """How many actions without an owner are new since the last commit."""
    answer = check(root, "--since", "HEAD", "--select", "no-owner", "--format", "json", *words)
    return len(json.loads(answer.stdout)["diagnostics"])


@needs_git
def test_since_counts_from_any_folder_of_the_repository(board: Path, git: Git) -> None:
    git("add", ".")
    git("commit", "-qm", "Notes")
    (board / "docs").mkdir()
    (board / "notes/2026-01-12.md").write_text(BAD.replace("## Next", f"{NOBODY} too\n\n## Next"), "utf-8")
    assert nobody_since(board) == nobody_since(board / "docs") == nobody_since(board / "notes") == 1


@needs_git
def test_since_takes_a_file_without_lines_for_git_as_changed_throughout(board: Path, git: Git) -> None:
    note = board / "notes/2026-01-12.md"
    (board / ".gitattributes").write_text("*.md -diff\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "Notes")
    note.write_text(BAD.replace("## Next", f"{NOBODY} too\n\n## Next"), encoding="utf-8")
    assert nobody_since(board) == 1
    note.write_text(BAD.replace("painted", "polished"), encoding="utf-16")
    assert nobody_since(board) == 1
    note.write_text(BAD.replace("- Beta Trust (BT)\n", ""), encoding="utf-8")
    assert nobody_since(board) == 0, "lines were only taken"


@needs_git
def test_since_counts_all_of_a_file_that_git_ignores(board: Path, git: Git) -> None:
    (board / ".gitignore").write_text("notes/\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "No notes")
    assert nobody_since(board) == 1


@needs_git
def test_since_counts_what_speaks_of_a_changed_line(write_notes: Write, git: Git) -> None:
    twice = GOOD.replace("## Next", "**Action:** AO to buy ten lamps by 1 February 2026\n\n## Next")
    root = write_notes({"2026-01-12.md": twice}).parent
    note = root / "notes/2026-01-12.md"
    git("add", ".")
    git("commit", "-qm", "Notes")

    since = ("--since", "HEAD", "--select", "duplicate-action")
    assert "duplicate-action" not in check(root, *since).stdout
    note.write_text(twice.replace("2026\n\n**Action", "2026 \n\n**Action"), encoding="utf-8")
    assert check(root, *since).stdout.count("duplicate-action") == 1


@needs_git
def test_since_mends_only_what_changed(write_notes: Write, git: Git) -> None:
    root = write_notes({"2026-01-12.md": MARKED_UP}).parent
    git("add", ".")
    git("commit", "-qm", "Notes")
    note = root / "notes/2026-01-12.md"
    note.write_text(MARKED_UP.replace("Alpha Org", "<b>Alpha</b> Org"), encoding="utf-8")
    check(root, "--since", "HEAD", "--fix")
    assert note.read_text(encoding="utf-8") == MARKED_UP.replace("Alpha Org", "**Alpha** Org")
    taller = "## 1. Lamps\n\nTea.<br><br>\n<br>\n<br>\nCake.\n"
    note.write_text(MARKED_UP.replace("## 1. Lamps\n", taller), encoding="utf-8")
    check(root, "--since", "HEAD", "--fix")
    after = note.read_text(encoding="utf-8")
    assert "<b>ten</b>" in after and "\n<br>" not in after, "the old line now stands where a new one stood"


@needs_git
def test_only_what_changed_since_a_revision(board: Path, git: Git) -> None:
    git("add", ".")
    git("commit", "-qm", "Notes")
    note = board / "notes/2026-01-12.md"
    assert check(board, "--since", "HEAD").exit_code == 0
    note.write_text(BAD.replace("## Next", f"{NOBODY} too\n\n## Next"), encoding="utf-8")
    answer = check(board, "--since", "HEAD", "--select", "no-owner")
    assert answer.exit_code == 1 and answer.stdout.count("no-owner") == 1
    note.write_text(BAD, encoding="utf-8")
    (board / 'notes/tä "x" 2026-02-16.md').write_text(LATER, encoding="utf-8")
    untracked = check(board, "--since", "HEAD", "--select", "no-owner")
    assert untracked.exit_code == 1 and untracked.stdout.count("no-owner") == 1
    git("add", ".")
    assert check(board, "--since", "HEAD", "--select", "no-owner").stdout == untracked.stdout


# Fixes


def test_a_fix_is_made_once_and_can_be_taken_back(write_notes: Write) -> None:
    root = write_notes({"2026-01-12.md": MARKED_UP}).parent
    note, before = root / "notes/2026-01-12.md", MARKED_UP.encode()
    assert "1 can be fixed" in check(root).stderr
    difference = check(root, "--diff")
    assert difference.exit_code == 1 and "+**Action:** AO to buy **ten** lamps" in difference.stdout
    assert note.read_bytes() == before
    answer = check(root, "--fix")
    assert answer.exit_code == 0 and "mended 1 finding in 1 note; `rrb undo` takes it back" in answer.stderr
    after = note.read_bytes()
    assert after == before.replace(b"<b>ten</b>", b"**ten**")
    assert "mended" not in check(root, "--fix").stderr and note.read_bytes() == after
    assert check(root, "--diff").exit_code == 0
    assert rrb(root, "undo").exit_code == 0 and note.read_bytes() == before


def test_a_mark_that_goes_is_said_in_the_difference(write_notes: Write) -> None:
    root = write_notes({"2026-01-12.md": b"\xef\xbb\xbf" + GOOD.encode()}).parent
    answer = check(root, "--diff")
    assert answer.exit_code == 1
    assert answer.stdout == "notes/2026-01-12.md: saved as utf-8, without its byte order mark\n"


def test_line_ends_and_byte_order_mark_stay_as_they_are(write_notes: Write) -> None:
    text = b"\xef\xbb\xbf" + MARKED_UP.replace("\n", "\r\n").encode()
    root = write_notes({"2026-01-12.md": text}).parent
    check(root, "--fix", "--ignore", "byte-order-mark")
    assert (root / "notes/2026-01-12.md").read_bytes() == text.replace(b"<b>ten</b>", b"**ten**")


def test_the_exit_code_is_that_of_what_remains(write_notes: Write) -> None:
    root = write_notes({"2026-01-12.md": MARKED_UP}).parent
    assert check(root, "--fix", "--fail-on", "warning").exit_code == 0
    (root / "notes/2026-01-12.md").write_text(BAD.replace("ten", "<b>ten</b>"), encoding="utf-8")
    assert check(root, "--fix").exit_code == 1


def test_a_format_does_not_turn_fixing_off(write_notes: Write) -> None:
    root = write_notes({"2026-01-12.md": MARKED_UP}).parent
    answer = check(root, "--fix", "--format", "json")
    assert json.loads(answer.stdout)["diagnostics"] == []
    assert "<b>" not in (root / "notes/2026-01-12.md").read_text(encoding="utf-8")


# Where the report goes


def test_several_formats_at_once(board: Path) -> None:
    answer = check(board, "--output", "concise", "--output", "sarif:out.sarif", "--output", "junit:out.xml")
    assert answer.stdout.count("no-owner") == 1
    assert json.loads((board / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (board / "out.xml").read_text(encoding="utf-8").startswith("<?xml")


def test_in_github_actions_it_annotates_by_itself(board: Path) -> None:
    page = board / "summary.md"
    answer = check(board, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(page))
    assert "\n::error file=notes/2026-01-12.md,line=14" in answer.stdout
    assert "::stop-commands::" in answer.stdout and "no-owner" in page.read_text(encoding="utf-8")
    assert "::error" not in check(board, "--format", "concise", GITHUB_ACTIONS="true").stdout


def test_github_obeys_no_words_of_a_note(write_notes: Write) -> None:
    text = MARKED_UP.replace("<b>ten</b> lamps", "<b>ten</b> lamps\n::error::lamps")
    root = write_notes({"2026-01-12.md": text}).parent
    for words in (("--diff",), ("-", "--fix")):
        lines = check(root, *words, text=text, GITHUB_ACTIONS="true").stdout.rstrip("\n").split("\n")
        token = lines[0].removeprefix("::stop-commands::")
        assert len(token) == 32 and lines[-1] == f"::{token}::", words
        assert any("::error::lamps" in line for line in lines)
    assert "written as full and github" not in check(root, "--diff", GITHUB_ACTIONS="true").stderr


def test_paths_start_at_the_top_of_the_repository(write_notes: Write, tmp_path: Path) -> None:
    root = tmp_path / "boards/harbour"
    (root / "notes").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (root / "notes/2026-01-12.md").write_text(BAD, encoding="utf-8")
    assert "file=boards/harbour/notes/2026-01-12.md," in check(root, "--format", "github").stdout


def test_counts_instead_of_findings(board: Path) -> None:
    assert (
        "no-owner" in check(board, "--statistics").stdout
        and "2026-01-12" not in check(board, "--statistics").stdout
    )


def test_a_report_that_cannot_be_written(board: Path) -> None:
    answer = check(board, "--output", f"json:{os.path.join('nowhere', 'x.json')}")
    assert answer.exit_code == 3 and "cannot be written" in answer.stderr


# Rules and settings


def test_the_rules_are_listed_and_explained(board: Path) -> None:
    assert "no-owner\terror" in rrb(board, "rules").stdout
    page = rrb(board, "rules", "no-owner").stdout
    assert page.startswith("no-owner (error)\n") and "Good:" in page and "allow no-owner" in page
    assert "did you mean 'no-owner'?" in rrb(board, "rules", "no-ovner").stderr
    assert (
        json.loads(rrb(board, "rules", "no-owner", "--format", "json").stdout)["rules"][0]["name"]
        == "no-owner"
    )
