"""One line a finding, as an editor can click it."""

from rrbnotes.diagnostics import Diagnostic
from rrbnotes.render.ink import OF_SEVERITY, Ink, painted
from rrbnotes.render.page import Page
from rrbnotes.render.safe import one_line
from rrbnotes.views.check_report import Report


def write(report: Report, page: Page) -> str:
    """`2020-08-25.md:32:1: error: what is wrong; what to do (no-owner)`."""
    return "".join(f"{_line(one, page)}\n" for one in report.diagnostics)


def _line(one: Diagnostic, page: Page) -> str:
    place = painted(f"{one_line(one.at.place)}:", Ink.STRONG, page)
    severity = painted(f"{one.severity}:", OF_SEVERITY[one.severity], page)
    return f"{place} {severity} {one_line(one.message)} ({one.name})"
