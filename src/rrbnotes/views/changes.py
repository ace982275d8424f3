"""What a sync did, in sentences: the counts, then whatever a person should look at."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import unified_diff

from rrbnotes.keeping.changes import FEW, Changes
from rrbnotes.model import Action, Due, Progress, Proposal, Register, Status
from rrbnotes.quoting import count, listed
from rrbnotes.reconciling.refs import natural
from rrbnotes.views.cells import due_words, owners_text
from rrbnotes.views.orders import NO_OWNER

_COUNTED = (Status.COMPLETE, Status.CLOSED, Status.ROLLED_OVER, Status.ONGOING, Status.OPEN)
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_LONGEST = 70
_MOST_NAMED = 10
_MOST_FILES = 3
_MOST_PROPOSALS = 5
_MOST_LOST = 5


def summary(done: Changes, register: Register, has_text: bool) -> str:
    """`3 new, 2 complete, 4 rolled over, 15 not reported, 1 proposal`."""
    counts = [("new", len(done.new)), *((status, done.says(status)) for status in _COUNTED)]
    moved = sum(was.first_seen.meeting != now.first_seen.meeting for was, now in done.edited)
    more = [
        ("only mentioned", done.says(None)),
        ("found in another note", moved),
        ("corrected in the notes", len(done.edited) - moved),
        ("changed by hand", len(done.by_hand)),
        ("put to earlier actions", len(done.folded)),
        ("no longer joined", len(done.dropped)),
        ("lost", len(done.lost)),
        ("not reported", done.unreported),
    ]
    said = [f"{number} {what}" for what, number in [*counts, *more] if number]
    proposals = [count(len(done.proposals), "proposal")] if done.proposals else []
    if has_text:
        return ", ".join([*said, *proposals]) or "no action changed"
    outstanding = sum(action.status.outstanding for action in register.actions)
    totals = [count(len(register.actions), "action"), f"{outstanding} outstanding"]
    return "nothing to do: " + (
        ", ".join([*totals, *said, *proposals]) if register.actions else "no action yet"
    )


def details(done: Changes) -> Iterator[str]:
    """A line for each thing that is not a plain report of a note."""
    moves = Counter((was.first_seen.meeting, now.first_seen.meeting) for was, now in done.edited)
    renamed = {
        (old, new): actions
        for (old, new), actions in moves.items()
        if old != new and old not in done.here and actions > 1
    }
    for (old, new), actions in renamed.items():
        yield f"{old} is now {new}: {actions} actions are first seen there"
    for gone, keep in done.folded:
        yield f"{gone}: is {keep} from now on, for its line names that"
    for before, after in done.edited:
        is_told = (before.first_seen.meeting, after.first_seen.meeting) in renamed
        yield from _edited(before, after, is_told)
    for action, progress in done.said:
        facts = _facts(replace(progress, status=None))
        if facts:
            yield f"{action.ref}: {facts}, as {progress.at or progress.meeting or progress.by} says"
    for ref, was, said in done.restated:
        turn = f"{was.status or 'no status'} → {said.status or 'no status'}"
        yield f"{ref}: {turn if was.status is not said.status else 'another reason'}, as {said.at} says now"
    for ref, progress in done.by_hand.items():
        yield f"{ref}: {_facts(progress)}, written in the register by hand: kept as progress of {progress.date}"
    for ref, meeting in done.dropped:
        yield f"{ref}: {meeting} no longer reports it; its progress there is taken out"
    for action in done.lost[:_MOST_LOST]:
        key = action.first_seen.meeting
        yield (
            f"{action.ref}: its line is gone from {key}: {short(action.action)}; put it back, or close it: "
            f"rrb update {action.ref} closed -m REASON"
        )
        for other in (
            new for new in done.new if new.first_seen.meeting == key and new.owners == action.owners
        ):
            yield f"  or is it {other.ref} now, {short(other.action)}? Then: rrb link {action.ref} same {other.ref}"
    if len(done.lost) > _MOST_LOST:
        yield f"… and {len(done.lost) - _MOST_LOST} more whose lines are gone: rrb doctor lists them"


def warnings(done: Changes) -> Iterator[str]:
    """A line for each note that is not here."""
    for key, records in done.absent.items():
        stay = "record names it and stays" if records == 1 else "records name it and stay"
        yield f"{key}: no such note here; {records} {stay} as the register has {'it' if records == 1 else 'them'}"


def too_many(done: Changes, accepted: frozenset[str], records: int) -> str:
    """Why a sync stops."""
    refs = sorted(done.loosened(accepted))
    return (
        f"{len(refs)} of {count(records, 'record')} would lose their line or a join: {', '.join(refs[:FEW])} …; are all "
        "notes here, and is it the right branch? `rrb sync -n` shows the changes; if they are right: rrb sync --force"
    )


def proposals(register: Register, only: Collection[str] | None = None) -> Iterator[str]:
    """Each mention that may speak of an earlier action, with the commands that say so or not; where `only` some are new,
    the first of these."""
    words = {action.ref: action for action in register.actions}
    told = [one for one in register.proposals if only is None or one.ref in only]
    for proposal in told if only is None else told[:_MOST_PROPOSALS]:
        yield from _proposal(proposal, words)
    left = len(register.proposals) - len(told[:_MOST_PROPOSALS])
    if only is not None and left:
        waiting = "1 proposal waits" if left == 1 else f"{left} proposals wait"
        yield f"{waiting} for an answer: rrb link --review"


def difference(shown: str, before: str, after: str) -> str:
    """A unified diff of two texts of the register; its lines end as they do there."""
    old, new = (_LINES.findall(text) for text in (before, after))
    return "".join(unified_diff(old, new, f"a/{shown}" if before else "/dev/null", f"b/{shown}"))


def reverted(before: Sequence[Action], after: Sequence[Action]) -> Iterator[str]:
    """What another text of the register says otherwise, in a line for each action; long lists are counted."""
    was, now = {a.ref: a for a in before}, {a.ref: a for a in after}
    for what, refs in (("is taken out", was.keys() - now.keys()), ("is back", now.keys() - was.keys())):
        if len(refs) > _MOST_NAMED:
            yield f"{count(len(refs), 'record')} {'are' + what[2:]}"
        else:
            yield from (
                f"{ref}: {what}: {short((was | now)[ref].action)}" for ref in sorted(refs, key=natural)
            )
    for ref, one in now.items():
        if ref in was and was[ref] != one:
            yield f"{ref}: {turned(was[ref], one) or f'still {one.status}'}: {short(one.action)}"


def files_turned(names: Sequence[str], how: str) -> Iterator[str]:
    """What becomes of files, in a line for each; of many only the first are named."""
    if len(names) > _MOST_NAMED:
        few = [*names[:_MOST_FILES], count(len(names) - _MOST_FILES, "other")]
        yield f"{len(names)} files are {how}: {listed(few)}"
    else:
        yield from (f"{name}: is {how}" for name in names)


def turned(was: Action, one: Action) -> str:
    """How an action stands now, where it stood otherwise; else nothing."""
    pairs = (
        ("", was.status, one.status),
        ("due ", _day(was.due), _day(one.due)),
        ("owners ", owners_text(was.owners) or NO_OWNER, owners_text(one.owners) or NO_OWNER),
    )
    return ", ".join(f"{label}{old} → {new}" for label, old, new in pairs if old != new)


def short(words: str) -> str:
    """An action's words in quotes, cut where they are long."""
    return f"“{words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + '…'}”"


def _edited(before: Action, after: Action, is_told: bool) -> Iterator[str]:
    """What the note now says of the raising; where that is may be told already."""
    at = after.first_seen.at
    was, now = before.first_seen, after.first_seen
    how = "raised" if after.is_raised else "first reported"
    if before.is_raised != after.is_raised or (was.meeting != now.meeting and not is_told):
        yield f"{after.ref}: {how} at {at} (was: {was.meeting})"
    elif was.date != now.date and not is_told:
        yield f"{after.ref}: {how} on {now.date or 'no day'}, as {at} says (was: {was.date or 'no day'})"
    if before.action != after.action:
        yield f"{after.ref}: now {short(after.action)}, as {at} says (was: {short(before.action)})"
    if was.item != now.item:
        yield f"{after.ref}: item now {now.item or 'none'}, as {at} says (was: {was.item or 'none'})"
    if before.first_owners != after.first_owners:
        names = [owners_text(one.first_owners) or NO_OWNER for one in (after, before)]
        yield (
            f"{after.ref}: owners {names[0]}, as {at} says (was: {names[1]}); to hand it on: "
            f"rrb update {after.ref} --owner …"
        )
    if before.first_due != after.first_due:
        days = [_day(one.first_due) for one in (after, before)]
        yield (
            f"{after.ref}: due {days[0]}, as {at} says (was: {days[1]}); to re-date it: rrb update {after.ref} --due …"
        )


def _day(due: Due | None) -> str:
    return due_words(due) if due else "none"


def _facts(progress: Progress) -> str:
    owners = f"owners {owners_text(progress.owners) or NO_OWNER}" if progress.owners is not None else ""
    due = f"due {due_words(progress.due)}" if progress.due else ""
    return ", ".join(part for part in (progress.status and f"status {progress.status}", owners, due) if part)


def _proposal(proposal: Proposal, words: Mapping[str, Action]) -> Iterator[str]:
    """The mention, then its candidates with the command that accepts each, then the one that refuses the first."""
    yield f"{proposal.ref} at {proposal.mention.at} may speak of an earlier action: {short(proposal.mention.action)}"
    for ref, score in proposal.candidates:
        yield f"  {score:.0%} {ref} {short(words[ref].action)}"
        yield f"      yes: rrb link {ref} same {proposal.ref}    no: rrb link {ref} different {proposal.ref}"
