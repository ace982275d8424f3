"""unknown-rule: a comment that allows what is no rule."""

from collections.abc import Iterator

from rrbnotes.checks.allows import Allows
from rrbnotes.diagnostics import Finding
from rrbnotes.errors import did_you_mean
from rrbnotes.quoting import quoted


def unknown_rule(allows: Allows) -> Iterator[Finding]:
    """A comment allows a rule that does not exist, or is not written as such comments are.

    It allows nothing. Whoever wrote it believes that something is settled.

    Bad:
        <!-- rrb: allow no-ovner: the Chair will name one -->

        **Action:** Reading list to be shared.

    Good:
        <!-- rrb: allow no-owner: the Chair will name one -->

        **Action:** Reading list to be shared.

    Mend:
        Write the rule's name as `rrb rules` lists it.
    """
    for at in allows.odd:
        yield Finding(at, "this comment is not understood", "write it as <!-- rrb: allow RULE: reason -->")
    for allow in allows.every:
        if allow.name not in allows.known:
            near = did_you_mean(allow.name, allows.known).removeprefix("; ")
            yield Finding(allow.at, f"{quoted(allow.name)} is no rule", near or "`rrb rules` lists them")
