"""Paragraphs that tell how an action of an earlier meeting stands: `**102.2** – Ann is working on it`, `Self-run workshops: done`."""

import re

from rrbnotes.owners import names_in
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.candidates import Candidate, Passage, candidate
from rrbnotes.reading.columns import NUMBER_BEFORE
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.roles import Role
from rrbnotes.reading.text import Text
from rrbnotes.statuses import told


def told_line(passage: Passage, lore: Lore) -> tuple[Candidate, ...] | None:
    """Minutes in prose go through the last meeting's actions in a paragraph each. It begins with the action's number,
    where the board numbers by meeting, or with its topic or its owner and a colon; behind it stands how it went."""
    text = passage.block.text
    is_list = passage.role.lists_actions and not passage.is_topical and not passage.is_detail
    if passage.block.form is not Form.PARAGRAPH or not text or passage.marker or not is_list:
        return None
    if NUMBER_BEFORE.match(text.plain) and lore.numbers_by_meeting:
        why = "a paragraph in a section of actions that begins with its number"
        is_report = passage.role is Role.PREVIOUS
        return (candidate(passage, "told-line", why, text, is_remark=is_report),)
    found = _by_topic(passage, text, lore) if passage.role is Role.PREVIOUS else None
    return (found,) if found else None


_TOPIC = re.compile(r"([^:.\n]{3,90}):\s+(?=\S)")
_DID = re.compile(r"(?:has|have|had|was|were|did)\b", re.IGNORECASE)


def _by_topic(passage: Passage, text: Text, lore: Lore) -> Candidate | None:
    """The action's words, or only its owner, before a colon, and behind it how it stands."""
    topic = _TOPIC.match(text.plain)
    how = text.plain[topic.end() :] if topic else ""
    is_word = bool(lore.statuses.cell(how).status)
    if not topic or not (is_word or told(how)):
        return None
    if names_in(topic[1], lore.directory):  # `Fees committee: has been introduced to the new members`
        why = "a paragraph in a section of earlier actions that says what somebody did"
        did = _DID.match(how)
        return (
            candidate(passage, "told-line", why, text.slice(topic.end()), owner=topic[1], told=how)
            if did
            else None
        )
    why = "a paragraph in a section of earlier actions that says how one stands"
    fields = {"status": how} if is_word else {"told": how}
    return candidate(passage, "told-line", why, text.slice(0, topic.end(1)), whole=text.folded(), **fields)
