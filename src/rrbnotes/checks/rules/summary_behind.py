"""summary-behind: a row of the summary that rrb wrote repeats nothing that its note says any more."""

from collections.abc import Iterator

from rrbnotes.diagnostics import Finding
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted


def summary_behind(minutes: Minutes) -> Iterator[Finding]:
    """A row of the action summary that rrb wrote repeats nothing that the note still says.

    The discussion was changed after the summary was written: the action was reworded or taken out there. The row counts
    for nothing, so whoever reads the summary only goes by something that is not tracked.

    Bad:
        ### 1. Custody

        **Action:** MPS to share the new custody strategy with every borough.

        ### Action Summary

        <!-- rrb:summary -->

        | No. | Action | Due | Ref |
        | --- | --- | --- | --- |
        | 1 | MPS to count the empty beds | | 2026-01-12.1 |

        <!-- /rrb:summary -->

    Good:
        ### 1. Custody

        **Action:** MPS to share the new custody strategy with every borough.

        ### Action Summary

        <!-- rrb:summary -->

        | No. | Action | Due | Ref |
        | --- | --- | --- | --- |
        | 1 | MPS to share the new custody strategy with every borough. | | 2026-01-12.1 |

        <!-- /rrb:summary -->

    Mend:
        `rrb summary --write` with the meeting writes the summary anew. What is to stay an action must be marked in the discussion.
    """
    counting = {one.at for one in minutes.meeting.mentions if one.echoes}
    for row in minutes.candidates:
        if row.accepted and row.generated == "summary" and row.ref and row.at not in counting:
            what = f"the summary has {quoted(row.text)}, which the note does not say any more"
            todo = "`rrb summary --write` brings it up to date"
            yield Finding(minutes.source.whole_line(row.at.line), what, todo)
