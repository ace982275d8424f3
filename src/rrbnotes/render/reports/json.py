"""JSON: a versioned envelope with one finding a line; words are as they stand in the notes."""

from rrbnotes.diagnostics import Diagnostic, Related
from rrbnotes.render.json import VERSION, dumped
from rrbnotes.render.page import Page
from rrbnotes.views.check_report import Report
from rrbnotes.views.fields.nouns import FindingRecord, RelatedRecord


def write(report: Report, page: Page) -> str:
    """The envelope: the findings, and how many there are."""
    lines = ",\n".join(dumped(_record(one)) for one in report.diagnostics)
    body = f"[\n{lines}\n]" if lines else "[]"
    summary = dumped(dict(report.counts))
    return f'{{"version": {VERSION}, "diagnostics": {body}, "summary": {summary}}}\n'


def _record(one: Diagnostic) -> FindingRecord:
    return {
        "name": one.name,
        "severity": one.severity,
        "path": one.path,
        "line": one.at.line,
        "column": one.at.column,
        "end_line": one.at.end_line,
        "end_column": one.at.end_column,
        "message": one.finding.message,
        "help": one.finding.help,
        "related": [_related(other) for other in one.finding.related],
        "fix": "safe" if one.finding.fix else None,
        "fingerprint": one.fingerprint,
    }


def _related(other: Related) -> RelatedRecord:
    return {"path": other.at.path, "line": other.at.line, "message": other.message}
