"""The formats of `rrb check`: cases in `cases/reports`, what programs want of theirs, and what must never get through."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date as Date
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from markdown_it import MarkdownIt

from conftest import Write
from drawn import drawn, shown
from rrbnotes.checks.book import open_book
from rrbnotes.checks.rule import Rule, of_note
from rrbnotes.checks.rules import RULES
from rrbnotes.checks.run import Selection, run
from rrbnotes.diagnostics import Diagnostic, Finding, Fix, Related, Severity
from rrbnotes.edits import Edit, apply
from rrbnotes.home import Home
from rrbnotes.notebook import Minutes
from rrbnotes.render import reports
from rrbnotes.render.cells import cells, cut, wrapped
from rrbnotes.render.excerpt import excerpt
from rrbnotes.render.page import Page
from rrbnotes.render.patch import Patched
from rrbnotes.render.reports import REPORTS, for_file, statistics, summary_page
from rrbnotes.render.reports.github import MOST_CHARS, escaped_property, escaped_text, stopped
from rrbnotes.settings import Settings
from rrbnotes.source import Location, Range, Source, line_of, split_lines
from rrbnotes.views.check_report import Report, report_of, summary
from test_cases import Case, each

HOSTILE = (
    "plain",
    "line\n::error::injected\r\nend",
    "##[error]injected and ##[stop]",
    "%0A::error::x %25 100%",
    "a|b `code` <script>alert(1)</script> [x](javascript:y) &amp; ~~z~~",
    "bidi \u202e\u2066 nul \x00 bell \x07 esc \x1b[31m c1 \x9b zero\u200b\ufeff",
    "]]> & < > \" ' \ufffe\uffff",
    "half \ud800 and \udc80",
    "tab\tin\tit",
    "漢字（全角）👩‍👩‍👧 e\u0301 👍🏽",
    "long " * 5000,
    "{0} {{1}} \\ $HOME",
)
SARIF = Draft4Validator(json.loads((Path(__file__).parent / "data" / "sarif-schema-2.1.0.json").read_text()))
NOTES: dict[str, str | bytes] = {
    "2026-01-12.md": "# Board, 12 January 2026\n\n**Action:** Reading list to be shared.\n\n**Action:** MPS to report.\n",
    "b/2026-02-09.md": "# Board, 9 February 2026\r\n<!-- rrb: allow no-owner: x -->\r\n\r\n**Action:** Plan to be made.\r\n",
    "broken.md": b"caf\xe9\n",
}
PEOPLE = [name for name, row in REPORTS.items() if row.is_for_people]


def no_owner(minutes: Minutes) -> Iterator[Finding]:
    """As simple as a rule can be: the real ones change with what boards write."""
    for mention in minutes.meeting.mentions:
        if not mention.owners:
            yield Finding(
                line_of(mention.at),
                f"nobody owns '{mention.action}'",
                "begin it with who does it: 'MOPAC to …'",
            )


OWN = (of_note(no_owner, Severity.ERROR), next(rule for rule in RULES if rule.name == "not-utf8"))


def checked(write_notes: Write, today: Date, rules: Sequence[Rule]) -> Report:
    """What rules find in small notes."""
    notes = write_notes(NOTES)
    book = open_book(Home(notes.parent, notes, Settings()), notes, today)
    outcome = run(book, today, Selection(), rules)
    return report_of(book, outcome.diagnostics, allowed=len(outcome.allowed))


@pytest.fixture
def real(write_notes: Write, today: Date) -> Report:
    """A finding in a note, one allowed in another, and a file that cannot be read."""
    return checked(write_notes, today, OWN)


def made(
    words: str, path: str = "notes/a.md", severity: Severity = Severity.ERROR, line: int = 2
) -> Diagnostic:
    """A finding with the same words everywhere."""
    at = Range(path, line, 3, line, 9)
    related = (Related(Location(path, 1, 2), words), Related(Location("gone.md", 7), words))
    fix = Fix(words, (Edit(1, 3, words), Edit(5, 5, "\n")))
    return Diagnostic(
        "no-owner", severity, Finding(at, words, words, related, fix), f"{words[:20]!a}{line}:1"
    )


def hostile() -> Report:
    """Every hostile string as message, as path and as line."""
    found = tuple(made(words, f"notes/{words[:200]}.md") for words in HOSTILE)
    texts = {one.path: f"{words}\n{words}\nend" for one, words in zip(found, HOSTILE, strict=True)}
    sources = {path: Source(path, text, tuple(split_lines(text))) for path, text in texts.items()}
    return Report(found, len(found), sources, {rule.name: rule for rule in RULES}, prefix="sub dir/é")


def many(**numbers: int) -> Report:
    """So many errors, warnings and notes, notes first."""
    found = [
        made("x", severity=Severity(name), line=at + 1) for name, n in numbers.items() for at in range(n)
    ]
    return Report(tuple(reversed(found)), 1)


def written(name: str, report: Report, page: Page = Page()) -> str:  # noqa: B008 - a frozen value
    return REPORTS[name].write(report, page)


@each("reports")
def test_cases(case: Case) -> None:
    width, report = drawn(case.text)
    writers = {name: row.write for name, row in REPORTS.items()} | {"statistics": statistics.write}
    case.check(shown(writers[case.file.stem](report, Page(width))))


def test_every_format_has_a_file_and_a_row() -> None:
    files = {path.stem for path in Path(reports.__file__).parent.glob("*.py")}
    assert files - {"__init__", "statistics", "summary_page"} == set(REPORTS)


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.sarif", "sarif"), ("A.SARIF.JSON", "sarif"), ("gl-code-quality-report.json", "gitlab"), ("x.json", "json"),
     ("report.xml", "junit"), ("out.txt", "full"), ("out.md", None)],
)  # fmt: skip
def test_a_file_name_asks_for_a_format(name: str, format: str | None) -> None:
    assert for_file(name) == format


def test_a_report_of_real_checks(real: Report) -> None:
    assert [(one.name, one.path) for one in real.diagnostics] == [
        ("no-owner", "2026-01-12.md"),
        ("not-utf8", "broken.md"),
    ]
    assert set(real.sources) == {"2026-01-12.md"}
    assert real.counts == {"error": 2, "warning": 0, "note": 0, "fixable": 0, "baselined": 0}
    assert summary(real) == "2 errors in 2 files; 1 allowed"
    assert written("full", real).startswith(
        "error[no-owner]: nobody owns 'Reading list to be shared.'\n --> 2026"
    )


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (Report((), 2), "2 notes, nothing to mend"),
        (Report((), 1, allowed=1, baselined=2), "1 note, nothing new; 2 baselined, 1 allowed"),
        (many(error=1), "1 error in 1 file; 1 can be fixed with --fix"),
        (many(error=3, warning=12, note=4), "3 errors, 12 warnings and 4 notes in 1 file; 19 can be fixed with --fix"),
    ],
)  # fmt: skip
def test_the_summary_in_words(report: Report, words: str) -> None:
    assert summary(report) == words


# --- for people


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("width", [30, 80, 140])
def test_no_text_of_a_note_acts_on_a_terminal(name: str, width: int) -> None:
    text = written(name, hostile(), Page(width))
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufeff\ud800-\udfff]", text
    )
    assert text.encode()
    colored = written(name, hostile(), Page(width, color=True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == text


def test_full_keeps_to_its_width() -> None:
    for width in range(30, 160, 13):
        lines = written("full", hostile(), Page(width)).split("\n")
        assert [line for line in lines if cells(line) > width and not re.match(r" *(-->|:::) ", line)] == []


def test_colour_marks_severity_and_place() -> None:
    _, report = drawn("80\nwarning raw-html: HTML\nMPS [[<b>]]")
    assert "\x1b[1;33mwarning[raw-html]:\x1b[0m\x1b[1m HTML\x1b[0m" in written("full", report, Page(80, True))
    assert "\x1b[1;33m    ^^^\x1b[0m" in written("full", report, Page(80, True))


@given(st.text(max_size=300), st.integers(0, 320), st.integers(0, 320), st.integers(12, 100))
def test_an_excerpt_fits_and_shows_where_its_place_begins(
    line: str, start: int, length: int, room: int
) -> None:
    part = excerpt(line, start, start + length, room)
    assert cells(part.text) <= room
    assert part.marked >= 1
    assert part.before + part.marked <= max(cells(part.text), part.before + 1)
    plain = excerpt(re.sub(r"[^a-z]", "x", line), start, start + length, room)
    assert not line[start : start + 1].strip() or plain.before < cells(plain.text)


def test_marks_stand_below_wide_and_hidden_characters() -> None:
    part = excerpt("会議\t\u200b資料 end", 4, 6, 60)
    assert part.text == "会議    <U+200B>資料 end"
    assert part.marks("^") == " " * 16 + "^^^^"


@given(st.text(st.sampled_from("ab cdé漢e\u0301 ")), st.integers(8, 40), st.integers(0, 4))
def test_wrapping_loses_no_letter(text: str, room: int, indent: int) -> None:
    lines = wrapped(text, room, indent)
    assert all(cells(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(), st.integers(1, 40))
def test_what_is_cut_fits(text: str, room: int) -> None:
    assert cells(cut(text, room)) <= room
    assert cells(text) > room or cut(text, room) == text


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(st.sampled_from("ab \n"), max_size=40))
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    new = st.text(st.sampled_from("xy\n"), max_size=4)
    return text, [Edit(a, b, draw(new)) for a, b in zip(ends[::2], ends[1::2], strict=False)]


@given(edited())
def test_the_lines_of_a_fix_are_those_that_change(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    source, after = Source("a.md", text, tuple(split_lines(text))), split_lines(apply(text, edits))
    hunks = list(Patched("a.md", text, source.starts()).hunks(edits))
    lines = list(source.lines)
    for hunk in reversed(hunks):
        first = hunk.line - 1
        assert tuple(lines[first : first + len(hunk.old)]) == hunk.old
        lines[first : first + len(hunk.old)] = hunk.new
    assert [line for line in lines if line] == [line for line in after if line]
    for hunk in hunks:
        assert not any(hunk.new) or tuple(after[hunk.new_line - 1 :][: len(hunk.new)]) == hunk.new


# --- GitHub


TEXT = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


def obeyed(line: str) -> tuple[str, dict[str, str], str]:
    """A command as a runner reads it."""
    command = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
    assert command, line
    properties = dict(pair.split("=", 1) for pair in command[2].split(","))
    read = {name: unescaped(text, PROPERTY) for name, text in properties.items()}
    return command[1], read, unescaped(command[3], TEXT)


def unescaped(text: str, codes: Iterable[tuple[str, str]]) -> str:
    for code, meant in codes:
        text = text.replace(code, meant)
    return text


@given(st.text(st.sampled_from("%0123ACD:,;\r\n é")) | st.text())
def test_what_github_reads_is_what_was_meant(text: str) -> None:
    assert unescaped(escaped_property(text), PROPERTY) == text
    assert unescaped(escaped_text(text), TEXT) == text
    assert not set("\r\n:,") & set(escaped_property(text))
    assert not set("\r\n") & set(escaped_text(text))


@given(st.text(), st.text(), st.sampled_from(Severity))
def test_no_words_become_a_command_of_github(path: str, words: str, severity: Severity) -> None:
    text = written("github", Report((made(words, path, severity),), 1))
    assert text.count("\n") == 1
    name, properties, message = obeyed(text.removesuffix("\n"))
    assert name == {"error": "error", "warning": "warning", "note": "notice"}[severity]
    assert set(properties) == {"file", "line", "endLine", "col", "endColumn", "title"}
    assert len(message.encode("utf-16-le")) <= 2 * MOST_CHARS


def test_github_gets_paths_from_the_top_and_places_on_one_line() -> None:
    at = Range("../notes/a,b: 100%.md", 2, 3, 4, 1)
    source = Source(at.path, "1\n1234567\n3\n4", ("1", "1234567", "3", "4"))
    one = Diagnostic("no-owner", Severity.NOTE, Finding(at, "x, y: 5%\nz", "do"), "f:1")
    text = written("github", Report((one,), 1, {at.path: source}, prefix="boards/lcrb"))
    assert text == (
        "::notice file=boards/notes/a%2Cb%3A 100%25.md,line=2,endLine=2,col=3,endColumn=8,"
        "title=rrb%3A no-owner::x, y: 5%25 z; do\n"
    )


@pytest.mark.parametrize(
    ("report", "kinds", "said"),
    [
        (many(error=10, warning=10, note=10), ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10, None),
        (many(error=2, note=11), ["error"] * 2 + ["notice"] * 10, "2 more findings not shown here: 2 notes"),
        (
            many(error=12, warning=11, note=3),
            ["error"] * 10 + ["warning"] * 10 + ["notice"] * 4,
            "3 more findings not shown here: 2 errors and 1 warning",
        ),
    ],
)
def test_github_is_told_what_it_would_drop(report: Report, kinds: list[str], said: str | None) -> None:
    lines = written("github", report).splitlines()
    assert [line[2:].split(" ")[0] for line in lines] == kinds
    assert lines[-1] == f"::notice title=rrb::{said}" or said is None


def test_a_log_obeys_nothing_between_the_tokens() -> None:
    assert stopped("a\n::error::x\n", "t0k") == "::stop-commands::t0k\na\n::error::x\n::t0k::\n"
    assert stopped("a", "t") == "::stop-commands::t\na\n::t::\n"


@pytest.mark.parametrize("name", ["json", "gitlab", "sarif", "junit"])
def test_data_in_a_log_holds_no_command(name: str) -> None:
    text = written(name, hostile())
    assert "##[" not in text
    assert not re.search(r"^\s*::", text, re.MULTILINE)


def test_the_page_of_a_step_shows_words_as_they_stand() -> None:
    page = summary_page.write(hostile(), Page())
    html = MarkdownIt("commonmark").enable("table").render(page)
    assert html.count("<tr>") == len(HOSTILE) + 1
    assert html.count("<td>") == 4 * len(HOSTILE)
    assert not re.search(r"<(?!/?(h3|p|table|thead|tbody|tr|th|td)>)", html)


def test_the_page_of_a_step_is_not_too_long() -> None:
    report = Report(tuple(made("é" * 4000, line=at) for at in range(1, 400)), 1)
    page = summary_page.write(report, Page())
    assert 1_000_000 < len(page.encode()) < summary_page.MOST_BYTES
    assert re.search(r"\n\n\d+ more findings not shown here\.\n$", page)
    assert "|" not in summary_page.write(Report((), 3), Page())


# --- for programs


def test_json_gives_the_words_as_they_stand(real: Report) -> None:
    read = json.loads(written("json", real))
    assert list(read) == ["version", "diagnostics", "summary"]
    assert read["diagnostics"][0] == {
        "name": "no-owner", "severity": "error", "path": "2026-01-12.md", "line": 3, "column": 1, "end_line": 3, "end_column": 39,
        "message": "nobody owns 'Reading list to be shared.'", "help": "begin it with who does it: 'MOPAC to …'",
        "related": [], "fix": None, "fingerprint": real.diagnostics[0].fingerprint,
    }  # fmt: skip
    assert read["summary"] == {"error": 2, "warning": 0, "note": 0, "fixable": 0, "baselined": 0}
    evil = json.loads(written("json", hostile()).encode())["diagnostics"]
    assert [one["message"] for one in evil] == list(HOSTILE)
    assert {one["fix"] for one in evil} == {"safe"}
    assert json.loads(written("json", Report((), 1)))["diagnostics"] == []


def test_gitlab_gets_what_it_asks_for(real: Report) -> None:
    for report in (real, hostile(), Report((), 1)):
        read = json.loads(written("gitlab", report).encode())
        assert len({one["fingerprint"] for one in read}) == len(read) == len(report.diagnostics)
        for one in read:
            assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
            assert one["severity"] in ("info", "minor", "major", "critical", "blocker")
            assert not one["location"]["path"].startswith(("/", "./"))
            assert one["location"]["lines"]["begin"] >= 1


def test_sarif_is_what_its_schema_says(real: Report) -> None:
    every = Report(
        tuple(Diagnostic(rule.name, rule.severity, Finding(Range("a.md", 1, 1, 1, 1), "x"), rule.name) for rule in RULES),
        1,
        rules=real.rules,
    )  # fmt: skip
    for report in (real, hostile(), every, Report((), 1)):
        text = written("sarif", report)
        assert text.count("\n") == 1
        read = json.loads(text.encode())
        assert [error.message for error in SARIF.iter_errors(read)] == []
        driver = read["runs"][0]["tool"]["driver"]
        assert len(read["runs"][0]["results"]) == len(report.diagnostics)
        for result in read["runs"][0]["results"]:
            assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
            assert result["partialFingerprints"]["primaryLocationLineHash"]


def test_sarif_tells_code_scanning_what_it_wants() -> None:
    for rule in json.loads(written("sarif", hostile()))["runs"][0]["tool"]["driver"]["rules"]:
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert "**Bad**\n\n```markdown\n**Action:**" in rule["help"]["markdown"]
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")


def test_sarif_names_files_by_uris_from_the_top() -> None:
    run = json.loads(written("sarif", hostile()))["runs"][0]
    assert run["automationDetails"] == {"id": "rrb/check/sub%20dir/%C3%A9/"}
    uris = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]]
    assert all(re.fullmatch(r"[A-Za-z0-9%/._~-]+", uri) for uri in uris)
    paths = [f"sub dir/é/notes/{words[:200]}.md" for words in HOSTILE if not re.search("[/\ud800]", words)]
    read = [unquote_to_bytes(uri).decode("utf-8", "surrogateescape") for uri in uris]
    assert set(paths) <= set(read)
    assert unquote(uris[0]) == paths[0]


def test_sarif_places_a_fix_and_related_lines() -> None:
    _, report = drawn(
        "80\nwarning raw-html: HTML\n<<as here>>first line\nMPS [[{{write it|<b>=>**}}]]reports{{</b>=>**}}"
    )
    result = json.loads(written("sarif", report))["runs"][0]["results"][0]
    region = {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 8}
    assert result["locations"][0]["physicalLocation"]["region"] == region
    change = result["fixes"][0]["artifactChanges"][0]
    assert change["replacements"] == [
        {"deletedRegion": region, "insertedContent": {"text": "**"}},
        {"deletedRegion": region | {"startColumn": 15, "endColumn": 19}, "insertedContent": {"text": "**"}},
    ]
    related = result["relatedLocations"][0]
    assert related["message"] == {"text": "as here"}
    assert related["physicalLocation"]["region"]["endColumn"] == 11


def test_words_of_a_note_are_no_link_in_sarif() -> None:
    read = json.loads(written("sarif", Report((made("see [it](1) \\"),), 1)))
    assert read["runs"][0]["results"][0]["message"]["text"].startswith("see \\[it\\](1) \\\\; see")


def test_junit_has_a_case_for_each_finding(real: Report) -> None:
    for report in (real, hostile()):
        suite = suite_of(report)
        assert [case.find("failure") is not None for case in suite] == [True] * len(report.diagnostics)
        assert suite.get("tests") == suite.get("failures") == str(len(report.diagnostics))
    assert suite_of(real)[0].get("file") == "2026-01-12.md"
    failure = suite_of(real)[0].find("failure")
    assert failure is not None
    assert failure.get("message") == "nobody owns 'Reading list to be shared.'"
    assert failure.text == (
        "2026-01-12.md:3:1: error: nobody owns 'Reading list to be shared.'\n"
        "help: begin it with who does it: 'MOPAC to …'"
    )


def test_junit_has_a_case_that_passes_where_nothing_is_wrong() -> None:
    suite = suite_of(Report((), 2))
    assert [(case.get("name"), len(case)) for case in suite] == [("2 notes, nothing to mend", 0)]
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")


def suite_of(report: Report) -> ElementTree.Element:
    return ElementTree.fromstring(written("junit", report).encode())[0]


def test_every_format_takes_what_all_rules_find(write_notes: Write, today: Date) -> None:
    report = checked(write_notes, today, RULES)
    assert report.diagnostics
    for name in REPORTS:
        assert all(name == "junit" or one.name in written(name, report) for one in report.diagnostics)


@given(st.text(), st.text())
def test_every_format_takes_every_text(path: str, words: str) -> None:
    report = Report((made(words, path),), 1, rules={rule.name: rule for rule in RULES})
    source = Source(path, f"begin\n{words}", ("begin", *split_lines(words)))
    report = replace(report, sources={path: source})
    for name in REPORTS:
        text = written(name, report)
        assert text.encode() and text.endswith("\n")
    json.loads(written("sarif", report))
    suite_of(report)
