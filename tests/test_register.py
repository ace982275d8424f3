"""The register's text: what is written is read back, changes stay where they belong, and every slip has its place."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rrbnotes.model import Action, Due, Link, Progress, Sighting, Status
from rrbnotes.notebook import load
from rrbnotes.reconciling.reconcile import reconcile
from rrbnotes.register.nodes import RegisterError
from rrbnotes.register.pieces import LAST_LINE
from rrbnotes.register.text import changed, new_text, read_text
from rrbnotes.settings import Settings

ROOT = Path(__file__).parent.parent

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
owners = st.lists(words, max_size=3, unique=True).map(tuple)
dues = st.builds(Due, words, st.none() | days, st.none() | days, st.none() | days, st.none() | words)
said = st.builds(
    Progress,
    date=days,
    meeting=words,
    status=st.none() | st.sampled_from(Status),
    reason=st.just("") | words,
    due=st.none() | dues,
    owners=st.none() | owners.filter(bool),
    words=st.none() | words,
)
links = st.builds(Link, st.sampled_from(["same", "follows", "different"]), st.none() | words, reason=words)


@st.composite
def actions(draw: st.DrawFn) -> Action:
    """An action as the register keeps it: what only the notes know is left out."""
    is_raised = draw(st.booleans())
    history = tuple(draw(st.lists(said, min_size=not is_raised, max_size=4)))
    day = draw(days)
    mark = draw(st.integers(1, 30))
    ref = f"{day}.{mark}" if is_raised else f"{day}.p{mark}"
    return Action(
        ref=ref,
        board=None,
        action=draw(words),
        owners=draw(owners),
        status=draw(st.sampled_from(Status)),
        due=draw(st.none() | dues),
        first_owners=draw(owners),
        first_due=draw(st.none() | dues),
        first_seen=Sighting(
            str(day) if is_raised else history[0].meeting,
            day if is_raised else history[0].date,
            draw(st.none() | words),
            None,
        ),
        is_raised=is_raised,
        history=history,
        number=draw(st.none() | words),
        links=tuple(draw(st.lists(links, max_size=2))),
        not_same=draw(owners),
        provisional=False,
    )


registers = st.lists(actions(), min_size=1, max_size=5, unique_by=lambda action: action.ref)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(registers)
def test_what_is_written_is_read_back(register: list[Action]) -> None:
    file = read_text(new_text(register), "actions.yaml")
    assert sorted(file.actions, key=lambda a: a.ref) == sorted(register, key=lambda a: a.ref)
    assert changed(file, register) == file.text
    assert new_text(file.actions) == file.text


@settings(max_examples=60, deadline=None, derandomize=True)
@given(registers, st.data())
def test_a_change_is_read_back_and_leaves_the_rest(register: list[Action], data: st.DataObject) -> None:
    text = _with_remarks(new_text(register))
    file = read_text(text, "actions.yaml")
    target = data.draw(st.sampled_from(register))
    other = data.draw(actions())
    # a p-record is first seen where its first progress is, so that changes with the history
    first = next(iter(other.history), Progress(None, target.ref.rpartition(".")[0]))
    shown = target.first_seen if target.is_raised else Sighting(first.meeting, first.date, None, None)
    seen = replace(shown, item=other.first_seen.item)
    other = replace(other, ref=target.ref, is_raised=target.is_raised, first_seen=seen)
    now = [other if action is target else action for action in register]
    after = read_text(changed(file, now), "actions.yaml")
    assert {a.ref: a for a in after.actions} == {a.ref: a for a in now}
    kept = [line for line in text.split("\n") if "remark" in line and line.strip().startswith("#")]
    assert [line for line in after.text.split("\n") if line in kept] == kept
    assert changed(after, register) == changed(read_text(changed(after, register), "actions.yaml"), register)


def _with_remarks(text: str) -> str:
    """The text with a person's comments above each record and behind each status, and a key of their own."""
    lines = []
    for n, line in enumerate(text.split("\n")):
        if line.startswith("  ") and line[2:3] not in (" ", "#", "") and line.endswith(":"):
            lines.append(f"  # remark {n}")
        if line.startswith("    status: "):
            line += f"  # remark {n}"
            lines.append(f"    mine: remark {n}")
        lines.append(line)
    return "\n".join(lines)


def test_the_demo_keeps_its_refs_and_facts() -> None:
    book = load(ROOT / "notes", ROOT, Settings())
    file = read_text(new_text(book.register.actions), "actions.yaml")
    again = reconcile(book.meetings, book.directories, file.actions)
    settled = [replace(action, provisional=False) for action in book.register.actions]
    assert list(again.register.actions) == settled
    assert changed(file, again.register.actions) == file.text


def test_a_new_record_stands_where_its_ref_sorts() -> None:
    book = load(ROOT / "notes", ROOT, Settings())
    some = [action for action in book.register.actions if not action.ref.endswith((".5", ".p2", ".13"))]
    assert changed(read_text(new_text(some), "a"), book.register.actions) == new_text(book.register.actions)


RECORD = (
    'version: 1\nactions:\n  2026-01-12.1:\n    action: "mend the mole"\n    {}\n  # end 2026-01-12.1\n\n'
    + LAST_LINE
    + "\n"
)


@pytest.mark.parametrize(
    "line, place, says",
    [
        ("status: no", "5:13", "unknown status 'no'"),
        ("status: opn", "5:13", "did you mean 'open'"),
        ("due: 2026-02-30", "5:10", "is no day"),
        ("due: 12:30", "5:10", "is no day"),
        ("due: {date: 1e3}", "5:17", "is no day"),
        ("owners: {a: b}", "5:13", "a list is wanted"),
        ("history: [{date: 2026-01-12}]", "5:15", "neither meeting nor by"),
        ('action: "twice"', "5:5", "stands twice"),
        ("number: &a 1", "5:13", "an anchor"),
        ("number: *a", "5:13", "an alias"),
        ("number: !!int 1", "5:13", "a tag"),
        ("<<: {a: b}", "5:5", "a merge key"),
        ("number: [", "9:1", "not valid YAML"),
        ("also: [2026-01-12.1]", "5:11", "a record of its own"),
    ],
)
def test_every_slip_has_its_place(line: str, place: str, says: str) -> None:
    with pytest.raises(RegisterError) as why:
        read_text(RECORD.format(line), "actions.yaml")
    assert any(
        row.startswith(f"actions.yaml:{place}: ") and says in row for row in str(why.value).split("\n")
    ), why.value


def test_all_slips_are_told_at_once() -> None:
    with pytest.raises(RegisterError) as why:
        read_text(RECORD.format("status: perhaps\n    due: never\n    owners: {}"), "actions.yaml")
    assert len(str(why.value).split("\n")) == 3


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "[" * 100_000, "- " * 50_000, "{" * 100_000, "version: 1\n", "a\0b"]
)
def test_damage_is_refused(text: str) -> None:
    with pytest.raises(RegisterError, match=r"actions\.yaml:\d+:\d+: "):
        read_text(text, "actions.yaml")


def test_a_register_cut_off_anywhere_is_refused() -> None:
    text = new_text(load(ROOT / "notes", ROOT, Settings()).register.actions[:3])
    for end in range(len(text) - 1):
        with pytest.raises(RegisterError):
            read_text(text[:end], "actions.yaml")
