"""The dot files in `cases/`: a title, a note (or several, behind `== NAME.md` lines), and what is read in it.

In a note `→` stands for a tab, `␠` for a space at the end of a line, `⍽` for a space that does not break, `␍` for
a carriage return and `␌` for a page break; `⟨U+200B⟩` for a character that is not seen, `⟨byte 96⟩` for a byte that is
no UTF-8 and `⟨500 × words⟩` for words printed 500 times. A part `== rrb.toml` holds settings. A part without a name is
the note `2026-01-12.md`.

`RRB_UPDATE=1 pytest -n0 tests/test_cases.py` writes what is read into the files; review it as a diff.
"""

import os
import re
import tomllib
from collections.abc import Iterator
from datetime import date as Date
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it.utils import read_fixture_file

from conftest import Write
from rrbnotes.book import Notebook
from rrbnotes.model import Action, Due, Meeting, Mention, Name, NextMeeting, Progress, Status
from rrbnotes.notebook import load
from rrbnotes.reading import dialects
from rrbnotes.reconciling.standing import Standing, standings
from rrbnotes.settings import Settings, settings_of
from rrbnotes.single import Parsed, parse

CASES = Path(__file__).parent / "cases"
FOLDERS = ("dialects", "owners", "statuses", "facts", "reconcile")
_VISIBLE = str.maketrans({"→": "\t", "␠": " ", "⍽": "\u00a0", "␍": "\r", "␌": "\f"})
_WRITTEN = re.compile(r"⟨(?:U\+([0-9A-F]{4,6})|byte ([0-9A-F]{2})|(\d+) × ([^⟩]+))⟩")
_PART = re.compile(r"^== (\S+)\n", re.MULTILINE)


def in_sight(line: str) -> str:
    """A line with the marks for carriage returns and spaces at its end."""
    words = line.rstrip(" ")
    return words.replace("\r", "␍") + "␠" * (len(line) - len(words))


def _written(found: re.Match[str]) -> str:
    """The text that a mark in a case stands for; a byte as `surrogateescape` keeps it."""
    character, byte, times, words = found.groups()
    if times:
        return str(words) * int(times)
    return chr(int(character, 16)) if character else chr(0xDC00 + int(byte, 16))


class Case(NamedTuple):
    """One case of a dot file."""

    file: Path
    title: str
    text: str
    expected: str

    @property
    def parts(self) -> dict[str, str]:
        """The files that the text stands for, by name."""
        first, *rest = _PART.split(_WRITTEN.sub(_written, self.text.translate(_VISIBLE)))
        named = dict(zip(rest[::2], rest[1::2], strict=True))
        return {"2026-01-12.md": first} | named if first else named

    @property
    def notes(self) -> dict[str, str | bytes]:
        """Its notes by name."""
        notes = {name: text for name, text in self.parts.items() if name != "rrb.toml"}
        return {name: text.encode("utf-8", "surrogateescape") for name, text in notes.items()}

    @property
    def settings(self) -> Settings:
        """Its settings, or none."""
        return settings_of(tomllib.loads(self.parts.get("rrb.toml", "")), "rrb.toml")

    def check(self, lines: Iterator[str]) -> None:
        """Compare what was read with what is expected, or write it down where that is asked for."""
        actual = "".join(f"{line}\n" for line in lines)
        if os.environ.get("RRB_UPDATE") and actual != self.expected:
            assert "PYTEST_XDIST_WORKER" not in os.environ, "RRB_UPDATE rewrites files: run with -n0"
            whole, head = self.file.read_text(encoding="utf-8"), f"{self.title}\n.\n{self.text}.\n"
            self.file.write_text(
                whole.replace(f"{head}{self.expected}.\n", f"{head}{actual}.\n"), encoding="utf-8"
            )
        else:
            assert actual == self.expected


def cases_in(folder: str) -> list[Case]:
    """All cases of a folder, file by file."""
    files = sorted((CASES / folder).glob("*.md"))
    return [Case(file, *case[1:]) for file in files for case in read_fixture_file(file)]


def each(folder: str) -> pytest.MarkDecorator:
    """Runs a test for every case of a folder."""
    cases = cases_in(folder)
    return pytest.mark.parametrize("case", cases, ids=[f"{case.file.name}:{case.title}" for case in cases])


@each("dialects")
def test_dialects(case: Case, write_notes: Write) -> None:
    case.check(mentions_read(case, write_notes))


@each("owners")
def test_owners(case: Case, write_notes: Write) -> None:
    case.check(mentions_read(case, write_notes))


@each("statuses")
def test_statuses(case: Case, write_notes: Write) -> None:
    case.check(mentions_read(case, write_notes))


@each("facts")
def test_facts(case: Case, write_notes: Write) -> None:
    notes = write_notes(case.notes)
    meetings = load(notes, notes, case.settings).meetings
    for_each = {meeting.path: list(_facts(meeting)) for meeting in meetings}
    case.check(_by_note({name: for_each[name] for name in case.notes}))


@each("reconcile")
def test_reconcile(case: Case, write_notes: Write, today: Date) -> None:
    notes = write_notes(case.notes)
    case.check(_register(load(notes, notes, case.settings), today))


def test_every_dialect_has_a_file_a_row_and_cases() -> None:
    rows = {dialect.__name__ for dialect in dialects.DIALECTS}
    files = {path.stem for path in Path(dialects.__file__).parent.glob("*.py")} - {"__init__"}
    assert rows == files == {case.file.stem for case in cases_in("dialects")}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_has_five_cases_and_no_title_twice(folder: str) -> None:
    for file in (CASES / folder).glob("*.md"):
        titles = [case.title for case in cases_in(folder) if case.file == file]
        assert len(titles) >= 5, file.name
        assert len(titles) == len(set(titles)), file.name


@pytest.mark.parametrize("name", [dialect.__name__ for dialect in dialects.DIALECTS])
def test_the_cases_of_a_dialect_are_found_by_it(name: str, write_notes: Write) -> None:
    mine = [case for case in cases_in("dialects") if case.file.stem == name]
    found = [one for case in mine for read in parsed(case, write_notes).values() for one in read.candidates]
    assert sum(one.accepted and one.convention == name.replace("_", "-") for one in found) >= 5


def parsed(case: Case, write_notes: Write) -> dict[str, Parsed]:
    """Every note of a case, read by itself with what the others teach."""
    notes = write_notes(case.notes)
    read = {name: parse(notes / name, notes, notes, case.settings) for name in case.notes}
    return {name: one for name, one in read.items() if isinstance(one, Parsed)}


def mentions_read(case: Case, write_notes: Write) -> Iterator[str]:
    """One line for each mention, and for each place that was looked at and refused, by the notes' lines."""
    read = parsed(case, write_notes)
    return _by_note({name: list(_mentions(one)) for name, one in read.items()})


def _by_note(lines: dict[str, list[str]]) -> Iterator[str]:
    for name, own in lines.items():
        yield from [f"== {name}", *own] if len(lines) > 1 else own


def _mentions(read: Parsed) -> Iterator[str]:
    """`7 raised MOPAC, NPS | share the plan | due 2019-11-19 | complete: reason`."""
    accepted = [(mention.at.line, _mention(mention)) for mention in read.meeting.mentions]
    refused = [(one.at.line, f"refused | {one.text}") for one in read.candidates if not one.accepted]
    for line, words in sorted(accepted + refused, key=lambda place: place[0]):
        yield f"{line} {words}".rstrip()


def _mention(mention: Mention) -> str:
    return _joined(
        f"{mention.kind} {_owners(mention.owners)}",
        mention.action,
        _due(mention.due),
        _status(mention.status, mention.reason),
        mention.ref and f"ref {mention.ref}",
        mention.number and f"number {mention.number}",
    )


def _joined(*parts: str | None) -> str:
    return " | ".join(part for part in parts if part)


def _owners(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "nobody"


def _status(status: Status | None, reason: str) -> str:
    """`complete: reason`; `: reason` where no word says a status."""
    return (status or "") + (f": {reason}" if reason else "")


def _due(due: Due | None, label: str = "due") -> str:
    """`due 2026-02-09`, `due latest 2026-02-28`, `due not before 2026-02-09`, `due quarterly`, `due "ASAP"`."""
    if due is None:
        return ""
    said = {"": due.date, "latest ": due.latest, "not before ": due.not_before, "recurs ": due.recurs}
    facts = [f"{name}{value}" for name, value in said.items() if value]
    return f"{label} {', '.join(facts)}" if facts else f'{label} "{due.text}"'


def _facts(meeting: Meeting) -> Iterator[str]:
    """One line for each thing that a note says of its meeting."""
    yield f"title: {meeting.title}"
    yield f"date: {meeting.date}"
    if meeting.start or meeting.end:
        yield f"time: {meeting.start}-{meeting.end or ''}"
    if meeting.venue:
        yield f"venue: {meeting.venue}"
    for label, names in (("attended", meeting.attended), ("absent", meeting.absent)):
        if names:
            yield f"{label}: {'; '.join(map(_name, names))}"
    for item in meeting.items:
        yield f"item {item.line}: {item}"
    if meeting.next_meeting:
        yield f"next {meeting.next_meeting.line}: {_next(meeting.next_meeting)}"


def _name(name: Name) -> str:
    return f"{name.name} = {name.short}" if name.short else name.name


def _next(after: NextMeeting) -> str:
    times = f"{after.start}-{after.end or ''}" if after.start else ""
    return " ".join(part for part in (str(after.date), times, after.venue) if part)


def _register(book: Notebook, today: Date) -> Iterator[str]:
    """One line for each action, below it what its history says, and at the end what a person has to decide."""
    standing = standings(book.meetings, book.register, today)
    for action in book.register.actions:
        yield _action(action, standing[action.ref])
        yield from (f"  {said}" for said in map(_progress, action.history) if said)
    for proposal in book.register.proposals:
        yield f"{proposal.ref} may be {' or '.join(ref for ref, _ in proposal.candidates)}"


def _action(action: Action, standing: Standing) -> str:
    """`2026-01-12.1 ongoing NPS | words | due … | carried reported/rolled/silent | KEY:LINE kind, …`."""
    carried = standing.carried
    return _joined(
        f"{action.ref} {action.status} {_owners(action.owners)}",
        action.action,
        _due(action.due),
        f"board {action.board}" if action.board else "",
        f"carried {carried.reported}/{carried.rolled}/{carried.silent}",
        "unreported" if standing.unreported else "",
        "overdue" if standing.overdue else "",
        ", ".join(f"{m.at.path.removesuffix('.md')}:{m.at.line} {m.kind}" for m in action.mentions),
    )


def _progress(progress: Progress) -> str:
    """`2026-02-09 rolled over: more data needed | due … | owners …`; nothing where it only lists the action again."""
    said = _joined(
        _status(progress.status, progress.reason),
        _due(progress.due),
        f"owners {_owners(progress.owners)}" if progress.owners else "",
    )
    return f"{progress.meeting} {said}" if said else ""
