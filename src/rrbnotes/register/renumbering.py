"""Two actions with the same new ref: one keeps it, the other gets the next number of its meeting."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from rrbnotes.edits import Edit, apply
from rrbnotes.model import Action
from rrbnotes.reconciling.refs import BETWEEN, Numbering, natural
from rrbnotes.reconciling.wording import PROPOSE, likeness, wording
from rrbnotes.register.pages import SHOWN, page
from rrbnotes.register.text import RegisterFile, changed, placing, read_text, ref_text
from rrbnotes.register.threeway import LISTS

Settle = Callable[[Action, Action], bool]
"""Of two actions with the same ref, whether ours keeps it."""


def unlike(base: RegisterFile | None, ours: RegisterFile, theirs: RegisterFile) -> list[str]:
    """The refs that both sides gave anew, each to another action, in their order."""
    known = base.records.keys() if base else set()
    both = (ours.records.keys() & theirs.records.keys()) - known
    pairs = {ref: (ours.records[ref].action, theirs.records[ref].action) for ref in both}
    return sorted((ref for ref, pair in pairs.items() if _are_two(*pair, base is not None)), key=natural)


def _are_two(ours: Action, theirs: Action, is_new: bool) -> bool:
    """Whether they are two actions by their words; if it is not known that the ref is new, what both say of their past
    tells that they are one, which both sides have reworded."""
    if not is_new and any(set(getattr(ours, name)) & set(getattr(theirs, name)) for name in LISTS):
        return False
    mine, yours = wording(ours.action), wording(theirs.action)
    if mine.joined == yours.joined:
        return False
    is_added = natural(ours.ref)[2] == BETWEEN  # each `rrb add` is an action of its own, whatever its words
    others = bool(ours.first_owners and theirs.first_owners) and not {*ours.first_owners} & {
        *theirs.first_owners
    }
    return is_added or others or likeness(mine, yours) < PROPOSE


def renumbered(
    base: RegisterFile | None, ours: RegisterFile, theirs: RegisterFile, settle: Settle | None
) -> tuple[RegisterFile, RegisterFile, list[str]]:
    """Both sides with a ref of its own for each of two actions that got the same one, and what to say of it. Without
    `settle` only where one of the two has no record any more, since it was made one with another action."""
    files = [file for file in (base, ours, theirs) if file]
    numbering = Numbering(ref for file in files for a in file.actions for ref in (a.ref, *a.also))
    new: tuple[dict[str, str], dict[str, str]] = ({}, {})
    said = []

    def give(ref: str, side: int, keeper: str, other: str) -> None:
        key, _, mark, _ = natural(ref)
        new[side][ref] = numbering.next(key, mark)
        said.append(
            f'{ref} on both sides for two actions: "{keeper}" keeps it, "{other}" is now {new[side][ref]}'
        )

    for ref in unlike(base, ours, theirs) if settle else ():
        both = (ours.records[ref].action, theirs.records[ref].action)
        yields = 1 if settle and settle(*both) else 0
        give(ref, yields, both[1 - yields].action, both[yields].action)
    for side, (here, there) in enumerate(((ours, theirs), (theirs, ours))):
        for ref, keeper in _taken(base, here, there):
            give(ref, side, keeper, here.records[ref].action.action)
    return _with_refs(base, ours, new[0]), _with_refs(base, theirs, new[1]), said


def _taken(base: RegisterFile | None, here: RegisterFile, there: RegisterFile) -> Iterator[tuple[str, str]]:
    """New refs that the other side gave to another action, which it made one with a third one since; with the words of
    that action, as its link tells them."""
    new = here.records.keys() - there.records.keys() - (base.records.keys() if base else set())
    for home in there.actions:
        for link in home.links:
            if link.verb == "same" and link.ref in new and link.ref in home.also and link.words:
                was = replace(home, action=link.words)
                if _are_two(here.records[link.ref].action, was, base is not None):
                    yield link.ref, link.words


def _with_refs(base: RegisterFile | None, file: RegisterFile, new: Mapping[str, str]) -> RegisterFile:
    """One side with new refs for some of its records, each at its place, and wherever this side itself names them."""
    if not new:
        return file
    before = {action.ref: action for action in base.actions} if base else {}
    text = changed(file, [_following(action, before.get(action.ref), new) for action in file.actions])
    file = read_text(text, SHOWN)
    blocks, place_for = page(file).blocks, placing(file)
    edits = []
    for ref in new:
        block, key, place = blocks[ref], file.records[ref].key, place_for(new[ref])
        head, fence, tail = file.text[key.end : block.end].rpartition(f"# end {ref}")
        rest = head + (f"# end {new[ref]}" if fence and not tail.strip() else fence) + tail
        edits.append(Edit(block.lead, block.end, ""))
        edits.append(Edit(place, place, file.text[block.lead : key.start] + ref_text(new[ref]) + rest))
    return read_text(apply(file.text, edits), SHOWN)


def _following(action: Action, before: Action | None, new: Mapping[str, str]) -> Action:
    """An action that names the new refs; what it said before both sides cannot mean them. An `also` never does."""
    old_links, old_refs = (before.links, before.not_same) if before else ((), ())
    links = tuple(
        link if link in old_links else replace(link, ref=new.get(link.ref or "", link.ref))
        for link in action.links
    )
    not_same = tuple(ref if ref in old_refs else new.get(ref, ref) for ref in action.not_same)
    return replace(action, links=links, not_same=not_same)
