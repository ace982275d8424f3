"""Names and links that lead elsewhere, and folders that somebody else has made: nothing outside is read into an answer or
written, nothing is written over, nothing is carried out."""

import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

from boards import REGISTER, Answer, plant, rrb, set_board
from test_writing import files

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are for POSIX")
SECRET = "# Harbour Board\n9 March 2020\n**Action:** AO to guard the secret of the tides\n"
TIDES = "secret of the tides"


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """A board in a folder of its own, beside a note and a folder that are not its business."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "2020-03-09.md").write_text(SECRET)
    (tmp_path / "outside" / "diary.txt").write_text("mine")
    (tmp_path / "board").mkdir()
    return set_board(tmp_path / "board")


def outside(board: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (board.parent / "outside").iterdir()}


def linked(at: Path, to: str | Path) -> None:
    """A link in the place of whatever is there."""
    at.unlink(missing_ok=True)
    at.symlink_to(to)


def check_refused(answer: Answer) -> None:
    assert answer.code in (2, 3) and "Traceback" not in answer.err, answer
    assert answer.err.startswith(("rrb: ", "Usage: ")) and "internal error" not in answer.err


# Names

NAMES = ("../../etc/x", "/etc/x", "..", "a/../../x", "a:b", "x.", "x ", "-rf", "%s", "%n", "~", "~/x", "$HOME", "x\ny", "\x1b[31m",
         "CON", "aux", "Lpt1.md", "x" * 300, "🙂", "{{ title }}", "a\\..\\..\\x", "", " ", ".git", ".rrb")  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_board_of_any_name_makes_no_file_elsewhere(board: Path, name: str) -> None:
    before, around = files(board), sorted(os.listdir(board.parent))
    answer = rrb(board, "new", "--", f"{name}/2020-03-09")
    if answer.code == 0:  # what only looks odd may be a day with something before it
        assert [*files(board).keys() - before.keys()] == ["notes/2020-03-09.md"], answer
    else:
        check_refused(answer)
        assert files(board) == before
    assert sorted(os.listdir(board.parent)) == around


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_file_is_imported_into_the_notes_folder_or_nowhere(board: Path, name: str) -> None:
    (board / "m.txt").write_text("Harbour Board\n9 March 2020\n\nAction: AO to paint.\n")
    before, around = files(board), sorted(os.listdir(board.parent))
    for option in ("--to", "--board"):
        answer = rrb(board, "import", "m.txt", f"{option}={name}")
        if answer.code == 0:
            new = [Path(path) for path in files(board).keys() - before.keys()]
            assert len(new) == 1 and new[0].parts[0] == "notes" and new[0].suffix == ".md", new
            assert rrb(board, "undo").code == 0
        else:
            check_refused(answer)
        assert files(board) == before and sorted(os.listdir(board.parent)) == around


def test_what_is_there_is_never_written_over(board: Path) -> None:
    before = files(board)
    for words in (("new", "2020-01-20"), ("import", "m.txt", "--to", "2020-01-20"), ("import", "m.txt", "--to", "actions.yaml/x")):  # fmt: skip
        (board / "m.txt").write_text("Harbour Board\n20 January 2020\n\nAction: AO to paint.\n")
        check_refused(rrb(board, *words))
        (board / "m.txt").unlink()
        assert files(board) == before


OWNERS = ("../../x", "/etc/passwd", "CON", "con.txt", "nul", "a/b", "a\\b", "..", "-rf", "x" * 300, "Ünion", "union", "UNION", "🙂", "%s", "x.", "a:b")  # fmt: skip


def test_letters_to_owners_of_any_name_stay_in_their_folder(tmp_path: Path) -> None:
    rows = "".join(f"| Paint door number {n} | {name} |  |\n" for n, name in enumerate(OWNERS))
    plant(
        tmp_path,
        {
            "2020-01-20": f"# Board\n20 January 2020\n## Actions\n| Action | Owner | Due |\n|---|---|---|\n{rows}"
        },
    )
    for n, name in enumerate(OWNERS):
        answer = rrb(tmp_path, "update", f"2020-01-20.{n + 1}", "--owner", name)
        assert answer.code in (0, 2), answer
    names = set(files(tmp_path))
    assert rrb(tmp_path, "chase", "--output", "letters").code == 0
    new = [Path(path) for path in files(tmp_path).keys() - names]
    assert len(new) >= len(OWNERS) // 2 and {path.parent.as_posix() for path in new} == {"letters"}
    stems = [path.stem.casefold() for path in new]
    assert len(stems) == len(set(stems)) and not {"con", "nul", "aux"} & set(stems)
    assert all(len(path.name) < 100 and path.name.isascii() and path.name[0] not in "-." for path in new)


# Links


@POSIX
@pytest.mark.parametrize(
    "to", ["../../outside/2020-03-09.md", "/etc/passwd", "../.git/config", "evil.md", "nowhere.md"]
)
def test_a_note_that_is_a_link_elsewhere_is_not_read(board: Path, to: str) -> None:
    (board / ".git").mkdir()
    (board / ".git" / "config").write_text(SECRET)
    (board / "notes" / "evil.md").symlink_to(to)
    before = files(board)
    for words in (("actions", "--all"), ("check",), ("report",), ("sync",)):
        answer = rrb(board, *words)
        assert TIDES not in answer.out + answer.err and "root:" not in answer.out + answer.err
        assert answer.code in (1, 2) and "internal error" not in answer.err, (words, answer)
    assert files(board) == before and outside(board)["2020-03-09.md"] == SECRET.encode()


@POSIX
def test_folders_that_hold_themselves_have_an_end(board: Path) -> None:
    (board / "notes" / "loop").symlink_to(".")
    (board / "notes" / "round").symlink_to("round")
    assert "2019-09-09.3" in rrb(board, "actions").out


@POSIX
def test_a_notes_folder_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "2020-03-09.md").write_text(SECRET)
    (tmp_path / "board").mkdir()
    (tmp_path / "board" / "notes").symlink_to("../outside")
    for words in (("actions",), ("sync",), ("check",), ("new", "2020-04-09"), ("doctor",)):
        answer = rrb(tmp_path / "board", *words)
        assert answer.code in (1, 2) and TIDES not in answer.out, answer
        assert "leads out of" in answer.out + answer.err
    assert os.listdir(tmp_path / "outside") == ["2020-03-09.md"]


@POSIX
@pytest.mark.parametrize("to", ["../../outside/diary.txt", "/dev/zero", "/etc/passwd"])
def test_a_register_that_is_a_link_elsewhere_is_refused(board: Path, to: str) -> None:
    if not os.path.exists(board / "notes" / to):
        pytest.skip(f"no {to} here")
    linked(board / REGISTER, to)
    for words in (("actions",), ("check",), ("sync",), ("update", "2019-09-09.4", "complete"), ("doctor",)):
        answer = rrb(board, *words)
        assert answer.code in (1, 2) and "leads out of" in answer.out + answer.err, (words, answer)
        assert "root:" not in answer.out + answer.err and "mine" not in answer.out + answer.err
    assert outside(board)["diary.txt"] == b"mine"


@POSIX
def test_a_register_that_is_a_pipe_is_not_waited_for(board: Path) -> None:
    (board / REGISTER).unlink()
    os.mkfifo(board / REGISTER)
    for words in (("actions",), ("check",), ("sync",)):
        answer = rrb(board, *words)
        assert answer.code in (1, 2) and "not a regular file" in answer.out + answer.err, answer


@POSIX
def test_a_template_that_is_a_link_elsewhere_is_refused(board: Path) -> None:
    (board / "notes" / "template.md").symlink_to("../../outside/2020-03-09.md")
    answer = rrb(board, "new", "2020-03-09", "-n")
    assert answer.code == 2 and "leads out of" in answer.err and TIDES not in answer.out


@pytest.mark.parametrize("template", ["{% include '/etc/passwd' %}", "{{ ''.__class__.__mro__ }}", "{{ title.upper() }}", "{{ 7*7 }}",
                                      "{{title}}{{title}}{{title}}" * 1_000, "${title} %(title)s {title}", "#. " * 10_000])  # fmt: skip
def test_a_template_is_words_and_nothing_else(board: Path, template: str) -> None:
    (board / "notes" / "template.md").write_text(f"# {template}\n\n{{{{ previous }}}}\n")
    answer = rrb(board, "new", "2020-03-09", "-n")
    assert "49" not in answer.out and "root:" not in answer.out and "class '" not in answer.out
    assert answer.code == 0 or answer.err.startswith("rrb: notes/template.md:1: unknown place"), answer


@POSIX
@pytest.mark.parametrize("words", [("actions", "--output", "x.csv"), ("report", "--output", "x.csv"), ("check", "--write-baseline", "x.csv"),
                                   ("chase", "--output", "letters", "--force")])  # fmt: skip
def test_what_is_written_for_people_follows_no_link_out_of_the_folder(
    board: Path, words: tuple[str, ...]
) -> None:
    (board / "letters").mkdir()
    for name in ("x.csv", *(f"letters/{owner}.md" for owner in ("ao", "bt", "gc", "alpha-org"))):
        (board / name).symlink_to(board.parent / "outside" / "diary.txt")
    answer = rrb(board, *words)
    assert answer.code in (0, 2, 3), answer
    assert outside(board)["diary.txt"] == b"mine"


# What comes with a clone

EVIL = (
    'notes = "/etc"',
    'notes = "../outside"',
    'notes = ".."',
    'notes = "notes/../../outside"',
    'notes = "~"',
    'notes = "."',
)


@pytest.mark.parametrize("text", EVIL)
def test_settings_lead_nowhere_else(board: Path, text: str) -> None:
    (board / "rrb.toml").write_text(text)
    for words in (("actions",), ("sync",), ("check",)):
        answer = rrb(board, *words)
        assert TIDES not in answer.out + answer.err, answer
        assert answer.code == 2 or text.endswith('"."'), answer
    assert outside(board) == {"2020-03-09.md": SECRET.encode(), "diary.txt": b"mine"}


@pytest.mark.parametrize(
    "text",
    [
        "editor = 'sh -c x'",
        "pager = 'x'",
        "[commands]\nsync = 'x'",
        "include = ['/etc/x']",
        "plugins = ['x']",
    ],
)
def test_settings_can_name_no_command(board: Path, text: str) -> None:
    (board / "rrb.toml").write_text(text)
    answer = rrb(board, "actions")
    assert answer.code == 2 and "unknown key" in answer.err


def forged(board: Path, path: str, before: bytes, after: bytes | None) -> None:
    """A journal whose newest command is said to have written a file, and what was said to be there before."""
    folder = board / ".rrb"
    (folder / "backup").mkdir(parents=True, exist_ok=True)
    sha = hashlib.sha256(before).hexdigest()
    kept = f"{Path(path).name}.20200101T000000.000000Z-{sha[:8]}"
    (folder / "backup" / kept).write_bytes(before)
    change = {"path": path, "before": sha, "before_backup": kept, "after_backup": None}
    change["after"] = None if after is None else hashlib.sha256(after).hexdigest()
    entry = {
        "id": "1",
        "command": "sync",
        "stamp": "2020-01-01T00:00:00+00:00",
        "files": [change],
        "undoes": None,
    }
    (folder / "journal.jsonl").write_text(json.dumps(entry) + "\n")


@pytest.mark.parametrize(
    "path",
    [
        ".git/config",
        ".GIT/config",
        "notes/../.git/hooks/post-checkout",
        "sub/.git/config",
        "../outside/diary.txt",
    ],
)
def test_a_journal_that_came_with_a_clone_writes_nothing_for_git(board: Path, path: str) -> None:
    for folder in (".git/hooks", "sub/.git"):
        (board / folder).mkdir(parents=True)
    target = board / path
    there = target.read_bytes() if target.exists() else None
    forged(board, path, b"[core]\n\tfsmonitor = touch out\n", there)
    answer = rrb(board, "undo")
    check_refused(answer)
    assert (target.read_bytes() if target.exists() else None) == there


@POSIX
@pytest.mark.parametrize("name", ["lock", "journal.jsonl", "cache", "backup", ".gitignore"])
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_state_that_came_with_a_clone_is_refused_and_not_followed(
    board: Path, name: str, kind: str
) -> None:
    (board / ".rrb").mkdir()
    at = board / ".rrb" / name
    match kind:
        case "link":
            at.symlink_to(board.parent / "outside" / "diary.txt")
        case "pipe":
            os.mkfifo(at)
        case _:
            at.mkdir()
    before = (board / REGISTER).read_bytes()
    assert rrb(board, "actions").code in (0, 2)
    answer = rrb(board, "update", "2019-09-09.4", "complete")
    if answer.code:
        check_refused(answer)
        assert (board / REGISTER).read_bytes() == before
    assert outside(board) == {"2020-03-09.md": SECRET.encode(), "diary.txt": b"mine"}
