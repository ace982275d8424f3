"""The figures of boards for people: numbers with bars, and what they mean in words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date as Date

from rrbnotes.quoting import count
from rrbnotes.views.charts import BAR, bar, line, part
from rrbnotes.views.closure import ENDINGS, Spread, spreads
from rrbnotes.views.figures import NO_AGE, Count, Figures, Point
from rrbnotes.views.listing import Cell, Column, Group, Table, Tone, cell

COLUMNS = (
    Column("Of what", most=20),
    Column("Number", right=True),
    Column("Bar", under="In words", most=BAR),
    Column("In words", fills=True),
)
NO_BOARD = "(no board)"
_Row = tuple[Cell, ...]


def stats_table(every: Sequence[Figures]) -> Table:
    """The figures of each board, its parts under headings; of several boards first how each stands."""
    if len(every) == 1:
        groups = list(_parts(every[0]))
    else:
        groups = [_counts("Boards", {_name(one): one.total for one in every})]
        groups += [_named(group, _name(one)) for one in every for group in _parts(one)]
    return Table(COLUMNS, tuple(group for group in groups if group.rows))


def percent(rate: float | None) -> str:
    """`40%`."""
    return "" if rate is None else f"{rate:.0%}"


def _name(one: Figures) -> str:
    return one.board or NO_BOARD


def _named(group: Group, board: str) -> Group:
    """The group under a heading that names its board."""
    return replace(group, title=f"{board}: {group.title[:1].lower()}{group.title[1:]}")


def _parts(one: Figures) -> Iterator[Group]:
    """A group without rows is left out later."""
    outstanding = one.total.outstanding
    least = f" ({one.at_least} first seen as reported: at least so old)" if one.at_least else ""
    carried = {f"{number} meeting{'s' * (number != '1')}": of for number, of in one.carried.items()}
    known = {label: of for label, of in one.ages.items() if of or label != NO_AGE}
    yield _over_time(one.points)
    yield Group(tuple(_closure(one)), "Closure")
    yield Group(tuple(_time(one)), "Time to close, where the raising is known")
    yield _shares(f"Of {outstanding} outstanding", _standing(one), outstanding)
    yield _shares(f"Age of {outstanding} outstanding{least}", known, outstanding)
    yield _shares(f"Meetings that carried {outstanding} outstanding", carried, outstanding)
    yield _counts("Owners (a joint action counts for each)", one.owners)


def _over_time(points: Sequence[Point]) -> Group:
    """A row for each meeting, with a line of all of them in the heading."""
    heights = [point.outstanding for point in points]
    days = Counter(point.meeting.date for point in points if point.meeting)
    rows = tuple(
        _row(_when(point, days), point.outstanding, bar(point.outstanding, max(heights)), _happened(point))
        for point in points
    )
    ends = f"{line(heights)} from {heights[0]} to {heights[-1]}" if len(heights) > 1 else ""
    return Group(rows, " ".join(filter(None, ("Outstanding after each meeting", ends))))


def _when(point: Point, days: Counter[Date | None]) -> str:
    """The day of a meeting; its key where the board met twice on it."""
    if point.meeting is None:
        return "since then"
    return str(point.meeting.date) if days[point.meeting.date] == 1 else point.meeting.key


def _happened(point: Point) -> str:
    events = {"new": point.new, "reopened": point.reopened, "finished": point.finished}
    return ", ".join(f"{number} {what}" for what, number in events.items() if number) or "no change"


def _closure(one: Figures) -> Iterator[_Row]:
    total = one.total
    numbers = {"Finished": total.finished, "Complete": total.complete, "Closed undone": total.closed}
    for label, number in numbers.items() if total.actions else ():
        words = f"{percent(number / total.actions)} of {count(total.actions, 'action')}"
        yield _row(label, number, part(number, total.actions), words)


def _time(one: Figures) -> Iterator[_Row]:
    both = one.total.complete and one.total.closed
    for ending in ENDINGS if both else list(ENDINGS)[:1]:
        for unit, known in spreads(one.closings, ending).items():
            if known:
                yield _row(f"{unit.capitalize()} to {ending}", _number(known.median), "", _middle(known))
    if one.finished_where_raised:
        yield _row("Raised as finished", one.finished_where_raised, "", "time not known")


def _middle(known: Spread) -> str:
    if known.of == 1:
        return "of 1 action"
    return f"median of {known.of}; half of them took {_number(known.lower)} to {_number(known.upper)}"


def _standing(one: Figures) -> Mapping[str, int]:
    return {
        "Overdue": one.total.overdue,
        "Rolled over": one.total.rolled_over,
        "Unreported": one.unreported,
        "Re-dated": one.redated,
        "Never reported on": one.never_reported,
    }


def _shares(title: str, numbers: Mapping[str, int], whole: int) -> Group:
    """Parts of a whole; nothing of nothing."""
    rows = (
        _row(label, number, part(number, whole), percent(number / whole))
        for label, number in numbers.items()
        if whole
    )
    return Group(tuple(rows), title)


def _counts(title: str, counts: Mapping[str, Count]) -> Group:
    most = max((of.outstanding for of in counts.values()), default=0)
    rows = (_row(name, of.outstanding, bar(of.outstanding, most), _stands(of)) for name, of in counts.items())
    return Group(tuple(rows), title)


def _stands(of: Count) -> str:
    parts = {"overdue": of.overdue, "rolled over": of.rolled_over}
    ways = [f"{number} {what}" for what, number in parts.items() if number]
    return "; ".join(
        filter(None, (", ".join(ways), f"{of.finished} of {of.actions} finished ({percent(of.rate)})"))
    )


def _row(label: str, number: object, chart: str, words: str) -> _Row:
    return cell(label, Tone.STRONG), cell(str(number)), cell(chart), cell(words)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
