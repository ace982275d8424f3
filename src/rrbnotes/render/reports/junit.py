"""JUnit's XML, for the pages of tests that CI servers show: a failed case for each finding."""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from rrbnotes.diagnostics import Diagnostic
from rrbnotes.render.page import Page
from rrbnotes.render.safe import one_line
from rrbnotes.views.check_report import Report, summary

_ILLEGAL = re.compile("[\ufffe\uffff]")
"""What XML cannot hold beside what is made visible anyway."""


def write(report: Report, page: Page) -> str:
    """One suite; where nothing is wrong one case that passes, for a page without any shows nothing."""
    found = report.diagnostics
    totals = {"tests": str(len(found) or 1), "failures": str(len(found)), "errors": "0"}
    root = Element("testsuites", {"name": "rrb check", **totals})
    suite = SubElement(root, "testsuite", {"name": "rrb check", **totals})
    for one in found:
        _case(suite, one)
    if not found:
        SubElement(suite, "testcase", {"name": summary(report), "classname": "rrb"})
    indent(root)
    text = tostring(root, encoding="unicode").replace(
        "##[", "#&#35;["
    )  # a log of GitHub Actions would obey it
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _case(suite: Element, one: Diagnostic) -> None:
    path, message = _legal(one.path), _legal(one.finding.message)
    place = _legal(one.at.place)
    names = {"name": f"{one.name} at {place}", "classname": path, "file": path, "line": str(one.at.line)}
    case = SubElement(suite, "testcase", names)
    failure = SubElement(case, "failure", {"message": message, "type": one.severity})
    said = [f"{place}: {one.severity}: {message}", f"help: {_legal(one.finding.help)}"]
    said += [f"see {_legal(f'{other.at}')}: {_legal(other.message)}" for other in one.finding.related]
    failure.text = "\n".join(said if one.finding.help else [said[0], *said[2:]])


def _legal(text: str) -> str:
    return _ILLEGAL.sub(lambda match: f"<U+{ord(match[0]):04X}>", one_line(text))
