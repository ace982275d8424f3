"""no-owner: an action that nobody is named for."""

from collections.abc import Iterator

from rrbnotes.checks.quoting import quoted
from rrbnotes.diagnostics import Finding
from rrbnotes.model import Kind
from rrbnotes.notebook import Minutes
from rrbnotes.source import line_of


def no_owner(minutes: Minutes) -> Iterator[Finding]:
    """Nobody is named to do an action.

    What nobody owns, nobody does; and at the next meeting there is nobody to ask.

    Bad:
        **Action:** Reading list to be shared at the next meeting.

    Good:
        **Action:** MOPAC to share the reading list at the next meeting.

    Mend:
        Begin the action with who does it. Where the meeting left that open on purpose, say so:
        `<!-- rrb: allow no-owner: the Chair will ask for volunteers -->`.
    """
    for mention in minutes.meeting.mentions:
        if mention.kind is Kind.RAISED and not mention.owners:
            what = f"nobody owns {quoted(mention.action)}"
            yield Finding(line_of(mention.at), what, "begin it with who does it: 'MOPAC to …'")
