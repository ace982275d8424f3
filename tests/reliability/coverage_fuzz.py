"""Looks for notes that break `rrb`, led by which of its lines they reach.

    cd tests && python -m reliability.coverage_fuzz --minutes 30

A text that breaks it, or takes longer than it may, is saved below `found/`, where the suite tries it at each run. Needs `atheris`.
"""

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import process_time
from types import FrameType

FOUND = Path(__file__).parent / "found"
MOST_SECONDS = 5
"""Of the processor, for one text; the watched code is several times slower than the plain."""
MOST_BYTES = 4096
_TALLY = "tally"
_STRUCTURED = 0xC0
"""A first byte from here on means text as it stands; below it, choices among the pieces of notes."""


class TooSlow(BaseException):
    """A text took too long; no rule may take that for a slip of its own."""


@dataclass(slots=True)
class Search:
    """What was tried, and what broke."""

    root: Path
    """Where the tally is written."""
    found: Path = FOUND
    tried: int = 0
    slowest: float = 0.0
    seen: set[str] = field(default_factory=set)
    """Where texts have broken it so far, so that each place is saved once."""

    def attempt(self, text: str, take: Callable[[str], object]) -> None:
        """Try a text; what breaks is saved, and the search goes on."""
        before = process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
        try:
            take(text)
        except (Exception, TooSlow) as why:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            self._save(text, why)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        self.tried += 1
        self.slowest = max(self.slowest, process_time() - before)
        if self.tried % 100 == 0:
            self.tell()

    def tell(self) -> None:
        """Write down how far it has come: the fuzzer leaves without a word to anybody."""
        (self.root / _TALLY).write_text(f"{self.tried} {len(self.seen)} {self.slowest:.1f}")

    def _save(self, text: str, why: BaseException) -> None:
        where = place_of(why)
        if where in self.seen:
            return
        self.seen.add(where)
        self.found.mkdir(exist_ok=True)
        data = text.encode("utf-8", "surrogatepass")
        file = self.found / f"{hashlib.sha256(data).hexdigest()[:12]}.md"
        file.write_bytes(data)
        traceback.print_exception(why, file=sys.stdout)
        print(f"\nFOUND {file.name}: {where}", flush=True)


def place_of(why: BaseException) -> str:
    """What broke, and the line of `rrb` where: two texts that meet there are one finding."""
    cause = why.__cause__ or why
    frames = [one for one in traceback.extract_tb(cause.__traceback__) if "rrbnotes" in one.filename]
    at = "" if isinstance(why, TooSlow) or not frames else f"{frames[-1].filename}:{frames[-1].lineno}"
    return f"{type(cause).__name__} {at} {'' if at else ' '.join(one.name for one in frames[:4])}"


def seeds() -> Iterator[bytes]:
    """Texts to begin with: the pieces of notes, and whole notes."""
    from boards import NOTES
    from test_properties import BULLETS, ENDS, HEADINGS, MARKERS, WHOLE, WORDS

    for text in (*NOTES.values(), "\x1e".join(NOTES.values())):
        yield b"\xff" + text.encode()
    for n, text in enumerate((*WHOLE, *HEADINGS, *MARKERS, *BULLETS)):
        yield b"\xff" + f"{text}{WORDS[n % len(WORDS)]}{ENDS[n % len(ENDS)]}\n".encode()[:MOST_BYTES]
    rng = Random(1)
    for size in (64, 256, 1024, 1024, MOST_BYTES, MOST_BYTES):
        yield b"\0" + rng.randbytes(size - 1)


def words() -> Iterator[str]:
    """What the fuzzer may put in, as its dictionary wants it."""
    from test_properties import BULLETS, ENDS, HEADINGS, MARKERS, WHOLE, WORDS

    pieces = {*BULLETS, *MARKERS, *WORDS, *ENDS, *HEADINGS, *WHOLE, "\x1e", "\n", "\n\n"} - {""}
    for piece in sorted(pieces):
        data = piece.encode()[:60]
        yield '"' + "".join(f"\\x{byte:02X}" for byte in data) + '"\n'


def _search(root: Path, arguments: Iterable[str]) -> None:
    """The process that the fuzzer takes over and never gives back."""
    import atheris  # type: ignore[import-untyped]

    with atheris.instrument_imports(include=["rrbnotes"]):
        from reliability import whole
    from hypothesis import HealthCheck, given, settings

    from test_properties import boards

    search = Search(root)

    @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(boards)
    def drawn(notes: dict[str, str]) -> None:
        search.attempt("\x1e".join(list(notes.values())[:2]), whole.go_whole_way)

    def one(data: bytes) -> None:
        if data[:1] and data[0] < _STRUCTURED:
            drawn.hypothesis.fuzz_one_input(data[1:])  # type: ignore[attr-defined]
        else:
            search.attempt(whole.text_in(data[1:]), whole.go_whole_way)

    def slow(number: int, frame: FrameType | None) -> None:
        raise TooSlow

    signal.signal(signal.SIGVTALRM, slow)
    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search came to."""

    tried: int
    broken: int
    slowest: float
    """Seconds of the processor."""


def search(minutes: float, show: bool = False) -> Outcome:
    """Search for so long, in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        reached, given = root / "reached", root / "given"
        reached.mkdir()
        given.mkdir()
        for n, seed in enumerate(seeds()):
            (given / f"{n}").write_bytes(seed)
        (root / "words").write_text("".join(words()), encoding="ascii")
        options = (
            f"-max_total_time={max(1, round(60 * minutes))}", f"-max_len={MOST_BYTES}", f"-dict={root / 'words'}",
            "-timeout=120", "-rss_limit_mb=4096", "-print_final_stats=1", "-reload=0", f"-artifact_prefix={root}/",
        )  # fmt: skip
        command = [
            sys.executable,
            "-m",
            "reliability.coverage_fuzz",
            "--inside",
            name,
            *options,
            str(reached),
            str(given),
        ]
        run = subprocess.run(
            command, cwd=Path(__file__).parents[1], env={**os.environ, "RRB_NO_FSYNC": "1"},
            stdout=None if show else subprocess.DEVNULL, stderr=None if show else subprocess.PIPE, check=False,
        )  # fmt: skip
        tally = root / _TALLY
        if run.returncode or not tally.exists():
            raise RuntimeError(f"the fuzzer left with {run.returncode}: {(run.stderr or b'')[-2000:]!r}")
        tried, broken, slowest = tally.read_text().split()
        return Outcome(int(tried), int(broken), float(slowest))


def main(arguments: list[str]) -> int:
    """Search, and say what it came to; 1 where something broke."""
    if arguments[:1] == ["--inside"]:
        _search(Path(arguments[1]), arguments[2:])
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--minutes", type=float, default=1)
    outcome = search(parser.parse_args(arguments).minutes, show=True)
    print(f"{outcome.tried:,} texts, {outcome.broken} broke it, the slowest took {outcome.slowest} s")
    return int(outcome.broken > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
