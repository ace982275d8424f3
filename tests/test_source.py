"""Bytes to text: what is read, what is refused, and at which line."""

import codecs
import os
from pathlib import Path

import pytest

from rrbnotes.source import (
    MAX_LINE_CHARS,
    MAX_NOTE_BYTES,
    Source,
    Unreadable,
    read_source,
    source_of,
    source_of_text,
    split_lines,
)


def read(data: bytes) -> Source:
    found = source_of(data, "a.md")
    assert isinstance(found, Source), found
    return found


def refused(data: bytes) -> tuple[str, int, str]:
    found = source_of(data, "a.md")
    assert isinstance(found, Unreadable), found
    assert found.at.path == "a.md"
    return found.name, found.at.line, f"{found.message}; {found.help}"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("a", ["a"]),
        ("a\n", ["a"]),
        ("a\n\n", ["a", ""]),
        ("a\r\nb\r\n", ["a", "b"]),
        ("a\rb", ["a", "b"]),
        ("a\n\rb", ["a", "", "b"]),
        ("a\r\r\nb", ["a", "", "b"]),
        ("a\fb\vc\x1cd\x1de\x1ef\x85g\u2028h\u2029i", ["a\fb\vc\x1cd\x1de\x1ef\x85g\u2028h\u2029i"]),
    ],
)
def test_lines_are_the_editors_lines(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines
    assert read(text.encode()).lines == tuple(lines)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_encodings_that_say_what_they_are(mark: bytes, encoding: str) -> None:
    source = read(mark + "# Café – Zoë\r\n🙂\n".encode(encoding))
    assert source.text == "# Café – Zoë\r\n🙂\n"
    assert source.lines == ("# Café – Zoë", "🙂")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_byte_that_is_not_utf8_is_named_with_its_line(ends: str) -> None:
    data = (
        ends.join(["# Café", "quay", "caf", "end"])
        .encode()
        .replace(b"caf" + ends.encode(), b"caf\xe9" + ends.encode())
    )
    name, line, message = refused(data)
    assert (name, line) == ("not-utf8", 3)
    assert "0xE9" in message and "Windows-1252" in message and "save the note as UTF-8" in message


def test_a_byte_at_the_very_start_and_at_the_very_end() -> None:
    assert refused(b"\x93quoted\x94\n")[:2] == ("not-utf8", 1)
    assert refused(b"one\ntwo\xc3")[:2] == ("not-utf8", 2)


def test_bytes_that_are_no_windows_1252_either_are_not_called_so() -> None:
    assert "Windows" not in refused(b"a\x81\x8d")[2]


def test_a_broken_utf16() -> None:
    name, _, message = refused(codecs.BOM_UTF16_LE + b"\x00\xd8a")
    assert name == "not-utf8" and "UTF-16" in message


def test_a_nul_is_no_note() -> None:
    assert refused(b"one\r\ntwo\x00\n")[:2] == ("not-utf8", 2)
    assert refused("one\ntwo".encode("utf-16-le"))[:2] == ("not-utf8", 1)  # no mark says that it is UTF-16


CONFLICT = "intro\n\n<<<<<<< ours\nA to do it\n=======\nB to do it\n>>>>>>> theirs\n"


@pytest.mark.parametrize(
    "text", [CONFLICT, CONFLICT.replace("\n", "\r\n"), CONFLICT.replace("=======", "======= ")]
)
def test_a_conflict_is_refused_at_its_first_line(text: str) -> None:
    name, line, message = refused(text.encode())
    assert (name, line) == ("conflict-marker", 3)
    assert "keep one side" in message


def test_a_conflict_with_the_base_between() -> None:
    text = "<<<<<<< ours\na\n||||||| base\nb\n=======\nc\n>>>>>>> theirs\n"
    assert refused(text.encode())[:2] == ("conflict-marker", 1)


@pytest.mark.parametrize(
    "text",
    [
        "Skerry Harbour Board\n=======\n\ntext\n",  # a heading, underlined
        f"```\n{CONFLICT}```\n",
        f"~~~~ diff\n~~~\n{CONFLICT}~~~~\n",
        f"   ```\n{CONFLICT}   ```\n",
        CONFLICT.replace("\n", "\n "),  # not at column 0
        "<<<<<<< ours\na\n>>>>>>> theirs\n",  # no middle
        ">>>>>>> theirs\n=======\n<<<<<<< ours\n",  # the wrong order
        "=======\n<<<<<<< ours\n>>>>>>> theirs\n",
        "<<<<<<<ours\n=======\n>>>>>>>theirs\n",
        "<<<<<<< ours\n========\n>>>>>>> theirs\n",
    ],
)
def test_what_only_looks_like_a_conflict_is_read(text: str) -> None:
    assert read(text.encode()).text == text


def test_a_conflict_behind_a_closed_fence() -> None:
    assert refused(f"```\ncode\n```\n{CONFLICT}".encode())[:2] == ("conflict-marker", 6)


def test_a_conflict_is_found_in_text_as_in_bytes() -> None:
    found = source_of_text(CONFLICT, "-")
    assert isinstance(found, Unreadable) and str(found.at) == "-:3"


def test_too_large() -> None:
    lines = b"x" * 999 + b"\n"
    assert read(lines * (MAX_NOTE_BYTES // 1000))
    name, line, message = refused(lines * (MAX_NOTE_BYTES // 1000 + 1))
    assert (name, line) == ("too-large", 1)
    assert "2,097,152" in message and "split the note" in message


def test_a_line_too_long() -> None:
    assert read(b"one\n" + b"x" * MAX_LINE_CHARS)
    name, line, message = refused(b"one\ntwo\r\n" + b"x" * (MAX_LINE_CHARS + 1))
    assert (name, line) == ("too-large", 3)
    assert "65,537" in message


def test_from_disk(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"one\r\ntwo")
    found = read_source(tmp_path / "a.md", "notes/a.md")
    assert found == Source("notes/a.md", "one\r\ntwo", ("one", "two"))


def test_too_large_on_disk_is_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(50 * MAX_NOTE_BYTES)
    found = read_source(tmp_path / "a.md", "a.md")
    assert (
        isinstance(found, Unreadable)
        and found.name == "too-large"
        and "104,857,600" in f"{found.message}; {found.help}"
    )


def test_a_folder_named_like_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    found = read_source(tmp_path / "a.md", "a.md")
    assert isinstance(found, Unreadable) and found.name == "not-a-file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_named_like_a_note_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    found = read_source(tmp_path / "a.md", "a.md")
    assert isinstance(found, Unreadable) and found.name == "not-a-file"


def test_a_missing_file_and_a_broken_link(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "nowhere.md")
    for name in ("nowhere.md", "link.md"):
        found = read_source(tmp_path / name, name)
        assert isinstance(found, Unreadable) and found.name == "not-a-file"
        assert "there is no such file" in f"{found.message}; {found.help}"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"secret")
    (tmp_path / "a.md").chmod(0)
    found = read_source(tmp_path / "a.md", "a.md")
    assert (
        isinstance(found, Unreadable)
        and found.name == "not-a-file"
        and "permissions" in f"{found.message}; {found.help}"
    )
