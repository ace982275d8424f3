"""Any text is a note: nothing in it stops a run, and every place that is told lies within it."""

import importlib.util
import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from boards import NOTES
from reliability.coverage_fuzz import FOUND, search
from reliability.figures import Tried
from reliability.whole import go_whole_way, text_in
from rrbnotes.checks.run import Crash, Outcome
from test_properties import texts

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
FEW, MANY, CHUNKS = 24, 10_000, 8
FLIPPED, MOST_FLIPS = 200, 40
"""Notes that are damaged in the slow tier, and bits of each that are turned."""


def damaged(data: bytes, rng: Random) -> bytes:
    """A note with some bits turned, perhaps a piece lost or doubled."""
    found = bytearray(data)
    for _ in range(rng.randint(1, MOST_FLIPS) if found else 0):
        found[rng.randrange(len(found))] ^= 1 << rng.randrange(8)
    start, size = rng.randrange(len(found) + 1), rng.randint(0, 400)
    piece = rng.choice((b"", found[start : start + size] * 2, found[start : start + size]))
    return bytes(found[:start] + piece + found[start + size :])


def real_notes() -> list[Path]:
    """The notes at hand: this repository's own, and those of the shared folder where there is one."""
    own = sorted((ROOT / "notes").glob("*.md"))
    return own + sorted(path for name in ("seeds", "corpus") for path in (SHARED / name).rglob("*.md"))


def test_what_once_broke_it_or_took_too_long() -> None:
    for file in sorted(FOUND.glob("*.md")):
        go_whole_way(text_in(file.read_bytes()))


def test_noise_and_damaged_notes_go_the_whole_way(tried: Tried) -> None:
    rng = Random(8)
    own = [text.encode() for text in NOTES.values()]
    made = [
        *(rng.randbytes(rng.randint(1, 800)) for _ in range(FEW)),
        *(damaged(own[n % 3], rng) for n in range(FEW)),
    ]
    for data in made:
        go_whole_way(text_in(data))
    tried("fuzzed notes", len(made))


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_ten_thousand_notes_go_the_whole_way(chunk: int, tried: Tried) -> None:
    options = settings(
        max_examples=MANY // CHUNKS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    @options
    @given(texts)
    def check(text: str) -> None:
        go_whole_way(text)

    seed(100 + chunk)(check)()
    tried("fuzzed notes", MANY // CHUNKS)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_noise_and_damaged_real_notes_go_the_whole_way(chunk: int, tried: Tried) -> None:
    rng, notes = Random(chunk), real_notes()
    made = [damaged(rng.choice(notes).read_bytes(), rng) for _ in range(FLIPPED // CHUNKS)]
    made += [rng.randbytes(rng.randint(1, 4000)) for _ in range(FLIPPED // CHUNKS)]
    for data in made:
        go_whole_way(text_in(data))
    tried("fuzzed notes", len(made))


@pytest.mark.slow
def test_a_search_that_is_led_by_coverage_finds_nothing(tried: Tried) -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("atheris is not installed")
    minutes = float(os.environ.get("RRB_FUZZ_MINUTES", "1"))
    found = search(minutes)
    assert found.tried > 0
    assert not found.broken, f"{found.broken} texts broke it; they are in {FOUND}"
    tried("minutes of coverage-guided fuzzing", minutes)


def test_a_slip_does_not_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "reliability.whole.run", lambda *_: Outcome((), (), (Crash("no-owner", IndexError()),))
    )
    with pytest.raises(AssertionError, match="no-owner"):
        go_whole_way("# Board\n")
