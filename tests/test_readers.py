"""Who reads the notes: several processes read what one reads, and where one of them dies nothing is lost."""

import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from benchmarks import series
from rrbnotes.book import Notebook
from rrbnotes.notebook import load
from rrbnotes.readers import Readers, Told, Way
from rrbnotes.settings import Settings

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere processes are not forked, and one reads alone"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("boards")
    series.write(folder, 14, 2)
    (folder / "notes" / "board-001" / "2031-01-01.md").write_bytes(b"# Board\n\xff\xfe not text\n")
    return folder


@pytest.fixture(autouse=True)
def few_are_worth_it() -> Iterator[None]:
    with mock.patch("rrbnotes.readers._WORTH", 2):
        yield


def read(folder: Path, hands: int) -> Notebook:
    return load(folder / "notes", folder, Settings(), readers=Readers(Settings(), hands))


@pytest.mark.parametrize("hands", [2, 3, 8])
def test_several_read_what_one_reads(folder: Path, hands: int) -> None:
    alone = read(folder, 1)
    assert len(alone.register.actions) > 30 and len(alone.diagnostics) == 1
    assert read(folder, hands) == alone


def test_where_one_dies_the_others_work_is_done_here(folder: Path) -> None:
    def die(line: object, other_end: object, settings: Settings) -> None:
        raise SystemExit(1)

    alone = read(folder, 1)
    with mock.patch("rrbnotes.readers._serve", die):
        assert read(folder, 2) == alone


def test_where_one_dies_half_way_the_work_is_done_here(folder: Path) -> None:
    here, alone = Readers(Settings(), 2), read(folder, 1)

    def told(self: Readers, way: Way) -> list[Told]:
        for process in self._processes:
            process.kill()
            process.join()
        return plain(self, way)

    plain = Readers.meetings
    with mock.patch.object(Readers, "meetings", told):
        assert load(folder / "notes", folder, Settings(), readers=here) == alone


def test_a_mistake_of_ours_is_told_here(folder: Path) -> None:
    with (
        mock.patch("rrbnotes.readers.read_meeting", side_effect=ZeroDivisionError("ours")),
        pytest.raises(RuntimeError, match="ZeroDivisionError: ours"),
    ):
        read(folder, 2)


def test_what_is_done_is_told(folder: Path) -> None:
    for hands in (1, 2):
        told: list[tuple[float, int]] = []
        readers = Readers(Settings(), hands, lambda done, total, told=told: told.append((done, total)))  # type: ignore[misc]
        load(folder / "notes", folder, Settings(), readers=readers)
        assert told[-1] == (15, 15)
        assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_few_notes_are_read_without_a_process(folder: Path) -> None:
    with mock.patch("rrbnotes.readers._WORTH", 10_000), mock.patch("multiprocessing.get_context") as start:
        read(folder, 2)
    assert not start.called
