"""Where an action stands; by itself, since settings and every start of the program know no more of the model."""

from enum import StrEnum


class Status(StrEnum):
    """Where an action stands."""

    OPEN = "open"
    ONGOING = "ongoing"
    ROLLED_OVER = "rolled over"
    COMPLETE = "complete"
    CLOSED = "closed"

    @property
    def outstanding(self) -> bool:
        """Whether somebody still has to do it; the others are finished."""
        return self not in (Status.COMPLETE, Status.CLOSED)
