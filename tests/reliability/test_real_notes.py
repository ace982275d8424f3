"""Real notes of many organisations are read without a slip, and every place that is told lies within them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reliability.figures import Tried
from reliability.whole import go_with

SHARED = Path(__file__).parents[3] / "shared"
SAMPLE = 12


def folders() -> Iterator[tuple[Path, list[Path]]]:
    """Each folder of notes with the notes in it; without the shared folder there is none."""
    found: dict[Path, list[Path]] = {}
    for name in ("seeds", "corpus"):
        for path in sorted((SHARED / name).rglob("*.md")):
            found.setdefault(path.parent, []).append(path)
    return iter(found.items())


def read(root: Path, notes: list[Path]) -> int:
    """Take the notes of one folder the whole way, as one board; how many there are."""
    texts = {f"notes/{path.name}": path.read_text(encoding="utf-8-sig") for path in notes}
    book = go_with(root, texts)
    assert len(book.minutes) == len(texts) or book.notebook.diagnostics
    return len(texts)


def test_a_sample_of_real_notes_is_read(tmp_path: Path, tried: Tried) -> None:
    every = [path for _, notes in folders() for path in notes]
    if not every:
        pytest.skip("no folder of real notes here")
    tried("real notes read", read(tmp_path, every[:: -(-len(every) // SAMPLE)]))


@pytest.mark.slow
def test_all_real_notes_are_read(tmp_path: Path, tried: Tried) -> None:
    counts = [read(tmp_path, notes) for _, notes in folders()]
    if not counts:
        pytest.skip("no folder of real notes here")
    tried("real notes read", sum(counts))
