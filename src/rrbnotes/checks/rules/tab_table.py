"""tab-table: rows whose columns are set apart with tabs."""

from collections.abc import Iterator

from rrbnotes.checks.evidence.tabs import tab_rows_of, table_edits
from rrbnotes.diagnostics import Finding, Fix
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import count, quoted


def tab_table(minutes: Minutes) -> Iterator[Finding]:
    """Rows are set with tabs instead of as a table.

    They look like a table in the editor that they were pasted into. Markdown prints a tab as a blank, so that the rows run
    into each other, and nobody can tell an action from what was said of its progress.

    Bad:
        ## Actions from previous meeting

        1→MPS to share the reading list→Ongoing
        2→NPS to book the hall→Complete

    Good:
        ## Actions from previous meeting

        | No. | Action | Progress |
        | --- | --- | --- |
        | 1 | MPS to share the reading list | Ongoing |
        | 2 | NPS to book the hall | Complete |

    Mend:
        Make a table of them (`→` above stands for a tab). To keep them:
        `<!-- rrb: allow tab-table: pasted into a spreadsheet each month -->`.
    """
    for found in tab_rows_of(minutes):
        first, more = quoted(" ".join(minutes.source.lines[found.first - 1].split())), len(found.rows) - 1
        those = f"{first} and {count(more, 'row')} below are" if more else f"{first} is"
        at, todo = (
            minutes.source.whole_lines(found.first, found.last),
            f"make a table of {'them' if more else 'it'}",
        )
        edits = table_edits(found, minutes)
        yield Finding(at, f"{those} set with tabs", todo, fix=Fix(todo, edits) if edits else None)
