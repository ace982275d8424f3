"""An action in the words of a summary: who is to do it stands first."""

from collections.abc import Sequence

from rrbnotes.owners.names import VERBS
from rrbnotes.quoting import listed


def owner_to_action(owners: Sequence[str], words: str) -> str:
    """`MPS and NPS to share the list`; `MPS: slides for the board` where no verb begins it; only the words where nobody is
    named. Reading it gives the same owners and the same action."""
    if not owners:
        return words
    first = words.partition(" ")[0]
    is_verb = first.casefold() in VERBS and first[1:].islower()
    if is_verb or first[:1].islower():
        return f"{listed(owners)} to {words[:1].lower() + words[1:] if is_verb else words}"
    return f"{listed(owners)}: {words}"
