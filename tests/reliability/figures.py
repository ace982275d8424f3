"""How much was tried to make `rrb` break its promises: counted by the tests, told at the end of their run, kept in
`RESULTS.md` where `RRB_FIGURES=1` asks for it, and shown in the README.

A test takes the fixture `tried` and says how much it tried: `tried("fuzzed notes", 1_500)`.
"""

import os
import re
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

import pytest

from benchmarks.results import table

FILE = Path(__file__).parent / "RESULTS.md"
Tried = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Promise:
    """What `rrb` promises, where it is tested, and what the tests count."""

    says: str
    tests: str
    """Files below `tests/`, without `.py`."""
    figures: tuple[str, ...]


PROMISES = (
    Promise(
        "Any text is a note: nothing in it stops a run, and every place that is told lies within it.",
        "test_properties reliability/test_fuzz reliability/test_real_notes",
        ("fuzzed notes", "minutes of coverage-guided fuzzing", "real notes read"),
    ),
    Promise(
        "Odd patterns of markdown do not make it wait: time grows with the length of a note.",
        "reliability/test_pathological reliability/test_regexes",
        ("pathological notes", "worst growth when a note doubles", "regexes proved linear"),
    ),
    Promise(
        "What is not read is said: nesting, letters, line ends, files that are no notes.",
        "reliability/test_odd_notes reliability/test_odd_files reliability/test_odd_names",
        ("odd notes", "odd files"),
    ),
    Promise(
        "A file is the old one or the new one, whenever the run is killed or refused.",
        "test_faults reliability/test_syscalls reliability/test_kills reliability/test_disks reliability/test_windows",
        ("kill points survived", "kills at random survived"),
    ),
    Promise(
        "Nobody's update is lost: one command writes at a time, and an edit made meanwhile stays.",
        "test_faults reliability/test_together",
        ("concurrent updates kept",),
    ),
    Promise(
        "What people write in the register stays, byte for byte.",
        "test_machine test_register reliability/test_hand_edits reliability/test_safety",
        ("hand-edited registers preserved",),
    ),
    Promise(
        "Two branches come together without losing or doubling an action.",
        "test_merging reliability/test_clones",
        ("two-branch merges",),
    ),
    Promise(
        "A register is data and never taken by halves: bombs, cuts and slips are refused at their line.",
        "test_register reliability/test_bombs",
        ("YAML bombs refused", "damaged registers refused"),
    ),
    Promise(
        "Text out of a note is only ever shown: it acts on no terminal, sheet, page, calendar or log.",
        "test_render reliability/test_sinks",
        ("hostile strings x sinks",),
    ),
    Promise(
        "Every refusal says where, what and what to do, once; no traceback is shown.",
        "test_cli reliability/test_refusals",
        ("refusals",),
    ),
)
FIGURES = tuple(name for promise in PROMISES for name in promise.figures)
WORST = frozenset(("worst growth when a note doubles",))
"""Of these the greatest counts; of the others the sum."""
TIERS = ("each run", "on demand")
"""`pytest` and `pytest -m slow`."""
_KEY = "tried: "
_ROW = re.compile(r"\| (.+?) +\| (.+?) +\| +([\d,.]+) +\| ([\d-]+) +\| `(.+?)` +\|")


@dataclass(frozen=True, slots=True)
class Count:
    """How much was tried in one tier: when, and by which command."""

    amount: float
    on: str
    command: str


Counts = Mapping[tuple[str, str], Count]
"""By figure and tier."""


@pytest.fixture
def tried(record_property: Callable[[str, object], None]) -> Tried:
    """Says how much a test has tried, by a name of `FIGURES`; what a failing test says is not counted."""

    def say(name: str, amount: float) -> None:
        assert name in FIGURES, f"no figure {name}"
        record_property(_KEY + name, amount)

    return say


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what this run tried, and keep it where that is asked for."""
    now = _counts(terminalreporter.stats.get("passed", ()))
    if not now:
        return
    terminalreporter.write_sep("-", "tried to break it")
    for (name, tier), count in now.items():
        terminalreporter.write_line(f"{shown(count.amount):>9}  {name}{'' if tier == TIERS[0] else ', slow'}")
    if os.environ.get("RRB_FIGURES"):
        FILE.write_text(page({**kept(), **now}), encoding="utf-8", newline="\n")


def page(counts: Counts) -> str:
    """All figures in the order of the promises, with date and command."""
    rows = [
        (name, tier, shown(count.amount), count.on, f"`{count.command}`")
        for name in FIGURES
        for tier in TIERS
        if (count := counts.get((name, tier)))
    ]
    head = ("tried", "when", "how much", "on", "by")
    return f"# What was tried to break rrb\n\n{table(head, rows)}\n"


def kept(file: Path = FILE) -> dict[tuple[str, str], Count]:
    """The figures that were kept."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return {
        (name, tier): Count(float(amount.replace(",", "")), on, command)
        for name, tier, amount, on, command in _ROW.findall(text)
    }


def section(file: Path = FILE) -> str:
    """What the README shows: each promise, what was tried against it, and where."""
    counts = kept(file)
    rows = [
        (promise.says, "; ".join(_told(promise.figures, counts)), ", ".join(_linked(promise.tests)))
        for promise in PROMISES
    ]
    head = ("rrb promises", "tried each run (in brackets: on demand)", "tests")
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ("---",) * len(head), *rows))


def shown(amount: float) -> str:
    """A whole number with commas, a growth with two places."""
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:.2f}"


def _counts(reports: Iterable[pytest.TestReport]) -> dict[tuple[str, str], Count]:
    found: dict[tuple[str, str], float] = {}
    for report in reports:
        tier = TIERS["slow" in report.keywords]
        for key, value in report.user_properties:
            if isinstance(value, int | float) and key.startswith(_KEY):
                at = key.removeprefix(_KEY), tier
                before = found.get(at, 0.0)
                found[at] = max(before, value) if at[0] in WORST else before + value
    today, command = Date.today().isoformat(), shlex.join(["pytest", *_wishes(sys.argv[1:])])
    return {at: Count(found[at], today, command) for at in sorted(found, key=_order)}


def _order(at: tuple[str, str]) -> tuple[int, int]:
    return FIGURES.index(at[0]), TIERS.index(at[1])


def _wishes(arguments: Iterable[str]) -> Iterator[str]:
    """The command's words that say what is run, without those on how it is told."""
    return (word for word in arguments if not re.fullmatch(r"-n\d+|-q+|-v+|no:\w+|-p|--durations=\d+", word))


def _told(figures: Iterable[str], counts: Counts) -> Iterator[str]:
    for name in figures:
        each, slow = (counts.get((name, tier)) for tier in TIERS)
        if each or slow:
            amounts = [shown(each.amount)] if each else []
            yield " ".join([*amounts, *([f"({shown(slow.amount)})"] if slow else []), name])


def _linked(tests: str) -> Iterator[str]:
    return (f"[`{name.rpartition('/')[2]}`](tests/{name}.py)" for name in tests.split())
