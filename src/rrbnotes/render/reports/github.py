"""Workflow commands of GitHub Actions: each becomes a remark at its line of a pull request."""

from collections.abc import Iterator, Mapping

from rrbnotes.diagnostics import Diagnostic, Severity
from rrbnotes.quoting import count
from rrbnotes.render.page import Page
from rrbnotes.render.paths import from_top
from rrbnotes.render.safe import one_line, visible
from rrbnotes.views.check_report import Report, by_severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
MOST = 10
"""Commands of each kind that GitHub keeps of a step; it drops the others without a word."""
MOST_CHARS = 4096
"""Of a message, in UTF-16 as GitHub counts; it cuts the rest."""
_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _TEXT | str.maketrans({":": "%3A", ",": "%2C"})


def write(report: Report, page: Page) -> str:
    """The commands, errors first; where there are more than GitHub keeps, the last one says how many."""
    found = {
        severity: [one for one in report.diagnostics if one.severity is severity] for severity in Severity
    }
    room = dict.fromkeys(Severity, MOST)
    if any(len(every) > MOST for every in found.values()):
        room[Severity.NOTE] -= 1  # for the last one
    shown = (_command(one, report) for severity, every in found.items() for one in every[: room[severity]])
    hidden = {severity.value: max(len(every) - room[severity], 0) for severity, every in found.items()}
    return "".join(f"{line}\n" for line in (*shown, *_more(hidden)))


def stopped(text: str, token: str) -> str:
    """A text that is for people, in a log where GitHub obeys nothing until the token comes back; nobody must be able to
    guess the token."""
    return f"::stop-commands::{token}\n{text}{'' if text.endswith(chr(10)) else chr(10)}::{token}::\n"


def escaped_text(text: str) -> str:
    """What a command says."""
    return text.translate(_TEXT)


def escaped_property(text: str) -> str:
    """What stands before that: a path, a title."""
    return text.translate(_PROPERTY)


def _command(one: Diagnostic, report: Report) -> str:
    """`::error file=…,line=…,endLine=…,col=…,endColumn=…,title=…::what is wrong`."""
    properties = {
        "file": visible(from_top(one.path, report.prefix)),
        **dict(_place(one, report)),
        "title": f"rrb: {one.name}",
    }
    said = ",".join(f"{name}={escaped_property(str(value))}" for name, value in properties.items())
    return f"::{COMMANDS[one.severity]} {said}::{escaped_text(_cut(one_line(one.message)))}"


def _place(one: Diagnostic, report: Report) -> Iterator[tuple[str, int]]:
    """On one line: GitHub drops the columns of a place that goes on to the next."""
    at = one.at
    line = report.line(at.path, at.line)
    end = at.end_column if at.line == at.end_line else len(line) + 1 if line else at.column
    yield from (
        ("line", at.line),
        ("endLine", at.line),
        ("col", at.column),
        ("endColumn", max(end, at.column)),
    )


def _cut(text: str) -> str:
    """As much of a message as GitHub keeps."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARS:
        return text
    return units[: 2 * MOST_CHARS - 2].decode("utf-16-le", "ignore") + "…"


def _more(hidden: Mapping[str, int]) -> Iterator[str]:
    """A last notice for those that GitHub would drop."""
    number = sum(hidden.values())
    if number:
        yield f"::notice title=rrb::{count(number, 'more finding')} not shown here: {by_severity(hidden)}"
