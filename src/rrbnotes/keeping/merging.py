"""Several texts of the register to one, as bytes: for git's merge driver, for `undo` and for a conflict in the file."""

import codecs
from collections.abc import Callable, Sequence

from rrbnotes.errors import RrbError
from rrbnotes.keeping.ledger import read_bytes, text_of
from rrbnotes.memory import REGISTER
from rrbnotes.model import Action, Meeting
from rrbnotes.reconciling.wording import likeness, wording
from rrbnotes.register.merging import Merged, merge, resolved


def merge_sides(base: bytes, ours: bytes, theirs: bytes, shown: str, size: int) -> Merged:
    """What git asks for; an empty base says that both sides made the file. Raises `RegisterError` where one is damaged."""
    before = read_bytes(base, shown) if base.strip() else None
    return merge(before, read_bytes(ours, shown), read_bytes(theirs, shown), size=size)


def merge_bytes(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """The changes from base to theirs, made in ours; raises where both changed the same value."""
    merged = merge_sides(base, ours, theirs, REGISTER, 7)
    if merged.clashes:
        what = "; ".join(f"{c.ref} {c.field}: {c.ours} now, {c.theirs} before" for c in merged.clashes)
        raise RrbError(
            f"{REGISTER}: changed again since; nothing was undone: {what}; say by hand what is to stand"
        )
    return (codecs.BOM_UTF8 if ours.startswith(codecs.BOM_UTF8) else b"") + merged.text.encode()


def healed(data: bytes, shown: str, meetings: Sequence[Meeting]) -> Merged:
    """The register with the two sides of a conflict merged; of two actions with one new ref the one keeps it whose line
    comes first in the merged note."""
    return resolved(text_of(data, shown), shown, _comes_first(meetings))


def _comes_first(meetings: Sequence[Meeting]) -> Callable[[Action, Action], bool]:
    """Whether the first action's line comes before the second one's; an action without a line comes last."""
    notes = {meeting.key: meeting for meeting in meetings}

    def line(action: Action) -> float:
        note = notes.get(action.first_seen.meeting or "")
        words = wording(action.action)
        scored = [(likeness(words, wording(m.action)), -m.at.line) for m in note.mentions] if note else []
        score, place = max(scored, default=(0.0, 0))
        return -place if score else float("inf")

    return lambda ours, theirs: line(ours) <= line(theirs)
