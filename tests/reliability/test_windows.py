"""Windows, simulated where `rrb` meets the system: on what it does otherwise nothing depends but one table of calls."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from boards import JANUARY, NOVEMBER, REGISTER, SEPTEMBER, board_register, done, plant, rrb, set_board, shown
from rrbnotes import memory, shelf
from rrbnotes.cli import desk
from rrbnotes.cli.check_report import Target, targets
from rrbnotes.cli.talk import put
from rrbnotes.errors import RrbError
from rrbnotes.filenames import fits_everywhere
from rrbnotes.source import Source, read_source
from rrbnotes.store import files
from rrbnotes.store.disk import BYTES, DISK, Disk
from rrbnotes.store.session import locked
from rrbnotes.store.undo import undo
from rrbnotes.views.requests import file_names

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ACCESS_DENIED, IN_USE, LOCKED = 5, 32, 33


def denied(winerror: int | None) -> PermissionError:
    """A refusal as Python raises it there; what opens a file gives no number of Windows."""
    why = PermissionError(errno.EACCES, "Permission denied")
    why.winerror = winerror  # type: ignore[attr-defined, unused-ignore]
    return why


# The table of calls


class Windows:
    """A disk with the ways of Windows: folders cannot be opened, nor flushed; a file in use can be neither replaced, nor
    removed, nor opened by who would not share it; a file has no owner and group. Whoever has a file open lets go of it
    after some time."""

    def __init__(self, in_use: str = "", for_seconds: float = 0.0, winerror: int = ACCESS_DENIED) -> None:
        self.in_use, self.left, self.winerror = in_use, for_seconds, winerror
        self.waited = 0.0
        self.locked: set[tuple[int, int]] = set()
        self.disk = replace(
            DISK,
            open=self._open,
            replace=self._replace,
            unlink=self._unlink,
            fsync=self._fsync,
            sleep=self._sleep,
            keep_mode=lambda fd, like: None,
            keep_names=lambda folder: None,
        )

    def _check(self, path: Path, winerror: int | None) -> None:
        if self.in_use and Path(path).name == self.in_use and self.waited < self.left:
            raise denied(winerror)

    def _open(self, path: Path, flags: int, mode: int) -> int:
        if Path(path).is_dir():
            raise denied(None)
        self._check(path, None)
        return os.open(path, flags, mode)

    def _replace(self, source: Path, target: Path) -> None:
        self._check(target, self.winerror)
        os.replace(source, target)

    def _unlink(self, path: Path) -> None:
        self._check(path, self.winerror)
        os.unlink(path)

    def _fsync(self, fd: int) -> None:
        assert os.path.isfile(os.readlink(f"/proc/self/fd/{fd}")) if sys.platform == "linux" else True

    def _sleep(self, seconds: float) -> None:
        self.waited += seconds


def commit(root: Path, disk: Disk, data: bytes | None) -> tuple[str, ...]:
    with locked(root, disk=disk) as store:
        store.read(root / REGISTER)
        return store.commit("update", {root / REGISTER: data}, now=NOW).warnings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / REGISTER).write_bytes(b"old\r\n")
    return tmp_path


def test_what_windows_lacks_is_no_warning(root: Path) -> None:
    assert commit(root, Windows().disk, b"new\r\n") == ()
    assert (root / REGISTER).read_bytes() == b"new\r\n"


@pytest.mark.parametrize("winerror", [ACCESS_DENIED, IN_USE, LOCKED])
def test_a_file_that_is_in_use_for_a_moment_is_waited_for(root: Path, winerror: int) -> None:
    """For reading, for replacing, and for removing it."""
    windows = Windows("actions.yaml", 0.3, winerror)
    assert commit(root, windows.disk, b"new\n") == ()
    assert (root / REGISTER).read_bytes() == b"new\n"
    assert 0.3 <= windows.waited < 1
    windows.waited = 0.0
    assert commit(root, windows.disk, None) == ()
    assert not (root / REGISTER).exists()
    with locked(root, disk=windows.disk) as store:
        undo(store, now=NOW)
    assert (root / REGISTER).read_bytes() == b"new\n"


def test_a_file_that_stays_in_use_is_given_up(root: Path) -> None:
    windows = Windows("actions.yaml", 1000)
    with pytest.raises(RrbError, match=r"actions\.yaml: cannot be read: no permission"):
        commit(root, windows.disk, b"new\n")
    assert windows.waited <= 2.5
    assert (root / REGISTER).read_bytes() == b"old\r\n"


def test_a_refusal_of_another_system_is_not_waited_for(root: Path) -> None:
    def refuse(path: Path, flags: int, mode: int) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    def never(seconds: float) -> None:
        raise AssertionError("waited")

    with pytest.raises(PermissionError):
        files.contents(replace(DISK, open=refuse, sleep=never), root / REGISTER)


def test_files_are_opened_as_bytes() -> None:
    """Else Windows would turn line ends into its own, and stop at Ctrl-Z."""
    assert not hasattr(os, "O_BINARY") or BYTES & os.O_BINARY


@contextmanager
def on(windows: Windows, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All writes of commands in this process meet Windows."""
    with monkeypatch.context() as patch:
        patch.setattr(desk, "locked", partial(locked, disk=windows.disk))
        yield


def test_commands_work_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = set_board(tmp_path) / "notes" / "2020-01-20.md"
    note.write_text(JANUARY.replace("buy rope", "buy <b>rope</b>"), encoding="utf-8")
    windows = Windows("actions.yaml", 0.2, IN_USE)
    with on(windows, monkeypatch):
        for words in (
            ("update", "2019-09-09.1", "complete"),
            ("check", "--fix"),
            ("summary", "2019-09-09", "--write"),
            ("new", "2020-02-10"),
            ("undo",),
        ):
            windows.waited = 0.0
            assert rrb(tmp_path, *words).code in (0, 1), words
    assert shown(tmp_path)["2019-09-09.1"]["status"] == "complete"
    assert "**rope**" in note.read_text(encoding="utf-8")


# Line ends


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def test_every_command_keeps_the_line_ends_of_windows(tmp_path: Path) -> None:
    plant(tmp_path)
    for key, text in {"2019-09-09": SEPTEMBER, "2019-11-19": NOVEMBER, "2020-01-20": JANUARY}.items():
        (tmp_path / "notes" / f"{key}.md").write_bytes(crlf(text.replace("buy rope", "buy <b>rope</b>")))
    register = tmp_path / REGISTER
    register.write_bytes(crlf(board_register().decode()))
    assert done(tmp_path, "sync").out.startswith("nothing to do")
    for words in (
        ("update", "2019-09-09.1", "complete", "-m", "sent"),
        ("add", "AO to buy a bell", "--on", "2020-01-29"),
        ("check", "--fix"),
        ("summary", "2019-09-09", "--write"),
    ):
        assert rrb(tmp_path, *words).code in (0, 1), words
        for path in (register, *(tmp_path / "notes").glob("*.md")):
            data = path.read_bytes()
            assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r"), (words, path.name)
    source = read_source(tmp_path / "notes" / "2019-09-09.md", "note")
    assert isinstance(source, Source) and "<!-- rrb:summary -->" in source.lines


def test_the_same_is_read_with_other_line_ends(tmp_path: Path) -> None:
    unix, windows = set_board(tmp_path / "unix"), set_board(tmp_path / "windows")
    for path in (windows / "notes").iterdir():
        path.write_bytes(crlf(path.read_text(encoding="utf-8")))
    for words in (("actions", "--all", "--format", "json"), ("check", "--format", "json"), ("summary",)):
        assert rrb(windows, *words).out == rrb(unix, *words).out, words


# Names


DEVICES = ("CON", "con", "aux.md", "Nul.tar.gz", "com1", "LPT9.md")
LETTERS = ("a:b", "a?", 'a"b', "a<b", "a|b", "a*b", "a\\b", "a/b", "a\nb", "a\0b")
ENDS = ("end.", "end ", " start", "..", ".", ".hidden", "", "x" * 300, "ü" * 150)


@pytest.mark.parametrize("name", [*DEVICES, *LETTERS, *ENDS])
def test_names_that_some_system_cannot_have(name: str) -> None:
    assert not fits_everywhere(name)


@pytest.mark.parametrize(
    "name", ["2019-09-09.md", "console", "auxiliary.md", "Rat für Häfen", "a.b", "comms", "com"]
)
def test_names_that_every_system_can_have(name: str) -> None:
    assert fits_everywhere(name)


@pytest.mark.parametrize(
    "to", ["aux", "notes/con.md", "aux/2020-03-01", "a:b", "board./2020-03-01", "notes/lpt1/x.md"]
)
def test_no_note_is_imported_under_such_a_name(tmp_path: Path, to: str) -> None:
    page = set_board(tmp_path) / "minutes.html"
    page.write_text("<h1>Harbour Board</h1><p>3 January 2020</p>", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    answer = rrb(tmp_path, "import", "minutes.html", "--to", to)
    assert answer.code == 2 and "no name that every system can have" in answer.err, answer
    assert sorted(tmp_path.rglob("*")) == before


def test_every_owner_gets_a_file_of_his_own_in_any_case() -> None:
    owners = ("MoJ", "MOJ", "Con", "AUX", "a:b", "a/b", "..", "Ünal", "🙂")
    names = file_names([(None, owner) for owner in owners])
    assert len({name.casefold() for name in names.values()}) == len(owners)
    assert all(map(fits_everywhere, names.values()))


# Paths


@pytest.mark.parametrize(
    "words",
    [
        ("summary", "harbour\\2019-09-09"),
        ("show", "harbour\\2019-09-09.1"),
        ("actions", "--meeting", "harbour\\2019-09-09"),
        ("actions", "--board", "Harbour\\East"),
        ("parse", "notes/harbour/2019-09-09.md"),
    ],
    ids=" ".join,
)
def test_a_key_may_be_typed_with_backslashes(tmp_path: Path, words: tuple[str, ...]) -> None:
    plant(tmp_path, {"harbour/2019-09-09": SEPTEMBER, "harbour/2019-11-19": NOVEMBER, "harbour/east/2020-01-20": JANUARY, "harbour/east/2020-01-27": JANUARY.replace("20 J", "27 J")})  # fmt: skip
    answer = done(tmp_path, *words)
    assert answer.out == done(tmp_path, *(word.replace("\\", "/") for word in words)).out
    assert "\\" not in answer.out


def test_the_next_note_of_a_board_may_be_named_with_a_backslash(tmp_path: Path) -> None:
    plant(tmp_path, {"harbour/2019-09-09": SEPTEMBER, "harbour/2019-11-19": NOVEMBER})
    assert done(tmp_path, "new", "harbour\\2020-02-10").out.startswith("notes/harbour/2020-02-10.md: ")


def test_a_drive_is_no_format() -> None:
    assert targets("json", ["C:\\reports\\rrb.sarif"]) == (
        Target("json"),
        Target("sarif", Path("C:\\reports\\rrb.sarif")),
    )
    assert targets(None, ["sarif:C:\\rrb.x"]) == (Target("sarif", Path("C:\\rrb.x")),)


# What folders tell of their files


class Told:
    """An entry of a folder as Windows lists it: without the number of the file."""

    def __init__(self, entry: "os.DirEntry[str]") -> None:
        self.name, self.path = entry.name, entry.path
        self.is_dir, self.is_symlink, self.is_file = entry.is_dir, entry.is_symlink, entry.is_file
        self._entry = entry

    def stat(self, *, follow_symlinks: bool = True) -> Any:
        status = self._entry.stat(follow_symlinks=follow_symlinks)
        names = ("st_mode", "st_size", "st_mtime_ns", "st_ctime_ns")
        return SimpleNamespace(**{name: getattr(status, name) for name in names}, st_ino=0, st_nlink=0)


def test_what_is_known_of_a_file_does_not_depend_on_who_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else nothing would ever be remembered: it is kept only where the file is as it was when it was listed."""
    plant(tmp_path)
    scandir = os.scandir

    @contextmanager
    def told(path: Any) -> Iterator[list[Told]]:
        with scandir(path) as entries:
            yield [Told(entry) for entry in entries]

    monkeypatch.setattr(os, "scandir", told)
    for file in shelf.files_in(tmp_path / "notes"):
        assert memory._file(tmp_path / "notes", file.below) == file


# The streams


def test_a_reader_that_has_gone_away_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows says of a pipe that nobody reads any more that an argument is invalid."""

    class Gone(TextIOWrapper):
        def write(self, text: str) -> int:
            raise OSError(errno.EINVAL, "Invalid argument")

    with open(tmp_path / "out", "wb") as out, Gone(out) as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        with pytest.raises(BrokenPipeError):
            put("an answer")
