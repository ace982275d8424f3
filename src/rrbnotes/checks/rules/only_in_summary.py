"""only-in-summary: a row of the summary that nothing in the discussion marks."""

from collections.abc import Iterator

from rrbnotes.checks.evidence.summaries import summaries
from rrbnotes.diagnostics import Finding
from rrbnotes.notebook import Minutes
from rrbnotes.owners import owner_to_action
from rrbnotes.quoting import quoted
from rrbnotes.source import line_of


def only_in_summary(minutes: Minutes) -> Iterator[Finding]:
    """The summary lists an action that nothing in the discussion marks, where the discussion marks the others.

    A summary repeats. Whoever looks up why the action was agreed, or under which item, finds nothing; it may have been left
    over from an earlier note.

    Bad:
        ### 1. Custody

        **Action:** MPS to share the custody figures.

        **Action:** CRC to book the hall for the workshop.

        **Action Summary:**

        1. MPS to share the custody figures.
        2. CRC to book the hall for the workshop.
        3. NPS to draft the terms of reference.

    Good:
        ### 1. Custody

        **Action:** MPS to share the custody figures.

        **Action:** CRC to book the hall for the workshop.

        **Action:** NPS to draft the terms of reference.

        **Action Summary:**

        1. MPS to share the custody figures.
        2. CRC to book the hall for the workshop.
        3. NPS to draft the terms of reference.

    Mend:
        Mark the action where it was agreed, or delete the row. Where it comes from elsewhere, say so:
        `<!-- rrb: allow only-in-summary: agreed by email -->`.
    """
    for summary in summaries(minutes):
        for row in summary.alone:
            what = f"nothing in the discussion marks {quoted(owner_to_action(row.owners, row.action))}"
            yield Finding(line_of(row.at), what, "mark it where it was agreed, or delete the row")
