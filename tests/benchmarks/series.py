"""A series of notes like those that boards keep, the same on every machine, with what a careful reader finds in it."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.boards import board, sessions
from benchmarks.layouts import LAYOUTS

NOTES_A_BOARD = 100


@dataclass(frozen=True, slots=True)
class Expected:
    """What a reader should count."""

    notes: int = 0
    actions: int = 0
    outstanding: int = 0

    def __add__(self, other: "Expected") -> "Expected":
        return Expected(
            self.notes + other.notes,
            self.actions + other.actions,
            self.outstanding + other.outstanding,
        )


def write(folder: Path, notes: int, boards: int | None = None, seed: int = 1) -> Expected:
    """So many notes below `notes/` in the folder, shared out among boards; a board alone has no folder of its own."""
    boards = boards or max(1, notes // NOTES_A_BOARD)
    places = [f"board-{n + 1:03}" if boards > 1 else "" for n in range(boards)]
    shares = [notes // boards + (n < notes % boards) for n in range(boards)]
    total = Expected()
    for n, (place, share) in enumerate(zip(places, shares, strict=True)):
        total += _write_board(folder / "notes" / place, n, share, f"{seed}/{n}")
    return total


def _write_board(folder: Path, n: int, notes: int, seed: str) -> Expected:
    layout = LAYOUTS[n % len(LAYOUTS)]
    folder.mkdir(parents=True, exist_ok=True)
    held = board(f"Board {n + 1}", seed)
    for session in sessions(held, notes):
        (folder / f"{session.date}.md").write_text(layout(session), encoding="utf-8", newline="\n")
    return Expected(notes, len(held.agreed), len(held.open))


def main(words: Sequence[str] | None = None) -> None:
    """`series FOLDER NOTES [--boards N] [--seed S]`: write them, and say what a reader should count."""
    parser = argparse.ArgumentParser(prog="series", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("notes", type=int)
    parser.add_argument("--boards", type=int)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    print(write(asked.folder, asked.notes, asked.boards, asked.seed))


if __name__ == "__main__":
    main()
