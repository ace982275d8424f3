"""What a link did, and the proposals that wait for one, in sentences."""

from collections.abc import Iterator, Sequence

from rrbnotes.keeping.links import End
from rrbnotes.model import Action, Link, Proposal, Register
from rrbnotes.views.cells import due_words, owners_text
from rrbnotes.views.changes import short, turned
from rrbnotes.views.orders import NO_OWNER

_SAID = {
    "same": "{0} and {1} are one action",
    "follows": "{0} follows {1}",
    "supersedes": "{0} supersedes {1}",
    "different": "{0} and {1} are different actions; they will not be proposed or joined again",
}


def linked(
    one: End, verb: str, other: End, before: Sequence[Action], after: Sequence[Action]
) -> Iterator[str]:
    """What was said, and what it changed."""
    yield _SAID[verb].format(one.ref, other.ref)
    yield from _moved(before, after)


def unlinked(one: End, other: End, before: Sequence[Action], after: Sequence[Action]) -> Iterator[str]:
    """What no longer holds, and what that changed."""
    yield f"nothing links {one.ref} and {other.ref} any more"
    yield from _moved(before, after)


def _moved(before: Sequence[Action], after: Sequence[Action]) -> Iterator[str]:
    """The actions that came or went, and those that stand otherwise now."""
    was, now = {action.ref: action for action in before}, {action.ref: action for action in after}
    keeper = {ref: action.ref for action in after for ref in action.also}
    for ref, action in was.items():
        if ref not in now:
            yield f"  {keeper.get(ref, ref)} stays, {ref} names it too: {short(action.action)}"
    for ref, action in now.items():
        news = turned(was[ref], action) if ref in was else f"an action by itself, {action.status}"
        if news:
            yield f"  {ref}: {news}: {short(action.action)}"


def question(proposal: Proposal, register: Register, number: int, total: int) -> Iterator[str]:
    """One proposal as a person is asked about it."""
    actions = {action.ref: action for action in register.actions}
    mention = proposal.mention
    yield f"{number} of {total}: {proposal.ref} at {mention.at}"
    yield f"    {mention.text}"
    yield "Is it one of these?"
    for place, (ref, score) in enumerate(proposal.candidates, 1):
        one = actions[ref]
        due = f", due {due_words(one.due)}" if one.due else ""
        yield f" {place}  {ref} ({score:.0%}, {one.status}, {owners_text(one.owners) or NO_OWNER}{due})"
        yield f"    {one.action}"


def words_of(known: Link) -> str:
    """A link as the page of an action says it."""
    verbs = {
        "superseded": "superseded by",
        "followed": "followed by",
        "same": "the same as",
        "different": "not",
    }
    far = known.ref or f"{known.meeting} {short(known.words or '')}"
    return f"{verbs.get(known.verb, known.verb)} {far}" + (f" ({known.reason})" if known.reason else "")
