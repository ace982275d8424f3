"""Plain lines in a section of actions, as text out of a PDF has them, and the text below a marker that stands alone."""

import re

from rrbnotes.owners import cut_owners
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.candidates import Candidate, Passage, Refusal, candidate, refusal
from rrbnotes.reading.details import is_detail_line
from rrbnotes.reading.dialects.action_list import names_over
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.placeholders import is_placeholder
from rrbnotes.reading.text import Text


def action_line(passage: Passage, lore: Lore) -> tuple[Candidate, ...] | None:
    """Below a marker that stands alone the paragraph is the action, at the marker's line. In a section of actions a
    paragraph is one if it names who is to do it first; a line each if every line does."""
    text = passage.block.text
    if passage.block.form is not Form.PARAGRAPH or not text:
        return None
    if passage.marker:
        words = Text(text.plain, passage.marker, text.breaks, text.spans)
        if is_placeholder(text.folded()):
            return (refusal(passage, "action-line", "a marker with a placeholder below it", words),)
        return (candidate(passage, "action-line", "the text below a marker that stands alone", words),)
    if not passage.role.lists_actions:
        return None
    if passage.is_detail:
        detail = is_detail_line(text, lore)
        return () if detail else (refusal(passage, "action-line", Refusal.EXPLAINS, text),)
    if names_over(text, lore):
        return ()
    if re.match(r"\(\s", text.plain):
        # `( Ann to ask … )`: put in brackets as an afterthought
        text = text.slice(1, len(text.plain) - text.plain.endswith(")"))
    lines = list(text.lines())
    owned = [_is_owned(line, lore) for line in lines]
    if all(owned):
        return tuple(
            candidate(
                passage, "action-line", "a line in a section of actions that begins with its owner", line
            )
            for line in lines
        )
    if owned[0] or passage.block.ticked is not None:
        return (
            candidate(
                passage, "action-line", "a paragraph in a section of actions that begins with its owner", text
            ),
        )
    return (refusal(passage, "action-line", Refusal.UNOWNED, text),)


def _is_owned(line: Text, lore: Lore) -> bool:
    """An owner at the start, not behind: a sentence of discussion may well end in a name; and no template's `NAME`."""
    cut = cut_owners(line.folded(), lore.directory)
    if is_placeholder(line.folded()):
        return False
    return bool(cut.owners) and not line.folded().startswith(cut.rest[:20] or "\0")
