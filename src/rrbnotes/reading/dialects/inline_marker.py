"""A line that is marked as an action among the discussion: `**Action:** …`, `ACTION 1: …`, `AP1`, `AI:`, `Action (NPS):`, `[ACTION]`."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from rrbnotes.model import Place
from rrbnotes.owners import leading_owners, named, sure_names_in
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.candidates import (
    Candidate,
    Fields,
    Passage,
    Refusal,
    candidate,
    refusal,
)
from rrbnotes.reading.details import fields_below
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.markers import Marker, markers
from rrbnotes.reading.placeholders import is_placeholder
from rrbnotes.reading.roles import Role
from rrbnotes.reading.sentences import sentence_starts
from rrbnotes.reading.stretches import Stretch, stretches
from rrbnotes.reading.text import Text
from rrbnotes.statuses import Words


def inline_marker(passage: Passage, lore: Lore) -> tuple[Candidate, ...] | None:
    """The marker stands at the start of a paragraph, list item, printed line or sentence, and the words up to the next
    one follow it. Where only owners follow it (`… by June. Action: Clerk`), its action is the sentence before."""
    block = passage.block
    if block.form not in (Form.PARAGRAPH, Form.ITEM, Form.HEADING) or not block.text:
        return None
    found = list(markers(block.text, lore.vocabulary.markers, lore.directory))
    if not found:
        has_brackets = "[" in block.text.plain or "(" in block.text.plain
        return _bracketed(passage, lore) or _tagged(passage, lore) if has_brackets else None
    ends = [marker.start for marker in found[1:]] + [len(block.text.plain)]
    below = fields_below(replace(block, children=(passage.after,)) if passage.after else block, lore)
    made: list[Candidate] = []
    before = 0
    for marker, end in zip(found, ends, strict=True):
        made += _marked(passage, marker, end, before, below, lore)
        before = marker.end
    return tuple(made)


def _marked(
    passage: Passage, marker: Marker, end: int, before: int, below: Fields, lore: Lore
) -> Iterator[Candidate]:
    """What a marker marks, up to the next one; a marker alone over sub-items is their heading and none itself."""
    text = passage.block.text
    words = text.slice(marker.end, end)
    if not words and passage.block.children:
        return
    if not words:
        yield refusal(passage, "inline-marker", Refusal.NO_WORDS, Text("", text.line_at(marker.start)))
        return
    if is_placeholder(words.folded()):
        yield refusal(passage, "inline-marker", "a marker with a placeholder behind it", words)
        return
    if passage.is_detail and marker.follows_up:
        yield refusal(passage, "inline-marker", "it says what follows from the action above it", words)
        return
    by = " ".join(text.plain[marker.start : marker.end].split())
    why = f"marked with '{by}'"
    said = _said_before(passage, marker, words, before, lore)
    if said:
        rest = words.plain.partition(said.owner)[2].strip(" .*_")
        below = below if below.status or not lore.statuses.cell(rest).status else below._replace(status=rest)
        why = f"{why}, behind its words"
        yield _candidate(passage, said, why, below, said.owner, "", marker=by, is_marked_behind=True)
        return
    doer = _doer_before(text.plain[before : marker.start], lore)
    for n, stretch in enumerate(stretches(words, lore.directory)):
        own = stretch.words
        if not n:  # the marker's line is the action's
            own = Text(own.plain, text.line_at(marker.start), own.breaks, own.spans)
        owner = stretch.owner or marker.owner or doer
        yield _candidate(passage, Stretch(own, stretch.owner), why, below, owner, marker.number, marker=by)


def _candidate(
    passage: Passage, stretch: Stretch, why: str, below: Fields, owner: str, number: str, **more: Any
) -> Candidate:
    is_reviewed = passage.role is Role.PREVIOUS and not passage.is_detail  # else agreed on the one above
    is_listed = passage.role is Role.ACTIONS and passage.block.form is Form.ITEM
    return candidate(
        passage,
        "inline-marker",
        why,
        stretch.words,
        place=Place.PREVIOUS if is_reviewed else Place.LIST if is_listed else Place.INLINE,
        owner=owner or below.owner,
        due=below.due,
        status=below.status,
        follow_up=below.follow_up,
        number=number,
        **more,
    )


def _said_before(passage: Passage, marker: Marker, words: Text, before: int, lore: Lore) -> Stretch | None:
    """The sentence before a marker with nothing but owners behind it, or the words above it where it begins its block."""
    names, end = leading_owners(_before_status(words.plain, lore), lore.directory)
    text = passage.block.text.slice(before, marker.start) if marker.start else passage.above
    if not names or not text:
        return None
    is_taken = not marker.start and any(markers(text, lore.vocabulary.markers, lore.directory))
    if is_taken:
        return None
    starts = [at for at in sentence_starts(text.plain) if at < len(text.plain)]
    start = next((at for at in reversed(starts) if not _LEANS_BACK.match(text.plain, at)), starts[0])
    return Stretch(text.slice(start), words.plain[:end].strip(" .;,"))


def _before_status(words: str, lore: Lore) -> str:
    """The words up to one that says that it is over: `Ann Done by Bob before the call`."""
    small = " ".join(words.casefold().split())
    if words.isascii() and not any(phrase in small for phrase in _over(lore.statuses)):
        return words  # a sign that says it is not ASCII
    for found in re.finditer(r"(?<=\s)\S", words[:60]):
        status = lore.statuses.cell(words[found.start() :].lstrip("*_ ")).status
        if status and not status.outstanding:
            return words[: found.start()]
    return words


@lru_cache(maxsize=8)
def _over(statuses: Words) -> tuple[str, ...]:
    """The phrases that say that an action is over."""
    return tuple(phrase for phrase, status in statuses.known.items() if not status.outstanding)


def _doer_before(words: str, lore: Lore) -> str:
    """`Katy ACTION: check the lease`, `Katy - ACTION - check`: nothing but a name before the marker."""
    names = sure_names_in(words.rstrip(" \t-–—"), lore.directory) if 0 < len(words) <= 60 else ()
    return ", ".join(names)


_LEANS_BACK = re.compile(r"(?:to be|this|these|they|it)\b", re.IGNORECASE)
"""A sentence that says nothing without the one before it: `To be completed by the next meeting.`"""

_BRACKETED = re.compile(
    r"[\[(]\s*(?:action|ai|ap|todo)(?: (?:item|point))?\s*(?:\d+\s*)?:\s*(?P<words>[^()\[\]]{3,400})[\])]",
    re.IGNORECASE,
)


def _bracketed(passage: Passage, lore: Lore) -> tuple[Candidate, ...]:
    """`The tide was high. [Action: Ann to fetch the boat]`: brackets that hold the word and all of the action."""
    text = passage.block.text
    places = [
        found.span("words")
        for found in _BRACKETED.finditer(text.plain)
        if named(found["words"].rstrip(" ."), lore.directory) is None
    ]
    below = fields_below(passage.block, lore) if places else Fields()
    why = "brackets around the whole action"
    return tuple(_candidate(passage, Stretch(text.slice(*place)), why, below, "", "") for place in places)


_TAGGED = re.compile(
    r"[\[(]\s*(?:action|ai|ap|todo)(?:\s*[:–-]\s*[^()\[\]]{1,60})?\s*[\])]\.?$", re.IGNORECASE
)


def _tagged(passage: Passage, lore: Lore) -> tuple[Candidate, ...] | None:
    """`… before the summer (ACTION: Ann)`: a bracket at the end marks the whole line."""
    text = passage.block.text
    found = _TAGGED.search(text.plain, max(0, len(text.plain) - 90))
    if not found or not found.start():
        return None
    own = text if ":" in found[0] else text.slice(0, found.start())
    below = fields_below(passage.block, lore)
    return (_candidate(passage, Stretch(own), f"marked with '{found[0]}' at its end", below, "", ""),)
