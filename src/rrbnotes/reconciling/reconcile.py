"""Meetings and register to actions: meeting by meeting, each note put together and then joined with what came before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from rrbnotes.model import Action, Kind, Meeting, Mention, Place, Proposal, Register
from rrbnotes.owners import Directory
from rrbnotes.reconciling.history import Life, begin, from_record, go_on
from rrbnotes.reconciling.known import Note, steady_numbers
from rrbnotes.reconciling.matching import match
from rrbnotes.reconciling.promises import reports, with_promises
from rrbnotes.reconciling.recaps import Said, by_line, gather, with_echoes
from rrbnotes.reconciling.recaps import said as put_together
from rrbnotes.reconciling.recognising import Spot, recognise
from rrbnotes.reconciling.refs import REPORTED, Numbering, natural
from rrbnotes.reconciling.remembered import Remembered, joins
from rrbnotes.reconciling.renames import follow
from rrbnotes.reconciling.spellings import with_spellings
from rrbnotes.reconciling.who import Who
from rrbnotes.reconciling.wording import wording


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The meetings with the final kinds of their mentions, in order of board and date, and the actions."""

    meetings: tuple[Meeting, ...]
    register: Register


def reconcile(
    meetings: Iterable[Meeting], directories: Mapping[str | None, Directory], records: Sequence[Action] = ()
) -> Reconciled:
    """Reconcile meetings given in any order with what the register has; nothing is merged that the evidence does not carry."""
    ordered = sorted(meetings, key=lambda meeting: meeting.order)
    owners = {
        board: Who(with_spellings(directories.get(board) or Directory(), mine))
        for board, mine in _by_board(ordered).items()
    }
    said_at = {meeting.key: _said(meeting, owners[meeting.board]) for meeting in ordered}
    records = follow(records, ordered, said_at)
    steady = _steady_numbers(ordered, said_at)
    course = _Course(owners, recognise(ordered, said_at, records, owners), records, frozenset(said_at))
    final = [course.pass_through(meeting, said_at[meeting.key], steady[meeting.board]) for meeting in ordered]
    return Reconciled(tuple(sorted(final, key=by_board)), course.register(records))


def _by_board(meetings: Iterable[Meeting]) -> Mapping[str | None, list[Meeting]]:
    found: dict[str | None, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        found[meeting.board].append(meeting)
    return found


def _said(meeting: Meeting, who: Who) -> list[Said]:
    own = [mention for mention in meeting.mentions if not (mention.in_passing or mention.echoes)]
    echoes = (mention for mention in meeting.mentions if mention.echoes)
    return with_echoes(with_promises(gather(own, who), meeting.promises, who), echoes)


class _Course:
    """The actions while the meetings go by."""

    def __init__(
        self,
        owners: Mapping[str | None, Who],
        recognised: Mapping[Spot, Action],
        records: Sequence[Action],
        present: frozenset[str],
    ) -> None:
        self.owners = owners
        self.recognised = recognised
        self.present = present
        self.numbering = _numbering(records)
        self.actions = Remembered()
        self.proposals: list[tuple[Mention, Life, tuple[tuple[Life, float], ...]]] = []
        here = {record.ref for record in recognised.values()}
        gone = [record for record in records if record.ref not in here]
        self.to_come = sorted(
            gone, key=lambda r: (r.first_seen.date or Date.min, natural(r.ref)), reverse=True
        )
        """Records whose line is not here, the earliest last."""

    def pass_through(self, meeting: Meeting, all_said: Sequence[Said], steady: frozenset[str]) -> Meeting:
        """Join what a meeting said with the actions so far, begin those that it is the first to show."""
        if meeting.date:  # one without a date stands at no day, and time does not pass with it
            self._reach(meeting.date)
        who, lives = self.owners[meeting.board], self.actions.lives
        spots = ((n, Spot(meeting.key, n)) for n in range(len(all_said)))
        own = {n: self.recognised[spot] for n, spot in spots if spot in self.recognised}
        known = self.actions.meant(meeting, all_said)
        repeats = _repeats(meeting, all_said, own, [lives[k] for k in known])
        all_said = _put_together(all_said, repeats)
        may_be_older = self.actions.lacks_refs(meeting.board) or any(lives[k].ref is None for k in known)
        # a p-record may be an action that a note added since raises, which no record has yet
        settled = {n: record.ref for n, record in own.items() if record.is_raised or not may_be_older}
        settled |= {n: own[first].ref if first in own else "" for n, first in repeats.items()}
        vocabulary = self.actions.vocabulary(meeting, known)
        matches = match(Note(all_said, known, settled, steady, vocabulary, who))
        again = _listed_again(all_said, {n: k for n, k in matches.joined.items() if n not in own})
        all_said = _put_together(all_said, again)
        final: list[Mention] = []
        for n, said in enumerate(all_said):
            if n not in repeats and n not in again:
                near = tuple((lives[k], score) for k, score in matches.proposed.get(n, ()))
                final += self._take(meeting, said, own.get(n), matches.joined.get(n), near)
        for k, said in reports(meeting, all_said, known, set(matches.joined.values()), who).items():
            mentions = _with_kinds(said, is_joined=True)
            final += mentions
            go_on(lives[k], said, meeting, mentions, who)
            self.actions.renew(k)
        if meeting.date:
            self._reach(meeting.date)
        return replace(meeting, mentions=tuple(sorted(final, key=by_line)))

    def _take(
        self,
        meeting: Meeting,
        said: Said,
        record: Action | None,
        k: int | None,
        near: tuple[tuple[Life, float], ...],
    ) -> list[Mention]:
        """What a meeting said of one action: it goes on, or it begins; its mentions, with their kinds."""
        who, target = self.owners[meeting.board], None if k is None else self.actions.lives[k]
        if record and target and target.ref:
            target = None  # it may only turn out to be an action that an older note raises and no record has
        mentions = _with_kinds(said, target is not None)
        life = target or begin(said, meeting, said.place is not Place.PREVIOUS, mentions, who)
        if record:
            life.adopt(record, self.present)
        if target and k is not None:
            go_on(target, said, meeting, mentions, who)
            self.actions.renew(k, is_adopted=record is not None)
            return mentions
        if not record:
            life.tentative = self.numbering.next(meeting.key, _mark(life))
        self.actions.add(life)
        if near:
            self.proposals.append((said.lead, life, near))
        return mentions

    def register(self, records: Sequence[Action]) -> Register:
        """All actions once the last meeting is over; new ones get the next free refs of their meetings."""
        self._reach(None)
        numbering = _numbering(records)  # anew, since a record may have taken the place of a tentative ref
        for life in self.actions.lives:
            life.ref = life.ref or numbering.next(life.first_seen.meeting or "", _mark(life))
        proposals = tuple(
            Proposal(lead, life.ref or "", tuple((other.ref or "", score) for other, score in near))
            for lead, life, near in self.proposals
        )
        return Register(
            tuple(sorted((life.action() for life in self.actions.lives), key=by_raising)), proposals
        )

    def _reach(self, day: Date | None) -> None:
        """Let time pass up to a day: records without a line begin, manual progress is taken."""
        while self.to_come and (day is None or (self.to_come[-1].first_seen.date or Date.min) <= day):
            self.actions.add(from_record(self.to_come.pop(), self.present))
        self.actions.catch_up(day)


def _mark(life: Life) -> str:
    """What marks the refs of its kind."""
    return "" if life.is_raised else REPORTED


def _numbering(records: Sequence[Action]) -> Numbering:
    return Numbering(ref for record in records for ref in (record.ref, *record.also))


def _steady_numbers(
    meetings: Sequence[Meeting], said_at: Mapping[str, Sequence[Said]]
) -> Mapping[str | None, frozenset[str]]:
    """By board, the own numbers that name actions."""
    by_board: dict[str | None, list[Said]] = defaultdict(list)
    for meeting in meetings:
        by_board[meeting.board] += said_at[meeting.key]
    return {board: steady_numbers(said) for board, said in by_board.items()}


def _repeats(
    meeting: Meeting, all_said: Sequence[Said], own: Mapping[int, Action], earlier: Iterable[Life]
) -> dict[int, int]:
    """Places of what a person said is the same as another place of this very note, with that one: a line beside the
    action's own, or a second one of an earlier action."""
    linked = [life for life in earlier if life.links]
    if not own and not linked:
        return {}
    at: dict[str, list[int]] = defaultdict(list)
    for n, said in enumerate(all_said):
        at[said.wording.joined].append(n)
    found: dict[int, int] = {}
    for first, record in own.items():
        said_here = (link.words or "" for link in joins(record.links) if link.meeting == meeting.key)
        found |= {n: first for words in said_here for n in at[wording(words).joined] if n not in own}
    for life in linked:
        names = dict.fromkeys((life.words, *(link.words or "" for link in joins(life.links))))
        if len(names) > 1:
            here = dict.fromkeys(n for one in names for n in at[wording(one).joined] if n not in own)
            first, *others = here or [-1]
            found |= dict.fromkeys(others, first)
    return found


def _listed_again(all_said: Sequence[Said], joined: Mapping[int, int]) -> dict[int, int]:
    """Places that join an action which another place of the note joins as well, with that one, the one that goes through
    earlier actions first."""
    found: dict[int, int] = {}
    first: dict[int, int] = {}
    for n in sorted(joined, key=lambda n: (all_said[n].place is not Place.PREVIOUS, n)):
        if joined[n] in first:
            found[n] = first[joined[n]]
        first.setdefault(joined[n], n)
    return found


def _put_together(all_said: Sequence[Said], repeats: Mapping[int, int]) -> Sequence[Said]:
    """What is said of an action with what repeats it."""
    whole = list(all_said)
    for n, first in repeats.items():
        one, other = whole[first], all_said[n]
        whole[first] = put_together((*one.mentions, *other.mentions), one.lead, (*one.echoes, *other.echoes))
    return whole


def _with_kinds(said: Said, is_joined: bool) -> list[Mention]:
    """A joined mention is reported wherever it stands; else the lead raises the action and the others repeat it."""
    every = (*said.mentions, *said.echoes)
    if is_joined or said.place is Place.PREVIOUS:
        return [_of_kind(mention, Kind.REPORTED) for mention in every]
    return [_of_kind(mention, Kind.RAISED if mention is said.lead else Kind.RECAP) for mention in every]


def _of_kind(mention: Mention, kind: Kind) -> Mention:
    return mention if mention.kind is kind else replace(mention, kind=kind)


def by_board(meeting: Meeting) -> tuple[str, tuple[Date, str]]:
    """How meetings sort: by board, date and key."""
    return meeting.board or "", meeting.order


def by_raising(action: Action) -> tuple[str, Date, tuple[str, bool, str, int]]:
    """How actions sort: by board, date and ref; what has no date comes last."""
    return action.board or "", action.first_seen.date or Date.max, natural(action.ref)
