"""SARIF 2.1.0, for code scanning: with each rule's page, the fixes, and fingerprints that outlive a move of the line."""

import re
from collections.abc import Iterator, Mapping

from rrbnotes.checks.rule import Manual, Rule
from rrbnotes.diagnostics import Fix, Related, Severity
from rrbnotes.render.json import dumped
from rrbnotes.render.page import Page
from rrbnotes.render.patch import Patched, patched
from rrbnotes.render.paths import from_top, uri
from rrbnotes.render.safe import one_line
from rrbnotes.source import Range, printed
from rrbnotes.views.check_report import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
"""How GitHub calls the weight of a rule; the levels of SARIF are called as ours."""
PRECISIONS = {Severity.ERROR: "high", Severity.WARNING: "medium", Severity.NOTE: "low"}
"""How sure a rule is: only what is sure to be wrong may fail a run."""
MOST_CHARS = 1024
"""That GitHub takes of a rule's description."""

Json = dict[str, object]


def write(report: Report, page: Page) -> str:
    """One run, as compact as JSON gets: code scanning refuses large files."""
    broken = {one.name for one in report.diagnostics}
    rules = [rule for rule in report.rules.values() if rule.name in broken]
    run = {
        "tool": {"driver": _driver(rules, report.version)},
        "automationDetails": {"id": f"rrb/check/{uri(report.prefix)}".rstrip("/") + "/"},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(report, {rule.name: at for at, rule in enumerate(rules)})),
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, (",", ":")) + "\n"


def _driver(rules: list[Rule], version: str) -> Json:
    return {"name": "rrb", "semanticVersion": version, "rules": [_rule(rule) for rule in rules]}


def _rule(rule: Rule) -> Json:
    page, weight = rule.manual, rule.weight(named=False)
    return {
        "id": rule.name,
        "name": rule.name,
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": one_line(page.why or page.summary)[:MOST_CHARS]},
        "help": {"text": page.mend or page.summary, "markdown": "\n\n".join(_page(page))},
        "defaultConfiguration": {"level": weight},
        "properties": {
            "tags": ["meeting-notes", f"scope/{rule.scope.name.lower()}"],
            "precision": PRECISIONS[weight],
            "problem.severity": PROBLEMS[weight],
        },
    }


def _page(page: Manual) -> Iterator[str]:
    """A rule's page in markdown."""
    yield from filter(None, (page.summary, page.why))
    for title, example in (("Bad", page.bad), ("Good", page.good)):
        if example:
            ticks = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", example))])
            yield f"**{title}**\n\n{ticks}markdown\n{example}\n{ticks}"
    if page.mend:
        yield f"**Mend**\n\n{page.mend}"


def _results(report: Report, index: Mapping[str, int]) -> Iterator[Json]:
    files = patched(report)
    for one in report.diagnostics:
        fix, related = one.finding.fix, one.finding.related
        result: Json = {
            "ruleId": one.name,
            "level": one.severity,
            "message": _message(one.message),
            "locations": [_location(one.at, report)],
            "partialFingerprints": {"primaryLocationLineHash": one.fingerprint},
        }
        if one.name in index:
            result["ruleIndex"] = index[one.name]
        if related:
            result["relatedLocations"] = [_related(at, other, report) for at, other in enumerate(related, 1)]
        if fix and fix.edits and one.path in files:
            result["fixes"] = [_fix(fix, files[one.path], report)]
        yield result


def _message(text: str) -> Json:
    """Words of a note must not become a link."""
    text = one_line(text)
    return {"text": re.sub(r"[\\\[\]]", r"\\\g<0>", text) if "](" in text else text}


def _location(at: Range, report: Report) -> Json:
    return {"physicalLocation": {"artifactLocation": _file(at.path, report), "region": _region(at)}}


def _related(number: int, related: Related, report: Report) -> Json:
    """A place that a finding speaks of, up to the end of its line."""
    at = related.at
    line = printed(at.path, at.line, report.lines(at.path))
    place = Range(at.path, at.line, at.column, at.line, max(at.column, line.end_column))
    return {"id": number, **_location(place, report), "message": _message(related.message)}


def _fix(fix: Fix, file: Patched, report: Report) -> Json:
    replacements = [
        {"deletedRegion": _region(file.region(edit)), "insertedContent": {"text": edit.text}}
        for edit in fix.edits
    ]
    change = {"artifactLocation": _file(file.path, report), "replacements": replacements}
    return {"description": _message(fix.title), "artifactChanges": [change]}


def _file(path: str, report: Report) -> Json:
    return {"uri": uri(from_top(path, report.prefix))}


def _region(at: Range) -> Json:
    return {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    }
