"""A file that is no note, or in no encoding that is certain, is refused at its line with what to do; the other notes are
read, and nothing of it is ever written back."""

import codecs
import json
import os
import re
import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest

from boards import REGISTER, board_register, done, plant, rrb, set_board, settled, shown
from reliability.figures import Tried
from reliability.odd import HEAD
from rrbnotes.source import MAX_NOTE_BYTES, read_source

TEXT = f"{HEAD}**Action:** AO to paint the café\n\nIt was sa\u00adid.\n"
GOOD = HEAD.replace("9 September", "19 November") + "**Action:** BT to ring the bell\n"
NOTE = "notes/2019-09-09.md"


def board(folder: Path, data: bytes) -> Path:
    """A good note, and one of these bytes."""
    plant(folder, {"2019-11-19": GOOD})
    path = folder / NOTE
    path.write_bytes(data)
    return path


def titles(folder: Path) -> list[str]:
    """The words of all actions that are listed."""
    listed = rrb(folder, "actions", "--all", "--format", "json", "-q")
    return [action["action"] for action in json.loads(listed.out)["actions"]]


# Encodings

READ = {
    "UTF-8": ("", "utf-8"),
    "UTF-8 with a mark": (codecs.BOM_UTF8, "utf-8"),
    "UTF-16 LE": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "UTF-16 BE": (codecs.BOM_UTF16_BE, "utf-16-be"),
    "UTF-32 LE": (codecs.BOM_UTF32_LE, "utf-32-le"),
    "UTF-32 BE": (codecs.BOM_UTF32_BE, "utf-32-be"),
    "two marks": (codecs.BOM_UTF8 * 2, "utf-8"),
}
AT = HEAD.count("\n") + 1
REFUSED: dict[str, tuple[bytes, int, str]] = {
    "UTF-16 LE without a mark": (TEXT.encode("utf-16-le"), AT, "UTF-16.*save the note as UTF-8"),
    "UTF-16 BE without a mark": (TEXT.encode("utf-16-be"), AT, "UTF-16.*save the note as UTF-8"),
    "ASCII as UTF-16": (GOOD.encode("utf-16-le"), 1, "UTF-16.*save the note as UTF-8"),
    "ASCII as UTF-32": (GOOD.encode("utf-32-be"), 1, "UTF-16.*save the note as UTF-8"),
    "cut within a pair": (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")[:-1], 1, "not valid UTF-16"),
    "Windows-1252": (f"{HEAD}AO to say “naïve – ü”\n".encode("cp1252"), AT, "0x93.*Windows-1252"),
    "Shift-JIS": (f"{HEAD}AO to 塗る 船\n".encode("shift-jis"), AT, "is not UTF-8.*save the note as UTF-8"),
    "cut short": (f"{HEAD}A café".encode()[:-1], AT, "0xC3 is not UTF-8"),
    "overlong": (HEAD.encode() + b"Action: AO to \xc0\xafpaint\n", AT, "0xC0 is not UTF-8"),
    "surrogates": (HEAD.encode() + b"Action: AO to \xed\xa0\x80paint\n", AT, "0xED is not UTF-8"),
    "a NUL": (f"{HEAD}Action: AO to pa\0int\n".encode(), AT, "NUL byte.*move it elsewhere"),
    "blocks of NULs": (HEAD.encode() + bytes(4096), AT, "NUL byte"),
    "docx": (b"PK\x03\x04\x14\0\x06\0\x08\0" + bytes(range(256)), 1, "Word document.*rrb import"),
    "zip of text": (b"PK\x03\x04abc\n", 1, "Word document, not a note"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", 1, "a PDF, not a note.*rrb import"),
    "pdf in ASCII": (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\n", 1, "a PDF, not a note"),
    "rtf": (b"{\\rtf1\\ansi Action: AO to paint\\par}", 1, "RTF, not a note"),
    "gzip": (b"\x1f\x8b\x08\0\0", 1, "0x8B is not UTF-8"),
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if "32" in name else name for name in READ]
)
def test_what_says_how_it_is_encoded_is_read_and_keeps_it(name: str, tmp_path: Path, tried: Tried) -> None:
    """`--fix` of a warning refuses what is not UTF-8, and a summary keeps mark and byte order."""
    mark, encoding = READ[name]
    data = (mark or b"") + TEXT.encode(encoding) if isinstance(mark, bytes) else TEXT.encode(encoding)
    path = board(tmp_path, data)
    assert titles(tmp_path) == ["paint the café", "ring the bell"]
    fixed = rrb(tmp_path, "check", "--fix", "--select", "suspicious-character")
    assert fixed.code == 0
    is_utf8 = encoding == "utf-8"
    if name != "two marks":
        assert path.read_bytes() == (data.replace("\u00ad".encode(), b"") if is_utf8 else data)
    before = path.read_bytes()
    done(tmp_path, "summary", "2019-09-09", "--write")
    after = path.read_bytes()
    assert after.startswith(before) and "AO to paint the café" in after[len(before) :].decode(encoding)
    done(tmp_path, "undo")
    assert path.read_bytes() == before
    taken = rrb(tmp_path, "check", "--fix", "--select", "byte-order-mark")
    assert taken.code == 0 and path.read_bytes().startswith(b"# Har" if is_utf8 else before), taken
    assert titles(tmp_path) == ["paint the café", "ring the bell"]
    tried("odd files", 1)


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_be_anything_is_refused_at_its_line(name: str, tmp_path: Path, tried: Tried) -> None:
    data, line, says = REFUSED[name]
    path = board(tmp_path, data)
    asked = rrb(tmp_path, "actions")
    assert asked.code == 2 and "ring the bell" in asked.out
    assert re.search(rf"(?m)^{NOTE}:{line}: error: .*{says}.*\(not-utf8\)$", asked.err), asked.err
    checked = rrb(tmp_path, "check", "--fix", "--format", "concise")
    assert checked.code == 1 and f"{NOTE}:{line}:" in checked.out
    for words in (("sync",), ("summary", "--write"), ("summary", "2019-09-09", "--write")):
        refused = rrb(tmp_path, *words)
        assert refused.code == 2 and f"{NOTE}:{line}: " in refused.err, (words, refused)
    assert sorted(one.name for one in (tmp_path / "notes").iterdir()) == ["2019-09-09.md", "2019-11-19.md"]
    assert path.read_bytes() == data
    tried("odd files", 1)


def test_a_board_of_which_nothing_can_be_read_is_not_forgotten(tmp_path: Path, tried: Tried) -> None:
    """Boards that have nothing to do with each other are asked one by one; this one has no meeting to be asked about."""
    plant(tmp_path, {"a/2019-09-09": TEXT, "a/2019-10-09": GOOD, "b/2019-09-09": TEXT, "c": ""})
    for name in ("b/2019-09-09.md", "c.md"):
        (tmp_path / "notes" / name).write_bytes(b"caf\xe9")
    for words in (("actions",), ("meetings",), ("owners",), ("stats",), ("sync",), ("summary", "--write")):
        answer = rrb(tmp_path, *words)
        assert answer.code == 2, (words, answer)
        assert "notes/b/2019-09-09.md:1: error" in answer.err and "notes/c.md:1: error" in answer.err, words
    assert not (tmp_path / REGISTER).exists()
    tried("odd files", 2)


@pytest.mark.parametrize("data", [b"", b"\n", b" \n\t\r\n \r", codecs.BOM_UTF8], ids=repr)
def test_an_empty_note_has_nothing_in_it(data: bytes, tmp_path: Path, tried: Tried) -> None:
    path = board(tmp_path, data)
    for words in (("actions",), ("sync",), ("check",), ("meetings",), ("parse", NOTE)):
        done(tmp_path, *words)
    assert titles(tmp_path) == ["ring the bell"] and path.read_bytes() == data
    tried("odd files", 1)


@pytest.mark.parametrize("kept", [0, 120])
def test_a_note_that_is_just_being_saved_takes_nothing_out_of_the_register(
    kept: int, tmp_path: Path, tried: Tried
) -> None:
    """An editor empties a file before it fills it, and `sync` runs in between."""
    set_board(tmp_path)
    before, path = shown(tmp_path), tmp_path / NOTE
    whole = path.read_bytes()
    path.write_bytes(whole[:kept])
    synced = rrb(tmp_path, "sync")
    assert "its line is gone" in synced.out + synced.err
    assert set(shown(tmp_path)) == set(before)
    assert rrb(tmp_path, "check").code == 1
    path.write_bytes(whole)
    done(tmp_path, "sync")
    settled(tmp_path)
    assert shown(tmp_path) == before and (tmp_path / REGISTER).read_bytes() == board_register()
    tried("odd files", 1)


# What is no file


def fifo(path: Path) -> None:
    os.mkfifo(path)


def listener(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # a socket's path is short
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 * 2**30)


def linked(to: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(to)


STRANGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "pipe": (fifo, r"not a regular file.*\(not-a-file\)"),
    "socket": (listener, r"not a regular file.*\(not-a-file\)"),
    "10 GB of nothing": (sparse, r"10,737,418,240 bytes, more than 2,097,152.*\(too-large\)"),
    "endless device": (linked("/dev/zero"), r"a link that leads out.*\(not-a-file\)"),
    "link out": (linked("../../secret.md"), r"a link that leads out.*\(not-a-file\)"),
    "link to nothing": (linked("nowhere.md"), r"there is no such file.*\(not-a-file\)"),
    "link to itself": (linked("strange.md"), r"a link that is not followed.*\(not-a-file\)"),
}
needs_posix = pytest.mark.skipif(os.name == "nt", reason="needs pipes and links")


@needs_posix
@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_file_is_named_at_once(name: str, tmp_path: Path, tried: Tried) -> None:
    resource = pytest.importorskip("resource", reason="no measure of memory here")
    make, says = STRANGE[name]
    (tmp_path / "secret.md").write_text(TEXT)
    root = tmp_path / "root"
    plant(root, {"2019-11-19": GOOD})
    make(root / "notes/strange.md")
    done(root, "rules")  # what is imported once
    before, room = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    asked = rrb(root, "actions")
    took = time.perf_counter() - before
    assert asked.code == 2 and "ring the bell" in asked.out and "paint" not in asked.out
    assert re.search(rf"(?m)^notes/strange\.md:1: error: .*{says}$", asked.err), asked.err
    assert took < 5 and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - room < _MANY_KB
    assert rrb(root, "check").code == 1
    refused = rrb(root, "sync")
    assert refused.code == 2 and "notes/strange.md:1" in refused.err and not (root / REGISTER).exists()
    (root / "rrb.toml").write_text('exclude = ["strange.md"]\n')
    done(root, "sync")
    tried("odd files", 1)


_MANY_KB = 150_000 * (1024 if sys.platform == "darwin" else 1)


@pytest.mark.parametrize("more", [0, 1])
def test_the_largest_note(more: int, tmp_path: Path, tried: Tried) -> None:
    """2 MiB are read, one byte more is not."""
    line = "x" * 4095 + "\n"
    start = TEXT.encode()
    data = start + b"\n" + line.encode() * (MAX_NOTE_BYTES // 4096 - 1)
    data += b"y" * (MAX_NOTE_BYTES + more - len(data))
    board(tmp_path, data)
    asked = rrb(tmp_path, "actions")
    assert ("paint the café" in asked.out) is not bool(more) and asked.code == 2 * more
    assert not more or f"{NOTE}:1: error: 2,097,153 bytes, more than 2,097,152" in asked.err
    tried("odd files", 1)


@pytest.mark.slow
def test_a_file_of_100_mb(tmp_path: Path, tried: Tried) -> None:
    board(tmp_path, b"**Action:** AO to paint it\n" * (100 * 2**20 // 27))
    before = time.perf_counter()
    assert "too-large" in rrb(tmp_path, "actions").err and time.perf_counter() - before < 5
    tried("odd files", 1)


@needs_posix
def test_folders_are_followed_but_never_out_nor_round(tmp_path: Path, tried: Tried) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    plant(
        root, {"2019-11-19": GOOD, "x.md/2019-12-09": GOOD.replace("bell", "gong")}
    )  # a folder named like a note
    (root / "notes/round").symlink_to(".")
    (root / "notes/again").symlink_to("x.md")
    assert set(titles(root)) == {"ring the bell", "ring the gong"} and rrb(root, "actions").code == 0
    outside.mkdir()
    (root / "notes/pictures").symlink_to(outside)
    assert rrb(root, "actions").code == 0  # there is no note in it
    (outside / "2019-09-09.md").write_text(TEXT)
    asked = rrb(root, "actions")
    assert asked.code == 2 and "notes/pictures: error: a link that leads out" in asked.err
    assert "café" not in asked.out and rrb(root, "sync").code == 2
    tried("odd files", 4)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without root's rights, which open every door."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@needs_posix
@pytest.mark.parametrize("closed", ["notes/2019-09-09.md", "notes/old", "notes"])
def test_what_may_not_be_looked_into_is_said(closed: str, tried: Tried) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        plant(root, {"2019-09-09": TEXT, "2019-11-19": GOOD, "old/2018-11-19": GOOD.replace("2019", "2018")})
        done(root, "actions", "--all")
        done(root, "check")
        os.chmod(root, 0o755)
        (root / closed).chmod(0)
        try:
            with as_nobody():
                asked, checked = rrb(root, "actions"), rrb(root, "check", "--format", "concise")
        finally:
            (root / closed).chmod(0o755)
        place = f"{closed}:1" if closed.endswith(".md") else closed
        assert asked.code == 2 and "permission" in asked.err.casefold(), asked
        assert f"{place}: error: " in asked.err or closed == "notes"
        assert ("ring the bell" in asked.out) is (closed != "notes")
        assert checked.code and "permission" in (checked.out + checked.err).casefold(), checked
    tried("odd files", 1)


@pytest.mark.parametrize("gone", ["notes/2019-09-09.md", "notes/old"])
def test_what_goes_while_it_is_read_is_no_trouble_for_the_others(
    gone: str, tmp_path: Path, tried: Tried
) -> None:
    """It is deleted between the listing of its folder and its own turn."""
    plant(tmp_path, {"2019-09-09": TEXT, "2019-11-19": GOOD, "old/2018-11-19": GOOD.replace("2019", "2018")})
    path = tmp_path / gone

    def read(note: Path, place: str) -> object:
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        return read_source(note, place)

    with mock.patch("rrbnotes.readers.read_source", read):
        asked = rrb(tmp_path, "actions", "--all")
    assert "ring the bell" in asked.out and not path.exists()
    assert asked.code == 2 and re.search(
        rf"(?m)^{gone}\S*:1: error: cannot be read \(there is no such file", asked.err
    )
    assert done(tmp_path, "actions").out
    tried("odd files", 1)


# What programs and people leave beside notes

BESIDE = (
    "2019-09-09.md~", ".#2019-09-09.md", "#2019-09-09.md#", ".2019-09-09.md.swp", "2019-09-09.md.bak", "~$2019-09-09.md",
    "~$2019-09-09.docx", ".DS_Store", "desktop.ini", "Thumbs.db", "._2019-09-09.md", ".~lock.2019-09-09.md#", "2019-09-09.md.tmp",
    ".2019-09-09.md.kate-swp", "2019-09-09.pdf",
)  # fmt: skip
COPIES = (
    "2019-09-09 (Ann's conflicted copy 2019-10-01).md", "2019-09-09.sync-conflict-20191001-101010-ABC.md", "2019-09-09 (1).md",
    "2019-09-09 - Copy.md", "Copy of 2019-09-09.md", "2019-09-09-LAPTOP.md", "2019-09-09.orig.md", "2019-09-09.MD",
)  # fmt: skip
NAMES = ("2019-09-09 #2 at 50%.md", "-rf & %s {x} [y].md", "🙂 é'\".MD")


def test_what_editors_and_systems_leave_is_no_note(tmp_path: Path, tried: Tried) -> None:
    path = board(tmp_path, TEXT.encode())
    for name in BESIDE:
        (tmp_path / "notes" / name).write_bytes(b"\0\1 Action: AO to sing\n")
    assert titles(tmp_path) == ["paint the café", "ring the bell"]
    done(tmp_path, "sync")
    done(tmp_path, "check")
    assert path.read_bytes() == TEXT.encode()
    tried("odd files", len(BESIDE))


def test_a_copy_of_a_note_is_named_as_one(tmp_path: Path, tried: Tried) -> None:
    """What a shared drive makes of two savings of one note: neither is lost, no action is doubled, and `check` says so."""
    for n, name in enumerate(COPIES):
        root = tmp_path / str(n)
        board(root, TEXT.encode())
        (root / "notes" / name).write_text(TEXT + "\n**Action:** AO to buy a red kite\n")
        assert sorted(titles(root)) == ["buy a red kite", "paint the café", "ring the bell"], name
        checked = rrb(root, "check", "--select", "duplicate-meeting", "--format", "concise")
        assert checked.code == 1 and "another note records this meeting" in checked.out, name
    tried("odd files", len(COPIES))


def test_names_with_signs_of_other_languages(tmp_path: Path, tried: Tried) -> None:
    """What means something to a shell, an address or a format is only a name here, in every command that is given it back."""
    for n, name in enumerate(NAMES):
        root = tmp_path / str(n)
        plant(root, {"2019-11-19": GOOD})
        (root / "notes" / name).write_text(TEXT)
        done(root, "sync")
        key = name.removesuffix(".md").removesuffix(".MD")
        assert shown(root)[f"{key}.1"]["raised"]["path"] == f"notes/{name}"
        assert "paint the café" in done(root, "show", "--", f"{key}.1").out
        done(root, "update", "--", f"{key}.1", "ongoing")
        checked = done(root, "check", "--format", "json", "--fail-on", "never", "--", f"notes/{name}")
        assert {one["path"] for one in json.loads(checked.out)["diagnostics"]} == {f"notes/{name}"}
        settled(root)
    tried("odd files", len(NAMES))
