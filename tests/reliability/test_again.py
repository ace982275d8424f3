"""The same notes say the same again: to a second sync, and wherever, whenever and by whomever `rrb` is run."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from boards import JANUARY, NOVEMBER, REGISTER, SEPTEMBER, done, environment, plant, rrb, set_board
from reliability.said_again import COMMANDS, answers, shuffled

TESTS = Path(__file__).parents[1]
ZONES = ("UTC", "Asia/Kolkata", "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Pago_Pago")
LOCALES = ("C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "en_US.ISO-8859-1")
BOARDS = {
    f"{board}/{key}": text.replace("Harbour Board", title)
    for board, title in (("harbour", "Harbour Board"), ("quay", "Quay Board"))
    for key, text in {"2019-09-09": SEPTEMBER, "2019-11-19": NOVEMBER, "2020-01-20": JANUARY}.items()
}
"""Two boards with alike notes, so that there is much that an order could decide."""
WRONG = "# Quay Board\n## Attendance\n- AO\n- BT\n## 1. Ropes\n**Action:** to buy <b>rope</b>\n"
"""A note of which much is to be said."""


def written(folder: Path) -> Mapping[str, tuple[int, bytes]]:
    """All files but those of the cache: when they were written, and what is in them; of folders when they changed."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
        if "cache" not in path.parts and path.name not in (".rrb", "lock")
    }  # fmt: skip


COMMANDS_THAT_WRITE = (
    ("sync",),
    ("--no-cache", "sync"),
    ("summary", "2019-09-09", "--write"),
    ("check", "--fix"),
    ("new", "2020-02-10"),
)


@pytest.mark.parametrize("words", COMMANDS_THAT_WRITE, ids=" ".join)
def test_a_second_time_writes_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    note = set_board(tmp_path) / "notes" / "2020-01-20.md"
    more = "BT to buy <b>rope</b>\n**Action:** AO to buy a bell"
    note.write_text(note.read_text(encoding="utf-8").replace("BT to buy rope", more), encoding="utf-8")
    untouched = written(tmp_path)
    first = rrb(tmp_path, *words)
    assert first.code in (0, 1), first
    os.utime(tmp_path / "notes", ns=(0, 0))
    before = written(tmp_path)
    assert before != untouched, "the first time has written nothing"
    second = rrb(tmp_path, *words)
    assert second.code == first.code, second
    assert written(tmp_path) == before


def board(folder: Path) -> Path:
    plant(folder, {**BOARDS, "quay/2019-10-10": WRONG})
    return folder


def elsewhere(folder: Path, seed: int) -> dict[str, object]:
    """What is said in another place and zone, by another locale, order of folders and order of sets."""
    places = (folder, folder.parent, Path("/"))
    here = places[seed % len(places)]
    surroundings = {
        **environment(),
        "PYTHONPATH": str(TESTS),
        "PYTHONHASHSEED": str(seed),
        "TZ": ZONES[seed % len(ZONES)],
        "LC_ALL": LOCALES[seed // 2 % len(LOCALES)],
    }
    command = [sys.executable, "-m", "reliability.said_again", os.path.relpath(folder, here), str(seed)]
    ran = subprocess.run(
        command, cwd=here, env=surroundings, capture_output=True, text=True, encoding="utf-8", check=True
    )
    found: dict[str, object] = json.loads(ran.stdout)
    return found


def alike(tmp_path: Path, seeds: range) -> None:
    first = answers(board(tmp_path / "first"), 0)
    assert len({str(answer) for answer in first.values()}) > len(COMMANDS) - 2, "they say nothing"
    for seed in seeds:
        again = elsewhere(board(tmp_path / f"notes {seed}"), seed)
        for words, answer in first.items():
            assert again[words] == answer, f"seed {seed}: {words}"


def test_the_same_is_said_everywhere(tmp_path: Path) -> None:
    alike(tmp_path, range(4, 5))


@pytest.mark.slow
def test_the_same_is_said_in_twenty_places(tmp_path: Path) -> None:
    alike(tmp_path, range(5, 25))


def test_a_sync_after_another_order_of_folders_has_nothing_to_do(tmp_path: Path) -> None:
    register = board(tmp_path) / REGISTER
    done(tmp_path, "sync")
    before = register.read_bytes()
    for seed in range(1, 4):
        with shuffled(seed):
            assert done(tmp_path, "--no-cache", "sync").out.startswith("nothing to do"), seed
        assert register.read_bytes() == before
