"""The readings as a table, for the terminal and for `RESULTS.md`, from which the README's section is made."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.works import P, Reading, Target, Work, short

FILE = Path(__file__).parent / "RESULTS.md"
_TITLE = "# Benchmarks\n\n"
_HEAD = ("work", "notes", "state", "ms", "x p", "measured", "at most", "reached", "MiB", "MB/s")
_RIGHT = frozenset(("notes", "ms", "x p", "MiB", "MB/s"))
Readings = Mapping[Work, Reading]


@dataclass(frozen=True, slots=True)
class Judged:
    """A target and what came of it; no value where one of the two could not be measured."""

    target: Target
    value: float | None

    @property
    def reached(self) -> bool | None:
        """Whether it stayed within its limit; None where there is nothing to say."""
        if self.value is None or self.target.limit is None:
            return None
        return self.value <= self.target.limit


def page(works: Sequence[Work], readings: Readings, sizes: Mapping[Work, int], machine: str) -> str:
    """The table with what it was measured on, and a line for each work that could not be."""
    rows = [_row(work, readings, sizes) for work in works if readings[work].seconds is not None]
    skipped = [
        f"- not measured: {work.title}: {readings[work].why}"
        for work in works
        if readings[work].seconds is None
    ]
    return "\n\n".join(filter(None, (machine, table(_HEAD, rows), "\n".join(skipped)))) + "\n"


def judge(work: Work, readings: Readings) -> list[Judged]:
    """The work's targets against what was measured."""
    return [Judged(target, _value(work, target, readings)) for target in work.targets]


def write(page: str, file: Path = FILE) -> None:
    """Keep a page as the results that the README tells of."""
    file.write_text(_TITLE + page, encoding="utf-8", newline="\n")


def section(file: Path = FILE) -> str:
    """What the README's section on speed shows of the results that were kept."""
    return file.read_text(encoding="utf-8").removeprefix(_TITLE)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A markdown table whose columns stand under each other."""
    lines = [head, *rows]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    sides: list[Callable[[str, int], str]] = [str.rjust if name in _RIGHT else str.ljust for name in head]
    rule = [
        "-" * (width - 1) + (":" if name in _RIGHT else "-") for name, width in zip(head, widths, strict=True)
    ]
    filled = [
        [side(cell, width) for side, cell, width in zip(sides, line, widths, strict=True)] for line in lines
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in (filled[0], rule, *filled[1:]))


def _row(work: Work, readings: Readings, sizes: Mapping[Work, int]) -> list[str]:
    reading, judged = readings[work], judge(work, readings)
    seconds = reading.seconds or 0
    return [
        work.name,
        f"{work.notes:,}" if work.notes else "",
        work.state,
        f"{seconds * 1_000:,.{0 if seconds >= 0.1 else 1}f}",
        short(seconds / (readings[P].seconds or 1)),
        ", ".join(_said(each) for each in judged),
        ", ".join(each.target.said(each.target.limit) for each in judged if each.target.limit),
        _verdict(judged),
        f"{reading.peak:,.0f}",
        short(sizes[work] / seconds / 1e6) if work in sizes else "",
    ]


def _value(work: Work, target: Target, readings: Readings) -> float | None:
    mine, other = readings[work], readings.get(target.of)
    if other is None or mine.seconds is None or other.seconds is None:
        return None
    return target.measure(work, mine, target.of, other)


def _said(judged: Judged) -> str:
    if judged.value is None:
        return f"{judged.target.of.name} is missing"
    return judged.target.said(judged.value)


def _verdict(judged: Sequence[Judged]) -> str:
    """`no` where one is missed, `yes` where all are kept, `in part` where some could not be measured."""
    reached = [each.reached for each in judged if each.target.limit]
    if False in reached:
        return "no"
    if None in reached:
        return "in part" if True in reached else ""
    return "yes" if reached else ""
