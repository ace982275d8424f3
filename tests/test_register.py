"""The register's text: what is written is read back, changes stay where they belong, and every slip has its place."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from itertools import permutations
from pathlib import Path
from random import Random
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards import QUIRKS, Hand, board_register, tree
from rrbnotes.model import Action, Due, Link, Progress, Sighting, Status
from rrbnotes.notebook import load
from rrbnotes.reconciling.reconcile import reconcile
from rrbnotes.register.nodes import RegisterError, read
from rrbnotes.register.pages import page
from rrbnotes.register.pieces import LAST_LINE, cut
from rrbnotes.register.schema import FIELDS, says_same
from rrbnotes.register.text import RegisterFile, changed, new_text, read_text
from rrbnotes.settings import Settings
from rrbnotes.source import Location

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
    assert changed(read_text(text, "actions.yaml", {}), now) == after.text
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
        ("links: [{to: 2026-01-12.2}]", "5:13", "a link without is"),
        ("links: [{is: folows, to: 2026-01-12.2}]", "5:18", "did you mean 'follows'"),
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


# Reading in pieces

ODD_LINES = tuple("""\
|  2026-01-12.1:
|  2026-02-09.7:
|  "2026-02-09.7":
|  2026-02-09.7: {action: x}
|  2026-02-09.7: {action: x
|  2026-02-09.7: "x
|  2026-02-09.7: |
|  x.1: &a {action: x}
|  ? 2026-02-09.7
|  : {action: x}
|  <<: {action: x}
|  - x
|  text
|  # end 2026-01-12.1
|  # end of actions
|# end of actions
|version: 1
|actions:
|mine: x
|mine: [
|...
|---
|%YAML 1.1
|- x
|text
|"
|'
|}
|]
| text
|   text
|    text
|     text
|      text: x
|    mine: x
|    mine:
|    mine: |
|    mine: |+
|    mine: |1
|    mine: >-
|    mine: "
|    mine: '
|    mine: [x,
|    mine: [[x], {y: [z]}]
|    mine: {x: y
|    mine: {x, y, z, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, k1, k2, k3, k4, k5, k6, k7, k8, k9, l1}
|    mine: *a
|    mine: "a\u2028b\x85c\u2029d"
|    mine: "
<<<<<<< a
=======
>>>>>>> b"
|    ? mine
|    ? mine is long
|    ? - mine
|    : x
|    - x
|    also: [2026-01-12.1]
|    also: [2026-01-12.9]
|    action: again
|    status: perhaps
|    owners: a, b  # of mine
|    # mine\u2028  x.2:
|    # mine\x85      x: y
|    # mine\r  x.3:
|\tx
|    \t
|<<<<<<< a
|=======
|>>>>>>> b
|\ufeff
|\x1b""".removeprefix("|").split("\n|"))  # fmt: skip
"""What a slip of the hand, another tool or a merge may put on a line of a register, some of it harmless."""

SMALL = """version: 1
actions:
  2026-01-12.1:
    action: "mend the mole"
    owners: ["AO"]
  # end 2026-01-12.1

  2026-02-09.2:
    action: paint
      the door
    history:
      - {date: 2026-02-09, by: update}

# end of actions
"""


def outcome(text: str, known: Mapping[str, Action] | None = None) -> tuple[object, Mapping[str, Action]]:
    """All that is read from a register, or what is wrong with it; and what is known of its records from now on."""
    try:
        file = read_text(text, "a", known)
    except RegisterError as why:
        return str(why), {}
    places = [one for name, one in file.top.items() if name != "actions"]
    records = list(file.records.items())
    return (
        list(file.said.items()),
        records,
        file.starts,
        list(file.top),
        places,
        page(file).blocks,
    ), file.known


def reads_alike(text: str, known: dict[str, Action]) -> bool:
    """Whether a register is read in pieces as it is as a whole, whatever is known; what it tells is known then."""
    whole, _ = outcome(text)
    found, told = outcome(text, known)
    known |= told
    return found == whole == outcome(text, {})[0]


@pytest.mark.parametrize("end", ["\n", pytest.param("\r\n", marks=pytest.mark.slow)])
def test_whatever_stands_in_a_register_it_is_read_in_pieces_as_it_is_as_a_whole(end: str) -> None:
    lines, known = SMALL.split("\n"), dict[str, Action]()
    for odd in ODD_LINES:
        for n in range(len(lines)):
            text = end.join([*lines[:n], odd, *lines[n:]])
            assert reads_alike(text, known), text


def test_quotes_and_brackets_that_one_piece_opens_and_another_one_closes_are_no_pieces() -> None:
    known: dict[str, Action] = {}
    opened, closed = '  a/1.1:\n    action: "x\n', '  a/1.2:\n    action: y"\n'
    block, last = "  a/1.3:\n    action: z\n", "  a/1.4:\n    action: z\n...\n"
    for some in permutations((opened, closed, block, last)):
        for n in range(1, 5):
            assert reads_alike(f"version: 1\nactions:\n{''.join(some[:n])}{LAST_LINE}\n", known), some[:n]


spellings = st.builds(
    lambda quirks, seed: Hand(quirks, Random(seed)).spell(tree(board_register())).data.decode("utf-8-sig"),
    st.frozensets(st.sampled_from(QUIRKS), max_size=4),
    st.integers(0, 1000),
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(spellings, min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_what_is_known_of_a_text_holds_in_any_other(texts: list[str], dice: Random) -> None:
    known: dict[str, Action] = {}
    pieces = [one for one in map(cut, texts) if one]
    for text in texts:
        assert reads_alike(text, known)
    for one in pieces:
        some = dice.sample([piece for other in pieces for piece in other.records], len(one.records))
        assert reads_alike("".join((one.head, *some, one.tail)), known)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(spellings, st.randoms(use_true_random=False))
def test_a_change_in_a_register_that_was_read_in_pieces_is_the_same(text: str, dice: Random) -> None:
    file = read_text(text, "a")
    now = [replace(a, status=Status.CLOSED, owners=(*a.owners, "x")) for a in dice.sample(file.actions, 3)]
    now.append(replace(now[0], ref="2019-11-01.m1"))
    gone = [ref for ref in dice.sample(list(file.said), 2) if ref not in {one.ref for one in now}]
    assert told(read_text(text, "a", {}), now, gone) == told(file, now, gone)


def told(file: RegisterFile, now: list[Action], gone: list[str]) -> str:
    """The changed text, or why it cannot be changed."""
    try:
        return changed(file, now, gone)
    except RegisterError as why:
        return str(why)


def test_a_record_of_very_many_values_is_only_read_as_a_whole() -> None:
    """A register may have so many values and no more, and nobody counts those of pieces."""
    text = SMALL.replace("  # end", f"    mine: {{{', '.join(map(chr, range(97, 123)))}}}\n  # end")
    assert outcome(SMALL, {})[1] and not outcome(text, {})[1]
    assert reads_alike(text, {})


def test_only_what_is_new_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    actions = load(ROOT / "notes", ROOT, Settings()).register.actions
    before = read_text(new_text(actions), "a", {})
    assert list(before.known.values()) == list(before.actions)
    now = [replace(actions[0], status=Status.CLOSED, owners=("NPS",)), *actions[1:]]
    text, reading = changed(before, now), mock.Mock(wraps=read)
    monkeypatch.setattr("rrbnotes.register.pieces.read", reading)
    after = read_text(text, "a", before.known)
    seen = [call.args[0] for call in reading.call_args_list]
    assert after.said[actions[0].ref].status is Status.CLOSED
    assert sum(actions[0].ref in part for part in seen) == 1
    assert not any(action.ref + ":" in part for part in seen for action in actions[1:])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(actions(), actions(), st.lists(st.sampled_from([one.name for one in fields(Action)]), max_size=2))
def test_records_that_say_the_same_have_the_same_fields(one: Action, two: Action, names: list[str]) -> None:
    other = replace(one, **{name: getattr(two, name) for name in names if name != "ref"})
    if says_same(one, other):
        assert all(field.of(one) == field.of(other) for field in FIELDS.values())
    elif new_text([one]) == new_text([other]):  # a first date without words is none
        assert {one.first_due, other.first_due} & {Due("")}
    noted = replace(one, history=tuple(replace(p, at=Location("a.md", 1)) for p in one.history), board="b")
    assert says_same(one, noted)
