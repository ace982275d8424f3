"""The formats of `rrb check`, each a row: how it writes, and which files it is for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rrbnotes.render.page import Page
from rrbnotes.render.reports import concise, full, github, gitlab, json, sarif
from rrbnotes.views.check_report import Report

Write = Callable[[Report, Page], str]


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """One format."""

    write: Write
    suffixes: tuple[str, ...] = ()
    """Of the files that mean it where no format is named."""
    is_for_people: bool = False
    """It holds words of the notes as they stand, which a log of GitHub Actions must not obey."""
    is_obeyed: bool = False
    """It is commands for that log."""


def _junit(report: Report, page: Page) -> str:
    from rrbnotes.render.reports.junit import write  # only who asks for XML pays for its library

    return write(report, page)


REPORTS: Mapping[str, ReportFormat] = {
    "full": ReportFormat(full.write, (".txt",), is_for_people=True),
    "concise": ReportFormat(concise.write, (".log",), is_for_people=True),
    "json": ReportFormat(json.write, (".json",)),
    "github": ReportFormat(github.write, is_obeyed=True),
    "gitlab": ReportFormat(
        gitlab.write, ("codequality.json", "code-quality.json", "code-quality-report.json")
    ),
    "sarif": ReportFormat(sarif.write, (".sarif", ".sarif.json")),
    "junit": ReportFormat(_junit, (".xml",)),
}


def for_file(name: str) -> str | None:
    """The format that a file's name asks for: the one with the longest ending."""
    ending = name.casefold()
    fitting = (
        (len(suffix), format)
        for format, row in REPORTS.items()
        for suffix in row.suffixes
        if ending.endswith(suffix)
    )
    return max(fitting, default=(0, None))[1]
