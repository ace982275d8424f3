"""What one line says of all that follows under the same topic: who is in charge, from which week it is kept, that it is done."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from rrbnotes.dates import Precision, find_dates
from rrbnotes.model import AgendaItem, Place
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.candidates import Candidate
from rrbnotes.reading.headings import Rank
from rrbnotes.reading.outline import Outline


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds from a line on."""

    line: int
    owner: str = ""
    kept_from: str = ""
    """The week or day in brackets behind a label: `Next steps (W37):`."""
    is_done: bool = False
    """Its topic is ticked off."""
    topic: AgendaItem | None = None
    """The line with a check box that names it."""
    steps_from: str = ""
    """The week of the topic's newest list of next steps."""
    landed: frozenset[str] = frozenset()
    """Links that newer lines of the topic say are merged or done."""


_KEPT = re.compile(
    r"\W*(?:next steps?|actions?|action items|status|progress|to ?-?dos?) \((W\d{1,2}|[^()]{0,12}\d[^()]{0,12})\)\W*(?::|$)",
    re.IGNORECASE,
)
"""A label with the week, or the day, from which what stands below it is kept."""
_STEPS = re.compile(r"\W*next steps?\b", re.IGNORECASE)
_IN_CHARGE = re.compile(r"\W*(?:in charge|owner|lead|responsible)\s*:\s*([^\n]{1,60})$", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>()]*[^\s<>().,;:]")
_LANDED = re.compile(r"\b(?:landed|merged|done|closed|published|released|shipped)\b", re.IGNORECASE)
_MAX_TOPIC = 120
_WEEK = re.compile(r"W(\d{1,2})")


def scoped(candidates: Sequence[Candidate], outline: Outline, day: Date | None) -> tuple[Candidate, ...]:
    """The candidates with what their topic says: its owner where nothing nearer names one, and that a line kept from an
    earlier week reports that week's action, done if the topic is."""
    scopes = list(_scopes(outline))
    if not any(scope.owner or scope.kept_from or scope.topic for scope in scopes):
        return tuple(candidates)
    newest = max((int(week[1]) for scope in scopes if (week := _WEEK.fullmatch(scope.kept_from))), default=0)
    starts = [scope.line for scope in scopes]
    found = []
    for one in candidates:
        at = bisect_right(starts, one.at.line) - 1
        found.append(_within(one, scopes[at], newest, day) if at >= 0 else one)
    return tuple(found)


def _within(candidate: Candidate, scope: Scope, newest: int, day: Date | None) -> Candidate:
    hinted = replace(
        candidate, in_charge=scope.owner or candidate.in_charge, item=scope.topic or candidate.item
    )
    if not _is_earlier(scope.kept_from, newest, day):
        return hinted
    is_landed = bool(scope.landed & set(_LINK.findall(candidate.whole)))
    is_done = scope.is_done or candidate.ticked or is_landed
    is_replaced = bool(scope.steps_from and scope.steps_from != scope.kept_from)
    return replace(
        hinted,
        place=Place.PREVIOUS,
        ticked=True if is_done else candidate.ticked,
        status=candidate.status or ("superseded" if is_replaced and not is_done else ""),
    )


def _is_earlier(kept_from: str, newest: int, day: Date | None) -> bool:
    week = _WEEK.fullmatch(kept_from)
    if week:
        return int(week[1]) < newest
    dates = (
        [when for when in find_dates(kept_from, day) if when.precision is Precision.DAY] if kept_from else []
    )
    return bool(dates and day and dates[0].earliest < day)


def _scopes(outline: Outline) -> Iterator[Scope]:
    """A heading or a line with a check box begins a topic; labelled lines below say more of it."""
    now = Scope(0)
    for section in outline.sections:
        heading = section.heading
        if heading and heading.line < now.line:
            heading = None  # the section goes on behind a mere line's list
        if heading and heading.rank < Rank.COLON and not _KEPT.match(heading.title):
            now = Scope(heading.line)
            yield now
        elif heading:
            now = _kept(now, heading.line, heading.title)
            yield now
        for block in section.blocks:
            if block.form is not Form.PARAGRAPH:
                landed = frozenset(_landed(block))
                now = replace(now, line=block.line, landed=now.landed | landed)
                if landed:
                    yield now
                continue
            if block.ticked is not None:
                topic = AgendaItem(None, block.text.folded()[:_MAX_TOPIC], block.line)
                now = Scope(block.line, is_done=block.ticked, topic=topic)
                yield now
            for line in block.text.lines() if _has_label(block.text.plain) else ():
                owner, kept = _IN_CHARGE.match(line.plain), _KEPT.match(line.plain)
                if owner:
                    now = replace(now, line=line.line, owner=re.sub(r"\s*\(?\?\)?$", "", owner[1]))
                elif kept:
                    now = _kept(now, line.line, line.plain)
                if owner or kept:
                    yield now


def _has_label(words: str) -> bool:
    """Whether a printed line may say who is in charge or from when on it is kept."""
    return any(_IN_CHARGE.match(line) or _KEPT.match(line) for line in map(str.strip, words.split("\n")))


def _landed(block: Block) -> Iterator[str]:
    """The links in lines that say that they are merged or done."""
    for inner in block.walk():
        words = inner.text.plain
        if "://" in words and _LANDED.search(words):  # every link has that
            yield from _LINK.findall(words)


def _kept(now: Scope, line: int, label: str) -> Scope:
    """The scope that a label with a week begins; a newer list of next steps in the topic stands in the place of older ones."""
    found = _KEPT.match(label)
    week = found[1] if found else now.kept_from
    is_steps = found is not None and _STEPS.match(label) is not None
    steps = now.steps_from or (week if is_steps else "")
    return replace(now, line=line, kept_from=week, steps_from=steps)
