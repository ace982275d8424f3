"""An action's life: what each meeting adds to it, and how it stands after the last."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rrbnotes.model import Action, Due, Meeting, Mention, Progress, Sighting, Status
from rrbnotes.owners import Directory
from rrbnotes.reconciling.recaps import Said
from rrbnotes.reconciling.wording import wording


@dataclass(slots=True)
class Life:
    """An action while the meetings go by."""

    first: Said
    latest: Said
    meeting: Meeting
    """The first that shows it."""
    is_raised: bool
    first_owners: tuple[str, ...]
    owners: tuple[str, ...]
    due: Due | None
    status: Status = Status.OPEN
    history: list[Progress] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def action(self, ref: str) -> Action:
        """The action as it stands now."""
        lead = self.first.lead
        seen = Sighting(self.meeting.key, self.meeting.date, lead.item, lead.at)
        return Action(
            ref=ref,
            board=self.meeting.board,
            action=lead.action,
            owners=self.owners,
            status=self.status,
            due=self.due,
            first_owners=self.first_owners,
            first_due=self.first.due,
            first_seen=seen,
            is_raised=self.is_raised,
            history=tuple(self.history),
            mentions=tuple(self.mentions),
            number=self.first.number,
        )


def begin(
    said: Said, meeting: Meeting, is_raised: bool, mentions: Sequence[Mention], directory: Directory
) -> Life:
    """The life of an action that this meeting is the first to show.

    Its raising is no progress, unless the note already says how it stands; a report always is.
    """
    owners = _shorts(said.owners, directory)
    life = Life(said, said, meeting, is_raised, owners, owners, said.due, mentions=list(mentions))
    if not is_raised or said.status:
        _progress(life, said, meeting, None, None)
    return life


def go_on(
    life: Life, said: Said, meeting: Meeting, mentions: Sequence[Mention], directory: Directory
) -> None:
    """Add what a later meeting says of the action."""
    owners = _shorts(said.owners, directory)
    re_owned = owners if owners and not set(owners) <= set(life.owners) else None
    re_dated = said.due if said.due and _is_other(said.due, life.due) else None
    life.mentions += mentions
    life.latest = said
    _progress(life, said, meeting, re_owned, re_dated)
    life.owners = re_owned or life.owners
    life.due = re_dated or life.due


def _progress(
    life: Life, said: Said, meeting: Meeting, owners: tuple[str, ...] | None, due: Due | None
) -> None:
    telling = said.progress
    words = telling.action if wording(telling.action).joined != life.first.wording.joined else None
    life.history.append(
        Progress(
            meeting.date, meeting.key, None, telling.status, telling.reason, due, owners, words, telling.at
        )
    )
    life.status = telling.status or life.status


def _shorts(names: Sequence[str], directory: Directory) -> tuple[str, ...]:
    return tuple(dict.fromkeys(directory.short(name) for name in names))


def _is_other(due: Due, before: Due | None) -> bool:
    """Whether it re-dates: words that fix no day change nothing."""
    facts = (due.date, due.latest, due.not_before, due.recurs)
    if not any(facts):
        return before is None
    return before is None or facts != (before.date, before.latest, before.not_before, before.recurs)
