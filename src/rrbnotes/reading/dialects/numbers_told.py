"""A sentence that tells of actions by their numbers: `Actions 61.01 and 60.03 have been dropped.`"""

import re

from rrbnotes.model import Place
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.candidates import Candidate, Passage, candidate
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.sentences import sentences

_NUMBER = r"\d{1,4}\.\d{1,3}"
_TOLD = re.compile(
    rf"\bactions?\s+({_NUMBER}(?:(?:\s*[,&]\s*|\s+and\s+){_NUMBER})*)(?![\w.]\w)", re.IGNORECASE
)


def numbers_told(passage: Passage, lore: Lore) -> tuple[Candidate, ...] | None:
    """Only where the board's numbers name the meeting an action comes from, so that they are no numbers of sections.
    Each number is one action; the sentence says how it stands."""
    text = passage.block.text
    if not lore.numbers_by_meeting or passage.block.form not in (Form.PARAGRAPH, Form.ITEM):
        return None
    made = [
        candidate(
            passage,
            "numbers-told",
            f"a sentence about action {number}",
            text.slice(start, end),
            number=number,
            place=Place.PREVIOUS,
            is_remark=True,
        )
        for start, end in sentences(text.plain)
        for found in _TOLD.finditer(text.plain, start, end)
        for number in re.findall(_NUMBER, found[1])
    ]
    return tuple(made) or None
