"""Meetings to actions: meeting by meeting, each note put together and then joined with what came before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from rrbnotes.model import Action, Kind, Meeting, Mention, Place, Proposal, Register
from rrbnotes.owners import Directory
from rrbnotes.reconciling.history import Life, begin, go_on
from rrbnotes.reconciling.matching import Known, match, steady_numbers
from rrbnotes.reconciling.recaps import Said, gather
from rrbnotes.reconciling.refs import Numbering, natural


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The meetings with the final kinds of their mentions, in order of board and date, and the actions."""

    meetings: tuple[Meeting, ...]
    register: Register


def reconcile(meetings: Iterable[Meeting], directories: Mapping[str | None, Directory]) -> Reconciled:
    """Reconcile meetings given in any order; nothing is merged that the evidence does not carry."""
    ordered = sorted(meetings, key=lambda meeting: meeting.order)
    course = _Course(directories)
    said_at = {meeting.key: gather(meeting.mentions, course.directory(meeting)) for meeting in ordered}
    steady = _steady_numbers(ordered, said_at)
    final = [course.pass_through(meeting, said_at[meeting.key], steady[meeting.board]) for meeting in ordered]
    actions = sorted((life.action(ref) for ref, life in course.lives.items()), key=_order)
    final.sort(key=lambda meeting: (meeting.board or "", meeting.order))
    return Reconciled(tuple(final), Register(tuple(actions), tuple(course.proposals)))


class _Course:
    """The actions while the meetings go by."""

    def __init__(self, directories: Mapping[str | None, Directory]) -> None:
        self.directories = directories
        self.lives: dict[str, Life] = {}
        self.proposals: list[Proposal] = []
        self.numbering = Numbering()

    def directory(self, meeting: Meeting) -> Directory:
        """Who the meeting's board knows."""
        return self.directories.get(meeting.board) or Directory()

    def pass_through(self, meeting: Meeting, all_said: Sequence[Said], steady: frozenset[str]) -> Meeting:
        """Join what a meeting said with the actions so far, begin those that it is the first to show."""
        directory = self.directory(meeting)
        earlier = self._earlier(meeting, all_said)
        known = [_known(ref, self.lives[ref], meeting.board) for ref in earlier]
        matches = match(all_said, known, steady, directory)
        kinds: dict[Mention, Kind] = {}
        for n, said in enumerate(all_said):
            mentions = _with_kinds(said, n in matches.joined)
            kinds.update(zip(said.mentions, (mention.kind for mention in mentions), strict=True))
            if n in matches.joined:
                go_on(self.lives[earlier[matches.joined[n]]], said, meeting, mentions, directory)
                continue
            is_raised = said.place is not Place.PREVIOUS
            ref = self.numbering.next(meeting.key, is_raised)
            self.lives[ref] = begin(said, meeting, is_raised, mentions, directory)
            if n in matches.proposed:
                near = tuple((earlier[k], score) for k, score in matches.proposed[n])
                self.proposals.append(Proposal(said.lead, ref, near))
        return replace(meeting, mentions=tuple(replace(m, kind=kinds[m]) for m in meeting.mentions))

    def _earlier(self, meeting: Meeting, all_said: Sequence[Said]) -> list[str]:
        """The actions that a meeting may join: its board's, and those of others that it names by their refs. A note
        without a date joins nothing, and nothing joins what it raised."""
        if meeting.date is None:
            return []
        named = {said.ref for said in all_said}
        return [
            ref
            for ref, life in self.lives.items()
            if life.meeting.date and (life.meeting.board == meeting.board or ref in named)
        ]


def _steady_numbers(
    meetings: Sequence[Meeting], said_at: Mapping[str, Sequence[Said]]
) -> Mapping[str | None, frozenset[str]]:
    """By board, the own numbers that name actions."""
    by_board: dict[str | None, list[Said]] = defaultdict(list)
    for meeting in meetings:
        by_board[meeting.board] += said_at[meeting.key]
    return {board: steady_numbers(said) for board, said in by_board.items()}


def _known(ref: str, life: Life, board: str | None) -> Known:
    wordings = tuple({said.wording: None for said in (life.first, life.latest)})
    is_elsewhere = life.meeting.board != board
    return Known(ref, wordings, life.owners, life.first.number, life.status.outstanding, is_elsewhere)


def _with_kinds(said: Said, is_joined: bool) -> list[Mention]:
    """A joined mention is reported wherever it stands; else the lead raises the action and the others repeat it."""
    if is_joined or said.place is Place.PREVIOUS:
        return [replace(mention, kind=Kind.REPORTED) for mention in said.mentions]
    return [
        replace(mention, kind=Kind.RAISED if mention is said.lead else Kind.RECAP)
        for mention in said.mentions
    ]


def _order(action: Action) -> tuple[str, Date, tuple[str, bool, str, int]]:
    """By board, date and ref; what has no date comes last."""
    return action.board or "", action.first_seen.date or Date.max, natural(action.ref)
