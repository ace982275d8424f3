"""Disks and rights that real commands meet: full, limited and read-only disks, folders of other people, links and modes,
and the bytes that editors leave."""

import ctypes
import os
import resource
import shutil
import signal
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from boards import REGISTER, Answer, done, rrb, set_board
from reliability.children import apart, forks

NEWS = "| Count the seagulls | GC | Complete - 40 of them |\n"
LATEST = "notes/2020-01-20.md"
DOOR = "2019-11-19.2"
WRITES: tuple[tuple[str, ...], ...] = (
    ("sync",),
    ("update", DOOR, "complete"),
    ("add", "AO to sweep the quay"),
    ("new", "2020-03-01"),
    ("summary", "--write"),
    ("check", "--fix"),
    ("undo",),
)
"""Each one has something to do on a prepared board; the last one what came before it."""
READS: tuple[tuple[str, ...], ...] = (("actions",), ("show", DOOR), ("sync", "--check"), ("check",))


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A board on which every command that writes has something to do. On another one all of them have been tried: what
    loads now need not be loaded where there is no room or no right to."""
    tried = prepared(tmp_path_factory.mktemp("tried"))
    for words in (*READS, *WRITES):
        assert rrb(tried, *words).code in (0, 1)
    return prepared(tmp_path_factory.mktemp("board"))


@pytest.fixture
def root(tmp_path: Path, board: Path) -> Path:
    """A board of one's own."""
    return copied(board, tmp_path)


def copied(board: Path, root: Path) -> Path:
    shutil.copytree(board, root, dirs_exist_ok=True)
    return root


def prepared(root: Path) -> Path:
    set_board(root)
    done(root, "update", "2019-09-09.4", "complete")
    text = (root / LATEST).read_text().replace("## ", "## \x0b", 1)
    (root / LATEST).write_text(text + NEWS)
    return root


def files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.glob("notes/*")}


def check_refused(root: Path, words: tuple[str, ...], says: str) -> None:
    """Nothing is changed or left over, and it is said where and why."""
    before = files(root)
    answer = rrb(root, *words)
    where = f"rrb {' '.join(words)}: {answer}"
    assert answer.code == 3, where
    assert answer.err.startswith("rrb: ") and says in answer.err, where
    assert files(root) == before, where


def check_reads(root: Path, words: tuple[str, ...]) -> Answer:
    """It goes on as if nothing were: an answer, or findings."""
    answer = rrb(root, *words)
    assert answer.code in (0, 1), f"rrb {' '.join(words)}: {answer}"
    assert answer.out, f"rrb {' '.join(words)}: {answer}"
    return answer


# Disks of our own: only the process that mounts them sees them

NEW_MOUNTS, NEW_USERS = 0x20000, 0x10000000
READ_ONLY, REMOUNT, BIND, RECURSIVE, PRIVATE = 1, 32, 4096, 16384, 1 << 18


def mount(source: str, target: Path, kind: str, flags: int, words: str = "") -> None:
    """As the call of the system."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(source.encode(), os.fsencode(target), kind.encode(), flags, words.encode()):
        raise OSError(ctypes.get_errno(), f"mount {target}")


def own_mounts() -> None:
    """From now on this process mounts for itself alone, as root or as root of a world of its own."""
    libc, user, group = ctypes.CDLL(None, use_errno=True), os.getuid(), os.getgid()
    if libc.unshare(NEW_MOUNTS):
        if libc.unshare(NEW_MOUNTS | NEW_USERS):
            raise OSError(ctypes.get_errno(), "unshare")
        for name, words in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
            Path("/proc/self", name).write_text(words)
    mount("none", Path("/"), "", RECURSIVE | PRIVATE)


@pytest.fixture(scope="module")
def mounts() -> None:
    """Skips where nothing can be mounted."""

    def tries() -> None:
        own_mounts()
        with tempfile.TemporaryDirectory() as folder:
            mount("tmpfs", Path(folder), "tmpfs", 0, "size=64k")

    if not hasattr(os, "fork"):
        pytest.skip("needs processes that are forked")
    try:
        apart(tries)
    except (AssertionError, AttributeError) as why:
        pytest.skip(f"nothing can be mounted here: {str(why).strip()[-80:]}")


def test_a_full_disk_changes_nothing(tmp_path: Path, board: Path, mounts: None) -> None:
    def on_a_small_disk() -> None:
        own_mounts()
        mount("tmpfs", tmp_path, "tmpfs", 0, "size=256k")
        root = copied(board, tmp_path)
        with (root / "filling").open("wb", buffering=0) as filling, pytest.raises(OSError, match="space"):
            while True:
                filling.write(bytes(4096))
        for words in WRITES:
            check_refused(root, words, "no space left on the disk")
        for words in READS:
            check_reads(root, words)
        (root / "filling").unlink()
        for words in WRITES:
            assert rrb(root, *words).code in (0, 1)

    apart(on_a_small_disk)


def test_a_read_only_disk_is_read(root: Path, mounts: None) -> None:
    def on_a_read_only_disk() -> None:
        own_mounts()
        mount(str(root), root, "", BIND)
        mount("none", root, "", REMOUNT | BIND | READ_ONLY)
        for words in READS:
            check_reads(root, words)
        for words in WRITES:
            check_refused(root, words, "the disk is read-only")

    apart(on_a_read_only_disk)


@forks
def test_a_limit_on_the_size_of_files_changes_nothing(root: Path) -> None:
    """What the system takes of a text is written, and the rest refused."""
    limit = (root / REGISTER).stat().st_size - 100

    def within_limits() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        check_refused(root, ("update", DOOR, "complete"), "larger than files may be here")
        check_refused(root, ("sync",), "larger than files may be here")

    apart(within_limits)
    assert list(root.rglob("*rrb-tmp")) == []
    done(root, "update", DOOR, "complete")


# Folders and files of others


@pytest.fixture
def common(board: Path) -> Iterator[Path]:
    """A board that everybody can look into."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield copied(board, Path(folder) / "board")


def as_another(does: Callable[[], None]) -> None:
    """Do something as somebody who has no rights here."""

    def without_rights() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        does()

    apart(without_rights)


@forks
def test_the_folder_of_somebody_else_is_read(common: Path) -> None:
    root = common
    for folder in (root, root / "notes", root / ".rrb", root / ".rrb" / "backup"):
        os.chmod(folder, 0o555)
    for file in (root / ".rrb" / "lock", root / REGISTER):
        os.chmod(file, 0o444)

    def reads_and_writes() -> None:
        for words in READS:
            check_reads(root, words)
        for words in WRITES:
            check_refused(root, words, "no permission")

    as_another(reads_and_writes)
    for folder in (root, root / "notes", root / ".rrb", root / ".rrb" / "backup"):
        os.chmod(folder, 0o755)


@forks
@pytest.mark.parametrize("words", [("check", "--fix"), ("sync",), ("summary", "--write"), ("undo",)])
def test_one_file_that_may_not_be_written_keeps_all_as_they_are(common: Path, words: tuple[str, ...]) -> None:
    root = common
    name = LATEST if words[0] in ("check", "summary") else REGISTER
    os.chmod(root / name, 0o444)
    for path in (root, *root.rglob("*")):
        if path != root / name and os.geteuid() == 0:
            os.chown(path, 65534, 65534)
    as_another(lambda: check_refused(root, words, f"{name}: the file is read-only"))


# Links, modes and the bytes of editors


def changed(root: Path, file: Path, words: tuple[str, ...]) -> tuple[bytes, bytes]:
    """The bytes of a file before and after a command that changes it."""
    before = file.read_bytes()
    done(root, *words)
    after = file.read_bytes()
    assert after != before
    return before, after


TARGETS = [
    (REGISTER, ("update", DOOR, "complete")),
    (LATEST, ("summary", "--write")),
    (LATEST, ("check", "--fix", "--fail-on", "never")),
]
each_target = pytest.mark.parametrize(("name", "words"), TARGETS, ids=["update", "summary", "check"])


@each_target
def test_a_link_stays_a_link(root: Path, name: str, words: tuple[str, ...]) -> None:
    real = root / "notes" / ".kept" / Path(name).name
    real.parent.mkdir()
    (root / name).rename(real)
    (root / name).symlink_to(os.path.relpath(real, (root / name).parent))
    changed(root, real, words)
    assert (root / name).is_symlink()
    assert (root / name).resolve() == real


@each_target
def test_the_other_name_of_a_file_is_told(root: Path, name: str, words: tuple[str, ...]) -> None:
    (root / "other").hardlink_to(root / name)
    before = (root / name).read_bytes()
    answer = done(root, *words)
    assert f"{name}: saved; its other name (a hard link) keeps the former text" in answer.err
    assert (root / "other").read_bytes() == before != (root / name).read_bytes()


@each_target
@pytest.mark.parametrize("mode", [0o664, pytest.param(0o600, marks=pytest.mark.slow)])
def test_the_mode_of_a_file_stays(root: Path, name: str, words: tuple[str, ...], mode: int) -> None:
    (root / name).chmod(mode)
    changed(root, root / name, words)
    assert stat.S_IMODE((root / name).stat().st_mode) == mode


SPELLINGS: dict[str, Callable[[str], bytes]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "CRLF, byte order mark, no last line end": lambda text: (
        text.rstrip("\n").replace("\n", "\r\n").encode("utf-8-sig")
    ),
}


@each_target
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_line_ends_and_byte_order_mark_stay(
    root: Path, name: str, words: tuple[str, ...], spelling: str
) -> None:
    file, spell = root / name, SPELLINGS[spelling]
    plain = file.read_text()
    file.write_bytes(spell(plain))
    words = (*words, "--ignore", "byte-order-mark") if words[0] == "check" else words
    before, after = changed(root, file, words)
    end = b"\r\n" if b"\r\n" in before else b"\r" if b"\r" in before else b"\n"
    assert after.startswith(b"\xef\xbb\xbf") == before.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\n") == (0 if end == b"\r" else after.count(end))
    kept = set(before.split(end)) - set(after.split(end))
    assert len(kept) <= (2 if words[0] != "check" else 1), kept  # the others stand as they stood
    done(root, "undo")
    assert file.read_bytes() == before
