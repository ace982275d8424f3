"""duplicate-action: one list, or the discussion, raises the same action twice."""

from collections.abc import Iterator

from rrbnotes.checks.evidence.summaries import Places
from rrbnotes.diagnostics import Finding, Related
from rrbnotes.model import Kind, Mention
from rrbnotes.notebook import Minutes
from rrbnotes.owners import owner_to_action
from rrbnotes.quoting import quoted
from rrbnotes.reconciling.wording import wording
from rrbnotes.source import Source, line_of

_LEAST = 3
"""Words that two lines must share to be one action: `write a comment` may be several."""


def duplicate_action(minutes: Minutes) -> Iterator[Finding]:
    """A list, or the discussion, raises the same action twice in equal words.

    Each counts as an action of its own: both are chased, and one stays open when the other is done.

    Bad:
        ## Actions

        - MPS to share the custody figures with partners.
        - NPS to draft the terms of reference.
        - MPS to share the custody figures with partners.

    Good:
        ## Actions

        - MPS to share the custody figures with partners.
        - NPS to draft the terms of reference.

    Mend:
        Delete one of the two. Where two are meant, say in each what tells it from the other.
    """
    above: dict[tuple[object, ...], Mention] = {}
    places = Places(minutes)
    for mention in minutes.meeting.mentions:
        words = wording(mention.action)
        if mention.kind is Kind.REPORTED or mention.in_passing or len(words.content) < _LEAST:
            continue
        owners = frozenset(map(minutes.lore.directory.short, mention.owners))
        due = mention.due.text if mention.due else ""
        key = (places.of(mention), mention.item, words.joined, owners, due)
        earlier, above[key] = above.get(key), mention
        if earlier and not _is_under_another(earlier, mention, minutes.source):
            what = (
                f"{quoted(owner_to_action(mention.owners, mention.action))} stands here for the second time"
            )
            beside = (Related(earlier.at, "raised here already"),)
            yield Finding(
                line_of(mention.at), what, "delete one of the two, or say what tells them apart", beside
            )


def _is_under_another(earlier: Mention, mention: Mention, source: Source) -> bool:
    """Whether a line further out stands between the two, so that each belongs to its own."""
    lines = source.lines[earlier.at.line - 1 : mention.at.line]
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    return min(indents, default=0) < min(indents[:1] + indents[-1:], default=0)
