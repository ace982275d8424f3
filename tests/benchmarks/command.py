"""`python tests/benchmarks`: which works are measured, where their data are, and what becomes of the results."""

import argparse
import os
import platform
import shlex
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date as Date
from importlib.metadata import version
from pathlib import Path

from benchmarks import results
from benchmarks.data import Means, filled, size
from benchmarks.measuring import Bench, measure
from benchmarks.peers import PEERS, Missing, find
from benchmarks.works import FULL_PARSE, WORKS, P, Work, programs_in

SIZES, FULL = (10, 100, 1_000, 2_000), (10_000,)
_HERE = Path(__file__).parent


def main(words: Sequence[str]) -> None:
    """Measure, print the table, and keep it where `--write` says so."""
    asked = _parser().parse_args(words)
    works = chosen(asked.sizes or (SIZES + FULL if asked.full else SIZES), asked.only, asked.corpus)
    programs, missing = _programs(works, asked.peers_cache)
    with _data_folder(asked.peers_cache if asked.keep else None) as root:
        means = Means(programs["rrb"], asked.corpus)
        bench = Bench(programs, missing, lambda work: filled(work.data, work.notes, root, means), root)
        readings = measure(works, bench, asked.rounds, _say)
        cold = (work for work in works if work.state == "cold" and readings[work].seconds)
        bytes_read = {work: size(bench.folder(work)) for work in cold}
    page = results.page(works, readings, bytes_read, _machine(readings, words, programs))
    print(page, end="")
    if asked.write:
        results.write(page)


def chosen(sizes: Iterable[int], only: Sequence[str], corpus: Path | None) -> list[Work]:
    """The works of these sizes whose names have one of the texts, and those that they are measured against."""
    texts, numbers = only or ("",), {0, *sizes}
    wanted = {
        work
        for work in WORKS
        if work.notes in numbers
        and (work.data != "corpus" or corpus)
        and any(text in work.title for text in texts)
    }
    while more := {target.of for work in wanted for target in work.targets} - wanted - {P}:
        wanted |= more
    return [work for work in WORKS if work in wanted]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python tests/benchmarks", description=__doc__)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rrbnotes-benchmarks"
    add = parser.add_argument
    add("--full", action="store_true", help="10,000 notes too")
    add("--sizes", type=_numbers, metavar="N,…", help="works on so many notes (10,100,1000,2000)")
    add(
        "--only",
        nargs="+",
        default=(),
        metavar="TEXT",
        help="works whose line has a text: 'rrb check, 1,000 notes, warm'",
    )
    add("--rounds", type=int, default=5, help="how often each is run (5)")
    add("--corpus", type=Path, metavar="DIR", help="real notes too: all folders `notes` below this one")
    add("--peers-cache", type=Path, default=cache, metavar="DIR", help=f"where peers are installed ({cache})")
    add(
        "--keep", action="store_true", help="keep the generated notes there too, and use those that are there"
    )
    add("--write", action="store_true", help=f"keep the table in {results.FILE.name}")
    return parser


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(word) for word in text.split(","))


def _programs(works: Iterable[Work], cache: Path) -> tuple[dict[str, Path], dict[str, str]]:
    """What the works need, by the words in braces, and of the peers that cannot be had the reasons."""
    python = Path(sys.executable)
    programs, missing = {"python": python, "here": _HERE, "rrb": python.with_name("rrb")}, {}
    if not programs["rrb"].exists():
        missing["rrb"] = f"no rrb is installed beside {python.name}"
    for peer in PEERS:
        if any(peer.name in programs_in(work) for work in works):
            _say(f"looking for {peer.name} {peer.version}")
            try:
                programs[peer.name] = find(peer, cache)
            except Missing as error:
                missing[peer.name] = f"{peer.name} {peer.version} cannot be had: {error}"
    return programs, missing


@contextmanager
def _data_folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        yield kept / "data"
    else:
        with tempfile.TemporaryDirectory(prefix="rrbnotes-benchmarks-") as folder:
            yield Path(folder)


def _machine(readings: results.Readings, words: Sequence[str], programs: Mapping[str, Path]) -> str:
    """What was measured on what, beside whom; where things are on this machine is nobody's concern."""
    typed = shlex.join(["DIR" if os.sep in word else word for word in words])
    peers = [f"{peer.name} {peer.version}" for peer in PEERS if peer.name in programs]
    if FULL_PARSE in readings:
        peers.append(f"markdown-it-py {version('markdown-it-py')}")
    lines = (
        f"`python tests/benchmarks {typed}` on {Date.today()}: rrb {version('rrbnotes')}, "
        f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores ({platform.machine()}).",
        "Medians of whole processes that ran in turns; "
        f"p is `python -c pass`, here {(readings[P].seconds or 0) * 1_000:.1f} ms.",
        f"Beside: {', '.join(peers)}." if peers else "",
    )
    return "\n".join(filter(None, lines))


def _say(text: str) -> None:
    print(text, file=sys.stderr)
