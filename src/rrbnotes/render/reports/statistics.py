"""How often each rule is broken."""

from collections import Counter
from collections.abc import Sequence

from rrbnotes.diagnostics import Diagnostic, Severity
from rrbnotes.render.cells import cut
from rrbnotes.render.ink import OF_SEVERITY, painted
from rrbnotes.render.page import Page
from rrbnotes.views.check_report import Report

_WEIGHTS = list(Severity)


def write(report: Report, page: Page) -> str:
    """`12  warning  raw-html  what is bad`, most first."""
    by_name: dict[str, list[Diagnostic]] = {}
    for one in report.diagnostics:
        by_name.setdefault(one.name, []).append(one)
    rows = sorted(by_name.items(), key=lambda row: (-len(row[1]), _WEIGHTS.index(_worst(row[1])), row[0]))
    digits = max((len(str(len(found))) for found in by_name.values()), default=0)
    widest = max(map(len, by_name), default=0)
    return "".join(f"{_row(name, found, digits, widest, report, page)}\n" for name, found in rows)


def _row(name: str, found: Sequence[Diagnostic], digits: int, widest: int, report: Report, page: Page) -> str:
    worst, fixable = _worst(found), sum(one.finding.fix is not None for one in found)
    severity = painted(f"{worst:7}", OF_SEVERITY[worst], page)
    rule = report.rules.get(name)
    more = f" ({fixable} fixable)" if fixable else ""
    room = page.width - digits - len("  warning    ") - widest - len(more)
    said = cut(rule.manual.summary, room) if rule and room > 0 else ""
    return f"{len(found):>{digits}}  {severity}  {name:{widest}}  {said}{more}".rstrip()


def _worst(found: Sequence[Diagnostic]) -> Severity:
    weights = Counter(one.severity for one in found)
    return min(weights, key=_WEIGHTS.index)
