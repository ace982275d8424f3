"""What earlier runs found out: it is used where it holds, never where it does not, and nothing is lost without it."""

import os
import pickle
import subprocess
import sys
import zlib
from collections.abc import Iterator
from datetime import date as Date
from pathlib import Path
from random import Random
from unittest import mock

import pytest
import yaml

from boards import JANUARY, NOVEMBER, SEPTEMBER, rrb
from conftest import Write
from rrbnotes.boards import Board, read_board
from rrbnotes.book import Notebook
from rrbnotes.cli.books import open_book, open_outstanding, stand
from rrbnotes.cli.run import Repeat, Run
from rrbnotes.home import locate
from rrbnotes.memory import Memory, remember
from rrbnotes.readers import Readers
from rrbnotes.reading.outline import Outline, outline
from rrbnotes.reading.roles import Vocabulary
from rrbnotes.shelf import File, notes_in
from rrbnotes.source import Source
from rrbnotes.status import Status
from rrbnotes.store import cache

TODAY = Date(2026, 6, 1)
NOTES = {
    "harbour/2019-09-09.md": SEPTEMBER,
    "harbour/2019-11-19.md": NOVEMBER,
    "harbour/2020-01-20.md": JANUARY,
    "lights/2020-02-03.md": "# Lights\n3 February 2020\n## Present\nAda Wells\nBob Reed\n## Actions\n- Bob: trim the wick\n- [Todd] oil\n",
    "lights/2020-03-02.md": "# Lights\n2 March 2020\n## Present\nAda Wells\n## Matters arising\n- Trim the wick: done\n"
    "- See harbour/2019-11-19.2 (harbour/2019-11-19.2): done\n## Actions\n- Buy a new lens (Todd)\n- Paint it (Ada)\n",
}
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


@pytest.fixture
def folder(write_notes: Write) -> Path:
    return write_notes(NOTES).parent


def run_in(folder: Path, recalls: bool = True) -> Run:
    return Run(folder, None, TODAY, "never", True, False, Repeat(), recalls)


def answers(folder: Path, recalls: bool = True) -> tuple[Notebook, object, object]:
    """All that a run may ask about a folder."""
    run = run_in(folder, recalls)
    brief, totals = open_outstanding(run)
    return open_book(run), totals, stand(brief, TODAY)


def memory_of(folder: Path) -> Memory:
    return remember(locate(folder), folder)


def aged(folder: Path) -> None:
    """Make all files so old that their times tell them apart."""
    for path in (folder / "notes").rglob("*.md"):
        os.utime(path, (1_500_000_000, 1_500_000_000))


@pytest.fixture
def read() -> Iterator[list[str]]:
    """The notes that are read while a test runs, by their keys."""
    keys: list[str] = []

    def counted(source: Source, vocabulary: Vocabulary) -> Outline:
        keys.append(source.path)
        return outline(source, vocabulary)

    with mock.patch("rrbnotes.readers.outline", counted):
        yield keys


# The law: whatever was kept, the answers are those of the notes


def _attendance(text: str, chance: Random) -> str:
    lines = text.split("\n")
    at = next((n for n, line in enumerate(lines) if line.startswith(("- ", "* ")) or "Present" in line), 0)
    return "\n".join(
        [*lines[: at + 1], f"- Nora Quill{chance.randrange(9)} (NQ{chance.randrange(9)})", *lines[at + 1 :]]
    )


def _habits(text: str, chance: Random) -> str:
    return (
        text
        + "\n## Actions\n"
        + "".join(f"- post letter {n} to the {chance.choice(['mill', 'inn'])} (Quill)\n" for n in range(4))
    )


def _word(text: str, chance: Random) -> str:
    words = text.split(" ")
    words[chance.randrange(len(words))] = chance.choice(
        ["done", "Ada", "**Action:**", "AO", "rolled over", "2 May 2020"]
    )
    return " ".join(words)


def _line_out(text: str, chance: Random) -> str:
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def _ref(text: str, chance: Random) -> str:
    return text + f"\n## Matters arising\n- (harbour/2019-09-09.{chance.randrange(1, 4)}): complete\n"


EDITS = (_attendance, _habits, _word, _word, _line_out, _line_out, _ref)


def edited(path: Path, chance: Random) -> None:
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    path.write_bytes(chance.choice(EDITS)(text, chance).encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("seed", range(4))
def test_with_a_memory_all_answers_are_as_without(folder: Path, seed: int) -> None:
    chance, notes = Random(seed), folder / "notes"
    for step in range(8):
        path = chance.choice(sorted(notes.rglob("*.md")))
        if step == 5:
            path.rename(path.with_name("2020-05-05.md"))
        elif step == 6:
            path.unlink()
        else:
            edited(path, chance)
        assert answers(folder) == answers(folder, recalls=False)
    assert answers(folder) == answers(folder, recalls=False), "and once more, when nothing has changed"


SERIES = sorted(CORPUS.glob("*/*/")) if CORPUS.is_dir() else []


@pytest.mark.slow
@pytest.mark.skipif(not SERIES, reason="the corpus is not beside the project")
@pytest.mark.parametrize(
    "series",
    [
        pytest.param(one, id=one.name, marks=[] if not n % 14 else pytest.mark.slow)
        for n, one in enumerate(SERIES)
    ],
)
def test_real_notes_are_read_alike_with_a_memory(series: Path, tmp_path: Path) -> None:
    chance = Random(series.name)
    for path in sorted((series / "notes").rglob("*.md")):
        copy = tmp_path / path.relative_to(series)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    answers(tmp_path)
    for _ in range(3):
        edited(chance.choice(sorted((tmp_path / "notes").rglob("*.md"))), chance)
        assert answers(tmp_path) == answers(tmp_path, recalls=False)


# Work that is not done again


def test_nothing_is_read_again_while_nothing_changes(folder: Path, read: list[str]) -> None:
    answers(folder)
    assert len(read) == len(NOTES)
    read.clear()
    answers(folder)
    assert read == []


def test_only_a_changed_note_is_read_again(folder: Path, read: list[str]) -> None:
    answers(folder)
    read.clear()
    path = folder / "notes" / "harbour" / "2019-11-19.md"
    path.write_text(NOVEMBER.replace("lighthouse door", "lighthouse gate"))
    answers(folder)
    assert read == ["notes/harbour/2019-11-19.md"]


def test_a_change_of_what_a_board_teaches_has_that_board_read_again(folder: Path, read: list[str]) -> None:
    answers(folder)
    read.clear()
    path = folder / "notes" / "harbour" / "2019-11-19.md"
    path.write_text(NOVEMBER.replace("- Beta Trust (BT)", "- Beta Trust (BT)\n- Delta Mill (DM)"))
    answers(folder)
    assert sorted(set(read)) == [
        f"notes/harbour/{day}.md" for day in ("2019-09-09", "2019-11-19", "2020-01-20")
    ]


def test_notes_with_new_times_and_old_words_are_not_read_again(folder: Path, read: list[str]) -> None:
    answers(folder)
    read.clear()
    aged(folder)
    answers(folder)
    assert read == []


def test_a_sync_of_one_note_reads_only_what_is_new_in_the_register(folder: Path) -> None:
    rrb(folder, "sync")
    path = folder / "notes" / "harbour" / "2019-11-19.md"
    with mock.patch("rrbnotes.keeping.recalling._FEW", 0):
        for times in (1, 2):  # the first one learns what the records say
            path.write_text(NOVEMBER.replace("still in draft", f"draft {times}"))
            with mock.patch("rrbnotes.register.nodes.yaml.parse", side_effect=yaml.parse) as parse:
                assert "1 rolled over" in rrb(folder, "sync").out
    texts = "".join(str(call.args[0]) for call in parse.call_args_list)
    assert "moorings" in texts
    assert "treasurer" not in texts


def test_unchanged_bytes_are_not_looked_at(folder: Path) -> None:
    answers(folder)
    with mock.patch("rrbnotes.memory._GRAIN", -(10**18)), mock.patch("rrbnotes.memory._digest") as digest:
        answers(folder)
    assert not digest.called


def test_what_former_settings_taught_is_forgotten(folder: Path) -> None:
    for number in range(9):
        (folder / "rrb.toml").write_text(f'exclude = ["nothing-{number}"]\n')
        answers(folder)
    assert len({path.name.partition("-")[0] for path in kept_in(folder)}) == 4


# What it holds for


def test_an_edit_that_leaves_size_and_time_is_seen(folder: Path) -> None:
    path = folder / "notes" / "harbour" / "2020-01-20.md"
    answers(folder)
    times = path.stat()
    path.write_text(path.read_text().replace("Boats", "Goats"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert path.stat().st_size == times.st_size
    assert answers(folder) == answers(folder, recalls=False)


def test_two_edits_within_the_clocks_grain_are_both_seen(folder: Path) -> None:
    """As on file systems whose times are whole seconds, and systems that do not say when a file was changed."""
    path = folder / "notes" / "harbour" / "2020-01-20.md"
    first = path.stat()

    def coarse(below: str, status: os.stat_result) -> File:
        return File(below, status.st_size, first.st_mtime_ns, 0, 0)

    with mock.patch("rrbnotes.shelf.file_of", coarse), mock.patch("rrbnotes.memory.file_of", coarse):
        answers(folder)
        for word in ("Goats", "Coats"):
            path.write_text(JANUARY.replace("Boats", word))
            items = [item.title for m in open_book(run_in(folder)).meetings for item in m.items]
            assert word in items


def test_settings_are_part_of_what_it_holds_for(folder: Path) -> None:
    answers(folder)
    (folder / "rrb.toml").write_text('exclude = ["lights/*"]\n')
    assert answers(folder) == answers(folder, recalls=False)
    assert all(meeting.board == "harbour" for meeting in open_book(run_in(folder)).meetings)


def test_paths_are_those_of_the_folder_that_asks(folder: Path) -> None:
    open_book(run_in(folder))
    below = Run(folder / "notes", None, TODAY, "never", True, False, Repeat())
    assert {m.path.partition("/")[0] for m in open_book(below).meetings} == {"harbour", "lights"}


# What may happen to it


def kept_in(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / ".rrb" / "cache").iterdir() if path.name != "lock")


@pytest.mark.parametrize("seed", range(3))
def test_damage_gives_nothing_but_work(folder: Path, seed: int) -> None:
    chance, expected = Random(seed), answers(folder)
    for path in kept_in(folder):
        data = bytearray(path.read_bytes())
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        else:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
    assert answers(folder) == expected


class _Hostile:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.mark),)


def test_a_cache_from_elsewhere_does_nothing(folder: Path, tmp_path: Path) -> None:
    expected, mark = answers(folder), tmp_path / "owned"
    body = pickle.dumps(("", _Hostile(mark)))
    for path in kept_in(folder):
        path.write_bytes(zlib.crc32(body).to_bytes(4, "big") + body)
    assert answers(folder) == expected
    assert not mark.exists()


@pytest.mark.parametrize(
    "named",
    ["rrbnotes.cli.main main", "rrbnotes.__main__ x", "builtins eval", "os system", "rrbnotes.model replace"],
)
def test_only_our_values_can_be_named(named: str) -> None:
    with pytest.raises(pickle.UnpicklingError):
        cache._Reader(mock.Mock()).find_class(*named.split())


def test_nothing_is_kept_where_nothing_may_be_written(folder: Path) -> None:
    folder.chmod(0o555)
    try:
        assert answers(folder) == answers(folder, recalls=False)
        assert not (folder / ".rrb").exists()
    finally:
        folder.chmod(0o755)


def test_nothing_is_kept_without_a_memory(folder: Path) -> None:
    answers(folder, recalls=False)
    assert not (folder / ".rrb").exists()


def test_git_does_not_see_it(folder: Path) -> None:
    answers(folder)
    assert (folder / ".rrb" / ".gitignore").read_text() == "*\n"


def test_a_link_in_its_place_is_left_alone(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / ".rrb").symlink_to(elsewhere)
    assert answers(folder) == answers(folder, recalls=False)
    assert list(elsewhere.iterdir()) == []


def test_nothing_behind_a_link_is_removed(folder: Path) -> None:
    for number in range(6):
        (folder / "notes" / f"{number:04}1111-09-09.md").write_text(JANUARY)
    (folder / ".rrb").mkdir()
    (folder / ".rrb" / "cache").symlink_to("../notes")
    before = sorted((folder / "notes").iterdir())
    for _ in range(2):
        assert answers(folder) == answers(folder, recalls=False)
    assert sorted((folder / "notes").iterdir()) == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_or_an_odd_value_in_its_place_gives_nothing(folder: Path) -> None:
    expected = answers(folder)
    for path in kept_in(folder):
        name = path.name
        path.unlink()
        if name.endswith("-files"):
            cache.keep(folder, name, 5, 4)
        elif "board" in name:
            os.mkfifo(path)
        else:
            cache.keep(folder, name, (1, 2, 3), 4)
    assert answers(folder) == expected


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owners here")
def test_it_is_for_its_owner_alone(folder: Path) -> None:
    answers(folder)
    assert (folder / ".rrb" / "cache").stat().st_mode & 0o077 == 0
    name = kept_in(folder)[0].name
    assert cache.recall(folder, name)
    with mock.patch("os.geteuid", lambda: 12345):
        assert cache.recall(folder, name) is None


def test_a_note_that_changes_while_it_is_read_is_not_kept(folder: Path) -> None:
    home, path = locate(folder), folder / "notes" / "harbour" / "2020-01-20.md"
    memory, shelf = memory_of(folder), notes_in(home.notes, folder, home.settings)
    path.write_text(JANUARY.replace("Boats", "Sheep"))
    mine = [note for note in shelf if note.board == "harbour"]
    before = read_board("harbour", mine, Readers(home.settings), memory)
    path.write_text(JANUARY)
    after = read_board("harbour", mine, Readers(home.settings), memory_of(folder))
    assert before != after
    assert "Boats" in str(after.pages[-1].meeting.items)


def test_what_is_kept_comes_back_equal(folder: Path) -> None:
    home = locate(folder)
    book = open_book(run_in(folder))
    mine = [note for note in notes_in(home.notes, folder, home.settings) if note.board == "lights"]
    board: Board = read_board("lights", mine, Readers(home.settings), None)
    for value in (book, board, {"a": (1, frozenset("x"))}):
        cache.keep(folder, "00000000-value", value, 4)
        kept = cache.recall(folder, "00000000-value")
        assert kept and kept.value == value


def test_a_word_of_ours_comes_back_whatever_python_does_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_name(self: Status, _protocol: object) -> tuple[object, ...]:
        return getattr, (type(self), self.name)

    monkeypatch.setattr(Status, "__reduce_ex__", by_name)  # as Python 3.11.0 to 3.11.3 do
    assert cache.unpack(cache.pack(Status.OPEN)) is Status.OPEN


def test_what_could_not_be_read_back_is_not_kept(folder: Path) -> None:
    with pytest.raises(TypeError):
        cache.written({"path": folder})


STORM = """
import sys
from datetime import date
from pathlib import Path
from rrbnotes.cli.books import open_book
from rrbnotes.cli.run import Repeat, Run
for _ in range(6):
    book = open_book(Run(Path(sys.argv[1]), None, date(2026, 6, 1), "never", True, False, Repeat()))
    print(len(book.meetings), len(book.register.actions))
"""


@pytest.mark.slow
def test_many_runs_at_once_answer_alike(folder: Path) -> None:
    runs = [
        subprocess.Popen([sys.executable, "-c", STORM, str(folder)], stdout=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    said = {run.communicate()[0] for run in runs}
    assert all(run.returncode == 0 for run in runs)
    assert len({line for one in said for line in one.splitlines()}) == 1


# What was said before

LINES = (
    ("actions",),
    ("actions", "--all", "--format", "json"),
    ("actions", "--owner", "AO", "--by", "meeting"),
    ("actions", "--search", "nothing of this kind"),
    ("show", "harbour/2019-09-09.1"),
    ("meetings",),
    ("owners", "-q"),
    ("stats",),
    ("diff", "harbour/2019-09-09"),
    ("check", "--today", "2020-06-01"),
    ("actions", "--owner", "nobody here"),
)


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_a_command_says_again_what_it_said(folder: Path, read: list[str], line: tuple[str, ...]) -> None:
    plain = rrb(folder, "--no-cache", *line)
    assert rrb(folder, *line) == plain
    read.clear()
    assert rrb(folder, *line) == plain
    assert read == []
    edited(folder / "notes" / "harbour" / "2020-01-20.md", Random(3))
    assert rrb(folder, *line) == rrb(folder, "--no-cache", *line)


def test_another_day_is_another_question(folder: Path) -> None:
    early, late = (("actions", "--overdue", "--today", day) for day in ("2019-09-10", "2026-06-01"))
    assert rrb(folder, *early) != rrb(folder, *late) == rrb(folder, *late)


def test_a_file_is_written_each_time(folder: Path) -> None:
    for _ in range(2):
        target = folder / "out.csv"
        target.unlink(missing_ok=True)
        rrb(folder, "actions", "--output", "out.csv")
        assert target.exists()


def test_a_register_that_was_edited_is_looked_at_again(folder: Path) -> None:
    rrb(folder, "sync")
    before = rrb(folder, "show", "harbour/2019-09-09.1")
    register = folder / "notes" / "actions.yaml"
    register.write_text(register.read_text().replace("status: open", "status: complete", 1))
    assert rrb(folder, "show", "harbour/2019-09-09.1") != before


def test_only_a_plain_sync_says_that_all_is_in_step(folder: Path) -> None:
    rrb(folder, "sync")
    (folder / "notes" / "lights" / "2020-04-06.md").write_bytes(b"x \xff bad\n")
    for line in (("sync", "--force"), ("sync", "--force"), ("sync",), ("sync", "--check"), ("sync",)):
        assert rrb(folder, *line).code == (0 if "--force" in line else 2)


def test_a_register_that_is_gone_is_told_each_time(folder: Path) -> None:
    rrb(folder, "sync")
    (folder / "notes" / "actions.yaml").unlink()
    for line in (("actions",), ("meetings",), ("stats",), ("actions",), ("actions", "--overdue")):
        assert "is gone; `rrb doctor --restore`" in rrb(folder, *line).err


def test_where_github_listens_a_check_is_never_repeated(folder: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    with mock.patch.dict(os.environ, {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}):
        for _ in range(2):
            rrb(folder, "check")
            assert summary.exists()
            summary.unlink()


def test_a_closed_stream_hinders_nothing(folder: Path) -> None:
    for _ in range(2):
        line = f'"{sys.executable}" -m rrbnotes -C "{folder}" actions 2>&-'
        run = subprocess.run(line, shell=True, capture_output=True, text=True)
        assert run.returncode == 0 and "harbour/2019-09-09.1" in run.stdout
