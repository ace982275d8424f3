"""mixed-text: an action whose paragraph says more than the action."""

import re
from collections.abc import Iterator

from rrbnotes.checks.evidence.in_note import candidates_of, raised_in
from rrbnotes.checks.evidence.tasks import sets_task
from rrbnotes.diagnostics import Finding
from rrbnotes.model import Mention
from rrbnotes.notebook import Minutes
from rrbnotes.owners import VERBS
from rrbnotes.quoting import quoted
from rrbnotes.reading.sentences import sentences

_REMARK = re.compile(r"\b(?:is|are|was|were|has|have|had|would|includes?|included)\b")
_TASK = re.compile(
    r"\b(?:will|shall|should|must|needs?|required|please|to be)\b|^(?:to|also|then|and|note|see|status|once|after|can|\d)\b|:\s|\[|https?:",
    re.IGNORECASE,
)
"""What may belong to the action: it goes on, says how or when, or points at something."""
_GIVEN = re.compile(r"\b(?:to|will|should)\s+$", re.IGNORECASE)
_STATUS = re.compile(r"\bstatus\s*:", re.IGNORECASE)
_ROWS = ("pipe-table", "tab-rows")
"""A cell has no paragraphs to put a remark into."""
_LEAST = 4
"""Words of a sentence that says something by itself."""


def mixed_text(minutes: Minutes) -> Iterator[Finding]:
    """The paragraph of an action says more than the action: a remark, a question, a suggestion.

    The whole paragraph is taken for the action. It goes into summaries and lists, and from there into the next note's table,
    and each time somebody wonders what is to be done.

    Bad:
        **Action:** MPS to share the custody figures. Other ideas were a survey and a workshop.

    Good:
        **Action:** MPS to share the custody figures.

        Other ideas were a survey and a workshop.

    Mend:
        Put what is not the action into a paragraph of its own.
    """
    read = candidates_of(minutes)
    for said in raised_in(minutes):
        one = said.lead
        how = read.get((one.at.line, one.text))
        if one.status or how is None or how.is_marked_behind or how.convention in _ROWS:
            continue  # the sentences before such a marker are the discussion's
        beside = _beside(one)
        if beside:
            kind = "asks a question" if beside.endswith("?") else "makes a remark"
            what = f"the paragraph of this action also {kind}: {quoted(beside)}"
            yield Finding(
                minutes.source.words_at(one.at.line, beside), what, "put that into a paragraph of its own"
            )


def _beside(action: Mention) -> str:
    """The first sentence behind the action's own that is none of it; empty where the first sets no task."""
    first, *others = (action.action[start:end].strip() for start, end in sentences(action.action))
    is_whole = first.count("(") == first.count(")") and not first.endswith("?")
    is_task = sets_task(first) or _GIVEN.search(action.text.partition(first[:20])[0]) is not None
    if not is_whole or not is_task or _STATUS.search(action.text):
        return ""
    return next((sentence for sentence in others if _is_no_task(sentence)), "")


def _is_no_task(sentence: str) -> bool:
    """Whether a sentence surely tells or asks something, and sets nobody to do anything."""
    words = sentence.split()
    if len(words) < _LEAST or words[0].casefold().strip(",") in VERBS or _TASK.search(sentence):
        return False
    return sentence.endswith("?") or _REMARK.search(sentence) is not None
