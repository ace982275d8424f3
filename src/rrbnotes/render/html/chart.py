"""The timeline as a drawing: where its bars, its line and its words stand.

Across, all is in per cent of the width, so that the words keep their size on a narrow page; down, in pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rrbnotes.views.board_report.values import Point

HEIGHT = 232
TOP, BOTTOM = 26, 196
"""Where the highest and the lowest value stand."""
_LEFT, _RIGHT = 6.0, 99.0
_MOST_POINTS = 24
"""So many meetings can be told apart; of more the latest are drawn."""
_MOST_LABELS = 8
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000)
_MOST_TICKS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar on the ground line."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Spot:
    """What is drawn of one meeting."""

    x: str
    y: str
    above: str
    """Where its number stands."""
    month: str
    value: int
    is_named: bool
    """Whether there is room for its month and number."""
    is_minor: bool
    """Whether these have no room on a narrow page."""
    bars: tuple[tuple[str, Bar], ...]
    """`raised` and `finished`."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing."""

    spots: tuple[Spot, ...]
    lines: tuple[tuple[Spot, Spot], ...]
    """From meeting to meeting."""
    ticks: tuple[tuple[int, str], ...]
    """Values of the scale, and how far down each stands."""
    left_out: int
    """Earlier meetings that are not drawn."""


def chart(points: Sequence[Point]) -> Chart:
    """The drawing of a timeline."""
    shown = points[-_MOST_POINTS:]
    ticks = _ticks(max((max(p.outstanding, p.raised, p.finished) for p in shown), default=0))
    step = (_RIGHT - _LEFT) / max(len(shown), 1)
    spots = tuple(_spot(point, at, len(shown), step, ticks[-1]) for at, point in enumerate(shown))
    scale = tuple((tick, _number(_down(tick, ticks[-1]))) for tick in ticks)
    return Chart(spots, tuple(pairwise(spots)), scale, len(points) - len(shown))


def _spot(point: Point, at: int, total: int, step: float, top: int) -> Spot:
    middle, width = _LEFT + (at + 0.5) * step, min(step * 0.26, 2.4)
    from_last = total - 1 - at
    every = -(-total // _MOST_LABELS)
    y = _down(point.outstanding, top)
    bars = (("raised", point.raised, middle - width - 0.15), ("finished", point.finished, middle + 0.15))
    return Spot(
        x=f"{_number(middle)}%",
        y=_number(y),
        above=_number(y - 9),
        month=point.month,
        value=point.outstanding,
        is_named=from_last % every == 0,
        is_minor=from_last % (every * 2) != 0,
        bars=tuple((kind, _bar(value, x, width, top)) for kind, value, x in bars if value),
    )


def _bar(value: int, x: float, width: float, top: int) -> Bar:
    y = _down(value, top)
    return Bar(f"{_number(x)}%", _number(y), f"{_number(width)}%", _number(BOTTOM - y))


def _down(value: int, top: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / top


def _ticks(most: int) -> tuple[int, ...]:
    step = next((one for one in _STEPS if one * _MOST_TICKS >= most), _STEPS[-1])
    return tuple(range(0, step * -(-max(most, 1) // step) + 1, step))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
