"""What scripts may rely on: the page of the manual about it is true, and nothing is read before it is asked for."""

import doctest
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import rrbnotes
from boards import set_board

ROOT = Path(__file__).parent.parent
PAGE = Path(rrbnotes.__file__).parent / "guide" / "python.md"


def test_the_page_of_the_manual_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "notes", tmp_path / "notes")
    monkeypatch.chdir(tmp_path)
    plain = re.sub(r"^```(python)?$", "", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    examples = doctest.DocTestParser().get_doctest(plain, {}, PAGE.name, str(PAGE), 0)
    said: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(examples, out=said.append)
    assert results.attempted > 5 and not results.failed, "".join(said)


def test_the_page_names_all_that_is_promised() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in rrbnotes.__all__ if name[0] != "_" and f"`{name}" not in page] == []
    assert all(getattr(rrbnotes, name) for name in rrbnotes.__all__)


def test_a_script_sees_what_the_command_sees_and_changes_nothing(tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in set_board(tmp_path).rglob("*") if path.is_file()}
    book = rrbnotes.load(tmp_path, today=date(2020, 2, 1))
    assert [a.ref for a in book.register.actions if a.status.outstanding][:2] == [
        "2019-09-09.1",
        "2019-09-09.3",
    ]
    assert len(rrbnotes.load(tmp_path, as_at=date(2019, 9, 30)).meetings) == 1
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_no_notes_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(rrbnotes.RrbError, match=r"no folder 'notes' in .* or above; make one"):
        rrbnotes.load(tmp_path)
    with pytest.raises(AttributeError, match="no attribute 'laod'"):
        _ = rrbnotes.laod


def test_naming_the_package_reads_nothing_of_it() -> None:
    script = "import sys, rrbnotes; print(*(name for name in sys.modules if name.startswith('rrbnotes.')))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "\n"
