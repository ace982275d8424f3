"""Every regular expression of the package takes time that grows with the text: none can be made to search for ever."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reliability import regexes
from reliability.figures import Tried
from reliability.regexes import Place, Regex, worst

SHORT, LONG = 1_500, 50_000


def measured(size: int) -> tuple[int, list[str]]:
    """How many there are, and which grow too fast, measured in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", "reliability.regexes", str(size)],
        cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.stdout, run.stderr[-2000:]
    found = json.loads(run.stdout)
    return found["tried"], found["bad"]


def test_each_is_linear_on_short_texts(tried: Tried) -> None:
    count, bad = measured(SHORT)
    assert not bad
    assert count > 400
    tried("regexes proved linear", count)


@pytest.mark.slow
def test_each_is_linear_on_long_texts(tried: Tried) -> None:
    count, bad = measured(LONG)
    assert not bad
    tried("regexes proved linear", count)


@pytest.mark.parametrize(
    ("pattern", "use"), [(r"\s*x", "search"), (r"(?:a|aa)+$", "match"), (r"[-|]*-[-|]*", "fullmatch")]
)
def test_one_that_is_not_is_noticed(pattern: str, use: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regexes, "NOTICED", 0.0001)
    bad = Regex(Place("here", 1), "", re.compile(pattern), frozenset({use}))
    assert worst(bad, 28 if use == "match" else 4_000)[0] > regexes.MOST_GROWTH
