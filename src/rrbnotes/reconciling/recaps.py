"""Within one note: the mentions that speak of one action, put together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from rrbnotes.model import Due, Mention, Place, Status
from rrbnotes.owners import Directory
from rrbnotes.reconciling.wording import ACCEPT, Wording, likeness, wording


@dataclass(frozen=True, slots=True)
class Said:
    """All that one note says of one action."""

    mentions: tuple[Mention, ...]
    """In order of their lines."""
    lead: Mention
    """The one whose words count: the first marked among the discussion, else the first."""

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
    clusters: list[list[Mention]] = []
    for (is_list, _), run in groupby(ordered, key=lambda m: (m.place is not Place.INLINE, m.group)):
        rows = list(run)
        if is_list:
            _match_list(rows, clusters, directory)
        else:
            for row in rows:
                _match_list([row], clusters, directory, fuzzy=False)
    return sorted((_said(cluster) for cluster in clusters), key=lambda said: said.lead.at)


def _said(cluster: list[Mention]) -> Said:
    mentions = tuple(sorted(cluster, key=lambda m: m.at))
    marked = [m for m in mentions if m.place is Place.INLINE]
    return Said(mentions, (marked or list(mentions))[0])


def _match_list(
    rows: list[Mention], clusters: list[list[Mention]], directory: Directory, fuzzy: bool = True
) -> None:
    """Add each row to the cluster that it repeats, the surest pairs first; the others begin clusters of their own."""
    before = list(clusters)
    left = list(range(len(rows)))
    for sure in (_same_ref, _same_number, _same_words, *((_alike,) if fuzzy else ())):
        for row, cluster in _pairs([(n, rows[n]) for n in left], before, directory, sure):
            before[cluster].append(rows[row])
            left.remove(row)
    clusters += [[rows[n]] for n in left]


def _pairs(
    rows: Sequence[tuple[int, Mention]],
    clusters: Sequence[list[Mention]],
    directory: Directory,
    score: Callable[[Mention, Mention], float],
) -> list[tuple[int, int]]:
    """The best pairs of row and cluster, one to one; a list never repeats one of its own rows."""
    scored = [
        (score(row, cluster[0]), -n, -at)
        for n, row in rows
        for at, cluster in enumerate(clusters)
        if all((m.place, m.group) != (row.place, row.group) or row.place is Place.INLINE for m in cluster)
        and directory.agree(row.owners, cluster[0].owners)
    ]
    taken: list[tuple[int, int]] = []
    for points, row_at, cluster_at in sorted(scored, reverse=True):
        if points > 0 and all(-row_at != r and -cluster_at != c for r, c in taken):
            taken.append((-row_at, -cluster_at))
    return taken


def _same_ref(row: Mention, first: Mention) -> float:
    return float(row.ref is not None and row.ref == first.ref)


def _same_number(row: Mention, first: Mention) -> float:
    return float(row.number is not None and row.number == first.number)


def _same_words(row: Mention, first: Mention) -> float:
    return float(wording(row.action).joined == wording(first.action).joined)


def _alike(row: Mention, first: Mention) -> float:
    """Likeness from ACCEPT on; a list of earlier actions and a new line need equal words, for the new one may follow it up."""
    if (row.place is Place.PREVIOUS) is not (first.place is Place.PREVIOUS):
        return 0.0
    score = likeness(wording(row.action), wording(first.action))
    return score if score >= ACCEPT else 0.0
