"""Measuring works together: in turns, so that what else the machine does falls on all of them alike."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.data import Unready
from benchmarks.processes import Job, Run, clean_environment, run
from benchmarks.works import P, Reading, Work, programs_in

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Bench:
    """Where works find their programs and their data."""

    programs: Mapping[str, Path]
    """By the words in braces of the commands."""
    missing: Mapping[str, str]
    """Programs that cannot be had, each with the reason."""
    folder: Callable[[Work], Path]
    """The data of a work, made when first asked for."""
    home: Path


def measure(works: Sequence[Work], bench: Bench, rounds: int, say: Say) -> dict[Work, Reading]:
    """Median and peak of each, and of `P`, which runs before each of them in each round."""
    readings = {work: Reading(None, why=why) for work in works if (why := _lack(work, bench))}
    jobs: dict[Work, Job] = {P: _job(P, bench)}
    for work in works:
        if work not in readings:
            say(f"making ready: {work.title}")
            try:
                jobs[work] = _ready(work, bench)
            except Unready as error:
                readings[work] = Reading(None, why=str(error))
    return readings | _in_turns(jobs, rounds, say)


def _ready(work: Work, bench: Bench) -> Job:
    """Its data are there, and what it keeps between runs: it has run once."""
    job = _job(work, bench)
    if why := _refusal(work, _once(work, job)):
        raise Unready(why)
    return job


def _in_turns(jobs: Mapping[Work, Job], rounds: int, say: Say) -> dict[Work, Reading]:
    runs: dict[Work, list[Run]] = {work: [] for work in jobs}
    for number in range(rounds):
        for work, job in jobs.items():
            say(f"round {number + 1} of {rounds}: {work.title}")
            runs[P].append(_once(P, jobs[P]))
            runs[work].append(_once(work, job))
    return {work: _reading(work, found) for work, found in runs.items()}


def _once(work: Work, job: Job) -> Run:
    if work.before:
        work.before(job.folder)
    return run(job)


def _lack(work: Work, bench: Bench) -> str:
    """Why this work cannot be done here, if it cannot."""
    return "; ".join(bench.missing[name] for name in programs_in(work) if name in bench.missing)


def _job(work: Work, bench: Bench) -> Job:
    words = [word.format_map(bench.programs) for word in work.command.split()]
    environment = {**clean_environment(bench.home), **_pressed(work.tab)}
    return Job(words, bench.folder(work), environment, work.terminal)


def _pressed(line: str) -> dict[str, str]:
    """What bash tells a program when Tab is pressed at the end of a line, if it is."""
    words = line.split(" ")
    asked = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    return {"_RRB_COMPLETE": "complete_bash", **asked} if line else {}


def _reading(work: Work, runs: Sequence[Run]) -> Reading:
    why = next((why for run in runs if (why := _refusal(work, run))), "")
    seconds = None if why else statistics.median(run.seconds for run in runs)
    return Reading(seconds, max(run.peak for run in runs), why)


def _refusal(work: Work, run: Run) -> str:
    """Why a run does not count, if it does not."""
    said = run.said.splitlines()[-1] if run.said else "nothing"
    return "" if run.code in work.codes else f"exit code {run.code}, saying: {said}"
