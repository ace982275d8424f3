"""The last look before a write: mistakes are put into what makes a new text, and none of them may reach the disk."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from boards import REGISTER, board_register, done, rrb, set_board
from rrbnotes.cli import desk, summarising, writing
from rrbnotes.edits import Edit, apply
from rrbnotes.keeping import ledger
from rrbnotes.register.text import changed

# The register

MOORINGS, LAMPS, ROPE = "2019-09-09.1", "2019-09-09.4", "2020-01-20.1"
COMMANDS = (
    ("update", MOORINGS, "complete", "-m", "sent"),
    ("add", "BT to count the oars", "--on", "2020-01-26"),
    ("link", MOORINGS, "follows", LAMPS),
)
Mistake = Callable[[str], str]


def instead(old: str, new: str, times: int = 1) -> Mistake:
    """A text with other words in the place of some."""

    def make(text: str) -> str:
        assert old in text, f"nothing to spoil: no {old!r}"
        return text.replace(old, new, times)

    return make


def without_record(ref: str) -> Mistake:
    return lambda text: re.sub(
        rf"  {re.escape(ref)}:\n.*?  # end {re.escape(ref)}\n\n", "", text, flags=re.DOTALL
    )


MISTAKES: dict[str, Mistake] = {
    "a remark outside the records goes": instead("# kept by Ann\n", ""),
    "a remark in the changed record goes": instead("    # ask Bea first\n", ""),
    "a remark behind a value of the changed record goes": instead("  # both of them", ""),
    "a remark in another record goes": instead("    # yellow rope\n", ""),
    "a key of somebody's own in the changed record goes": instead("    room: 12\n", ""),
    "a key of somebody's own in the changed record gets another value": instead("    room: 12\n", "    room: 13\n"),
    "a key of somebody's own in another record gets another value": instead("cost: 20", "cost: 200"),
    "a key of somebody's own at the top goes": instead('secretary: "Ann"\n', ""),
    "another record is written to": instead('action: "buy rope"', 'action: "buy oars"'),
    "the status goes to another record": instead("status: open", "status: closed"),
    "another field is written to": instead('item: "1. Papers"', 'item: "2. Papers"'),
    "a date moves by a day": instead("date: 2020-03-10", "date: 2020-03-11"),
    "an owner goes": instead('["BT", "AO"]', '["BT"]'),
    "a reason goes": instead(', reason: "still in draft"', ""),
    "an entry of the history goes": instead('      - {date: 2020-01-28, by: update, status: ongoing, reason: "three shops asked"}\n', ""),
    "an entry of the history stands twice": lambda text: re.sub(r"(      - .*three shops.*\n)", r"\1\1", text),
    "a line stands twice": instead('    item: "1. Papers"\n', '    item: "1. Papers"\n' * 2),
    "a record goes": without_record(ROPE),
    "the changed record goes": without_record(MOORINGS),
    "a record gets another ref": instead(ROPE, "2020-01-20.7", 2),
    "a ref that once led to an action goes": instead('    also: ["2019-11-19.1"]\n', ""),
    "a link goes": lambda text: re.sub(r'      - \{is: followed.*\n', "      - {is: followed, to: 2020-01-20.1}\n", text),
    "a quote is left open": instead('"buy rope"', '"buy rope'),
    "the text is cut off": lambda text: text[: len(text) * 2 // 3],
    "nothing is left": lambda text: "",
}  # fmt: skip
"""What the text of a new register might have suffered."""


def owned_register() -> bytes:
    """The register of the board, in which people have written too."""
    text = board_register().decode()
    text = instead("version: 1\n", 'version: 1\n# kept by Ann\nsecretary: "Ann"\n')(text)
    text = instead(
        '    owners: ["AO"]\n', '    # ask Bea first\n    owners: ["AO"]  # both of them\n    room: 12\n'
    )(text)
    return instead('    action: "buy rope"\n', '    # yellow rope\n    cost: 20\n    action: "buy rope"\n')(text).encode()  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_what_people_wrote_in_the_register_does_not_hinder(tmp_path: Path, words: tuple[str, ...]) -> None:
    set_board(tmp_path, owned_register())
    done(tmp_path, *words)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_register_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    register = set_board(tmp_path, owned_register()) / REGISTER
    before, healthy = register.read_bytes(), changed
    monkeypatch.setattr(ledger, "changed", lambda *args: MISTAKES[name](healthy(*args)))
    answer = rrb(tmp_path, *COMMANDS[0])
    assert answer.code == 70, answer
    assert answer.out == "" and len(answer.err.splitlines()) == 1, answer
    assert "nothing was changed; please report" in answer.err
    assert register.read_bytes() == before
    assert [path.name for path in register.parent.glob(".*")] == []
    assert "nothing to undo" in rrb(tmp_path, "undo").err


def test_without_the_last_look_it_would_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register, healthy = set_board(tmp_path, owned_register()) / REGISTER, changed
    monkeypatch.setattr(desk, "check_text", lambda *_: None)
    monkeypatch.setattr(ledger, "changed", lambda *args: MISTAKES["a record goes"](healthy(*args)))
    done(tmp_path, *COMMANDS[0])
    assert ROPE not in register.read_text()


# The notes

Splice = Callable[[str, Iterable[Edit]], str]


def spoilt(old: str, new: str) -> Splice:
    """Makes edits, and a mistake beside them."""
    return lambda text, edits: instead(old, new)(apply(text, edits))


HTML = """# Quay Board
6 January 2020
## Attendance
- Alpha Org (AO)
- Beta Trust (BT)
## 1. Papers
**Action:** AO to write by 2<sup>nd</sup> March 2020 <!-- ask Bea -->
The lamps are dear.
**Action:** BT to buy oil

| Action | Owner |
| --- | --- |
| Paint the `door_2` | AO |
"""
IN_NOTES = {
    "a line goes": spoilt("The lamps are dear.\n", ""),
    "a word goes": spoilt("lamps ", ""),
    "an owner is another one": spoilt("BT to buy", "AO to buy"),
    "an action goes": spoilt("**Action:** BT", "BT"),
    "a date is another one": spoilt("March 2020", "May 2020"),
    "the meeting is of another day": spoilt("6 January", "7 January"),
    "somebody was not there": spoilt("- Beta Trust (BT)\n", ""),
    "a row goes": spoilt("| Paint the `door_2` | AO |\n", ""),
    "what stands letter by letter is another one": spoilt("door_2", "door2"),
    "a remark goes": spoilt(" <!-- ask Bea -->", ""),
}
FIX = ("check", "--fix", "--select", "raw-html")


def quay(folder: Path) -> Path:
    """A board with one note in which something can be mended."""
    note = folder / "notes" / "2020-01-06.md"
    note.parent.mkdir(parents=True)
    note.write_text(HTML, encoding="utf-8")
    return note


def test_without_a_mistake_the_note_is_mended(tmp_path: Path) -> None:
    note = quay(tmp_path)
    assert rrb(tmp_path, *FIX).code == 0
    assert note.read_text() == HTML.replace("<sup>nd</sup>", "nd")


@pytest.mark.parametrize("name", IN_NOTES)
def test_a_mistake_in_a_fix_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    note = quay(tmp_path)
    monkeypatch.setattr("rrbnotes.checks.fixing.apply", IN_NOTES[name])
    answer = rrb(tmp_path, *FIX)
    assert answer.code in (0, 1), answer
    assert note.read_text() == HTML, answer
    assert not (tmp_path / ".rrb" / "journal.jsonl").exists()


@pytest.mark.parametrize("name", IN_NOTES)
def test_a_mistake_in_a_summary_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    note = quay(tmp_path)
    monkeypatch.setattr(summarising, "apply", IN_NOTES[name])
    answer = rrb(tmp_path, "summary", "--write")
    assert answer.code in (2, 70), answer
    assert note.read_text() == HTML
    assert not (tmp_path / REGISTER).exists()


@pytest.mark.parametrize("words", [FIX, ("summary", "--write")], ids=["fix", "summary"])
def test_a_note_that_would_not_read_back_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    note = quay(tmp_path)
    cut = property(lambda change: change.text.encode()[:-7])
    monkeypatch.setattr(writing.NoteChange, "bytes", cut)
    answer = rrb(tmp_path, *words)
    assert answer.code == 70, answer
    assert "not written, for it would not read back as meant" in answer.err
    assert note.read_text() == HTML
    assert not (tmp_path / REGISTER).exists()
