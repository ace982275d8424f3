"""A candidate's raw words to a mention: status, ref, number, owners and due are cut by the grammars, in this order."""

import re
from dataclasses import replace
from datetime import date as Date
from functools import lru_cache

from rrbnotes.dates import ANY_DAY, find_dates, read_due, read_due_cell
from rrbnotes.model import Due, Kind, Mention, Place, Status
from rrbnotes.owners import Cut, cell_owners, cut_owners, sure_names_in
from rrbnotes.reading.candidates import Candidate
from rrbnotes.reading.columns import NUMBER_BEFORE, REF
from rrbnotes.reading.lore import Lore
from rrbnotes.statuses import Reading, Words, told

_REF_BEHIND = re.compile(rf"[\[(]({REF.pattern})[\])]\.?$")
_REF_BEFORE = re.compile(rf"[\[(]?({REF.pattern})[\])]?\s*[:–—-]?\s+")
_LAST_FIELD = re.compile(r"\s[-–—]\s+([^-–—]{3,40}?|\d{4}-\d{2}-\d{2})\.?$")
_ROW_NUMBER = re.compile(r"^\d{1,3}[.)]\s+")

# An action's words come again in the note's summary and in the next notes.
_cell = lru_cache(maxsize=2048)(Words.cell)
_cut = lru_cache(maxsize=2048)(Words.cut)


def mention(candidate: Candidate, lore: Lore, day: Date | None, next_day: Date | None) -> Mention:
    """The mention that an accepted candidate is; `day` is the meeting's date, `next_day` that of the next one it announces."""
    words, ref = _cut_ref(candidate.text if candidate.number else _ROW_NUMBER.sub("", candidate.text))
    number = NUMBER_BEFORE.match(words)
    said = _said(words[number.end() :] if number else words, candidate, lore)
    told = _cell(lore.statuses, words) if ref and not said.status else Reading()
    if told.status:  # `2026-01-12.3: complete`: nothing but how the action with that ref stands
        said = replace(told, rest=words)
    rest, ref = (said.rest, ref) if ref else _cut_ref(said.rest)
    cut = _owners(candidate, rest, lore)
    if not said.status and cut.rest != said.rest:  # the owner may have stood behind the status
        said = _cut(lore.statuses, cut.rest)
        cut = Cut(cut.owners, said.rest)
    status, reason = _status(candidate, said, lore)
    place = candidate.place
    return Mention(
        at=candidate.at,
        place=place,
        kind=Kind.REPORTED if place is Place.PREVIOUS else Kind.RAISED,
        action=cut.rest.strip() or rest.strip() or candidate.whole,
        text=candidate.whole,
        owners=cut.owners,
        due=_due(candidate, rest, day, next_day),
        status=status,
        reason=reason,
        ref=candidate.ref or ref,
        number=candidate.number or (number[1] if number else None),
        item=str(candidate.item) if candidate.item else None,
        group=candidate.group if place is not Place.INLINE else 0,
        is_remark=candidate.is_remark or told.status is not None,
        echoes=candidate.generated == "summary"
        and candidate.ref is not None,  # what somebody typed has no ref
        follow_up=cut_owners(candidate.follow_up, lore.directory).rest if candidate.follow_up else "",
    )


def _said(words: str, candidate: Candidate, lore: Lore) -> Reading:
    """What the words say of progress; a status in bold at their end needs no dash."""
    said = _cut(lore.statuses, words)
    if said.status:
        return said
    tail = " ".join(candidate.words.plain[candidate.words.trailing("strong") :].split())
    if tail and words.endswith(tail) and len(tail) < len(words):
        bold = _cell(lore.statuses, tail)
        if bold.status:
            return Reading(bold.status, bold.reason.strip(" !"), words[: -len(tail)].rstrip(" -–—:("))
    return said


def _cut_ref(words: str) -> tuple[str, str | None]:
    behind = _REF_BEHIND.search(words, max(0, len(words) - 120))
    if behind:
        return words[: behind.start()].rstrip(), behind[1]
    before = _REF_BEFORE.match(words)
    return (words[before.end() :], before[1]) if before else (words, None)


def _owners(candidate: Candidate, words: str, lore: Lore) -> Cut:
    """A field for owners decides; then the action's own words; then the heading above. The words lose an owner phrase
    only where it names the owners."""
    if candidate.generated == "previous" and not candidate.owner:
        return Cut((), words)
    cut = _owner_before_due(words, lore)
    if candidate.owner:
        named = cell_owners(candidate.owner, lore.directory)
        repeats = bool(cut.owners) and set(map(lore.directory.short, cut.owners)) <= set(
            map(lore.directory.short, named)
        )
        return Cut(named, cut.rest if repeats else words)
    if not cut.owners and candidate.hint:
        return Cut(sure_names_in(candidate.hint, lore.directory), words)
    if not cut.owners and candidate.in_charge:
        return Cut(_in_charge(candidate.in_charge, lore), words)
    return cut


def _in_charge(words: str, lore: Lore) -> tuple[str, ...]:
    """The people in charge of a topic: sure names, or handles."""
    names = sure_names_in(words, lore.directory)
    parts = cell_owners(words, lore.directory)
    return names or (parts if all(_HANDLE.fullmatch(part) for part in parts) else ())


_HANDLE = re.compile(r"[a-z][\w-]*\d*")


def _owner_before_due(words: str, lore: Lore) -> Cut:
    """The owner in the words; one that stands behind them, but before the date (`… [JS] by 10 June`), counts as last."""
    cut = cut_owners(words, lore.directory)
    if cut.owners:
        return cut
    behind = _date_behind(words)
    if not behind:
        due = read_due(words, ANY_DAY, None)
        behind = due.text if due else ""
    if not behind or not words.rstrip(" .").endswith(behind):
        return cut
    before = words[: words.rindex(behind)].rstrip(" ,(-–—")
    inner = cut_owners(before, lore.directory)
    return Cut(inner.owners, f"{inner.rest} {words[len(before) :].lstrip(' ,')}") if inner.owners else cut


@lru_cache(maxsize=2048)
def _date_behind(words: str) -> str:
    """A date that stands alone behind a dash, as a field without a heading: `… - JS - 12 June 2024`."""
    last = _LAST_FIELD.search(words, max(0, len(words) - 60))
    dates = find_dates(last[1], None) if last else []
    return last[1] if last and dates and (dates[0].start, dates[0].end) == (0, len(last[1])) else ""


def _status(candidate: Candidate, said: Reading, lore: Lore) -> tuple[Status | None, str]:
    """The words decide, in their own field before those in the text; then a tick or a line through it all."""
    field = _cell(lore.statuses, candidate.status)
    if field.status:
        return field.status, field.reason
    if said.status:
        return said.status, said.reason or field.reason
    if candidate.is_remark:
        return told(said.rest), field.reason
    if candidate.told:
        return told(candidate.told), field.reason
    if candidate.ticked or candidate.words.looks("struck"):
        return Status.COMPLETE, field.reason
    return _cell(lore.statuses, candidate.standing).status, field.reason


def _due(candidate: Candidate, words: str, day: Date | None, next_day: Date | None) -> Due | None:
    if candidate.generated == "previous":
        return read_due_cell(candidate.due, day, next_day)
    field = candidate.due or _date_behind(words)
    in_field = read_due_cell(field, day, next_day) if field else None
    return in_field or read_due(words, day, next_day)
