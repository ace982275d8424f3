"""Within one note: the mentions that speak of one action, put together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rrbnotes.model import Due, Mention, Place, Status
from rrbnotes.reconciling.alike import Alike
from rrbnotes.reconciling.who import Who
from rrbnotes.reconciling.wording import Wording, wording


@dataclass(frozen=True, slots=True)
class Said:
    """All that one note says of one action; `said` makes one of mentions."""

    mentions: tuple[Mention, ...]
    """In order of their lines."""
    lead: Mention
    """The one whose words count: the first marked among the discussion, else the first."""
    place: Place
    """The strongest of its places: a list of earlier actions, then the discussion, then this meeting's list."""
    wording: Wording
    """The wording to compare by."""
    owners: tuple[str, ...]
    """The lead's; another mention's where the lead leaves them out."""
    ref: str | None
    """The ref printed beside any of them."""
    number: str | None
    """The board's own number printed beside any of them."""
    progress: Mention
    """The mention that says how it stands: the last with a status, else the last with a remark, else the lead."""
    echoes: tuple[Mention, ...] = ()
    """Where a summary that rrb wrote repeats it; they say nothing of their own."""

    @property
    def latest(self) -> tuple[Wording, ...]:
        """The wordings that later notes are likely to use: its own, and what it goes on as; words that only tell of
        progress are none."""
        follow_ups = [wording(m.follow_up) for m in self.mentions if m.follow_up]
        return (*(() if self.lead.is_remark else (self.wording,)), *follow_ups[:1])

    @property
    def due(self) -> Due | None:
        """The lead's; another mention's where the lead leaves it out."""
        return self.lead.due or next((m.due for m in self.mentions if m.due), None)

    @property
    def status(self) -> Status | None:
        """What the note says of progress."""
        return self.progress.status


_BY_STRENGTH = (Place.PREVIOUS, Place.INLINE, Place.LIST)


def said(mentions: Iterable[Mention], lead: Mention, echoes: tuple[Mention, ...] = ()) -> Said:
    """What mentions of one action say together. It is asked again and again, so everything is looked up here, once."""
    every = tuple(sorted(mentions, key=by_line))
    if len(every) == 1 and lead is every[0]:
        return Said(
            every,
            lead,
            lead.place,
            wording(lead.action),
            lead.owners,
            lead.ref or None,
            lead.number or None,
            lead,
            echoes,
        )
    places = {mention.place for mention in every}
    with_status = [m for m in every if m.status]
    with_reason = [m for m in every if m.reason]
    return Said(
        every,
        lead,
        next(place for place in _BY_STRENGTH if place in places),
        wording(lead.action),
        lead.owners or next((m.owners for m in every if m.owners), ()),
        next((m.ref for m in every if m.ref), None),
        next((m.number for m in every if m.number), None),
        (with_status or with_reason or [lead])[-1],
        echoes,
    )


def by_line(mention: Mention) -> tuple[str, int, int]:
    """How mentions sort: by their places."""
    return mention.at.path, mention.at.line, mention.at.column


def gather(mentions: Iterable[Mention], who: Who) -> list[Said]:
    """The actions of one note in order of their leads' lines.

    Marked lines come first, then list by list. Within a list one row is one action, so a list is matched one to one
    with what stands before it.
    """
    ordered = sorted(mentions, key=lambda m: (m.place is not Place.INLINE, m.group, by_line(m)))
    clusters = _Clusters(who)
    for (is_list, _), run in groupby(ordered, key=lambda m: (m.place is not Place.INLINE, m.group)):
        rows = list(run)
        if is_list:
            clusters.take_list(rows)
        else:
            for row in rows:
                clusters.take_line(row)
    return sorted(map(_said, clusters.mentions), key=lambda one: by_line(one.lead))


def with_echoes(all_said: Sequence[Said], echoes: Iterable[Mention]) -> list[Said]:
    """What one note says, with the rows of its generated summary that repeat it: in equal words, else the likest. A row
    whose action was reworded or taken out repeats nothing any more."""
    repeating = list(echoes)
    if not repeating:
        return list(all_said)
    lines = [(n, wording(mention.action)) for n, one in enumerate(all_said) for mention in one.mentions]
    alike = Alike()
    for at, (_, words) in enumerate(lines):
        alike.add(words, at)
    found: dict[int, list[Mention]] = defaultdict(list)
    for echo in repeating:
        if near := alike.to(wording(echo.action)):
            _, at = max(near, key=lambda pair: (pair[0], -pair[1]))
            found[lines[at][0]].append(echo)
    return [replace(one, echoes=tuple(found[n])) if n in found else one for n, one in enumerate(all_said)]


def _said(cluster: list[Mention]) -> Said:
    if len(cluster) == 1:
        return said(cluster, cluster[0])
    mentions = sorted(cluster, key=by_line)
    marked = [m for m in mentions if m.place is Place.INLINE]
    return said(mentions, min(marked or mentions, key=lambda m: m.is_remark))


class _Clusters:
    """The mentions of one note so far, put together; found again by ref, number, words and likeness of the first of each."""

    def __init__(self, who: Who) -> None:
        self.who = who
        self.mentions: list[list[Mention]] = []
        self._with_key: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._alike = Alike()
        self._indexed = 0

    def take_line(self, row: Mention) -> None:
        """A marked line: it repeats an earlier one by ref, number or equal words, else it begins a cluster."""
        for key in _keys(row):
            same = next((at for at in self._with_key[key] if self._agree(row, at)), None)
            if same is not None and not (key[0] == "words" and self._is_elsewhere(row, same)):
                self.mentions[same].append(row)
                return
        self._begin(row)

    def take_list(self, rows: Sequence[Mention]) -> None:
        """A list: each row repeats one cluster from before it, the surest pairs first; the others begin their own."""
        partner: dict[int, int] = {}
        keys = [(n, row, key) for n, row in enumerate(rows) for key in _keys(row) if key in self._with_key]
        for kind in _KINDS:
            same = [
                (n, at)
                for n, row, key in keys
                if key[0] == kind
                for at in self._with_key[key]
                if (self._agree(row, at) and not (kind == "words" and self._is_elsewhere(row, at)))
                or (kind == "number" and self._is_remarked(row, at))
            ]
            _pair(partner, same)
        left = [n for n in range(len(rows)) if n not in partner]
        self._index()
        alike = [(-score, n, at) for n in left for score, at in self._alike.to(wording(rows[n].action))]
        _pair(partner, ((n, at) for _, n, at in sorted(alike)), lambda n, at: self._may_repeat(rows[n], at))
        for n, row in enumerate(rows):
            if n in partner:
                self.mentions[partner[n]].append(row)
            else:
                self._begin(row)

    def _begin(self, row: Mention) -> None:
        at = len(self.mentions)
        self.mentions.append([row])
        for key in _keys(row):
            self._with_key[key].append(at)

    def _index(self) -> None:
        """Take what was begun since into the index; the last list of a note is never looked for in it."""
        for at in range(self._indexed, len(self.mentions)):
            self._alike.add(wording(self.mentions[at][0].action), at)
        self._indexed = len(self.mentions)

    def _is_remarked(self, row: Mention, at: int) -> bool:
        """Whether one of the two only tells of the action with its number; who tells need not be who does it."""
        return row.is_remark or self.mentions[at][0].is_remark

    def _is_elsewhere(self, row: Mention, at: int) -> bool:
        """Whether two lines of one kind stand under different items of the agenda: `Clerk to instruct the works` may then
        be agreed twice. A list of this meeting's actions repeats what any item agreed."""
        first = self.mentions[at][0]
        alike = row.place is first.place and row.place is not Place.LIST
        return alike and bool(row.item and first.item) and row.item != first.item

    def _agree(self, row: Mention, at: int) -> bool:
        return self.who.agree(row.owners, self.mentions[at][0].owners)

    def _may_repeat(self, row: Mention, at: int) -> bool:
        """Whether a row may repeat what is like it. A list of earlier actions and a new line need equal words, for the new
        one may follow it up."""
        first = self.mentions[at][0]
        is_earlier, was_earlier = row.place is Place.PREVIOUS, first.place is Place.PREVIOUS
        return is_earlier is was_earlier and not self._is_elsewhere(row, at) and self._agree(row, at)


_KINDS = ("ref", "number", "words")
"""What makes two mentions of one note the same action beyond doubt, the surest first."""


def _keys(row: Mention) -> list[tuple[str, str]]:
    found = (("ref", row.ref), ("number", row.number), ("words", wording(row.action).joined))
    return [(kind, value) for kind, value in found if value]


def _pair(
    partner: dict[int, int],
    pairs: Iterable[tuple[int, int]],
    may_pair: Callable[[int, int], bool] = lambda _n, _at: True,
) -> None:
    """Take the pairs in order, one to one; whether two may be one is only asked while both are free."""
    taken = set(partner.values())
    for n, at in pairs:
        if n not in partner and at not in taken and may_pair(n, at):
            partner[n] = at
            taken.add(at)
