"""Text out of a note is only ever shown: whatever somebody writes into a note, a register, a name or an argument acts on no
terminal, sheet, page, calendar, mail, log or note, and comes out as the words that it is.

`hostile.py` has the texts and a board that is full of them. Each way out has a law below, by its format's name; commands and
formats are taken from the program, so that a new one has to keep a law from its first day.
"""

import ast
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Date
from html import escape
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest import mock
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator
from markdown_it import MarkdownIt

import rrbnotes
from boards import RRB, environment, set_board
from reliability.figures import Tried
from reliability.hostile import FEW, PAYLOADS, RECORDS, carried, plant_hostile
from reliability.laws import (
    LAWS,
    OBEYED,
    OURS,
    Law,
    as_csv,
    as_html,
    as_ics,
    as_json,
    as_mail,
    as_markdown,
    as_ndjson,
    as_tsv,
    as_xml,
    coloured,
    found_in,
    letters,
    lines,
    plain,
    texts_in,
)
from rrbnotes.checks.book import open_book
from rrbnotes.cli import commands
from rrbnotes.editor.telling import told
from rrbnotes.home import Home
from rrbnotes.render.reports import REPORTS
from rrbnotes.render.safe import visible
from rrbnotes.settings import Settings

TODAY = "2020-02-01"


# What is run


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command gave to the two streams, byte for byte."""

    code: int
    out: bytes
    err: bytes


class Stream(TextIOWrapper):
    """A stream as `rrb` sets its own up, to a terminal or to a pipe."""

    def __init__(self, is_terminal: bool, encoding: str = "utf-8") -> None:
        super().__init__(BytesIO(), encoding=encoding, errors="backslashreplace", newline="\n")
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal

    def data(self) -> bytes:
        self.flush()
        assert isinstance(self.buffer, BytesIO)
        return self.buffer.getvalue()


def run(
    folder: Path,
    *words: str,
    terminal: bool = False,
    encoding: str = "utf-8",
    said: str = "",
    **surroundings: str,
) -> Answer:
    """Run a command in this process."""
    out, err, code = Stream(terminal, encoding), Stream(terminal, encoding), 0
    given = TextIOWrapper(BytesIO(said.encode()), encoding="utf-8")
    with (
        mock.patch.dict("os.environ", environment() | surroundings, clear=True),
        mock.patch.multiple(sys, stdin=given, stdout=out, stderr=err),
    ):
        try:
            RRB.main(["-C", str(folder), "--today", TODAY, *words], prog_name="rrb")
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 1
    answer = Answer(code, out.data(), err.data())
    assert code in (0, 1, 2) and b"internal error" not in answer.err, (words, answer.err)
    return answer


@pytest.fixture(scope="module", params=["few", pytest.param("all", marks=pytest.mark.slow)])
def board(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The hostile boards, their register as `rrb sync` leaves it. Nothing here writes into them."""
    folder = tmp_path_factory.mktemp("hostile")
    plant_hostile(folder, FEW if request.param == "few" else PAYLOADS)
    assert run(folder, "sync", "--force").code == 0
    return folder


@pytest.fixture
def mine(board: Path, tmp_path: Path) -> Path:
    """A copy to write into."""
    return Path(shutil.copytree(board, tmp_path / "mine"))


# Listings and papers, in every format


def offered(name: str) -> tuple[str, ...]:
    """The formats of a command, as a press of Tab offers them."""
    command = commands.whole(name)
    context = command.make_context(name, [], resilient_parsing=True)
    format = next((one for one in command.params if one.name == "format"), None)
    return tuple(item.value for item in format.shell_complete(context, "")) if format else ()


LISTINGS = {name: formats for name in commands.COMMANDS if (formats := offered(name))}
"""The commands that have formats, with these; `check` does not offer its own there."""
ASKED: Mapping[str, tuple[str, ...]] = {
    "actions": ("--all",),
    "show": (f"{RECORDS}.1",),
    "diff": ("MEETINGS",),
    "parse": ("--explain", "NOTES"),
    "summary": ("MEETING",),
    "undo": ("--list",),
}
"""The words that a command is asked with beside its format."""
FOR_EACH = {"html", "docx", "eml"}
"""Formats of `rrb chase` that make a file for each owner."""


def asked(folder: Path, name: str) -> tuple[str, ...]:
    """The same for the notes of a folder."""
    notes = sorted(path.relative_to(folder).as_posix() for path in (folder / "notes").rglob("*.md"))
    pair = [note.removeprefix("notes/").removesuffix(".md") for note in notes[:2]]
    known = {"NOTES": notes, "MEETINGS": pair, "MEETING": pair[1:]}
    return tuple(word for asked in ASKED.get(name, ()) for word in known.get(asked, (asked,)))


def check_format(folder: Path, name: str, format: str) -> int:
    """How many payloads came out of a command in a format as they should."""
    answer = run(folder, name, *asked(folder, name), "--format", format)
    plain(answer.err)
    if answer.code == 2:  # a format that has no place for such things
        assert not answer.out
        return 0
    return found_in(LAWS[format](answer.out), exact=format not in ("table", "text"))


def test_actions_in_every_format_are_the_words_that_they_are(board: Path, tried: Tried) -> None:
    """Every payload comes out of every format, and of those that the register tells every letter is there."""
    counts = {format: check_format(board, "actions", format) for format in LISTINGS["actions"]}
    assert counts == dict.fromkeys(LISTINGS["actions"], len(PAYLOADS))
    tried("hostile strings x sinks", sum(counts.values()))


SLOW = {"parse", "chase", "stats", "owners", "undo", "rules"}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.slow] * (name in SLOW)) for name in LISTINGS if name != "actions"],
)
def test_no_format_of_a_command_acts(board: Path, tried: Tried, name: str) -> None:
    formats = [format for format in LISTINGS[name] if not (name == "chase" and format in FOR_EACH)]
    tried("hostile strings x sinks", sum(check_format(board, name, format) for format in formats))


def test_json_gives_every_character(board: Path) -> None:
    answer = json.loads(run(board, "actions", "--all", "--format", "json").out)
    words = {one.name: one.text.encode("utf-8", "replace").decode() for one in carried(mark="zr")}
    assert {action["number"] for action in answer["actions"] if action["number"]} == set(words.values())


@pytest.mark.parametrize(
    "format",
    ["eml", pytest.param("html", marks=pytest.mark.slow), pytest.param("docx", marks=pytest.mark.slow)],
)
def test_a_letter_to_an_owner_acts_nowhere(board: Path, tmp_path: Path, tried: Tried, format: str) -> None:
    """One whose name is a payload, for each of them."""
    owners = [
        word
        for one in tuple(carried(mark="zr"))[::7]
        for word in ("--owner", one.text.replace("\ud800", "?").replace("\udcff", "?"))
    ]
    answer = run(board, "chase", *owners, "--format", format, "--output", str(tmp_path / "letters"))
    plain(answer.out), plain(answer.err)
    letters_sent = sorted((tmp_path / "letters").iterdir())
    assert len(letters_sent) > 5 and all(re.fullmatch(r"[\w.-]+", file.name) for file in letters_sent)
    tried(
        "hostile strings x sinks",
        sum(found_in(LAWS[format](file.read_bytes()), exact=False) for file in letters_sent),
    )


# Sentences

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "new": (),
    "review": (),
    "update": ("-n", f"{RECORDS}.2", "ongoing", "-m", "WORDS", "--owner", "WORDS", "--due", "WORDS"),
    "add": ("-n", "AO to see WORDS", "--owner", "WORDS", "--due", "WORDS"),
    "link": ("-n", f"{RECORDS}.2", "follows", f"{RECORDS}.3", "-m", "WORDS"),
    "unlink": ("-n", f"{RECORDS}.2", f"{RECORDS}.3"),
    "sync": ("-n", "--force"),
    "init": (),
    "doctor": (),
    "import": ("-n", "minutes.html"),
    "schema": (),
}
"""The commands that answer in sentences, or with what they would write, and what they are asked."""
OTHERS = {"check", "report", "lsp", "help"}
"""Those that have their own laws below; an editor is no terminal, and help has no words of notes."""


def test_every_command_has_a_law() -> None:
    assert set(LISTINGS) | set(SENTENCES) | OTHERS == set(commands.COMMANDS)
    assert {format for formats in LISTINGS.values() for format in formats} <= set(LAWS)


@pytest.mark.parametrize("name", [name for name in SENTENCES if name != "new"])
def test_no_sentence_acts(mine: Path, tried: Tried, name: str) -> None:
    """With a payload in the command's own words too."""
    (mine / "minutes.html").write_text(
        "".join(f"<p>**Action:** {one.text}</p>\n" for one in carried()), encoding="utf-8", errors="replace"
    )
    words = " ".join(one.text.replace("\0", "") for one in tuple(carried())[::3])
    answer = run(mine, name, *(word.replace("WORDS", words) for word in SENTENCES[name]))
    tried("hostile strings x sinks", found_in(plain(answer.out) + plain(answer.err), exact=False))


ARGUMENTS: tuple[tuple[str, ...], ...] = (
    ("{}",), ("show", "{}"), ("actions", "--owner", "{}"), ("actions", "--format", "{}"), ("parse", "{}.md"), ("check", "{}"),
    ("rules", "{}"), ("summary", "{}"), ("update", "{}", "done"), ("new", "{}/2020-03-03"), ("actions", "--{}"),
    ("actions", "--as-at", "{}"), ("check", "--select", "{}"), ("import", "{}"), ("undo", "{}"), ("link", "{}", "same", "{}"),
    ("--config", "{}.toml", "actions"), ("actions", "--output", "notes/{}.md"),
)  # fmt: skip
"""Where a command line takes a word."""


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.slow), len(ARGUMENTS)])
def test_no_word_of_a_command_line_acts_in_what_is_said_of_it(
    tmp_path: Path, tried: Tried, every: int
) -> None:
    counted = 0
    set_board(tmp_path)
    for at, one in enumerate(tuple(carried())[:: 1 if every == 1 else 2]):
        for words in ARGUMENTS[at % every :: every]:
            answer = run(
                tmp_path, *(word.format(one.text.replace("\0", "").replace("\ud800", "")) for word in words)
            )
            counted += found_in(plain(answer.out) + plain(answer.err), exact=False) > 0
    assert counted > len(PAYLOADS) * len(ARGUMENTS) / every / 4
    tried("hostile strings x sinks", counted)


# Terminals


@pytest.mark.parametrize("width", [20, *(pytest.param(wide, marks=pytest.mark.slow) for wide in (80, 400))])
@pytest.mark.parametrize(
    "name",
    [
        "actions",
        "show",
        "diff",
        "summary",
        *(pytest.param(n, marks=pytest.mark.slow) for n in ("owners", "stats", "undo")),
    ],
)
def test_a_terminal_gets_our_colours_and_nothing_else(
    board: Path, tried: Tried, name: str, width: int
) -> None:
    words = (name, *asked(board, name), *(["--search", "zr1"] if name == "actions" else []))
    said = run(board, *words, terminal=True, COLUMNS=str(width), NO_COLOR="1")
    bright = run(board, *words, terminal=True, COLUMNS=str(width), TERM="xterm")
    assert re.sub(" +\n", "\n", coloured(bright.out)) == re.sub(" +\n", "\n", plain(said.out))
    tried("hostile strings x sinks", 2 * found_in(plain(said.out), exact=False))


@pytest.mark.parametrize(
    "format", [format for format in LISTINGS["actions"] if format not in ("xlsx", "sqlite")]
)
def test_no_format_acts_on_a_terminal(board: Path, format: str) -> None:
    answer = run(board, "show", f"{RECORDS}.1", "--format", format, terminal=True, NO_COLOR="1")
    assert "zr00" in plain(answer.out)


# Reports of checks, and the page for the board

SCHEMA = Path(__file__).parent.parent / "data/sarif-schema-2.1.0.json"


@dataclass(frozen=True, slots=True)
class Checked:
    """What `rrb check` wrote in each of its formats."""

    files: Mapping[str, bytes]
    github: Answer


@pytest.fixture(scope="module")
def checked(board: Path, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """All in one run, as a log of GitHub Actions gets it, and the page of the step."""
    files = tmp_path_factory.mktemp("reports")
    aims = (f"--output={name}:{files / name}" for name in REPORTS)
    page = files / "step"
    answer = run(
        board, "check", "--format", "github", *aims, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(page)
    )
    return Checked({file.name: file.read_bytes() for file in files.iterdir()}, answer)


def as_sarif(data: bytes) -> str:
    """What the schema says; files by relative URIs of plain letters."""
    value = json.loads(plain(data))
    Draft4Validator(json.loads(SCHEMA.read_text())).validate(value)
    found = re.findall(r'"uri":"([^"]*)"', data.decode())
    assert found and all(re.fullmatch(r"notes/[\w./%~-]+", uri) for uri in found), found
    return lines([*texts_in(value), *map(unquote, found)])


def as_commands(data: bytes) -> str:
    """One command of GitHub a line, each with the fields that are ours."""
    commands_of = [
        re.fullmatch(r"::(?:error|warning|notice) (.*?)::(.*)", line) for line in plain(data).splitlines()
    ]
    assert commands_of and all(commands_of)
    read = [found.groups() for found in commands_of if found]
    for fields, _ in read[:-1]:
        names = [field.partition("=")[0] for field in fields.split(",")]
        assert names == ["file", "line", "endLine", "col", "endColumn", "title"], fields
    return lines(
        re.sub("%(0D|0A|3A|2C|25)", lambda code: chr(int(code[1], 16)), text)
        for found in read
        for text in found
    )


CHECKS: Mapping[str, Law] = {
    "full": plain, "concise": plain, "json": as_json, "gitlab": as_json, "sarif": as_sarif, "junit": as_xml,
    "github": as_commands, "step": as_markdown,
}  # fmt: skip


@pytest.mark.parametrize("format", CHECKS)
def test_no_report_of_a_check_acts(checked: Checked, tried: Tried, format: str) -> None:
    assert set(CHECKS) - {"step"} == set(REPORTS)
    count = found_in(CHECKS[format](checked.files[format]), exact=False)
    assert count > 4
    tried("hostile strings x sinks", count)


def test_github_obeys_its_own_commands_alone(checked: Checked) -> None:
    """The same number as there are findings of each kind that it keeps, and the paths are those of the notes."""
    findings = json.loads(checked.files["json"])["diagnostics"]
    told = checked.github.out.decode()
    assert told == checked.files["github"].decode()
    assert not OBEYED.search(checked.github.err.decode())
    paths = {visible(one["path"]) for one in findings}
    for field in re.findall(r"file=(.*?),", told):
        assert re.sub("%(0D|0A|3A|2C|25)", lambda code: chr(int(code[1], 16)), field) in paths


def test_the_page_for_the_board_acts_nowhere(board: Path, tried: Tried) -> None:
    count = found_in(as_html(run(board, "report").out), exact=False)
    assert count >= len(FEW)
    tried("hostile strings x sinks", count)


# A log of GitHub Actions


@pytest.mark.parametrize(
    "name",
    [
        "actions",
        "owners",
        "show",
        "diff",
        "summary",
        "doctor",
        "sync",
        *(pytest.param(n, marks=pytest.mark.slow) for n in ("stats", "chase", "meetings", "parse")),
    ],
)
def test_a_log_obeys_nothing_that_a_command_says(board: Path, tried: Tried, name: str) -> None:
    """Its lines hold words of notes, some at their beginnings."""
    words = SENTENCES.get(name) or asked(board, name)
    formats = LISTINGS[name] if name == "actions" else ("",)
    for format in formats:
        asking = (name, *words, *(["--format", format] if format else []))
        answer = run(board, *asking, GITHUB_ACTIONS="true")
        if format in ("xlsx", "sqlite"):
            continue
        assert not OBEYED.search(answer.out.decode()) and not OBEYED.search(answer.err.decode())
        tried("hostile strings x sinks", found_in(answer.out.decode(), exact=False))
    told = run(board, *(name, *words)).out.decode()
    assert name != "actions" or "##[command]" in told  # what would be obeyed is in it where nobody obeys


@pytest.mark.slow
def test_a_log_obeys_no_difference_and_no_finding(board: Path, tried: Tried) -> None:
    for words in ((), ("--diff",)):
        told = run(board, "check", *words, GITHUB_ACTIONS="true").out.decode().split("\n")
        obeyed = [
            line
            for line in obeyed_in(told)
            if not re.match("::(?:error|warning|notice) (?:file|title)=", line)
        ]
        assert obeyed == []
    tried("hostile strings x sinks", found_in("\n".join(told), exact=False))


def obeyed_in(told: Iterable[str]) -> Iterator[str]:
    """The lines that GitHub obeys: none between `::stop-commands::TOKEN` and `::TOKEN::`."""
    token = ""
    for line in told:
        if token:
            token = "" if line == f"::{token}::" else token
        elif line.startswith("::stop-commands::"):
            token = line.removeprefix("::stop-commands::")
            assert re.fullmatch("[0-9a-f]{32}", token)
        elif OBEYED.search(line):
            yield line
    assert not token


# Notes that are written


def told_of(folder: Path, *words: str) -> dict[str, object]:
    """What the notes say: the actions by ref, with what was ever said of them, and the items of the meetings."""
    said = json.loads(run(folder, "actions", "--all", "--format", "json").out)["actions"]
    meetings = json.loads(run(folder, "meetings", "--format", "json").out)["meetings"]
    fields = ("action", "owners", "status", "due", "raised", "history", "board")
    actions = {one["ref"]: {name: one[name] for name in fields} for one in said}
    for one in actions.values():
        one["raised"] = (one["raised"] or {}).get("item")
        one["history"] = [{**step, "line": 0} for step in one["history"]]
    return {"actions": actions} | {
        one["key"]: (one["title"], [item["title"] for item in one["items"]])
        for one in meetings
        if not one["draft"]
    }


def test_what_is_written_into_notes_is_read_again_as_the_same_and_nothing_else(
    mine: Path, tried: Tried
) -> None:
    """Summaries in the notes of all meetings, and a next note for each board: no action, heading or mark comes of a payload."""
    before = told_of(mine)
    summaries = drafts = 0
    for key in list(before)[1:]:
        answer = run(mine, "summary", "--write", key)
        summaries += answer.code == 0
        assert answer.code == 0 or re.search(
            b"nothing to sum up|saying something else|people wrote this action summary", answer.err
        ), answer
    for folder in sorted((mine / "notes").iterdir()):
        if folder.is_dir():
            answer = run(mine, "new", f"{folder.name}/2020-03-03")
            drafts += answer.code == 0
            assert answer.code == 0, answer
    after = told_of(mine)
    actions, was = after["actions"], before["actions"]
    assert actions == was
    assert {key: after[key] for key in before} == before
    assert summaries >= 2 and drafts >= 2
    written = "".join(path.read_text(encoding="utf-8") for path in (mine / "notes").rglob("*2020-03-03*.md"))
    tried("hostile strings x sinks", found_in(written, exact=False))


def test_imported_minutes_say_no_more_actions_than_they_have(tmp_path: Path, tried: Tried) -> None:
    """Each payload in a row of a table of Word's, as it comes in HTML."""
    (tmp_path / "notes").mkdir()
    texts = [letters_of(one.text) for one in carried() if visible(one.text) == one.text]
    rows = "".join(f"<tr><td>AO to see {escape(text)}</td><td>AO</td></tr>" for text in texts)
    page = f"<h1>Board, 9 September 2019</h1><h2>Actions</h2><table><tr><th>Action</th><th>Owner</th></tr>{rows}</table>"
    (tmp_path / "minutes.html").write_text(f"<meta charset='utf-8'>{page}", encoding="utf-8")
    assert run(tmp_path, "import", "minutes.html").code == 0
    said = told_of(tmp_path)
    (note,) = (tmp_path / "notes").rglob("*.md")
    actions = said["actions"]
    assert isinstance(actions, dict)
    found = {letters(one["action"]) for one in actions.values()}
    assert found == {letters(f"see {text}").replace("＠", "@") for text in texts}  # a wide @ is one too
    assert len(MarkdownIt().parse(note.read_text(encoding="utf-8"))) > 1
    tried("hostile strings x sinks", len(texts))


def letters_of(text: str) -> str:
    return " ".join(text.split())


def test_what_an_editor_shows_of_an_action_is_words(board: Path, tried: Tried) -> None:
    """Where the pointer rests on any mention of an action."""
    today = Date.fromisoformat(TODAY)
    book = open_book(Home(board, board / "notes", Settings()), board, today)
    places = [mention.at for minutes in book.minutes for mention in minutes.meeting.mentions][::3]
    shown = [said.text for at in places if (said := told(book, (), at.path, at.line, at.column + 3, today))]
    words = [as_markdown(text.encode()) for text in shown]
    assert len(words) > len(places) / 2
    tried("hostile strings x sinks", found_in(lines(words), exact=False))


# Names that are no text


ODD_NAMES = (
    "a\nstatus: complete",
    "bell\x07",
    "\x1b]0;x\x07",
    "c1 \x9b2J",
    "half \udcff",
    "line\u2028end",
    "return\rx",
)


def test_a_file_whose_name_is_no_text_is_told_and_not_read(tmp_path: Path, tried: Tried) -> None:
    """No list, no register and no log could say which note it is."""
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "2019-09-09.md").write_text("# Board\n**Action:** AO to write\n")
    for name in ODD_NAMES:
        try:
            (notes / f"2019-11-19 {name}.md").write_text("# Board\n**Action:** AO to read\n")
        except (OSError, UnicodeError):
            pytest.skip(f"this system has no file named {name!a}")
    for words in (("actions",), ("check",), ("sync",), ("parse", f"notes/2019-11-19 {ODD_NAMES[0]}.md")):
        answer = run(tmp_path, *words)
        said = plain(answer.out) + plain(answer.err)
        assert "is no plain text" in said and answer.code == (1 if words == ("check",) else 2), said
        assert "to read" not in said
    assert not (notes / "actions.yaml").exists()
    tried("hostile strings x sinks", 4 * len(ODD_NAMES))


# Streams


def process(folder: Path, *words: str, **surroundings: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "rrbnotes", "-C", str(folder), "--today", TODAY, *words]
    return subprocess.run(command, capture_output=True, env=environment() | surroundings, check=False)


@pytest.mark.parametrize("encoding", [pytest.param("ascii", marks=pytest.mark.slow), "cp1252"])
def test_a_stream_of_few_letters_gets_all_words(board: Path, encoding: str) -> None:
    """A pipe is UTF-8 whatever the system says; a terminal that has not all letters gets their numbers."""
    piped = process(board, "show", f"{RECORDS}.28", PYTHONIOENCODING=encoding)
    assert piped.returncode == 0 and "＝1+1" in piped.stdout.decode() and not piped.stderr
    shown = run(board, "show", f"{RECORDS}.28", terminal=True, encoding=encoding, NO_COLOR="1")
    assert b"\\uff1d1+1" in shown.out and shown.code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close otherwise")
@pytest.mark.parametrize(
    "words",
    [
        "actions --all",
        pytest.param("check", marks=pytest.mark.slow),
        pytest.param("stats --format json", marks=pytest.mark.slow),
    ],
)
def test_a_reader_who_has_seen_enough_ends_it_without_a_word(board: Path, words: str) -> None:
    program = f"{shlex.quote(sys.executable)} -m rrbnotes -C {shlex.quote(str(board))} -q {words}"
    script = f"set -o pipefail; {program} | head -c 10; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, env=environment(), check=True)
    assert done.stderr == b"" and done.stdout[10:].strip() in (b"0", b"1"), done


@pytest.mark.parametrize("surroundings", [{"TERM": "dumb"}, {"NO_COLOR": "1"}])
def test_no_colour_where_none_is_wanted(board: Path, surroundings: dict[str, str]) -> None:
    for words in (("show", f"{RECORDS}.1"), ("rules",)):
        plain(run(board, *words, terminal=True, **surroundings).out)
    assert OURS.search(run(board, "rules", terminal=True, TERM="xterm").out.decode())


# One way to each


SOURCES = {path: path.read_text(encoding="utf-8") for path in Path(rrbnotes.__file__).parent.rglob("*.py")}


def calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    """The calls of a function or class, whatever it is called on."""
    for path, text in SOURCES.items():
        if name in text:
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name:
                    yield path, node


def test_no_markup_is_made_of_words() -> None:
    """A console takes words as they are; a page escapes whatever it is given, but its own style and script."""
    consoles = list(calls("Console"))
    assert len(consoles) > 2
    for path, call in consoles:
        said = {one.arg: ast.unparse(one.value) for one in call.keywords}
        assert [said.get(name) for name in ("markup", "emoji", "highlight")] == ["False"] * 3, path
    assert [
        path for name in ("Markup", "from_markup", "render_markup", "from_ansi") for path, _ in calls(name)
    ] == []
    assert all("autoescape=True" in ast.unparse(call) for _, call in calls("Environment"))
    pages = Path(rrbnotes.__file__).parent.rglob("*.j2")
    unescaped = [
        found
        for page in pages
        for found in re.findall(r"\{\{[^}]*\|\s*safe\b[^}]*\}\}|autoescape", page.read_text(encoding="utf-8"))
    ]
    assert sorted(unescaped) == ["{{ script | safe }}", "{{ style | safe }}"]


def test_each_stream_has_one_door() -> None:
    """What writes to a stream is `cli/talk.py`, which makes harmless; the others write what no note has a say in, or has
    been seen to: screens with their keys, offers of a shell, answers said again, the log."""
    doors = {
        path.name
        for path, text in SOURCES.items()
        if re.search(r"std(?:out|err)\.(?:buffer\.)?write\b|(?<!\.)\bprint\(", text)
    }
    assert doors == {"talk.py", "keys.py", "shells.py", "repeating.py", "check_report.py"} | (
        doors & {"progress.py"}
    )


# The laws themselves

NAIVE: Mapping[str, tuple[Law, str]] = {
    "a colour": (plain, "red \x1b[31m"),
    "a control of 8 bits": (plain, "x \x9b2J"),
    "a turn of direction": (plain, "\u202egpj"),
    "a tag": (plain, "a\U000e0061"),
    "a return": (plain, "unpaid\rpaid"),
    "a screen cleared": (coloured, "\x1b[1mx\x1b[0m \x1b[2J"),
    "a cell too many": (as_tsv, "a\tb\nc\td\te\n"),
    "a formula": (as_csv, "action\r\n=1+1\r\n"),
    "a formula behind a blank": (as_csv, "action\r\n  @SUM(1)\r\n"),
    "a control in JSON": (as_json, '["\x9b"]'),
    "two values in a line": (as_ndjson, "{} {}\n"),
    "a script": (as_html, "<meta content=\"default-src 'none'\"><p><iframe></iframe>"),
    "an attribute": (as_html, "<meta content=\"default-src 'none'\"><p onclick='x'>"),
    "a link that runs": (as_html, "<meta content=\"default-src 'none'\"><a href='javascript:x'>"),
    "a link in markdown": (as_markdown, "[x](http://x.example)"),
    "HTML in markdown": (as_markdown, "a <i>b</i>"),
    "a comment in markdown": (as_markdown, "<!-- rrb:summary -->"),
    "another event": (as_ics, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"),
    "a long line": (as_ics, f"BEGIN:VCALENDAR\r\nNAME:{'x' * 80}\r\nEND:VCALENDAR\r\n"),
    "another receiver": (as_mail, "Subject: x\r\nBcc: y@z.example\r\n\r\n"),
    "a command of GitHub": (as_commands, "::error file=a,line=1::x\n::set-output name=x::y\n"),
    "a field of a command": (as_commands, "::error file=a,line=1,file=b::x\n::notice title=rrb::x\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", NAIVE)
def test_each_law_catches_what_it_is_there_for(name: str) -> None:
    law, text = NAIVE[name]
    with pytest.raises((AssertionError, ValueError)):
        law(text.encode())


def test_letters_that_change_on_their_way_are_seen() -> None:
    (one,) = (one for one in carried(("signs of a calendar",), "zr"))
    assert found_in(f"x {one.text} y") == 1
    with pytest.raises(AssertionError):
        found_in(one.text.replace("\\N", "\n"))
