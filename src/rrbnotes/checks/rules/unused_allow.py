"""unused-allow: a comment that allows what is not there."""

from collections import Counter
from collections.abc import Iterator

from rrbnotes.checks.allows import Allows
from rrbnotes.diagnostics import Finding


def unused_allow(allows: Allows) -> Iterator[Finding]:
    """A comment allows what no rule finds there any more.

    It was needed once. Left behind, it hides the same slip the next time that somebody makes it.

    Bad:
        <!-- rrb: allow no-owner: the Chair will name one -->

        **Action:** MPS to share the reading list.

    Good:
        **Action:** MPS to share the reading list.

    Mend:
        Delete the comment, or move it to the line that it was written for.
    """
    named = Counter(allow.comment for allow in allows.every)
    for allow in allows.every:
        if allow.name in allows.ran and allow not in allows.used:
            alone = named[allow.comment] == 1
            todo = "delete the comment" if alone else f"take {allow.name} out of the comment"
            yield Finding(allow.comment, f"nothing here breaks {allow.name}", todo)
