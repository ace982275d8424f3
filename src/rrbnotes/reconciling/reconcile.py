"""The meetings of one board to its actions: meeting by meeting, each note put together and then joined with what came before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rrbnotes.model import Action, Kind, Meeting, Mention, Place, Proposal, Register
from rrbnotes.owners import Directory
from rrbnotes.reconciling.history import Life, begin, go_on
from rrbnotes.reconciling.matching import Known, Matches, match, steady_numbers
from rrbnotes.reconciling.recaps import Said, gather
from rrbnotes.reconciling.refs import Numbering, natural


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A board's meetings with the final kinds of their mentions, and its actions."""

    meetings: tuple[Meeting, ...]
    register: Register


def reconcile(meetings: Iterable[Meeting], directory: Directory) -> Reconciled:
    """Reconcile one board's meetings, in any order given; nothing is merged that the evidence does not carry."""
    ordered = sorted(meetings, key=lambda meeting: meeting.order)
    said_at = [gather(meeting.mentions, directory) for meeting in ordered]
    steady = steady_numbers(said for all_said in said_at for said in all_said)
    lives: dict[str, Life] = {}
    proposals: list[Proposal] = []
    numbering = Numbering()
    final = []
    for meeting, all_said in zip(ordered, said_at, strict=True):
        refs = list(lives) if meeting.date else []  # a note without a date joins nothing
        earlier = [ref for ref in refs if lives[ref].meeting.date]
        matches = match(all_said, [_known(ref, lives[ref]) for ref in earlier], steady, directory)
        kinds: dict[Mention, Kind] = {}
        for n, said in enumerate(all_said):
            mentions = _with_kinds(said, n in matches.joined)
            kinds.update(zip(said.mentions, (m.kind for m in mentions), strict=True))
            if n in matches.joined:
                go_on(lives[earlier[matches.joined[n]]], said, meeting, mentions, directory)
                continue
            is_raised = said.place is not Place.PREVIOUS
            ref = numbering.next(meeting.key, is_raised)
            lives[ref] = begin(said, meeting, is_raised, mentions, directory)
            proposals += _proposals(said, ref, n, matches, earlier)
        final.append(replace(meeting, mentions=tuple(replace(m, kind=kinds[m]) for m in meeting.mentions)))
    actions = sorted((life.action(ref) for ref, life in lives.items()), key=_order)
    return Reconciled(tuple(final), Register(tuple(actions), tuple(proposals)))


def _known(ref: str, life: Life) -> Known:
    latest = life.latest or life.first
    wordings = tuple({said.wording: None for said in (life.first, latest)})
    return Known(ref, wordings, life.owners, life.first.number, life.status.outstanding)


def _with_kinds(said: Said, is_joined: bool) -> list[Mention]:
    """A joined mention is reported wherever it stands; else the lead raises the action and the others repeat it."""
    if is_joined or said.place is Place.PREVIOUS:
        return [replace(mention, kind=Kind.REPORTED) for mention in said.mentions]
    return [
        replace(mention, kind=Kind.RAISED if mention is said.lead else Kind.RECAP)
        for mention in said.mentions
    ]


def _proposals(said: Said, ref: str, n: int, matches: Matches, earlier: Sequence[str]) -> list[Proposal]:
    near = matches.proposed.get(n)
    return [Proposal(said.lead, ref, tuple((earlier[k], score) for k, score in near))] if near else []


def _order(action: Action) -> tuple[object, ...]:
    seen = action.first_seen
    return (seen.date is None, seen.date, natural(action.ref)) if seen.date else (True, natural(action.ref))
