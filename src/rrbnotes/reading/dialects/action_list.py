"""Items of a list in a section of actions, and check boxes that somebody owns elsewhere."""

import re

from rrbnotes.model import Place
from rrbnotes.owners import VERBS, Cut, cut_owners, fold_name, sure_names_in, tasked
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.candidates import Candidate, Passage, Refusal, candidate, refusal
from rrbnotes.reading.details import fields_below, is_detail_line
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.placeholders import is_placeholder
from rrbnotes.reading.roles import Role
from rrbnotes.reading.stretches import stretches
from rrbnotes.reading.text import Text


def action_list(passage: Passage, lore: Lore) -> tuple[Candidate, ...] | None:
    """In a section of actions each item of a list is one, however it begins. What stands below an item explains it,
    unless the item only names an owner or is a sub-title: then the items below are the actions. Elsewhere a check box
    marks an action only if somebody is named to do it: boxes also tick off people, topics and issues."""
    block = passage.block
    if block.form is not Form.ITEM or not block.text:
        return None
    if not passage.role.lists_actions and not passage.marker:
        return _box(passage, lore)
    if is_placeholder(block.text.folded()):
        return (refusal(passage, "action-list", "a placeholder, not an action", block.text),)
    if is_umbrella(passage, lore):
        return (refusal(passage, "action-list", "a title over the items below it", block.text),)
    if passage.role is Role.PREVIOUS and _is_spoken(block, lore):
        return (refusal(passage, "action-list", "somebody says something of the actions", block.text),)
    if (
        passage.role is Role.PREVIOUS
        and block.ticked is None
        and not block.children
        and block.text.looks("link")
    ):
        return (refusal(passage, "action-list", "a link to where actions are kept", block.text),)
    if passage.is_topical and not _says_who_or_how(passage, lore):
        return (refusal(passage, "action-list", Refusal.OF_TOPIC, block.text),)
    is_own = passage.role is Role.ACTIONS and _is_task(block.text.folded(), lore)
    if passage.is_detail and block.ticked is None and not is_own:
        if is_detail_line(block.text, lore):
            return ()
        return (refusal(passage, "action-list", Refusal.EXPLAINS, block.text),)
    below = fields_below(block, lore)
    why = "an item below a marker" if passage.marker else "an item in a section of actions"
    fields = below._asdict()
    return tuple(
        candidate(
            passage, "action-list", why, own.words, **(fields | {"owner": fields["owner"] or own.owner})
        )
        for own in stretches(block.text, lore.directory)
    )


_TASKS = re.compile(r"(?:\S+ ){1,5}(?:to|will) [a-z]")


def _is_task(words: str, lore: Lore) -> bool:
    """Whether what stands below an action is one of its own: it begins with who will do it."""
    return bool(_TASKS.match(words) and tasked(words, lore.directory))


def _says_who_or_how(passage: Passage, lore: Lore) -> bool:
    """Whether an item is ticked, or names who is to do it or how it stands, so that it is an action and no remark."""
    block = passage.block
    words = block.text.folded()
    is_owned = tasked(words, lore.directory) or any(fields_below(block, lore))
    return block.ticked is not None or bool(is_owned or lore.statuses.cut(words).status)


def _is_spoken(block: Block, lore: Lore) -> bool:
    """Whether an item begins with the name of one who speaks in the board's notes: `AB: done, it was merged`."""
    before, colon, _ = block.text.folded()[:60].partition(": ")
    is_known = fold_name(before) in lore.speakers and lore.directory.knows(before)
    return bool(colon) and block.ticked is None and is_known


def is_umbrella(passage: Passage, lore: Lore) -> bool:
    """Whether an item only heads the items below it: it names people, or ends in a colon."""
    block = passage.block
    if not any(child.form is Form.LIST for child in block.children):
        return False
    words = block.text.folded()
    if words and any(fields_below(block, lore)):
        return False  # `Annual Report` with `Assigned: Ann` below it is no name
    if not words or names_over(block.text, lore):
        return True
    return words.endswith(":") and not cut_owners(words, lore.directory).owners


def names_over(text: Text, lore: Lore) -> tuple[str, ...]:
    """The owners that a line over a list names and nothing else: `MPS`, `MPS:`, `MPS to:`."""
    return sure_names_in(re.sub(r"\s+(?:to|will)$", "", text.folded().rstrip(": ")), lore.directory)


def _is_brought(block: Block, cut: Cut) -> bool:
    """`(AB) Lighthouse paint` over what was said of it: initials before words that tell nobody to do anything."""
    first = cut.rest.split(maxsplit=1)[0].casefold() if cut.rest else ""
    is_labelled = block.text.plain.startswith("(") and bool(cut.owners)
    return is_labelled and bool(block.children) and first not in VERBS


def _box(passage: Passage, lore: Lore) -> tuple[Candidate, ...] | None:
    if passage.block.ticked is None:
        is_struck = passage.block.text.looks("struck")
        why = "a struck-out line outside a section of actions"
        return (refusal(passage, "action-list", why, passage.block.text),) if is_struck else None
    if passage.is_agenda and not tasked(passage.block.text.folded(), lore.directory):
        return (refusal(passage, "action-list", "a check box on the agenda", passage.block.text),)
    below = fields_below(passage.block, lore)
    cut = cut_owners(passage.block.text.folded(), lore.directory)
    if _is_brought(passage.block, cut):
        return (
            refusal(passage, "action-list", "a check box on a topic and who brings it", passage.block.text),
        )
    if (cut.owners or below.owner) and is_placeholder(passage.block.text.folded()):
        return (refusal(passage, "action-list", "a placeholder, not an action", passage.block.text),)
    if cut.owners or below.owner:
        why = "a check box with somebody named to do it"
        return (candidate(passage, "action-list", why, passage.block.text, group=0, **below._asdict()),)
    if passage.in_charge:
        why = "a check box in somebody's own update"
        made = candidate(
            passage, "action-list", why, passage.block.text, place=Place.PREVIOUS, **below._asdict()
        )
        return (made,)
    return (
        refusal(
            passage,
            "action-list",
            "a check box outside a section of actions that names nobody",
            passage.block.text,
        ),
    )
