"""Which boards can be reconciled by themselves: all but those that a ref, a link or a note that moved ties together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Date

from rrbnotes.model import Action, Meeting, Register
from rrbnotes.reconciling.reconcile import Reconciled, by_board, by_raising
from rrbnotes.reconciling.refs import natural

Group = frozenset[str | None]
"""Boards that are reconciled together."""
_Boards = dict[str | None, None]
"""Boards in order, each once."""


def groups(meetings: Iterable[Meeting], records: Iterable[Action]) -> list[Group]:
    """The boards of meetings and records, each in one group; the groups in order of their first boards' names.

    The law: to reconcile each group's meetings with its records, both in the order given, and to put the results
    `together`, is to reconcile all at once. For a meeting looks at its own board, and whatever else reconciling looks at
    hangs on the key of a meeting, which is the tie here:

    - a meeting sees an action of another board only if it prints its ref, or if a link of the action names the meeting;
      a ref begins with a key, and refs are counted by that key, whatever board their records are in by now;
    - a record belongs to the note that first shows it, and its progress to the notes that gave it, whatever its board;
    - a note that was renamed is known by what it said, among those of its own board, and of any board on its own day.

    Spellings of owners, own numbers, usual words and records whose lines moved are each board's own; time passes for one
    board as it does for another, since a meeting looks at nothing before it has reached its own day. A tie may bind boards
    that would not have met, for a ref may be printed and join nothing: the group is then larger than it need be.
    """
    here, known = list(meetings), list(records)
    boards: _Boards = dict.fromkeys((*(one.board for one in here), *(one.board for one in known)))
    ties = _ties(here, known) if len(boards) > 1 else ()
    return sorted(_connected(boards, ties), key=lambda group: min(board or "" for board in group))


def together(parts: Iterable[Reconciled]) -> Reconciled:
    """What the groups came to, in the order in which one reconciling would give it."""
    found = list(parts)
    meetings = [meeting for part in found for meeting in part.meetings]
    actions = [action for part in found for action in part.register.actions]
    proposals = [proposal for part in found for proposal in part.register.proposals]
    order = {meeting.path: meeting.order for meeting in meetings}
    return Reconciled(
        tuple(sorted(meetings, key=by_board)),
        Register(
            tuple(sorted(actions, key=by_raising)),
            tuple(sorted(proposals, key=lambda proposal: order[proposal.mention.at.path])),
        ),
    )


def _ties(meetings: Sequence[Meeting], records: Sequence[Action]) -> Iterator[_Boards]:
    """The boards that have to do with one key of a meeting, here or gone; a ref that begins with no such key names nothing."""
    by_key: dict[str, _Boards] = defaultdict(dict)
    for meeting in meetings:
        by_key[meeting.key][meeting.board] = None
    for record in records:
        for key in _keys(record):
            by_key[key][record.board] = None
    for meeting in meetings:
        for mention in (*meeting.mentions, *meeting.promises):
            if mention.ref and (key := natural(mention.ref)[0]) in by_key:
                by_key[key][meeting.board] = None
    yield from by_key.values()
    yield from _perhaps_renamed(meetings, records)


def _keys(record: Action) -> Iterator[str]:
    """The meetings that a record has to do with."""
    named = (
        record.first_seen.meeting,
        *(p.meeting for p in record.history),
        *(link.meeting for link in record.links),
    )
    yield from (key for key in named if key)
    refs = (record.ref, *record.also, *record.not_same, *(link.ref for link in record.links if link.ref))
    yield from (natural(ref)[0] for ref in refs)


def _perhaps_renamed(meetings: Sequence[Meeting], records: Sequence[Action]) -> Iterator[_Boards]:
    """The boards of records of a day whose note is gone, with those of the notes of that day."""
    here = {meeting.key for meeting in meetings}
    on_day: dict[Date | None, _Boards] = defaultdict(dict)
    for meeting in meetings:
        if meeting.date:
            on_day[meeting.date][meeting.board] = None
    for record in records:
        first = record.first_seen
        for key, day in ((first.meeting, first.date), *((p.meeting, p.date) for p in record.history)):
            if key and day in on_day and key not in here:
                yield {record.board: None, **on_day[day]}


def _connected(boards: Iterable[str | None], ties: Iterable[Iterable[str | None]]) -> set[Group]:
    """The boards in groups, two in one where a chain of ties leads from one to the other."""
    group_of = {board: frozenset({board}) for board in boards}
    for tie in ties:
        apart = {group_of[board] for board in tie}
        if len(apart) > 1:
            whole = frozenset[str | None]().union(*apart)
            group_of.update(dict.fromkeys(whole, whole))
    return set(group_of.values())
