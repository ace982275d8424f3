"""A line that is marked as an action among the discussion: `**Action:** …`, `ACTION 1: …`, `AP1`, `AI:`, `Action (NPS):`, `[ACTION]`."""

from rrbnotes.model import Place
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.candidates import Candidate, Fields, Passage, candidate, is_placeholder, refusal
from rrbnotes.reading.details import fields_below
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.markers import Marker, markers
from rrbnotes.reading.roles import Role
from rrbnotes.reading.text import Text


def inline_marker(passage: Passage, lore: Lore) -> tuple[Candidate, ...] | None:
    """The marker stands at the start of a paragraph, list item or printed line, and the words up to the next one follow it."""
    block = passage.block
    if block.form not in (Form.PARAGRAPH, Form.ITEM, Form.HEADING) or not block.text:
        return None
    found = list(markers(block.text, lore.vocabulary.markers))
    if not found:
        return None
    ends = [marker.start for marker in found[1:]] + [len(block.text.plain)]
    below = fields_below(block, lore)
    marked = (_marked(passage, marker, end, below) for marker, end in zip(found, ends, strict=True))
    return tuple(one for one in marked if one)


def _marked(passage: Passage, marker: Marker, end: int, below: Fields) -> Candidate | None:
    """What a marker marks, up to the next one; a marker alone over sub-items is their heading and none itself."""
    text = passage.block.text
    words = text.slice(marker.end, end)
    line = text.line_at(marker.start)
    if not words and passage.block.children:
        return None
    if not words:
        return refusal(passage, "inline-marker", "a marker with no words behind it", Text("", line))
    if is_placeholder(words.folded()):
        return refusal(passage, "inline-marker", "a marker with a placeholder behind it", words)
    if passage.is_detail and marker.follows_up:
        return refusal(passage, "inline-marker", "it says what follows from the action above it", words)
    is_reviewed = passage.role is Role.PREVIOUS and not passage.is_detail  # else agreed while reviewing the one above
    return candidate(
        passage,
        "inline-marker",
        f"marked with '{text.slice(marker.start, marker.end).folded()}'",
        Text(words.plain, line, words.breaks, words.spans),
        whole=text.slice(marker.start, end).folded(),
        place=Place.PREVIOUS if is_reviewed else Place.INLINE,
        group=passage.group if passage.role.lists_actions and (is_reviewed or passage.role is Role.ACTIONS) else 0,
        owner=marker.owner or below.owner,
        due=below.due,
        status=below.status,
        number=marker.number,
    )
