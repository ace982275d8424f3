"""Meetings and register to actions: meeting by meeting, each note put together and then joined with what came before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from rrbnotes.model import Action, Kind, Link, Meeting, Mention, Place, Proposal, Register
from rrbnotes.owners import Directory
from rrbnotes.reconciling.history import Life, begin, from_record, go_on
from rrbnotes.reconciling.known import Known, Note, steady_numbers
from rrbnotes.reconciling.matching import match
from rrbnotes.reconciling.promises import reports, with_promises
from rrbnotes.reconciling.recaps import Said, gather, with_echoes
from rrbnotes.reconciling.recognising import Spot, recognise
from rrbnotes.reconciling.refs import REPORTED, Numbering, natural
from rrbnotes.reconciling.renames import follow
from rrbnotes.reconciling.spellings import with_spellings
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
    boards = dict.fromkeys(meeting.board for meeting in ordered)
    directories = {
        board: with_spellings(directories.get(board) or Directory(), board, ordered) for board in boards
    }
    said_at = {m.key: _said(m, directories.get(m.board) or Directory()) for m in ordered}
    records = follow(records, ordered, said_at)
    steady = _steady_numbers(ordered, said_at)
    course = _Course(
        directories, recognise(ordered, said_at, records, directories), records, frozenset(said_at)
    )
    final = [course.pass_through(meeting, said_at[meeting.key], steady[meeting.board]) for meeting in ordered]
    final.sort(key=lambda meeting: (meeting.board or "", meeting.order))
    return Reconciled(tuple(final), course.register(records))


def _said(meeting: Meeting, directory: Directory) -> list[Said]:
    own = [mention for mention in meeting.mentions if not (mention.in_passing or mention.echoes)]
    echoes = (mention for mention in meeting.mentions if mention.echoes)
    return with_echoes(with_promises(gather(own, directory), meeting.promises, directory), echoes)


class _Course:
    """The actions while the meetings go by."""

    def __init__(
        self,
        directories: Mapping[str | None, Directory],
        recognised: Mapping[Spot, Action],
        records: Sequence[Action],
        present: frozenset[str],
    ) -> None:
        self.directories = directories
        self.recognised = recognised
        self.present = present
        self.numbering = _numbering(records)
        self.lives: list[Life] = []
        self.known: dict[int, tuple[object, Known]] = {}
        self.proposals: list[tuple[Mention, Life, tuple[tuple[Life, float], ...]]] = []
        here = {record.ref for record in recognised.values()}
        gone = [record for record in records if record.ref not in here]
        self.to_come = sorted(
            gone, key=lambda r: (r.first_seen.date or Date.min, natural(r.ref)), reverse=True
        )
        """Records whose line is not here, the earliest last."""

    def pass_through(self, meeting: Meeting, all_said: Sequence[Said], steady: frozenset[str]) -> Meeting:
        """Join what a meeting said with the actions so far, begin those that it is the first to show."""
        self._reach(meeting.date)
        directory = self.directories.get(meeting.board) or Directory()
        own = {
            n: self.recognised[Spot(meeting.key, n)]
            for n in range(len(all_said))
            if Spot(meeting.key, n) in self.recognised
        }
        earlier = self._earlier(meeting, all_said)
        repeats = _repeats(meeting, all_said, own, earlier)
        all_said = _put_together(all_said, repeats)
        known = [_known(life, meeting, self.known) for life in earlier]
        settled = {n: record.ref for n, record in own.items() if not self._may_be_older(record, earlier)}
        settled |= {n: own[first].ref if first in own else "" for n, first in repeats.items()}
        matches = match(Note(all_said, known, settled, steady, directory))
        again = _listed_again(all_said, {n: k for n, k in matches.joined.items() if n not in own})
        all_said = _put_together(all_said, again)
        repeats |= again
        final: list[Mention] = []
        for n, said in enumerate(all_said):
            if n in repeats:
                continue
            target = earlier[matches.joined[n]] if n in matches.joined else None
            if n in own and target and target.ref:
                target = (
                    None  # it may only turn out to be an action that an older note raises and no record has
                )
            mentions = _with_kinds(said, target is not None)
            final += mentions
            if target:
                if n in own:
                    target.adopt(own[n], self.present)
                go_on(target, said, meeting, mentions, directory)
                continue
            life = begin(said, meeting, said.place is not Place.PREVIOUS, mentions, directory)
            if n in own:
                life.adopt(own[n], self.present)
            else:
                life.tentative = self.numbering.next(meeting.key, _mark(life))
            self.lives.append(life)
            near = tuple((earlier[k], score) for k, score in matches.proposed.get(n, ()))
            if near:
                self.proposals.append((said.lead, life, near))
        for k, said in reports(meeting, all_said, known, set(matches.joined.values()), directory).items():
            mentions = _with_kinds(said, is_joined=True)
            final += mentions
            go_on(earlier[k], said, meeting, mentions, directory)
        self._reach(meeting.date)
        return replace(meeting, mentions=tuple(sorted(final, key=lambda mention: mention.at)))

    def register(self, records: Sequence[Action]) -> Register:
        """All actions once the last meeting is over; new ones get the next free refs of their meetings."""
        self._reach(None)
        numbering = _numbering(records)  # anew, since a record may have taken the place of a tentative ref
        for life in self.lives:
            life.ref = life.ref or numbering.next(life.first_seen.meeting or "", _mark(life))
        proposals = tuple(
            Proposal(lead, life.ref or "", tuple((other.ref or "", score) for other, score in near))
            for lead, life, near in self.proposals
        )
        return Register(tuple(sorted((life.action() for life in self.lives), key=_order)), proposals)

    def _reach(self, day: Date | None) -> None:
        """Let time pass up to a day: records without a line begin, manual progress is taken."""
        while self.to_come and (day is None or (self.to_come[-1].first_seen.date or Date.min) <= day):
            self.lives.append(from_record(self.to_come.pop(), self.present))
        for life in self.lives:
            life.catch_up(day)

    def _may_be_older(self, record: Action, earlier: Sequence[Life]) -> bool:
        """Whether a p-record may be an action that a note added since raises, which no record has yet."""
        return not record.is_raised and any(life.ref is None for life in earlier)

    def _earlier(self, meeting: Meeting, all_said: Sequence[Said]) -> list[Life]:
        """The actions that a meeting may join: its board's, and those of others that it names by their refs or that a
        person linked. A note without a date joins nothing, and nothing else joins what it raised."""
        if meeting.date is None:
            return []
        named = {said.ref for said in all_said}

        def is_named(life: Life) -> bool:
            return (life.ref or life.tentative) in named or any(
                link.meeting == meeting.key for link in life.links
            )

        return [
            life
            for life in self.lives
            if life.first_seen.meeting != meeting.key
            and ((life.first_seen.date and life.board == meeting.board) or is_named(life))
        ]


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


def _known(life: Life, meeting: Meeting, kept: dict[int, tuple[object, Known]]) -> Known:
    """An action as this meeting's matching sees it; what a person or the register said of this meeting's words with it.
    `kept` holds what was made at an earlier meeting: most actions do not change from one to the next."""
    state = (
        life.ref,
        life.record is None,
        life.latest,
        life.owners,
        life.status,
        life.number,
        life.board == meeting.board,
    )
    before, plain = kept.get(id(life), (None, None))
    if plain is None or before != state:
        plain = Known(
            refs=frozenset((*life.also, life.ref or life.tentative)),
            wordings=tuple(dict.fromkeys((life.wording, *life.latest))),
            owners=life.owners,
            number=life.number,
            outstanding=life.status.outstanding,
            item=life.first_seen.item or "",
            elsewhere=life.board != meeting.board,
            barred=frozenset(life.not_same),
        )
        kept[id(life)] = (state, plain)
    here = [link for link in life.links if link.meeting == meeting.key and link.words]
    reported = life.reported.get(meeting.key)
    if not here and not reported:
        return plain
    words = {
        verb: {wording(link.words or "").joined for link in here if link.verb == verb} for verb in _OF_WORDS
    }
    return replace(
        plain,
        linked=frozenset(words["same"]),
        reported=reported or {},
        barred=plain.barred | words["different"],
    )


_OF_WORDS = ("same", "different")
"""What a person may say of the words of a meeting."""


def _repeats(
    meeting: Meeting, all_said: Sequence[Said], own: Mapping[int, Action], earlier: Iterable[Life]
) -> dict[int, int]:
    """Places of what a person said is the same as another place of this very note, with that one: a line beside the
    action's own, or a second one of an earlier action."""
    at: dict[str, list[int]] = defaultdict(list)
    for n, said in enumerate(all_said):
        at[said.wording.joined].append(n)
    found: dict[int, int] = {}
    for first, record in own.items():
        said_here = (link.words or "" for link in _joins(record.links) if link.meeting == meeting.key)
        found |= {n: first for words in said_here for n in at[wording(words).joined] if n not in own}
    for life in earlier:
        names = dict.fromkeys((life.words, *(link.words or "" for link in _joins(life.links))))
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


def _joins(links: Iterable[Link]) -> list[Link]:
    """The links that make words of some meeting the action's."""
    return [link for link in links if link.verb == "same" and link.words]


def _put_together(all_said: Sequence[Said], repeats: Mapping[int, int]) -> Sequence[Said]:
    """What is said of an action with what repeats it."""
    whole = list(all_said)
    for n, first in repeats.items():
        mentions = sorted((*whole[first].mentions, *all_said[n].mentions), key=lambda mention: mention.at)
        echoes = (*whole[first].echoes, *all_said[n].echoes)
        whole[first] = replace(whole[first], mentions=tuple(mentions), echoes=echoes)
    return whole


def _with_kinds(said: Said, is_joined: bool) -> list[Mention]:
    """A joined mention is reported wherever it stands; else the lead raises the action and the others repeat it."""
    every = (*said.mentions, *said.echoes)
    if is_joined or said.place is Place.PREVIOUS:
        return [replace(mention, kind=Kind.REPORTED) for mention in every]
    return [replace(mention, kind=Kind.RAISED if mention is said.lead else Kind.RECAP) for mention in every]


def _order(action: Action) -> tuple[str, Date, tuple[str, bool, str, int]]:
    """By board, date and ref; what has no date comes last."""
    return action.board or "", action.first_seen.date or Date.max, natural(action.ref)
