"""Within one note: the mentions that speak of one action, put together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rrbnotes.model import Due, Mention, Place, Status
from rrbnotes.owners import Directory
from rrbnotes.reconciling.wording import ACCEPT, ContentIndex, Wording, likeness, wording


@dataclass(frozen=True, slots=True)
class Said:
    """All that one note says of one action."""

    mentions: tuple[Mention, ...]
    """In order of their lines."""
    lead: Mention
    """The one whose words count: the first marked among the discussion, else the first."""
    echoes: tuple[Mention, ...] = ()
    """Where a summary that rrb wrote repeats it; they say nothing of their own."""

    @property
    def place(self) -> Place:
        """The strongest of its places: a list of earlier actions, then the discussion, then this meeting's list."""
        places = {mention.place for mention in self.mentions}
        return next(place for place in (Place.PREVIOUS, Place.INLINE, Place.LIST) if place in places)

    @property
    def wording(self) -> Wording:
        """The wording to compare by."""
        return wording(self.lead.action)

    @property
    def latest(self) -> tuple[Wording, ...]:
        """The wordings that later notes are likely to use: its own, and what it goes on as; words that only tell of
        progress are none."""
        follow_ups = [wording(m.follow_up) for m in self.mentions if m.follow_up]
        return (*(() if self.lead.is_remark else (self.wording,)), *follow_ups[:1])

    @property
    def owners(self) -> tuple[str, ...]:
        """The lead's; another mention's where the lead leaves them out."""
        return self.lead.owners or next((m.owners for m in self.mentions if m.owners), ())

    @property
    def due(self) -> Due | None:
        """The lead's; another mention's where the lead leaves it out."""
        return self.lead.due or next((m.due for m in self.mentions if m.due), None)

    @property
    def ref(self) -> str | None:
        """The ref printed beside any of them."""
        return next((m.ref for m in self.mentions if m.ref), None)

    @property
    def number(self) -> str | None:
        """The board's own number printed beside any of them."""
        return next((m.number for m in self.mentions if m.number), None)

    @property
    def progress(self) -> Mention:
        """The mention that says how it stands: the last with a status, else the last with a remark, else the lead."""
        with_status = [m for m in self.mentions if m.status]
        with_reason = [m for m in self.mentions if m.reason]
        return (with_status or with_reason or [self.lead])[-1]

    @property
    def status(self) -> Status | None:
        """What the note says of progress."""
        return self.progress.status


def gather(mentions: Iterable[Mention], directory: Directory) -> list[Said]:
    """The actions of one note in order of their leads' lines.

    Marked lines come first, then list by list. Within a list one row is one action, so a list is matched one to one
    with what stands before it.
    """
    ordered = sorted(mentions, key=lambda m: (m.place is not Place.INLINE, m.group, m.at))
    clusters = _Clusters(directory)
    for (is_list, _), run in groupby(ordered, key=lambda m: (m.place is not Place.INLINE, m.group)):
        rows = list(run)
        if is_list:
            clusters.take_list(rows)
        else:
            for row in rows:
                clusters.take_line(row)
    return sorted((_said(cluster) for cluster in clusters.mentions), key=lambda said: said.lead.at)


def with_echoes(all_said: Sequence[Said], echoes: Iterable[Mention]) -> list[Said]:
    """What one note says, with the rows of its generated summary that repeat it: in equal words, else the likest. A row
    whose action was reworded or taken out repeats nothing any more."""
    found: dict[int, list[Mention]] = defaultdict(list)
    for echo in echoes:
        mine = wording(echo.action)
        scored = (
            (likeness(mine, wording(mention.action)), -n)
            for n, said in enumerate(all_said)
            for mention in said.mentions
        )
        score, n = max(scored, default=(0.0, 0))
        if score >= ACCEPT:
            found[-n].append(echo)
    return [replace(said, echoes=tuple(found[n])) if n in found else said for n, said in enumerate(all_said)]


def _said(cluster: list[Mention]) -> Said:
    mentions = tuple(sorted(cluster, key=lambda m: m.at))
    marked = [m for m in mentions if m.place is Place.INLINE]
    return Said(mentions, min(marked or mentions, key=lambda m: m.is_remark))


class _Clusters:
    """The mentions of one note so far, put together; found again by ref, number, words and likeness of the first of each."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.mentions: list[list[Mention]] = []
        self._with_key: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._content = ContentIndex()

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
        for kind in _KINDS:
            same = [
                (n, at)
                for n, row in enumerate(rows)
                for key in _keys(row)
                if key[0] == kind
                for at in self._with_key[key]
                if (self._agree(row, at) and not (kind == "words" and self._is_elsewhere(row, at)))
                or (kind == "number" and self._is_remarked(row, at))
            ]
            _pair(partner, same)
        left = [n for n in range(len(rows)) if n not in partner]
        scored = [
            (self._likeness(rows[n], at), n, at)
            for n in left
            for at in self._content.near(wording(rows[n].action))
        ]
        alike = sorted(
            (pair for pair in scored if pair[0] >= ACCEPT), key=lambda pair: (-pair[0], pair[1], pair[2])
        )
        _pair(partner, [(n, at) for _, n, at in alike if self._agree(rows[n], at)])
        for n, row in enumerate(rows):
            if n in partner:
                self.mentions[partner[n]].append(row)
            else:
                self._begin(row)

    def _begin(self, row: Mention) -> None:
        at = len(self.mentions)
        self.mentions.append([row])
        self._content.add(wording(row.action), at)
        for key in _keys(row):
            self._with_key[key].append(at)

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
        return self.directory.agree(row.owners, self.mentions[at][0].owners)

    def _likeness(self, row: Mention, at: int) -> float:
        """A list of earlier actions and a new line need equal words, for the new one may follow it up."""
        first = self.mentions[at][0]
        if self._is_elsewhere(row, at) or (row.place is Place.PREVIOUS) is not (
            first.place is Place.PREVIOUS
        ):
            return 0.0
        return likeness(wording(row.action), wording(first.action))


_KINDS = ("ref", "number", "words")
"""What makes two mentions of one note the same action beyond doubt, the surest first."""


def _keys(row: Mention) -> list[tuple[str, str]]:
    found = (("ref", row.ref), ("number", row.number), ("words", wording(row.action).joined))
    return [(kind, value) for kind, value in found if value]


def _pair(partner: dict[int, int], pairs: Iterable[tuple[int, int]]) -> None:
    """Take the pairs in order, one to one."""
    taken = set(partner.values())
    for n, at in pairs:
        if n not in partner and at not in taken:
            partner[n] = at
            taken.add(at)
