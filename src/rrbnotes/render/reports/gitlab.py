"""GitLab's code quality report: a list of findings that a merge request shows at their lines."""

from rrbnotes.diagnostics import Diagnostic, Severity
from rrbnotes.render.json import dumped
from rrbnotes.render.page import Page
from rrbnotes.render.paths import from_top
from rrbnotes.render.safe import one_line, visible
from rrbnotes.views.check_report import Report

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def write(report: Report, page: Page) -> str:
    """The list, one finding a line."""
    lines = ",\n".join(dumped(_issue(one, report)) for one in report.diagnostics)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def _issue(one: Diagnostic, report: Report) -> dict[str, object]:
    return {
        "description": one_line(one.message),
        "check_name": one.name,
        "fingerprint": one.fingerprint,  # of two that are alike GitLab loses one
        "severity": SEVERITIES[one.severity],
        "location": {
            "path": visible(from_top(one.path, report.prefix)),
            "lines": {"begin": one.at.line, "end": one.at.end_line},
        },
    }
