"""What is measured: one row a work, with what it has to stay below."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from benchmarks.data import ask_anew, edit


@dataclass(frozen=True, slots=True)
class Reading:
    """What measuring a work gave; no seconds where it could not be measured."""

    seconds: float | None
    peak: float = 0
    """MiB."""
    why: str = ""
    """Why it could not be measured."""


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """A command on data of one size. In the command, words in braces stand for programs: `{rrb}`, `{python}`, a peer."""

    name: str
    notes: int
    command: str
    state: str = ""
    """What is known before it starts: warm, cold, or what has just changed."""
    data: str = "notes"
    before: Callable[[Path], object] | None = None
    """Done before each run, outside the time."""
    tab: str = ""
    """The line at whose end Tab is pressed: bash asks the program for it."""
    terminal: bool = False
    codes: tuple[int, ...] = (0,)
    targets: "tuple[Target, ...]" = ()

    @property
    def title(self) -> str:
        """The work as told from others of its name."""
        return ", ".join(filter(None, (self.name, f"{self.notes:,} notes" if self.notes else "", self.state)))


Measure = Callable[[Work, Reading, Work, Reading], float]


def _times(work: Work, reading: Reading, other: Work, beside: Reading) -> float:
    return (reading.seconds or 0) / (beside.seconds or math.inf)


def _growth(work: Work, reading: Reading, other: Work, beside: Reading) -> float:
    """The exponent with which time grows with the notes: 1 is in step with them."""
    return math.log(_times(work, reading, other, beside)) / math.log(work.notes / other.notes)


def _peak(work: Work, reading: Reading, other: Work, beside: Reading) -> float:
    return reading.peak


@dataclass(frozen=True, slots=True)
class Target:
    """A figure of a work beside another, with the most that it may be; no limit: it is only told."""

    of: Work
    limit: float | None = None
    measure: Measure = _times
    words: str = "{} x {}"

    def said(self, value: float) -> str:
        """A value of this figure, in words."""
        return self.words.format(short(value), self.of.name)


def short(value: float) -> str:
    """Three figures, or all that stand before the point."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def programs_in(work: Work) -> set[str]:
    """The words in braces of its command."""
    return {name for _, name, _, _ in Formatter().parse(work.command) if name}


def _p(limit: float) -> tuple[Target, ...]:
    return (Target(P, limit, words="{} p"),)


P = Work("p", 0, "{python} -c pass", data="nothing")
"""The least that any Python program takes: the unit."""

OPEN, COLD_OPEN = "{rrb} actions --open", "{rrb} --no-cache actions --open"
CHECK, COLD_CHECK = "{rrb} check", "{rrb} --no-cache check"
COLD_ALL = "{rrb} --no-cache actions --all"
TODO_LIST = "{todoman} --config config.py list"
MEET_PARSE = "{meet2action} parse notes --recursive --dry-run"
FOUND, PARTLY = (0, 1), (0, 2)
"""Exit codes with which a work is done: there are findings; a note could not be read and the others were."""

TODOMAN = Work("todoman list", 1_000, TODO_LIST, "warm", "todos")
TASKWARRIOR = Work("task list", 10_000, "{taskwarrior} rc:taskrc list", "warm", "tasks")
MEET2ACTION = Work("meet2action parse", 1_000, MEET_PARSE, "cold")
FULL_PARSE = Work("markdown-it-py", 1_000, "{python} {here}/full_parse.py notes", "cold")
MARKDOWNLINT = Work("markdownlint-cli2", 1_000, "{markdownlint-cli2} notes/**/*.md", "cold", codes=FOUND)
MDFORMAT = Work("mdformat --check", 1_000, "{mdformat} --check notes", "cold", codes=FOUND)
RUMDL = Work("rumdl check", 1_000, "{rumdl} check --no-cache --no-config notes", "cold", codes=FOUND)

WARM_LIST = (*_p(10), Target(TODOMAN, 0.5))
LARGE_LIST = (*_p(30), Target(TASKWARRIOR, 2))
COLD_LIST = (Target(MEET2ACTION, 1), Target(FULL_PARSE, 0.4))
LINTERS = (Target(MARKDOWNLINT, 0.25), Target(MDFORMAT, 0.2))
WARM_1000 = Work("rrb actions --open", 1_000, OPEN, "warm", targets=WARM_LIST)
WARM_10000 = Work("rrb actions --open", 10_000, OPEN, "warm", targets=LARGE_LIST)
COLD_1000 = Work("rrb actions --open", 1_000, COLD_OPEN, "cold", targets=COLD_LIST)
ANEW_1000, ANEW_10000 = (Target(WARM_1000),), (Target(WARM_10000),)
GROWTH = (Target(COLD_1000, 1.08, _growth, "growth {}"), Target(P, 250, _peak, "{} MiB"))

WORKS = (
    Work("rrb --version", 0, "{rrb} --version", data="nothing", targets=_p(6.5)),
    Work("rrb --help", 0, "{rrb} --help", data="nothing", targets=_p(6.5)),
    Work("rrb actions --open", 10, OPEN, "warm", targets=_p(8)),
    Work("rrb actions --open", 10, OPEN, "warm, to a terminal", terminal=True, targets=_p(12)),
    Work("rrb actions --open", 100, OPEN, "warm"),
    WARM_1000,
    WARM_10000,
    Work(
        "rrb actions --open",
        10,
        OPEN,
        "warm, a new question",
        "notes, asked anew",
        ask_anew,
        targets=(Target(P),),
    ),
    Work(
        "rrb actions --open",
        1_000,
        OPEN,
        "warm, a new question",
        "notes, asked anew",
        ask_anew,
        targets=(Target(P),),
    ),
    Work(
        "rrb actions --open",
        10_000,
        OPEN,
        "warm, a new question",
        "notes, asked anew",
        ask_anew,
        targets=(Target(P),),
    ),
    Work("rrb actions --open", 1_000, OPEN, "one note changed", "notes, edited", edit, targets=ANEW_1000),
    Work("rrb actions --open", 10_000, OPEN, "one note changed", "notes, edited", edit, targets=ANEW_10000),
    Work("rrb actions --open", 100, COLD_OPEN, "cold"),
    COLD_1000,
    Work("rrb actions --open", 10_000, COLD_OPEN, "cold", targets=GROWTH),
    Work("rrb actions --all, real notes", 0, COLD_ALL, "cold", "corpus", codes=PARTLY),
    Work("rrb check", 100, COLD_CHECK, "cold", codes=FOUND),
    Work("rrb check", 1_000, COLD_CHECK, "cold", codes=FOUND, targets=LINTERS),
    Work("rrb check", 1_000, CHECK, "warm", codes=FOUND, targets=(Target(RUMDL, 1.5),)),
    Work("rrb sync", 1_000, "{rrb} sync", "nothing to do", "register", targets=_p(15)),
    Work("rrb sync", 2_000, "{rrb} sync", "one note changed", "register, edited", edit, targets=_p(115)),
    Work("Tab for a ref", 1_000, "{rrb}", "warm", tab="rrb show board-001/2025-", targets=_p(8)),
    Work("Tab for an owner", 1_000, "{rrb}", "warm", tab="rrb actions --owner ", targets=_p(8)),
    TODOMAN,
    TASKWARRIOR,
    MEET2ACTION,
    FULL_PARSE,
    MARKDOWNLINT,
    MDFORMAT,
    RUMDL,
)
"""All that can be measured, in the order in which it is told; the peers do the works above them."""
