"""Small charts out of characters: bars and lines. They repeat numbers that stand beside them, and never say one alone."""

from collections.abc import Sequence

BAR = 12
"""The characters of the longest bar."""
_FULL, _HALF, _REST = "█", "▌", "░"
_HEIGHTS = "▁▂▃▄▅▆▇█"
_MOST_POINTS = 32
"""So many points has a line at most, so that it fits into a heading."""


def bar(value: int, most: int) -> str:
    """A bar on the scale of the greatest value; whatever is more than nothing is seen."""
    halves = -(-2 * BAR * value // most) if most > 0 else 0
    return _FULL * (halves // 2) + _HALF * (halves % 2)


def part(value: int, whole: int) -> str:
    """A bar for a part of a whole, with the rest; it is full and empty only where all and nothing are meant."""
    if not whole:
        return ""
    halves = min(-(-2 * BAR * value // whole), 2 * BAR - (value < whole))
    done = _FULL * (halves // 2) + _HALF * (halves % 2)
    return done + _REST * (BAR - len(done))


def line(values: Sequence[int]) -> str:
    """A line of heights, from 0 to the greatest; of many points, evenly, some with the first and the last."""
    most, top = max(values, default=0), len(_HEIGHTS) - 1
    return "".join(_HEIGHTS[round(top * value / most) if most else 0] for value in _some(values))


def _some(values: Sequence[int]) -> Sequence[int]:
    steps = min(len(values), _MOST_POINTS) - 1
    return [values[round(n * (len(values) - 1) / steps)] for n in range(steps + 1)] if steps > 0 else values
