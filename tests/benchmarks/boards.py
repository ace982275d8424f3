"""A board and what comes of its actions: who sits on it, when it meets, what is agreed and what is said of it later."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import timedelta

from benchmarks import words
from benchmarks.dice import Dice

LAST = Date(2025, 11, 28)
"""No series goes beyond this day: a note of the future would be a draft."""
_GAPS = ((300, 28), (1_200, 7))
"""Up to so many notes a board meets every so many days, beyond that daily."""
NEW, ITEMS = (4, 6), (5, 6)
TOLD, OUTCOMES = 0.6, ("complete",) * 9 + ("closed",) + ("ongoing",) * 4 + ("rolled over",) * 6
"""Of the outstanding ones this part is reported at a meeting, and of these half are finished: about 17 stay."""


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation of a board."""

    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An action as the generator means it."""

    request: words.Request
    owner: str
    due: Date | None
    number: str
    """The meeting's and its own in it: `12.3`."""

    @property
    def words(self) -> str:
        """The words it was agreed in, without owner and due."""
        return self.request.words


@dataclass(frozen=True, slots=True)
class Told:
    """What a meeting says of an earlier action."""

    asked: Asked
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """One point of the agenda."""

    title: str
    paragraphs: tuple[str, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting, before it is laid out as a note."""

    board: str
    number: int
    date: Date
    following: Date
    attended: tuple[Body, ...]
    absent: tuple[Body, ...]
    told: tuple[Told, ...]
    items: tuple[Item, ...]

    @property
    def asked(self) -> tuple[Asked, ...]:
        """All that was agreed, in the order of the agenda."""
        return tuple(asked for item in self.items for asked in item.asked)


@dataclass(slots=True)
class Board:
    """A board on its way from meeting to meeting, with what is outstanding on it."""

    name: str
    dice: Dice
    bodies: tuple[Body, ...]
    open: list[Asked] = field(default_factory=list)
    agreed: set[str] = field(default_factory=set)


def board(name: str, seed: str) -> Board:
    """A board of some ten bodies, not two of which begin with the same letter."""
    dice = Dice(seed)
    places, kinds = dice.some(words.PLACES, dice.between(9, 12)), dice.some(words.KINDS, 12)
    names = [f"{place} {kind}" for place, kind in zip(places, kinds, strict=False)]
    return Board(name, dice, tuple(Body(name, "".join(word[0] for word in name.split())) for name in names))


def sessions(board: Board, number: int) -> Iterator[Session]:
    """So many meetings, the last of them in the last month that a series may reach."""
    gap = timedelta(days=next((days for most, days in _GAPS if number <= most), 1))
    first = LAST - (number - 1) * gap
    for n in range(number):
        yield _session(board, n + 1, first + n * gap, first + (n + 1) * gap)


def _session(board: Board, number: int, date: Date, following: Date) -> Session:
    dice = board.dice
    absent = dice.some(board.bodies, dice.between(0, 3))
    told = tuple(_told(dice, asked) for asked in board.open if dice.chance(TOLD))
    done = {report.asked for report in told if report.status in ("complete", "closed")}
    board.open = [asked for asked in board.open if asked not in done]
    present = tuple(body for body in board.bodies if body not in absent)
    items = _items(board, number, date, following)
    return Session(board.name, number, date, following, present, tuple(absent), told, items)


def _told(dice: Dice, asked: Asked) -> Told:
    status = dice.one(OUTCOMES)
    return Told(asked, status, dice.one(words.REASONS[status]) if status in words.REASONS else "")


def _items(board: Board, number: int, date: Date, following: Date) -> tuple[Item, ...]:
    titles = board.dice.some(words.ITEMS, board.dice.between(*ITEMS))
    places = [board.dice.between(0, len(titles) - 1) for _ in range(board.dice.between(*NEW))]
    asked = {n: _asked(board, f"{number}.{n + 1}", date, following) for n in range(len(places))}
    return tuple(
        Item(title, _discussion(board.dice), tuple(asked[n] for n, at in enumerate(places) if at == place))
        for place, title in enumerate(titles)
    )


def _discussion(dice: Dice) -> tuple[str, ...]:
    return tuple(words.prose(dice, dice.between(2, 5)) for _ in range(dice.between(2, 4)))


def _asked(board: Board, number: str, date: Date, following: Date) -> Asked:
    """A new action; like no other of its board, and with a matter of its own among the outstanding ones."""
    dice = board.dice
    taken = {word for asked in board.open for word in (asked.request.thing, asked.request.subject)}
    request = words.request(dice)
    while request.words in board.agreed or taken & {request.thing, request.subject}:
        request = words.request(dice)
    due = dice.one((following, date + timedelta(days=dice.between(10, 90)), None))
    asked = Asked(request, dice.one(board.bodies).short, due, number)
    board.agreed.add(request.words)
    board.open.append(asked)
    return asked
