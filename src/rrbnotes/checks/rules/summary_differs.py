"""summary-differs: owner or due date said otherwise in the discussion and in the summary."""

from collections.abc import Iterable, Iterator

from rrbnotes.checks.evidence.summaries import Pair, summaries
from rrbnotes.diagnostics import Finding, Related
from rrbnotes.model import Due
from rrbnotes.notebook import Minutes
from rrbnotes.owners import Directory, fold_name
from rrbnotes.quoting import listed, quoted
from rrbnotes.source import line_of


def summary_differs(minutes: Minutes) -> Iterator[Finding]:
    """The summary gives an action to somebody else, or another day for it, than the discussion does.

    Two people may both think that the other does it. `rrb` goes by the discussion; readers go by the summary.

    Bad:
        ### 1. Custody

        **Action:** MPS to share the custody figures by 20 January.

        **Action:** CRC to book the hall for the workshop.

        **Action Summary:**

        1. MPS to share the custody figures by 27 January.
        2. CRC to book the hall for the workshop.

    Good:
        ### 1. Custody

        **Action:** MPS to share the custody figures by 20 January.

        **Action:** CRC to book the hall for the workshop.

        **Action Summary:**

        1. MPS to share the custody figures by 20 January.
        2. CRC to book the hall for the workshop.

    Mend:
        Write the same in both places.
    """
    known = minutes.lore.directory
    for summary in summaries(minutes):
        for pair in summary.pairs:
            for row, marked in _differences(pair, known):
                what = f"the summary says {row} for {quoted(pair.row.action)}, the discussion says {marked}"
                beside = (Related(pair.marked.at, "said here in the discussion"),)
                yield Finding(line_of(pair.row.at), what, "write the same in both places", beside)


def _differences(pair: Pair, known: Directory) -> Iterator[tuple[str, str]]:
    """What the row says and what the discussion says, where both say something and not the same."""
    row, marked = pair.row, pair.marked
    if row.owners and marked.owners and not _are_same(row.owners, marked.owners, known):
        yield quoted(listed(row.owners)), quoted(listed(marked.owners))
    if row.due and marked.due and _day(row.due) and _day(marked.due) and _day(row.due) != _day(marked.due):
        yield quoted(row.due.text), quoted(marked.due.text)


def _day(due: Due) -> object:
    return due.date or due.latest


def _are_same(ours: Iterable[str], theirs: Iterable[str], known: Directory) -> bool:
    """Whether two sides name the same people: a part of a name stands for the whole."""
    mine, yours = ({fold_name(known.short(name)) for name in names} for names in (ours, theirs))
    return all(any(_is_part(one, other) for other in yours) for one in mine) and all(
        any(_is_part(one, other) for other in mine) for one in yours
    )


def _is_part(one: str, other: str) -> bool:
    ours, theirs = set(one.split()), set(other.split())
    return ours <= theirs or theirs <= ours
