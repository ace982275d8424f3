"""`rrb doctor`: every kind of damage is found and explained, nothing is touched, and what was lost comes back."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import Result

from conftest import Write
from rrbnotes.diagnostics import Severity
from rrbnotes.home import locate
from rrbnotes.keeping.doctor import CHECKS, findings
from rrbnotes.keeping.health import examine
from rrbnotes.store.session import locked
from test_cli import NOVEMBER, SEPTEMBER
from test_cli import rrb as plain_rrb

REGISTER = "notes/actions.yaml"
JOURNAL = ".rrb/journal.jsonl"
POSIX = pytest.mark.skipif(os.name != "posix", reason="links and rights as POSIX has them")
Damage = Callable[[Path], object]


def rrb(folder: Path, *arguments: str) -> Result:
    return plain_rrb(folder, *arguments, RRB_NO_FSYNC="1")


@pytest.fixture
def root(write_notes: Write) -> Path:
    """Two meetings and their register, written by two commands."""
    folder = write_notes({"2019-09-09.md": SEPTEMBER, "2019-11-19.md": NOVEMBER}).parent
    (folder / ".git").mkdir()
    for command in (["sync"], ["update", "2019-09-09.3", "ongoing"]):
        assert rrb(folder, *command).exit_code == 0
    return folder


def everything(root: Path) -> dict[str, tuple[int, bytes | None]]:
    """All that lies below a folder, with when it was written and what it says."""
    return {
        str(path): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in [root, *sorted(root.rglob("*"))]
    }


def looked(root: Path) -> Result:
    """What the doctor says; he has touched nothing."""
    before = everything(root)
    result = rrb(root, "doctor")
    assert everything(root) == before
    assert "internal error" not in result.output
    assert result.exit_code == (1 if ": error: " in result.stdout else 0)
    return result


def write(name: str, data: bytes | str = b"") -> Damage:
    def damage(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data.encode() if isinstance(data, str) else data)

    return damage


def edit(name: str, old: str, new: str) -> Damage:
    def damage(root: Path) -> None:
        text = (root / name).read_bytes().decode()
        assert old in text
        write(name, text.replace(old, new, 1))(root)

    return damage


def append(name: str, text: str) -> Damage:
    return lambda root: write(name, (root / name).read_bytes() + text.encode())(root)


def remove(name: str) -> Damage:
    def damage(root: Path) -> None:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return damage


def instead(name: str, make: Damage) -> Damage:
    """Something else stands where a file or folder was."""

    def damage(root: Path) -> None:
        remove(name)(root)
        make(root / name)

    return damage


def backup_damage(root: Path) -> None:
    newest = max((root / ".rrb" / "backup").iterdir())
    newest.write_bytes(b"version: 1\n")


CONFLICT = "<<<<<<< ours\n    status: open\n=======\n    status: complete\n>>>>>>> theirs\n"
UNKNOWN = '    links:\n      - {is: follows, to: "2019-09-09.9"}\n    not_same: ["2019-09-09.8"]\n    also: ["x.y"]\n'
FIRST = '    owners: ["AO"]\n'
TWIN = """
  2019-09-09.7:
    action: "Write the  paper"
    owners: ["AO"]
    raised: {date: 2019-09-09}
    status: open
  # end 2019-09-09.7

# end of actions
"""
DAMAGES: dict[str, tuple[Damage, str]] = {
    # the register cannot be read
    "not YAML": (
        append(REGISTER, "]: {\n"),
        rf"^{REGISTER}:\d+:\d+: error: not valid YAML: .*; mend it there",
    ),
    "empty": (
        write(REGISTER),
        rf"^{REGISTER}:1:1: error: the register is empty, .* \(`rrb doctor --restore`\)",
    ),
    "cut off": (edit(REGISTER, "# end of actions\n", ""), rf"^{REGISTER}:\d+:1: error: .* cut off\?"),
    "NUL bytes": (write(REGISTER, b"\0" * 500), rf"^{REGISTER}:1:1: error: not valid YAML"),
    "not UTF-8": (
        write(REGISTER, b"version: 1\n# Caf\xe9\n"),
        rf"^{REGISTER}:2:1: error: byte 0xE9 is not UTF-8",
    ),
    "a conflict": (append(REGISTER, CONFLICT), rf"^{REGISTER}:\d+:1: error: .* `rrb sync --resolve`"),
    "another version": (
        edit(REGISTER, "version: 1", "version: 7"),
        rf"^{REGISTER}:1:10: error: .* use a newer rrb",
    ),
    "a key twice": (
        edit(REGISTER, "    status: ", "    status: open\n    status: "),
        rf"^{REGISTER}:\d+:5: error: 'status' stands twice \(first on line \d+\); keep one",
    ),
    "what to do": (
        write(REGISTER),
        rf"^{REGISTER}: error: cannot be read, .* put back what it was on .* \(3 actions\): `rrb doctor --restore`",
    ),
    "gone": (
        remove(REGISTER),
        rf"^{REGISTER}: error: gone, though rrb has written it here.* `rrb doctor --restore`",
    ),
    "a folder": (instead(REGISTER, Path.mkdir), rf"^{REGISTER}: error: not a regular file; move it away"),
    # what the register says
    "a link to nobody": (
        edit(REGISTER, FIRST, FIRST + UNKNOWN),
        rf"^{REGISTER}:\d+:\d+: warning: 2019-09-09\.1 names 2019-09-09\.9, which no action has; did you mean",
    ),
    "different from nobody": (edit(REGISTER, FIRST, FIRST + UNKNOWN), r"2019-09-09\.1 names 2019-09-09\.8"),
    "also nothing": (edit(REGISTER, FIRST, FIRST + UNKNOWN), r"is said to be also 'x\.y', which is no ref"),
    "a link of one side": (
        edit(REGISTER, FIRST, FIRST + '    links:\n      - {is: follows, to: "2019-09-09.2"}\n'),
        rf"^{REGISTER}:\d+:\d+: warning: 2019-09-09\.1 follows 2019-09-09\.2, but 2019-09-09\.2 does not say so; say it "
        r"again: rrb unlink 2019-09-09\.1 2019-09-09\.2, then rrb link 2019-09-09\.1 follows 2019-09-09\.2",
    ),
    "a link of the other side": (
        edit(REGISTER, FIRST, FIRST + '    links:\n      - {is: superseded, to: "2019-09-09.2"}\n'),
        r"warning: 2019-09-09\.2 supersedes 2019-09-09\.1, but 2019-09-09\.2 does not say so; .* rrb unlink",
    ),
    "a note gone": (
        remove("notes/2019-11-19.md"),
        r"^notes/2019-11-19\.md: warning: no such note here; 2 records name it and stay",
    ),
    "a line gone": (
        edit("notes/2019-09-09.md", "**Action:** BT to find the money\n", ""),
        r"^notes/2019-09-09\.md: error: the line of 2019-09-09\.3 is gone: “find the money”; put it back, or close it: "
        r"rrb update 2019-09-09\.3 closed -m REASON",
    ),
    "twins": (
        edit(REGISTER, "# end of actions\n", TWIN.lstrip("\n")),
        rf"^{REGISTER}:\d+:3: warning: 2019-09-09\.7 says the same as 2019-09-09\.1 .* rrb link 2019-09-09\.1 same",
    ),
    "an edit by hand": (
        edit(REGISTER, "    status: ongoing", "    status: closed"),
        rf"^{REGISTER}:\d+:\d+: note: 2019-09-09\.3: status changed by hand.*; `rrb sync` keeps it as progress of 2020-01-01",
    ),
    "behind": (
        append("notes/2019-11-19.md", "\n**Action:** AO to sweep the yard\n"),
        rf"^{REGISTER}: note: behind the notes; `rrb sync` brings it up to date",
    ),
    # the notes
    "a note not UTF-8": (
        write("notes/2019-12-01.md", b"Caf\xe9\n"),
        r"^notes/2019-12-01\.md:1: error: byte 0xE9",
    ),
    "a note with a conflict": (
        append("notes/2019-11-19.md", f"\n{CONFLICT}"),
        r"^notes/2019-11-19\.md:\d+: error: unresolved merge conflict; keep one side",
    ),
    "a ref of nobody in a note": (
        append("notes/2019-11-19.md", "\n**Action:** AO to sweep the yard [2019-09-09.9]\n"),
        r"^notes/2019-11-19\.md:\d+: warning: the ref 2019-09-09\.9 names no action; did you mean",
    ),
    "no notes": (
        lambda root: [path.rename(root / path.name) for path in (root / "notes").iterdir()],
        r"^notes: warning: no notes in it; is it the right folder\?",
    ),
    "a document beside the notes": (
        write("notes/May 2020.docx"),
        r"^notes/May 2020\.docx: note: not read, for a note ends in \.md; `rrb import 'notes/May 2020\.docx'` makes",
    ),
    "markdown of another ending": (
        write("notes/2020-01-01.markdown"),
        r"^notes/2020-01-01\.markdown: note: not read, .*; rename it to notes/2020-01-01\.md, or name it under `exclude`",
    ),
    "no folder": (remove("notes"), r": error: no folder 'notes' in .* or above; make one"),
    "bad settings": (
        write("rrb.toml", "notez = 1\n"),
        r"^rrb\.toml: error: unknown key 'notez'; did you mean 'notes'",
    ),
    "settings that are no TOML": (
        write("rrb.toml", "=\n"),
        r"^rrb\.toml: error: not valid TOML: .*; correct it there",
    ),
    # around them
    "a state that is a file": (instead(".rrb", Path.touch), r"^\.rrb: error: not a folder; .*; move it away"),
    "a backup folder that is a file": (
        instead(".rrb/backup", Path.touch),
        r"^\.rrb/backup: error: not a folder",
    ),
    "a lock that is a folder": (instead(".rrb/lock", Path.mkdir), r"^\.rrb/lock: error: not a file"),
    "a journal that is a folder": (
        instead(JOURNAL, Path.mkdir),
        rf"^{re.escape(JOURNAL)}: error: not a file",
    ),
    "a damaged line in the journal": (
        append(JOURNAL, "garbage\n"),
        r"^\.rrb/journal\.jsonl:3: warning: 1 damaged, passed over \(line 3\)",
    ),
    "a damaged backup": (backup_damage, r"^\.rrb/backup/actions\.yaml\..*: warning: damaged: not the text"),
    "a register left over": (
        write("notes/.actions.yaml.rrb-tmp"),
        r"^notes/\.actions\.yaml\.rrb-tmp: note: left over",
    ),
    "a note left over": (write("notes/a/.x.md.rrb-tmp"), r"^notes/a/\.x\.md\.rrb-tmp: note: left over"),
    "a backup left over": (write(".rrb/backup/.rrb-tmp"), r"^\.rrb/backup/\.rrb-tmp: note: left over"),
    "merge=union": (
        write(".gitattributes", "# all\n*.yaml text merge=union\n"),
        r"^\.gitattributes: error: merge=union .*: `rrb init --git`",
    ),
    "a driver not set up": (
        write(".gitattributes", f"* merge=union\n/{REGISTER} merge=rrb\n"),
        r"^\.gitattributes: warning: names the merge driver rrb, which this clone does not have",
    ),
    "a driver not set up here": (
        write("notes/.gitattributes", "*.yaml merge=rrb\n"),
        r"^notes/\.gitattributes: warning: names the merge driver rrb",
    ),
}
LINKS: dict[str, tuple[Damage, str]] = {
    "a state that is a link": (instead(".rrb", lambda p: p.symlink_to("/")), r"^\.rrb: error: a link; "),
    "a lock that is a link": (
        instead(".rrb/lock", lambda p: p.symlink_to("/x")),
        r"^\.rrb/lock: error: a link; ",
    ),
    "a register that leads out": (
        instead(REGISTER, lambda p: p.symlink_to("/etc/hosts")),
        rf"^{REGISTER}: error: leads out of",
    ),
    "a register that is a pipe": (
        instead(REGISTER, lambda p: os.mkfifo(p)),
        rf"^{REGISTER}: error: not a regular file",
    ),
    "a register that is read-only": (
        lambda root: (root / REGISTER).chmod(0o444),
        rf"^{REGISTER}: warning: the file is read-only, .*; allow writing",
    ),
}
COPIES = (
    "notes/actions (Ann's conflicted copy 2026-01-12).yaml",
    "notes/actions.sync-conflict-20260112-101112-ABCDEFG.yaml",
    "notes/actions-DESKTOP-1A2B3C4.yaml",
    "notes/actions (1).yaml",
    "notes/actions 2.yml",
    "notes/2019-09-09 (conflicted copy 2025-04-10 093612).md",
    "notes/2019-09-09.sync-conflict-20260112-101112-ABCDEFG.md",
    "notes/2019-09-09 (SFConflict ann@x.org 2026-01-12-10-11-12).md",
    "notes/2019-09-09-LAPTOP-1A2B3C4D.md",
    "notes/2019-09-09_PC_Jan-12-1011-2026_CaseConflict_1.md",
    "notes/2019-09-09_conflict-20130308-145326.md",
    "notes/2019-09-09-host-safeBackup-0001.md",
    "notes/2019-09-09 (1).md",
    "notes/2019-09-09 2.md",
)
NO_COPIES = (
    "notes/Board (2).md",
    "notes/2019-12-09-win-prizes.md",
    "notes/conflict of interest.md",
    "notes/other.yaml",
)


@pytest.mark.parametrize("name", DAMAGES)
def test_damages(name: str, root: Path) -> None:
    damage, line = DAMAGES[name]
    damage(root)
    assert re.search(line, looked(root).stdout, re.MULTILINE), looked(root).stdout


@POSIX
@pytest.mark.parametrize("name", LINKS)
def test_links_and_rights(name: str, root: Path) -> None:
    damage, line = LINKS[name]
    damage(root)
    assert re.search(line, rrb(root, "doctor").stdout, re.MULTILINE), rrb(root, "doctor").stdout


@pytest.mark.parametrize("name", COPIES)
def test_copies_of_sync_clients(name: str, root: Path) -> None:
    write(name, SEPTEMBER)(root)
    assert f"{name}: warning: looks like a copy of " in looked(root).stdout


@pytest.mark.parametrize("name", NO_COPIES)
def test_names_that_only_look_so(name: str, root: Path) -> None:
    write(name, "# Board\n")(root)
    assert "looks like a copy" not in looked(root).stdout


def test_files_that_are_not_read_have_a_line_for_each_kind(root: Path) -> None:
    for name in (
        "b.txt",
        "a.txt",
        ".c.txt",
        "~$d.docx",
        "README.txt",
        "map.png",
        "old/e.txt",
        "papers/f.pdf",
    ):
        write(f"notes/{name}")(root)
    write("rrb.toml", 'exclude = ["papers/*"]\n')(root)
    line, well = looked(root).stdout.splitlines()
    assert line.startswith(
        "notes: note: 3 files that end in .txt are not read, for a note ends in .md; `rrb import notes/a.txt`"
    )
    assert well.startswith("all is well: ")


# Health


def test_all_is_well(root: Path) -> None:
    result = looked(root)
    assert result.stdout == f"all is well: 3 actions in {REGISTER}, 2 commands can be undone, 2 backups\n"
    assert (result.stderr, rrb(root, "doctor", "-q").stdout) == ("", "")


def test_no_register_is_no_damage_and_nothing_is_made(root: Path) -> None:
    remove(REGISTER)(root)
    remove(".rrb")(root)
    result = looked(root)
    assert (
        f"{REGISTER}: note: not there yet: 3 actions wait for refs that stay; `rrb sync` makes it"
        in result.stdout
    )
    assert (
        "all is well: 3 actions in the notes, no register, 0 commands can be undone, 0 backups"
        in result.stdout
    )
    assert not (root / ".rrb").exists()


def test_a_driver_that_is_set_up_is_fine(root: Path) -> None:
    write(".gitattributes", "*.yaml merge=rrb\n")(root)
    write(".git/config", '[core]\n[merge "rrb"]\n\tdriver = rrb merge-driver %O %A %B\n')(root)
    assert "all is well" in looked(root).stdout


def test_a_worktree_has_the_driver_of_its_clone(root: Path) -> None:
    write(".gitattributes", "*.yaml merge=rrb\n")(root)
    (root / ".git").rename(root / ".clone")
    write(".git", "gitdir: .clone/worktrees/one\n")(root)
    write(".clone/worktrees/one/commondir", "../..\n")(root)
    assert "this clone does not have" in looked(root).stdout
    write(".clone/config", '[merge "rrb"]\n')(root)
    assert "all is well" in looked(root).stdout


def test_the_worst_comes_first_and_all_is_counted(root: Path) -> None:
    write("notes/.actions.yaml.rrb-tmp")(root)
    write(REGISTER)(root)
    append(JOURNAL, "garbage\n")(root)
    result = looked(root)
    marks = re.findall(r": (error|warning|note): ", result.stdout)
    assert marks == ["error", "error", "warning", "note"]
    assert result.stderr == "2 errors, 1 warning, 1 note\n"
    assert "all is well" not in result.stdout


def test_a_note_that_cannot_be_read_is_not_said_to_be_gone(root: Path) -> None:
    write("notes/2019-11-19.md", b"\xff")(root)
    assert "no such note" not in looked(root).stdout


def test_many_problems_are_cut_short(root: Path) -> None:
    write(
        REGISTER, "version: 1\nactions:\n" + "".join(f"  x{n}: y\n" for n in range(50)) + "# end of actions\n"
    )(root)
    result = looked(root)
    assert f"{REGISTER}: error: 30 more like these; mend these first" in result.stdout
    assert len(result.stdout.splitlines()) == 22


def test_what_cannot_be_written_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
    said = looked(root).stdout
    for place in ("notes", REGISTER, ".rrb", ".rrb/backup", ".rrb/lock", JOURNAL):
        assert re.search(
            rf"^{re.escape(place)}: warning: .* so no change can be saved; allow writing", said, re.MULTILINE
        )


def test_a_folder_that_cannot_be_read_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "notes" / "closed").mkdir()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    (said,) = rrb(root, "doctor").stdout.splitlines()
    assert said == "notes/closed: error: cannot be read: no permission; allow reading it"
    for command in (["actions"], ["check", "--format", "concise"]):  # a folder has no lines
        words = "notes/closed: error: a folder that cannot be looked into"
        assert any(line.startswith(words) for line in rrb(root, *command).output.splitlines())


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_register_that_may_not_be_read_is_said(root: Path) -> None:
    (root / REGISTER).chmod(0)
    assert f"{REGISTER}: error: {REGISTER}: cannot be read: no permission" in rrb(root, "doctor").stdout


def test_who_holds_the_lock_is_said(root: Path) -> None:
    with locked(root, durable=False, command="rrb review"):
        said = rrb(root, "doctor").stdout
    assert re.search(
        r"^\.rrb/lock: note: 'rrb review' \(process \d+ on .*\) is writing now; ", said, re.MULTILINE
    )
    assert "writing now" not in looked(root).stdout
    with locked(root, timeout=0, durable=False):
        """The doctor has let go of it."""


@POSIX
def test_names_of_files_cannot_act_on_a_terminal(root: Path) -> None:
    write("notes/2019-09-09\x1b[31m conflicted copy.md", "# Board\n")(root)
    write(os.fsdecode(b"notes/\xff conflicted copy.md"), "# Board\n")(root)
    said = looked(root).stdout
    assert "\x1b" not in said
    assert "notes/<U+DCFF> conflicted copy.md: warning" in said
    assert "2019-09-09\\x1b[31m conflicted copy.md: warning" in said


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_fault_of_one_check_hides_nothing(
    check: Callable[..., Iterator[object]], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(patient: object) -> Iterator[object]:
        raise ValueError("oh")

    checks = tuple(faulty if one is check else one for one in CHECKS)
    monkeypatch.setattr("rrbnotes.keeping.doctor.CHECKS", checks)
    found = findings(examine(locate(root), root, date(2020, 1, 1)))
    assert [(f.severity, f.what) for f in found] == [
        (Severity.ERROR, "not looked at: internal error: ValueError: oh")
    ]


CURES = {
    "a link of one side": ["unlink 2019-09-09.1 2019-09-09.2", "link 2019-09-09.1 follows 2019-09-09.2"],
    "a link of the other side": [
        "unlink 2019-09-09.2 2019-09-09.1",
        "link 2019-09-09.2 supersedes 2019-09-09.1",
    ],
    "a line gone": ["update 2019-09-09.3 closed -m dropped"],
    "twins": ["link 2019-09-09.1 same 2019-09-09.7"],
    "an edit by hand": ["sync"],
    "behind": ["sync"],
    "gone": ["doctor --restore"],
    "cut off": ["doctor --restore"],
    "a register left over": ["update 2019-09-09.3 complete"],
}


@pytest.mark.parametrize("name", CURES)
def test_what_he_says_to_do_helps(name: str, root: Path) -> None:
    DAMAGES[name][0](root)
    for command in CURES[name]:
        result = rrb(root, *command.split())
        assert result.exit_code == 0, result.output
    assert looked(root).stdout.startswith("all is well: ")


# Restoring


def backups(root: Path) -> list[str]:
    return rrb(root, "doctor", "--backups").stdout.splitlines()


def take_back(root: Path) -> None:
    for arguments in (["undo", "-n"], ["undo"]):
        result = rrb(root, *arguments)
        assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    "damage", [write(REGISTER), write(REGISTER, b"\xff\0"), edit(REGISTER, "# end of actions", "")]
)
def test_a_damaged_register_comes_back_and_the_damage_is_kept_for_undo(damage: Damage, root: Path) -> None:
    good = (root / REGISTER).read_bytes()
    damage(root)
    bad = (root / REGISTER).read_bytes()
    result = rrb(root, "doctor", "--restore")
    assert result.exit_code == 0, result.output
    assert re.match(rf"{REGISTER}: put back as it was on .*: 3 actions\n", result.stdout)
    assert f"{REGISTER}: saved; `rrb undo` takes it back" in result.stderr
    assert (root / REGISTER).read_bytes() == good
    assert "all is well: 3 actions" in looked(root).stdout
    take_back(root)
    assert (root / REGISTER).read_bytes() == bad
    assert rrb(root, "doctor", "--restore").exit_code == 0
    assert (root / REGISTER).read_bytes() == good


def test_a_register_that_is_gone_comes_back(root: Path) -> None:
    good = (root / REGISTER).read_bytes()
    remove(REGISTER)(root)
    result = rrb(root, "doctor", "--restore")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)
    assert (root / REGISTER).read_bytes() == good
    take_back(root)
    assert not (root / REGISTER).exists()


def test_the_newest_text_that_is_good_is_taken(root: Path) -> None:
    backup_damage(root)
    write(REGISTER)(root)
    assert rrb(root, "doctor", "--restore").exit_code == 0
    assert "status: ongoing" not in (root / REGISTER).read_text()
    assert "no good register" in backups(root)[1]
    assert "damaged: not the text that was kept" in backups(root)[2]


def test_an_older_text_is_put_back_by_its_name(root: Path) -> None:
    new, old = (line.split()[0] for line in backups(root))
    assert backups(root)[0].endswith(" bytes, 3 actions, as the register is now")
    for name in (old, str(next((root / ".rrb" / "backup").glob(f"*{old}")))):
        result = rrb(root, "doctor", "--restore", name)
        assert result.exit_code == 0
    assert f"is {old} already, nothing was written" in result.stdout
    assert "status: ongoing" not in (root / REGISTER).read_text()
    assert "  there as they were then: 2019-09-09.3\n" in rrb(root, "doctor", "--restore", new).stdout
    assert [line.split()[0] for line in backups(root)] == [new, old]  # kept again, and listed once


def test_what_the_damaged_text_had_more_is_said(root: Path) -> None:
    edit(REGISTER, "# end of actions\n", TWIN.lstrip("\n"))(root)
    edit(REGISTER, "  2019-09-09.2:", "  2019-09-09.22:")(root)
    append(REGISTER, "]")(root)
    said = rrb(root, "doctor", "--restore").stdout
    assert said.endswith("  there again: 2019-09-09.2\n  no longer there: 2019-09-09.22, 2019-09-09.7\n")


def refused(root: Path, *arguments: str) -> str:
    before = everything(root)
    result = rrb(root, "doctor", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    mine = {name: seen for name, seen in everything(root).items() if not name.endswith(("lock", ".rrb"))}
    assert mine == {name: seen for name, seen in before.items() if name in mine}
    return result.stderr


def test_a_healthy_register_is_not_replaced_unasked(root: Path) -> None:
    assert "the register is healthy" in refused(root, "--restore")


def test_names_that_cannot_be_put_back(root: Path) -> None:
    assert "no former text 'ffffffff'; `rrb doctor --backups` lists them" in refused(
        root, "--restore", "ffffffff"
    )
    assert "stands for 2 former texts" in refused(root, "--restore", "actions")
    backup_damage(root)
    name = max((root / ".rrb" / "backup").iterdir()).name
    assert "damaged: not the text that was kept" in refused(root, "--restore", name)


def test_nothing_to_restore(root: Path) -> None:
    remove(".rrb")(root)
    assert "rrb has kept no text of the register here; take it from version control" in refused(
        root, "--restore"
    )
    assert not (root / ".rrb").exists()
    result = rrb(root, "doctor", "--backups")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "rrb has kept no text" in result.stderr


def test_no_good_text_to_restore(root: Path) -> None:
    for path in (root / ".rrb" / "backup").iterdir():
        path.write_bytes(b"")
    write(REGISTER)(root)
    assert "rrb has kept no good text of the register" in refused(root, "--restore")
    said = looked(root).stdout
    assert "take it from version control or a backup of your own" in said
    assert "restore a backup (from version control)" in said


@pytest.mark.parametrize("arguments", [("--restore", "--backups"), ("x",), ("--backups", "x")])
def test_options_that_do_not_go_together(arguments: tuple[str, ...], root: Path) -> None:
    assert "--restore" in refused(root, *arguments)


# Anything at all


@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_bytes_in_the_register_stop_the_doctor(data: st.DataObject, root: Path) -> None:
    good = max((root / ".rrb" / "backup").iterdir()).read_bytes()
    start, end = (data.draw(st.integers(0, len(good))) for _ in range(2))
    noise = data.draw(
        st.binary(max_size=40) | st.text("-:[]{}\"'#|>? \n2019p.same", max_size=40).map(str.encode)
    )
    whole = data.draw(st.booleans())
    (root / REGISTER).write_bytes(good[:start] + noise + good[end:] if whole else noise)
    looked(root)
