"""What the benchmarks rest on: notes that say what they were made to say, works that fit together, tables that judge."""

import sys
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks import command, results, series
from benchmarks.data import FILLS, edit
from benchmarks.measuring import Bench, measure
from benchmarks.peers import PEERS
from benchmarks.works import COLD_1000, WORKS, P, Reading, Work, programs_in
from rrbnotes.notebook import load
from rrbnotes.settings import Settings

MISSING = Work("ghost", 0, "{ghost}", data="nothing")
CODE = Work("code", 0, "{python} --no-such-option", data="nothing")


def test_rrb_reads_in_a_series_what_it_was_made_to_say(tmp_path: Path) -> None:
    meant = series.write(tmp_path, notes=12, boards=3)  # a board for each layout
    book = load(tmp_path / "notes", tmp_path, Settings())
    actions = book.register.actions
    found = len(book.meetings), len(actions), sum(action.status.outstanding for action in actions)
    assert found == (meant.notes, meant.actions, meant.outstanding)
    assert not [action.ref for action in actions if ".p" in action.ref]  # each is found where it was raised


def test_a_series_is_the_same_on_every_machine(tmp_path: Path) -> None:
    series.write(tmp_path, notes=6, boards=3)
    notes = sorted(path for path in tmp_path.rglob("*.md"))
    names = [path.relative_to(tmp_path / "notes").as_posix() for path in notes]
    assert names[:2] == ["board-001/2025-10-31.md", "board-001/2025-11-28.md"]
    text = b"".join(path.read_bytes() for path in notes)
    assert (
        sha256(text).hexdigest()[:16] == "d659bab00d9d415a"
    )  # other notes make other benchmarks: RESULTS.md goes by these


def test_an_edit_changes_one_line_each_time(tmp_path: Path) -> None:
    series.write(tmp_path, notes=6, boards=1)
    texts = []
    for _ in range(3):
        texts.append(
            [line for path in sorted(tmp_path.rglob("*.md")) for line in path.read_text().split("\n")]
        )
        edit(tmp_path)
    for before, after in pairwise(texts):
        assert sum(old != new for old, new in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.title)
def test_each_work_has_its_data_its_programs_and_what_it_is_measured_against(work: Work) -> None:
    known = {"rrb", "python", "here", *(peer.name for peer in PEERS)}
    assert work.data in FILLS
    assert programs_in(work) <= known
    assert {target.of for target in work.targets} <= {P, *WORKS}


def test_a_choice_of_works_brings_those_that_it_is_measured_against() -> None:
    names = [work.name for work in command.chosen((1_000,), ["check, 1,000 notes, warm"], None)]
    assert names == ["rrb check", "rumdl check"]
    assert {work.notes for work in command.chosen(command.SIZES, (), None)} == {0, 10, 100, 1_000, 2_000}


def test_what_cannot_be_measured_says_why(tmp_path: Path) -> None:
    bench = Bench(
        {"python": Path(sys.executable)}, {"ghost": "no such thing"}, lambda work: tmp_path, tmp_path
    )
    found = measure([MISSING, CODE], bench, rounds=1, say=lambda text: None)
    assert found[MISSING].why == "no such thing"
    assert found[CODE].why.startswith("exit code 2, saying: ")
    assert (found[P].seconds or 0) > 0 < found[P].peak


def test_the_table_judges_each_work_by_all_of_its_targets(tmp_path: Path) -> None:
    full, meet2action = (target.of for target in reversed(COLD_1000.targets))
    readings = {P: Reading(0.01), COLD_1000: Reading(2, 50), full: Reading(4), meet2action: Reading(2)}
    page = results.page([COLD_1000], readings, {COLD_1000: 10_000_000}, "On a machine.")
    cells = [cell.strip() for cell in page.splitlines()[-1].split("|")[1:-1]]
    assert cells[3:] == [
        "2,000",
        "200",
        "1 x meet2action parse, 0.5 x markdown-it-py",
        "1 x meet2action parse, 0.4 x markdown-it-py",
        "no",
        "50",
        "5",
    ]
    results.write(page, tmp_path / "RESULTS.md")
    assert results.section(tmp_path / "RESULTS.md") == page


@pytest.mark.parametrize(("seconds", "verdict"), [(3.9, "yes"), (4.1, "no")])
def test_a_peer_that_is_missing_leaves_the_verdict_to_the_others(seconds: float, verdict: str) -> None:
    meet2action, full = (target.of for target in COLD_1000.targets)
    readings = {P: Reading(0.01), COLD_1000: Reading(seconds), full: Reading(10), meet2action: Reading(None)}
    page = results.page([COLD_1000], readings, {}, "")
    assert f"| {'in part' if verdict == 'yes' else 'no'} " in page
    assert "meet2action parse is missing" in page
