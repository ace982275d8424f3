"""An action with how it stands on a given day: what every view of actions starts from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date

from rrbnotes.model import Action, Progress
from rrbnotes.reconciling.standing import Standing


@dataclass(frozen=True, slots=True)
class Entry:
    """One action on one day."""

    action: Action
    standing: Standing
    today: Date

    @property
    def outstanding(self) -> bool:
        """Whether somebody still has to do it."""
        return self.action.status.outstanding

    @property
    def latest(self) -> Progress | None:
        """The last progress that says where it stands."""
        return next((p for p in reversed(self.action.history) if p.status or p.reason), None)

    @property
    def moved(self) -> Date | None:
        """The last day on which it was raised or given a status."""
        days = [self.action.first_seen.date, *(p.date for p in self.action.history if p.status)]
        return max((day for day in days if day), default=None)

    @property
    def for_agreement(self) -> bool:
        """Finished between meetings, and no note has mentioned it since."""
        return waits_for_agreement(self.action)

    @property
    def rolled(self) -> int:
        """How often it was rolled over, while it is outstanding."""
        return self.standing.carried.rolled if self.outstanding else 0


def waits_for_agreement(action: Action) -> bool:
    """Whether it was finished between meetings, and no note has mentioned it since."""
    is_finished = waits = False
    for progress in action.history:
        if progress.meeting:
            waits = False
        elif progress.status:
            waits = not progress.status.outstanding and (waits or not is_finished)
        is_finished = not progress.status.outstanding if progress.status else is_finished
    return waits


def entries(actions: Iterable[Action], standings: Mapping[str, Standing], today: Date) -> tuple[Entry, ...]:
    """The actions in their order, each with its standing."""
    return tuple(Entry(action, standings[action.ref], today) for action in actions)
