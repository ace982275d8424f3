"""How actions stand on a day: carried, unreported, overdue and age; what the clock and the held meetings decide."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date as Date

from rrbnotes.model import Action, Carried, Meeting, Progress, Register, Standing, Status


def standings(meetings: Sequence[Meeting], register: Register, today: Date) -> dict[str, Standing]:
    """The standing of each action, by ref."""
    held: dict[str | None, list[Meeting]] = defaultdict(list)
    for meeting in sorted(meetings, key=lambda m: m.order):
        if meeting.date and not meeting.is_draft(today):
            held[meeting.board].append(meeting)
    return {action.ref: standing(action, held[action.board], today) for action in register.actions}


def standing(action: Action, held: Sequence[Meeting], today: Date) -> Standing:
    """One action's standing; `held` are the meetings of its board that took place, in order."""
    mentioned = {mention.at.path for mention in action.mentions}
    latest = held[-1] if held else None
    is_outstanding = action.status.outstanding
    deadline = action.due.deadline if action.due else None
    return Standing(
        carried=_carried(action, held, mentioned),
        unreported=bool(
            is_outstanding and latest and _follows(latest, action) and latest.path not in mentioned
        ),
        overdue=bool(is_outstanding and deadline and today > deadline),
        age_days=_age(action, today),
        last_reported=action.history[-1] if action.history else None,
    )


def _follows(meeting: Meeting, action: Action) -> bool:
    """Whether a meeting comes after the one that first shows the action."""
    first = action.first_seen
    return first.date is not None and meeting.order > (first.date, first.meeting)


def _carried(action: Action, held: Sequence[Meeting], mentioned: set[str]) -> Carried:
    """Counts the meetings after which the action was still outstanding; one first seen as reported counts that meeting too."""
    to_come = list(reversed(action.history))
    status, reported, rolled, silent = Status.OPEN, 0, 0, 0
    for meeting in held:
        said = [to_come.pop() for _ in range(len(to_come)) if to_come and _is_said_by(to_come[-1], meeting)]
        status = next((progress.status for progress in reversed(said) if progress.status), status)
        is_first = meeting.key == action.first_seen.meeting
        if not status.outstanding or not (_follows(meeting, action) or (is_first and not action.is_raised)):
            continue
        is_mentioned = meeting.path in mentioned
        reported += is_mentioned
        rolled += any(p.meeting == meeting.key and p.status is Status.ROLLED_OVER for p in said)
        silent += not is_mentioned
    return Carried(reported, rolled, silent)


def _is_said_by(progress: Progress, meeting: Meeting) -> bool:
    """Whether a progress was known once a meeting was over: its own, an earlier one, or an update up to its day."""
    day, held = progress.date or Date.min, meeting.date or Date.min
    return progress.meeting == meeting.key or day < held or (day == held and progress.meeting is None)


def _age(action: Action, today: Date) -> int | None:
    start = action.first_seen.date
    if start is None:
        return None
    ended = next(
        (p.date for p in reversed(action.history) if p.status and not p.status.outstanding and p.date), None
    )
    end = ended if ended and not action.status.outstanding else today
    return max(0, (end - start).days)
