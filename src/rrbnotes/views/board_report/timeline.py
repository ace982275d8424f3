"""How many actions there were after each meeting, for the page."""

from collections.abc import Iterable, Sequence
from datetime import date as Date

from rrbnotes.british import short_month
from rrbnotes.model import Meeting
from rrbnotes.views import figures
from rrbnotes.views.board_report.days import day_of
from rrbnotes.views.board_report.values import Point
from rrbnotes.views.entries import Entry

NOW = "now"


def timeline(entries: Iterable[Entry], held: Sequence[Meeting], today: Date) -> tuple[Point, ...]:
    """The held meetings of a board in order; then today, where anything was said since the latest."""
    return tuple(_point(point, today) for point in figures.outstanding_over_time(entries, held))


def _point(point: figures.Point, today: Date) -> Point:
    meeting = point.meeting
    day = (meeting.date if meeting else None) or today
    return Point(
        key=meeting.key if meeting else "",
        day=day_of(day),
        month=short_month(day) if meeting else NOW,
        raised=point.raised,
        brought=point.first_reported,
        reopened=point.reopened,
        finished=point.finished,
        outstanding=point.outstanding,
    )
