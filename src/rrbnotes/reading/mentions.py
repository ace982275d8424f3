"""A candidate's raw words to a mention: status, ref, number, owners and due are cut by the grammars, in this order."""

import re
from datetime import date as Date

from rrbnotes.dates import read_due, read_due_cell
from rrbnotes.model import Due, Kind, Mention, Place, Status
from rrbnotes.owners import Cut, cell_owners, cut_owners, names_in
from rrbnotes.reading.candidates import Candidate
from rrbnotes.reading.columns import OWN_NUMBER, REF
from rrbnotes.reading.lore import Lore
from rrbnotes.statuses import Reading

_REF_BEHIND = re.compile(rf"\s*[\[(]({REF.pattern})[\])]\.?$")
_REF_BEFORE = re.compile(rf"[\[(]?({REF.pattern})[\])]?\s*[:–—-]?\s+")
_NUMBER_BEFORE = re.compile(rf"({OWN_NUMBER.pattern})\s*(?:[:–—-]\s*|\.\s+)")
_ROW_NUMBER = re.compile(r"\d{1,3}[.)]\s+")


def mention(candidate: Candidate, lore: Lore, day: Date | None, next_day: Date | None) -> Mention:
    """The mention that an accepted candidate is; `day` is the meeting's date, `next_day` that of the next one it announces."""
    words, ref = _cut_ref(
        _ROW_NUMBER.sub("", candidate.text, count=1) if not candidate.number else candidate.text
    )
    number = _NUMBER_BEFORE.match(words)
    words = words[number.end() :] if number else words
    said = lore.statuses.cut(words)
    cut = _owners(candidate, said.rest, lore)
    status, reason = _status(candidate, said, lore)
    is_previous = candidate.place is Place.PREVIOUS
    return Mention(
        at=candidate.at,
        place=candidate.place,
        kind=Kind.REPORTED if is_previous else Kind.RAISED,
        action=cut.rest.strip() or said.rest.strip() or candidate.whole,
        text=candidate.whole,
        owners=cut.owners,
        due=_due(candidate, said.rest, day, next_day),
        status=status,
        reason=reason,
        ref=candidate.ref or ref,
        number=candidate.number or (number[1] if number else None),
        item=str(candidate.item) if candidate.item else None,
        group=candidate.group if candidate.place is not Place.INLINE else 0,
    )


def _cut_ref(words: str) -> tuple[str, str | None]:
    behind = _REF_BEHIND.search(words, max(0, len(words) - 120))
    if behind:
        return words[: behind.start()], behind[1]
    before = _REF_BEFORE.match(words)
    return (words[before.end() :], before[1]) if before else (words, None)


def _owners(candidate: Candidate, words: str, lore: Lore) -> Cut:
    """A field for owners decides; then the action's own words; then the heading above. The words lose an owner phrase
    only where it names the owners."""
    cut = cut_owners(words, lore.directory)
    if candidate.owner:
        named = cell_owners(candidate.owner, lore.directory)
        repeats = bool(cut.owners) and set(map(lore.directory.short, cut.owners)) <= set(
            map(lore.directory.short, named)
        )
        return Cut(named, cut.rest if repeats else words)
    if not cut.owners and candidate.hint:
        return Cut(names_in(candidate.hint, lore.directory), words)
    return cut


def _status(candidate: Candidate, said: Reading, lore: Lore) -> tuple[Status | None, str]:
    """The words decide, in their own field before those in the text; then a tick or a line through it all."""
    field = lore.statuses.cell(candidate.status)
    if field.status:
        return field.status, field.reason
    if said.status:
        return said.status, said.reason or field.reason
    if candidate.ticked or candidate.words.looks("struck"):
        return Status.COMPLETE, field.reason
    return None, field.reason


def _due(candidate: Candidate, words: str, day: Date | None, next_day: Date | None) -> Due | None:
    return read_due_cell(candidate.due, day, next_day) or read_due(words, day, next_day)
