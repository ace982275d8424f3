"""The write path where nothing fails: what is written, kept, refused and undone."""

import errno
import json
import os
import stat
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from rrbnotes.errors import RrbError, WriteError
from rrbnotes.store.backups import KEPT, backups
from rrbnotes.store.disk import DISK
from rrbnotes.store.journal import CAP, history, read_journal
from rrbnotes.store.session import Saved, locked
from rrbnotes.store.undo import Merge, to_undo, undo

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and links as POSIX has them")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a register `A`, below a folder that is not ours."""
    (tmp_path / "root" / "notes").mkdir(parents=True)
    (tmp_path / "root" / "notes" / "actions.yaml").write_bytes(b"A")
    return tmp_path / "root"


@pytest.fixture
def register(root: Path) -> Path:
    return root / "notes" / "actions.yaml"


def write(
    root: Path, new: Mapping[Path, bytes | None], command: str = "rrb sync", now: datetime = NOW
) -> Saved:
    with locked(root, durable=False) as store:
        for path in new:
            store.read(path)
        return store.commit(command, new, now=now)


def take_back(root: Path, entry_id: str | None = None, merges: Mapping[Path, Merge] | None = None) -> Saved:
    with locked(root, durable=False) as store:
        return undo(store, entry_id, merges, now=NOW)


def ids(root: Path) -> list[str]:
    return [entry.id for entry in history(root)]


# Writing


def test_a_commit_is_written_kept_and_journalled(root: Path, register: Path) -> None:
    saved = write(root, {register: b"B"}, "rrb update 2026-06-01.1 complete")
    assert register.read_bytes() == b"B"
    assert saved.written == (register,)
    assert saved.warnings == ()
    (entry,) = history(root)
    assert entry == saved.entry
    assert (entry.id, entry.command, entry.stamp) == ("1", "rrb update 2026-06-01.1 complete", NOW)
    (file,) = entry.files
    assert file.path == "notes/actions.yaml"
    texts = [
        (root / ".rrb" / "backup" / str(name)).read_bytes()
        for name in (file.before_backup, file.after_backup)
    ]
    assert texts == [b"A", b"B"]
    assert (root / ".rrb" / ".gitignore").read_bytes() == b"*\n"
    assert file.before_backup == "actions.yaml.20260601T120000.000000Z-559aead0"


def test_git_does_not_see_our_folder(root: Path, register: Path) -> None:
    write(root, {register: b"B"})
    try:
        subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    except OSError:
        pytest.skip("no git here")
    found = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], cwd=root, check=True, capture_output=True, text=True
    )
    assert found.stdout == "?? notes/actions.yaml\n"


def test_equal_bytes_write_nothing(root: Path, register: Path) -> None:
    os.utime(register, ns=(1, 1))
    saved = write(root, {register: b"A"})
    assert saved == Saved((), None, ())
    assert register.stat().st_mtime_ns == 1
    assert sorted(path.name for path in (root / ".rrb").iterdir()) == [".gitignore", "lock"]


def test_only_the_files_that_change_are_written(root: Path, register: Path) -> None:
    note = root / "notes" / "2026-06-01.md"
    note.write_bytes(b"N")
    os.utime(note, ns=(1, 1))
    saved = write(root, {note: b"N", register: b"B"})
    assert saved.written == (register,)
    assert saved.entry and [file.path for file in saved.entry.files] == ["notes/actions.yaml"]
    assert note.stat().st_mtime_ns == 1


def test_a_new_file_makes_its_folders(root: Path) -> None:
    note = root / "notes" / "lcrb" / "2026" / "2026-06-01.md"
    saved = write(root, {note: b"N"})
    assert note.read_bytes() == b"N"
    assert saved.entry and saved.entry.files[0].before is None


def test_two_commits_under_one_lock(root: Path, register: Path) -> None:
    with locked(root, durable=False) as store:
        store.read(register)
        store.commit("rrb sync", {register: b"B"}, now=NOW)
        store.commit("rrb update", {register: b"C"}, now=NOW)
    assert register.read_bytes() == b"C"
    assert [entry.command for entry in history(root)] == ["rrb update", "rrb sync"]


def test_a_file_is_known_however_its_path_is_written(
    root: Path, register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "notes")
    with locked(Path(".."), durable=False) as store:
        assert store.read(Path("actions.yaml")) == b"A"
        store.commit("rrb sync", {register: b"B"}, now=NOW)
    assert register.read_bytes() == b"B"
    assert history(root)[0].files[0].path == "notes/actions.yaml"


def test_what_was_not_read_is_not_written(root: Path, register: Path) -> None:
    with locked(root) as store, pytest.raises(KeyError):
        store.commit("rrb sync", {register: b"B"}, now=NOW)
    assert register.read_bytes() == b"A"


def test_the_check_comes_before_anything_is_written(root: Path, register: Path) -> None:
    note = root / "notes" / "2026-06-01.md"
    checked = []

    def check(path: Path, data: bytes) -> None:
        checked.append((path, data))
        if path == register:
            raise RrbError("notes/actions.yaml:1: not a register")

    with locked(root) as store, pytest.raises(RrbError, match="not a register"):
        for path in (note, register):
            store.read(path)
        store.commit("rrb sync", {note: b"N", register: b"B"}, check, now=NOW)
    assert checked == [(note, b"N"), (register, b"B")]
    assert not note.exists()
    assert not (root / ".rrb" / "backup").exists()


def edited(path: Path) -> None:
    path.write_bytes(b"by hand")


@pytest.mark.parametrize("happens", [edited, Path.unlink], ids=["edited", "removed"])
def test_a_file_that_changed_meanwhile_is_left_alone(
    root: Path, register: Path, happens: Callable[[Path], None]
) -> None:
    note = root / "notes" / "2026-06-01.md"
    with locked(root) as store:
        for path in (note, register):
            store.read(path)
        happens(register)
        with pytest.raises(WriteError) as told:
            store.commit("rrb sync", {note: b"N", register: b"B"}, now=NOW)
    assert str(told.value) == (
        "notes/actions.yaml: changed by another program since it was read; run this again; nothing was changed"
    )
    assert not note.exists()
    assert not register.exists() or register.read_bytes() == b"by hand"
    assert history(root) == ()
    assert [path.read_bytes() for path in backups(root, "actions.yaml")] == [b"A"]
    assert [path for path in root.rglob("*") if "rrb-tmp" in path.name] == []


def test_a_file_that_appeared_meanwhile_is_left_alone(root: Path) -> None:
    note = root / "notes" / "2026-06-01.md"
    with locked(root) as store:
        assert store.read(note) is None
        note.write_bytes(b"by hand")
        with pytest.raises(WriteError, match="changed by another program"):
            store.commit("rrb new", {note: b"N"}, now=NOW)
    assert note.read_bytes() == b"by hand"


# Links, modes, places


@POSIX
def test_a_link_stays_and_its_file_is_replaced(root: Path, register: Path) -> None:
    real = root / "data" / "real.yaml"
    real.parent.mkdir()
    register.rename(real)
    register.symlink_to("../data/real.yaml")
    write(root, {register: b"B"})
    assert register.is_symlink()
    assert real.read_bytes() == b"B"
    assert [path.read_bytes() for path in backups(root, "actions.yaml")] == [b"B", b"A"]
    take_back(root)
    assert register.is_symlink()
    assert real.read_bytes() == b"A"


@POSIX
@pytest.mark.parametrize("way", ["a link", "a folder that is a link", "dots"])
def test_nothing_outside_the_root_is_touched(root: Path, register: Path, way: str) -> None:
    outside = root.parent / "outside.yaml"
    outside.write_bytes(b"A")
    path = {"a link": register, "a folder that is a link": root / "up" / "outside.yaml"}.get(
        way, root / ".." / "outside.yaml"
    )
    (root / "up").symlink_to("..")
    register.unlink()
    register.symlink_to(outside)
    with locked(root) as store, pytest.raises(RrbError, match="leads out of") as told:
        store.read(path)
    assert told.value.exit_code == 2


@POSIX
def test_a_link_that_is_turned_meanwhile_is_refused(root: Path, register: Path) -> None:
    other = root / "other.yaml"
    other.write_bytes(b"A")
    with locked(root) as store:
        store.read(register)
        register.unlink()
        register.symlink_to(other)
        with pytest.raises(WriteError, match="changed by another program"):
            store.commit("rrb sync", {register: b"B"}, now=NOW)
    assert other.read_bytes() == b"A"


@POSIX
def test_a_root_behind_a_link(root: Path, register: Path) -> None:
    link = root.parent / "link"
    link.symlink_to(root)
    write(link, {register: b"B"})
    write(root, {link / "notes" / "actions.yaml": b"C"})
    assert [entry.files[0].path for entry in history(root)] == ["notes/actions.yaml"] * 2
    assert register.read_bytes() == b"C"


@POSIX
@pytest.mark.parametrize("name", [".rrb", ".rrb/backup"])
def test_our_own_folder_must_be_no_link(root: Path, register: Path, name: str) -> None:
    elsewhere = root.parent / "elsewhere"
    elsewhere.mkdir()
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).symlink_to(elsewhere)
    with pytest.raises(RrbError, match="not a folder of its own"):
        write(root, {register: b"B"})
    assert register.read_bytes() == b"A"
    assert list(elsewhere.iterdir()) == []


@POSIX
@pytest.mark.parametrize("name", ["lock", "journal.jsonl"])
def test_our_own_files_must_be_no_links(root: Path, register: Path, name: str) -> None:
    elsewhere = root.parent / "elsewhere"
    elsewhere.write_bytes(b"keep me")
    (root / ".rrb").mkdir()
    (root / ".rrb" / name).symlink_to(elsewhere)
    with pytest.raises(WriteError, match="a link that is not followed"):
        write(root, {register: b"B"})
    assert register.read_bytes() == b"A"
    assert elsewhere.read_bytes() == b"keep me"


@POSIX
def test_a_left_over_link_in_the_way_is_not_followed(root: Path, register: Path) -> None:
    victim = root.parent / "victim"
    victim.write_bytes(b"keep me")
    (root / "notes" / ".actions.yaml.rrb-tmp").symlink_to(victim)
    write(root, {register: b"B"})
    assert (register.read_bytes(), victim.read_bytes()) == (b"B", b"keep me")


@POSIX
def test_a_link_planted_at_the_last_moment_is_not_followed(root: Path, register: Path) -> None:
    victim = root.parent / "victim"
    victim.write_bytes(b"keep me")

    def plant(path: Path) -> None:
        with suppress(FileNotFoundError):
            os.unlink(path)
        if path.parent == register.parent and not planted:
            planted.append(path)
            path.symlink_to(victim)

    planted: list[Path] = []
    with (
        locked(root, disk=replace(DISK, unlink=plant)) as store,
        pytest.raises(WriteError, match="there is something of this name"),
    ):
        store.read(register)
        store.commit("rrb sync", {register: b"B"}, now=NOW)
    assert (register.read_bytes(), victim.read_bytes()) == (b"A", b"keep me")


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_stays(root: Path, register: Path, mode: int) -> None:
    register.chmod(mode)
    write(root, {register: b"B"})
    texts = (register, *backups(root, "actions.yaml"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in texts} == {mode}


@POSIX
def test_a_new_file_has_the_mode_of_the_umask(root: Path) -> None:
    note = root / "notes" / "2026-06-01.md"
    before = os.umask(0o027)
    try:
        write(root, {note: b"N"})
    finally:
        os.umask(before)
    assert stat.S_IMODE(note.stat().st_mode) == 0o640


@POSIX
def test_owner_and_group_stay_where_root_writes(root: Path, register: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may give files away")
    os.chown(register, 12345, 23456)
    write(root, {register: b"B"})
    assert (register.stat().st_uid, register.stat().st_gid) == (12345, 23456)


@POSIX
def test_a_hard_link_is_said(root: Path, register: Path) -> None:
    os.link(register, root / "other")
    saved = write(root, {register: b"B"})
    assert saved.warnings == (
        "notes/actions.yaml: saved; its other name (a hard link) keeps the former text",
    )
    assert ((root / "other").read_bytes(), register.read_bytes()) == (b"A", b"B")


def test_a_read_only_file_is_left_alone(root: Path, register: Path) -> None:
    register.chmod(0o444)
    with pytest.raises(WriteError, match="the file is read-only"):
        write(root, {register: b"B"})
    assert register.read_bytes() == b"A"


@POSIX
def test_a_read_only_folder_is_said(root: Path, register: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    write(root, {register: b"B"})
    register.parent.chmod(0o555)
    try:
        with pytest.raises(
            WriteError,
            match=r"^notes/actions\.yaml: not written: no permission; allow it; nothing was changed",
        ):
            write(root, {register: b"C"})
    finally:
        register.parent.chmod(0o755)
    assert register.read_bytes() == b"B"


@POSIX
def test_a_pipe_is_refused_and_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "notes" / "pipe.md")
    with locked(root) as store, pytest.raises(RrbError, match="not a regular file"):
        store.read(root / "notes" / "pipe.md")


@pytest.mark.parametrize(
    ("number", "todo"),
    [
        (errno.EACCES, "allow it"),
        (errno.EROFS, "allow writing to it"),
        (errno.ENOLCK, "keep the notes on a disk"),
    ],
)
def test_why_there_is_no_lock_is_said_and_what_to_do(root: Path, number: int, todo: str) -> None:
    def refuse(fd: int) -> bool:
        raise OSError(number, os.strerror(number))

    with (
        pytest.raises(WriteError, match=rf"\.rrb: cannot be locked: .+; {todo}"),
        locked(root, disk=replace(DISK, lock=refuse)),
    ):
        pass


def test_a_missing_root_is_said(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"\.rrb: cannot be locked"), locked(tmp_path / "missing"):
        pass


# Former texts


def test_what_is_neither_young_nor_among_the_newest_goes(root: Path, register: Path) -> None:
    for n in range(KEPT + 10):
        write(root, {register: b"%d" % n}, now=NOW + timedelta(hours=n))
    assert len(backups(root, "actions.yaml")) == KEPT + 11  # all are young; the first one is that of `A`
    write(root, {register: b"last"}, now=NOW + timedelta(days=30, hours=5))
    texts = [path.read_bytes() for path in backups(root, "actions.yaml")]
    assert texts == [b"last", *(b"%d" % n for n in reversed(range(6, KEPT + 10)))]
    write(root, {register: b"very last"}, now=NOW + timedelta(days=60))
    assert len(backups(root, "actions.yaml")) == KEPT


def test_the_newest_text_stays_however_old(root: Path, register: Path) -> None:
    write(root, {register: b"B"})
    write(root, {root / "notes" / "2036.md": b"N"}, now=NOW + timedelta(days=3650))
    assert [path.read_bytes() for path in backups(root, "actions.yaml")] == [b"B", b"A"]


def test_each_text_is_kept_once_in_a_chain_of_commands(root: Path, register: Path) -> None:
    for text in (b"B", b"C", b"D"):
        write(root, {register: text})
    assert [path.read_bytes() for path in backups(root, "actions.yaml")] == [b"D", b"C", b"B", b"A"]


def test_a_clock_that_went_back_does_not_change_the_order(root: Path, register: Path) -> None:
    write(root, {register: b"B"})
    write(root, {register: b"C"}, now=NOW - timedelta(days=1))
    assert [path.read_bytes() for path in backups(root, "actions.yaml")] == [b"C", b"B", b"A"]


def test_stamps_are_utc(root: Path, register: Path) -> None:
    write(root, {register: b"B"}, now=datetime(2026, 6, 1, 1, tzinfo=timezone(timedelta(hours=2))))
    assert "20260531T230000" in backups(root, "actions.yaml")[0].name


def test_other_files_in_the_folder_are_left_alone(root: Path, register: Path) -> None:
    write(root, {register: b"B"})
    others = [
        "my-actions.yaml.20260601T120000.000000Z-12345678",
        "actions.yaml",
        "actions.yaml.20269999T120000.000000Z-12345678",
    ]
    for name in others:
        (root / ".rrb" / "backup" / name).write_bytes(b"X")
    assert [path.read_bytes() for path in backups(root, "actions.yaml")] == [b"B", b"A"]
    assert backups(root, "other.yaml") == ()


# Undo


def test_undo_and_redo(root: Path, register: Path) -> None:
    note = root / "notes" / "new" / "2026-06-01.md"
    write(root, {note: b"N", register: b"B"}, "rrb new 2026-06-01")
    saved = take_back(root)
    assert (note.exists(), register.read_bytes()) == (False, b"A")
    assert saved.entry and (saved.entry.command, saved.entry.undoes) == ("undo 1", "1")
    assert set(saved.written) == {note, register}
    take_back(root, "2")
    assert (note.read_bytes(), register.read_bytes()) == (b"N", b"B")
    take_back(root)
    assert (note.exists(), register.read_bytes()) == (False, b"A")
    assert [entry.undoes for entry in history(root)] == ["1", "2", "1", None]


def test_plain_undo_goes_back_command_by_command(root: Path, register: Path) -> None:
    for text in (b"B", b"C"):
        write(root, {register: text})
    take_back(root)
    assert register.read_bytes() == b"B"
    write(root, {register: b"D"})
    take_back(root)
    assert register.read_bytes() == b"B"
    take_back(root)
    assert register.read_bytes() == b"A"
    with pytest.raises(RrbError, match="there is nothing to undo; all is undone already"):
        take_back(root)


def test_nothing_to_undo(root: Path) -> None:
    with pytest.raises(RrbError, match="there is nothing to undo"):
        take_back(root)
    with pytest.raises(RrbError, match="no command 7 in the journal"):
        take_back(root, "7")


def test_an_undone_command_is_not_undone_twice(root: Path, register: Path) -> None:
    write(root, {register: b"B"}, "rrb update X")
    take_back(root)
    with pytest.raises(RrbError, match=r"^'rrb update X' \(1\) is undone already; to redo it, undo 2$"):
        take_back(root, "1")
    assert to_undo(read_journal(root), "2").undoes == "1"


def test_a_later_command_stands_in_the_way(root: Path, register: Path) -> None:
    note = root / "notes" / "2026-06-01.md"
    write(root, {note: b"N", register: b"B"})
    write(root, {register: b"C"}, "rrb update X")
    with pytest.raises(RrbError) as told:
        take_back(root, "1")
    assert str(told.value) == (
        "notes/actions.yaml: changed since by 'rrb update X' (2); nothing was undone; undo that first"
    )
    assert told.value.exit_code == 2
    assert (note.read_bytes(), register.read_bytes()) == (b"N", b"C")


def test_an_undo_of_an_earlier_command_stands_in_the_way(root: Path, register: Path) -> None:
    write(root, {register: b"AB"})
    write(root, {register: b"ABC"})
    take_back(root, "1", {register: taking_out})
    assert register.read_bytes() == b"AC"
    with pytest.raises(RrbError, match=r"changed since by 'undo 1' \(3\)"):
        take_back(root, "2")


def test_a_hand_edit_stands_in_the_way(root: Path, register: Path) -> None:
    write(root, {register: b"B"})
    register.write_bytes(b"by hand")
    with pytest.raises(RrbError, match="changed since by hand or by another program"):
        take_back(root)
    assert register.read_bytes() == b"by hand"
    register.unlink()
    with pytest.raises(RrbError, match="changed since by hand or by another program"):
        take_back(root, merges={register: taking_out})
    assert not register.exists()


def taking_out(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """A merge for texts to which commands append letters."""
    added = base.removeprefix(theirs)
    if added not in ours:
        raise RrbError("both changed it")
    return ours.replace(added, b"")


def test_a_register_is_merged_with_what_has_changed_since(root: Path, register: Path) -> None:
    write(root, {register: b"AB"})
    register.write_bytes(b"ABH")
    take_back(root, merges={register: taking_out})
    assert register.read_bytes() == b"AH"
    take_back(root, "2")
    assert register.read_bytes() == b"ABH"


def test_a_clash_undoes_nothing(root: Path, register: Path) -> None:
    note = root / "notes" / "2026-06-01.md"
    write(root, {note: b"N", register: b"AB"})
    register.write_bytes(b"AX")
    with pytest.raises(RrbError, match="both changed it"):
        take_back(root, merges={register: taking_out})
    assert (note.read_bytes(), register.read_bytes()) == (b"N", b"AX")
    assert ids(root) == ["1"]


def test_notes_are_not_merged_as_registers(root: Path, register: Path) -> None:
    note = root / "notes" / "2026-06-01.md"
    note.write_bytes(b"A")
    write(root, {note: b"AB"})
    note.write_bytes(b"ABH")
    with pytest.raises(RrbError, match=r"notes/2026-06-01\.md: changed since"):
        take_back(root, merges={register: taking_out})


def test_what_is_back_already_counts_as_undone(root: Path, register: Path) -> None:
    write(root, {register: b"B"})
    register.write_bytes(b"A")
    saved = take_back(root)
    assert saved.written == ()
    assert saved.entry and saved.entry.undoes == "1"
    with pytest.raises(RrbError, match="there is nothing to undo"):
        take_back(root)


@pytest.mark.parametrize("damage", [Path.unlink, edited], ids=["removed", "edited"])
def test_a_lost_former_text_is_said(root: Path, register: Path, damage: Callable[[Path], None]) -> None:
    write(root, {register: b"B"})
    damage(backups(root, "actions.yaml")[1])
    with pytest.raises(RrbError, match=r"actions\.yaml is not kept any more"):
        take_back(root)
    assert register.read_bytes() == b"B"


# The journal


def journal(root: Path) -> Path:
    return root / ".rrb" / "journal.jsonl"


GOOD: dict[str, object] = {
    "id": "9",
    "command": "rrb sync",
    "stamp": "2026-06-01T12:00:00+00:00",
    "undoes": None,
    "files": [],
}
DAMAGED = {
    "cut off": b'{"id": "9", "comm',
    "empty": b"",
    "not JSON": b"<<<<<<< HEAD",
    "not UTF-8": b"\xff\xfe",
    "deep": b"[" * 100_000,
    "another shape": b"[1]",
    "no id": json.dumps({**GOOD, "id": "x"}).encode(),
    "a number": json.dumps({**GOOD, "id": 9}).encode(),
    "no time": json.dumps({**GOOD, "stamp": "then"}).encode(),
    "files of another shape": json.dumps({**GOOD, "files": [7]}).encode(),
    "a NUL in a path": json.dumps(
        {**GOOD, "files": [dict.fromkeys(("path", "before", "after", "before_backup", "after_backup"), "\0")]}
    ).encode(),
}


@pytest.mark.parametrize("line", DAMAGED.values(), ids=DAMAGED)
@pytest.mark.parametrize("end", [b"\n", b""], ids=["ended", "not ended"])
def test_a_damaged_line_is_passed_over_and_said(root: Path, register: Path, line: bytes, end: bytes) -> None:
    write(root, {register: b"B"})
    with journal(root).open("ab") as file:
        file.write(line + end)
    damaged = (2,) if line + end else ()
    assert read_journal(root).damaged == damaged
    saved = write(root, {register: b"C"})
    assert saved.entry and saved.entry.id == str(2 + len(damaged))
    assert ids(root) == [saved.entry.id, "1"]
    expected = tuple(f".rrb/journal.jsonl:{n}: cannot be read, passed over" for n in damaged)
    assert take_back(root).warnings == expected
    take_back(root)
    assert register.read_bytes() == b"A"


def test_a_journal_of_damaged_lines_only(root: Path, register: Path) -> None:
    (root / ".rrb").mkdir()
    journal(root).write_bytes(b"x\n" * 3)
    write(root, {register: b"B"})
    assert ids(root) == ["4"]


def test_unknown_keys_of_a_later_version_are_no_damage(root: Path, register: Path) -> None:
    write(root, {register: b"B"})
    raw = json.loads(journal(root).read_bytes())
    raw["who"], raw["files"][0]["kind"] = "JS", "register"
    journal(root).write_text(json.dumps(raw) + "\n")
    take_back(root)
    assert register.read_bytes() == b"A"


@pytest.mark.parametrize("path", ["../outside.yaml", "/outside.yaml", "notes/../../outside.yaml"])
def test_a_forged_journal_leads_nowhere(root: Path, register: Path, path: str) -> None:
    (root.parent / "outside.yaml").write_bytes(b"B")
    write(root, {register: b"B"})
    raw = json.loads(journal(root).read_bytes())
    raw["files"][0]["path"] = path
    journal(root).write_text(json.dumps(raw) + "\n")
    with pytest.raises(RrbError, match="leads out of"):
        take_back(root)
    raw["files"][0] |= {"path": "notes/actions.yaml", "before_backup": "../../notes/actions.yaml"}
    journal(root).write_text(json.dumps(raw) + "\n")
    with pytest.raises(RrbError, match="not kept any more"):
        take_back(root)


def test_the_journal_is_capped(root: Path, register: Path) -> None:
    write(root, {register: b"B"})
    line = journal(root).read_bytes()
    lines = [line.replace(b'"id": "1"', b'"id": "%d"' % n) for n in range(1, CAP + 101)]
    journal(root).write_bytes(b"".join(lines))
    assert len(history(root)) == CAP
    write(root, {register: b"C"})
    assert len(journal(root).read_bytes().splitlines()) == CAP
    assert [ids(root)[n] for n in (0, 1, -1)] == [str(CAP + 101), str(CAP + 100), "102"]


def test_a_command_of_any_words_is_one_line(root: Path, register: Path) -> None:
    command = "rrb update -m 'two\nlines\u2028 \udcff 🎉 \x1b[31m'"
    write(root, {register: b"B"}, command)
    assert history(root)[0].command == command
    assert journal(root).read_bytes().count(b"\n") == 1


def test_who_reads_makes_nothing(root: Path) -> None:
    assert history(root) == ()
    assert backups(root, "actions.yaml") == ()
    assert not (root / ".rrb").exists()


def traced(root: Path, register: Path, durable: bool) -> list[str]:
    """What is flushed to the disk, and what takes its name, in order."""
    opened: dict[int, str] = {}
    trace: list[str] = []

    def named_open(path: Path, flags: int, mode: int) -> int:
        fd = os.open(path, flags, mode)
        opened[fd] = path.name
        return fd

    def named_replace(source: Path, target: Path) -> None:
        trace.append(f"{source.name} becomes {target.name[:12]}")
        os.replace(source, target)

    disk = replace(
        DISK,
        open=named_open,
        replace=named_replace,
        fsync=lambda fd: trace.append(opened[fd]),
        keep_names=lambda folder: trace.append(folder.name),
    )
    with locked(root, durable=durable, disk=disk) as store:
        store.read(register)
        trace.clear()
        store.commit("rrb sync", {register: b"B"}, now=NOW)
    return trace


SWAPS = [".rrb-tmp becomes actions.yaml"] * 2 + [".actions.yaml.rrb-tmp becomes actions.yaml"]


def test_a_text_is_on_the_disk_before_it_takes_its_name(root: Path, register: Path) -> None:
    texts = [".rrb-tmp", SWAPS[0]] * 2
    register_and_journal = [".actions.yaml.rrb-tmp", SWAPS[2], "notes", "journal.jsonl"]
    assert traced(root, register, durable=True) == texts + register_and_journal


def test_without_durable_nothing_is_forced_to_the_disk(root: Path, register: Path) -> None:
    assert traced(root, register, durable=False) == SWAPS
