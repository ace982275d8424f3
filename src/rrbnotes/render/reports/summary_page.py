"""The page that GitHub Actions shows for a step: the findings in a markdown table."""

from collections.abc import Iterator

from rrbnotes.diagnostics import Diagnostic
from rrbnotes.quoting import count
from rrbnotes.render.markdown import escaped
from rrbnotes.render.page import Page
from rrbnotes.views.check_report import Report, summary

MOST_BYTES = 1024 * 1024
"""GitHub takes no page of a step that is longer."""
_ROOM = 4096
"""For the end of the page, and for what the step has written there before."""


def write(report: Report, page: Page) -> str:
    """The counts, and as many findings as fit, by place."""
    head = f"### rrb check\n\n{escaped(summary(report))}\n"
    if not report.diagnostics:
        return head
    head += "\n| Severity | Place | Finding | Rule |\n| --- | --- | --- | --- |\n"
    rows = list(_fitting(report.diagnostics, MOST_BYTES - _ROOM - len(head.encode())))
    left_out = len(report.diagnostics) - len(rows)
    tail = f"\n{count(left_out, 'more finding')} not shown here.\n" if left_out else ""
    return f"{head}{''.join(rows)}{tail}"


def _fitting(found: tuple[Diagnostic, ...], room: int) -> Iterator[str]:
    for one in found:
        row = _row(one)
        room -= len(row.encode())
        if room < 0:
            return
        yield row


def _row(one: Diagnostic) -> str:
    cells = (one.severity, str(one.at), one.message, one.name)
    return f"| {' | '.join(map(escaped, cells))} |\n"
