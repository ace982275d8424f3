"""Chance that falls alike on every machine: of `random`, only `random()` itself is promised never to change."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """What a seed decides, one draw after the other."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def chance(self, part: float) -> bool:
        """True in this part of all draws."""
        return self._random.random() < part

    def between(self, least: int, most: int) -> int:
        """A whole number; both ends may come."""
        return least + int(self._random.random() * (most - least + 1))

    def one(self, of: Sequence[T]) -> T:
        """One of them."""
        return of[self.between(0, len(of) - 1)]

    def some(self, of: Sequence[T], number: int) -> list[T]:
        """So many different ones, in the order of drawing."""
        left = list(of)
        return [left.pop(self.between(0, len(left) - 1)) for _ in range(min(number, len(left)))]
