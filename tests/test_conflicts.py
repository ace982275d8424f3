"""A register that git has left with both sides of a conflict: found, read, and merged."""

import shutil
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from rrbnotes.model import Status
from rrbnotes.register.merging import Merged, resolved
from rrbnotes.register.nodes import RegisterError
from rrbnotes.register.sides import doubles, sides
from two_sides import (
    BASE,
    BEDS,
    LINKED,
    PLAN,
    ROLLED,
    but,
    entry,
    file_of,
    never,
    new_record,
    one,
    with_new,
    without,
)


def git_merge(folder: Path, base: str, ours: str, theirs: str, *options: str) -> str:
    """What git makes of three texts, line by line."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    paths = [folder / name for name in ("ours", "base", "theirs")]
    for path, text in zip(paths, (ours, base, theirs), strict=True):
        path.write_bytes(text.encode())
    command = ["git", "merge-file", "-p", *options, *map(str, paths)]
    return subprocess.run(command, capture_output=True, check=False, cwd=folder).stdout.decode()


UPDATED = but(
    BASE,
    ROLLED,
    ROLLED + entry("2024-03-01", "by: update, status: complete"),
    "status: rolled over\n    history",
    "status: complete\n    history",
)
REPORTED = but(BASE, ROLLED, ROLLED + entry("2024-03-13", 'meeting: "2024-03-13", status: rolled over'))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("options", [(), ("--diff3",), ("--zdiff3",), ("--diff3", "--marker-size=12")])
def test_both_sides_of_a_conflict_are_whole_texts(tmp_path: Path, options: Sequence[str], end: str) -> None:
    base, ours, theirs = (
        text.replace("\n", end)
        for text in (BASE, but(UPDATED, "the hall", "a hall"), but(REPORTED, "the hall", "two halls"))
    )
    text = git_merge(tmp_path, base, ours, theirs, *options)
    before, *both = sides(text, "actions.yaml")
    if "--zdiff3" in options and not text:
        pytest.skip("this git knows no zdiff3")
    # git has put what only one side changed into both
    meant = [
        but(text, "status: rolled over" + end + "    history", "status: complete" + end + "    history")
        for text in (theirs, base)
    ]
    assert both == [ours, meant[0]]
    assert before == (meant[1] if options else None)
    healed = resolved(text, "actions.yaml", never)
    # for git `complete` was the only change of the status; what the history says came later
    assert one(healed.text).status is Status.ROLLED_OVER
    assert [p.date for p in one(healed.text).history] == [
        date(2024, 2, 14),
        date(2024, 3, 1),
        date(2024, 3, 13),
    ]
    assert healed.said == ('2024-01-10.3: action "book a hall" stays, "book two halls" is left out',)


def test_a_text_without_markers_is_its_own_two_sides() -> None:
    assert sides(BASE, "a") == (None, BASE, BASE)
    assert resolved(BASE, "a", never) == Merged(BASE, (), ())


@pytest.mark.parametrize(
    "text, line, says",
    [
        ("<<<<<<< ours\na: 1\n=======\na: 2\n", 1, "no `>>>>>>>`"),
        ("<<<<<<< ours\na: 1\n>>>>>>> theirs\n", 3, "`>>>>>>>` does not belong here"),
        ("<<<<<<< ours\na: 1\n||||||| base\na: 2\n", 1, "no `=======`"),
        ("a: 1\n=======\na: 2\n>>>>>>> theirs\n", 2, "`=======` does not belong here"),
        ("<<<<<<< ours\n<<<<<<< ours\n=======\n>>>>>>> theirs\n", 2, "`<<<<<<<` does not belong here"),
    ],
)
def test_a_damaged_conflict_is_refused_at_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(RegisterError, match=r"git checkout --merge -- actions\.yaml") as why:
        resolved(text, "actions.yaml", never)
    assert str(why.value).startswith(f"actions.yaml:{line}:1: ") and says in str(why.value)


def test_a_base_that_git_had_to_merge_itself_is_not_known() -> None:
    nested = "<<<<<<<<< one\na: 1\n=========\na: 2\n>>>>>>>>> two\n"
    text = f"<<<<<<< ours\na: 3\n||||||| base\n{nested}=======\na: 4\n>>>>>>> theirs\n"
    assert sides(text, "a") == (None, "a: 3\n", "a: 4\n")


def test_a_side_that_cannot_be_read_is_named() -> None:
    text = but(
        BASE, '    item: "1. Welcome"\n', "<<<<<<< HEAD\n    item: [\n=======\n    item: x\n>>>>>>> b\n"
    )
    with pytest.raises(RegisterError, match=r"actions\.yaml \(ours\):\d+:\d+: "):
        resolved(text, "actions.yaml", never)


def test_records_and_fields_that_stand_twice_are_merged() -> None:
    again = new_record(1, "draft the plan", "    history:\n" + entry("2024-03-13", 'meeting: "2024-03-13"'))
    text = but(with_new(PLAN, again), '"1. Welcome"\n', '"1. Welcome"\n    item: "2. Data"\n')
    with pytest.raises(RegisterError, match="stands twice"):
        file_of(text)
    ours, theirs = doubles(text, "a")
    assert ours == with_new(PLAN)
    assert theirs == but(with_new(again), '"1. Welcome"', '"2. Data"')
    healed = resolved(text, "a", never)
    assert healed.text == with_new(again)
    assert healed.said == ('2024-01-10.1: item "1. Welcome" stays, "2. Data" is left out',)
    thrice = resolved(with_new(PLAN, BEDS, new_record(1, "pay every bill")), "a", lambda ours, theirs: True)
    assert [a.action for a in file_of(thrice.text).actions[3:]] == [
        "draft the plan", "count all beds", "pay every bill",
    ]  # fmt: skip
    assert len(thrice.said) == 2


@pytest.mark.parametrize("options", [(), ("--diff3",)])
@pytest.mark.parametrize("is_linked_by_ours", [True, False])
def test_an_action_made_one_with_another_while_the_other_side_went_on_with_it(
    tmp_path: Path, options: Sequence[str], is_linked_by_ours: bool
) -> None:
    went_on = but(
        BASE,
        '    owners: ["Clinks"]\n    raised: {date: 2024-01-10}\n    status: open\n',
        '    owners: ["Clinks"]\n    raised: {date: 2024-01-10}\n    status: complete\n    history:\n'
        + entry("2024-03-13", 'meeting: "2024-03-13", status: complete'),
    )
    both = (LINKED, went_on) if is_linked_by_ours else (went_on, LINKED)
    text = git_merge(tmp_path, BASE, *both, *options)
    with pytest.raises(RegisterError, match="a record of its own"):
        file_of(sides(text, "a")[1:][is_linked_by_ours])
    healed = resolved(text, "a", never)
    assert list(file_of(healed.text).records) == ["2024-01-10.1", "2024-01-10.3"]
    assert (one(healed.text).also, one(healed.text).status) == (("2024-01-10.2",), Status.COMPLETE)
    assert len(one(healed.text).history) == 2 and len(healed.said) == 1


def test_a_new_record_of_both_that_git_has_put_there_twice(tmp_path: Path) -> None:
    """Ours took out the record before it, and git makes the new one of ours the successor of that."""
    longer = PLAN.replace("    status", '    owners: ["NPS"]\n    status').replace(
        "  # end", "    history:\n" + entry("2024-03-13", 'meeting: "2024-03-13"') + "  # end"
    )
    ours = without(with_new(PLAN), "2024-01-10.3")
    theirs = but(with_new(longer), "  2024-01-10.3:\n", "  2024-01-10.3:\n    # when?\n")
    text = git_merge(tmp_path, BASE, ours, theirs, "--diff3")
    with pytest.raises(RegisterError, match="stands twice"):
        file_of(sides(text, "a")[1])
    action = one(resolved(text, "a", never).text, "2024-02-14.1")
    assert (action.owners, len(action.history)) == (("NPS",), 1)


def test_a_record_that_came_where_another_one_went_has_its_own_end() -> None:
    text = but(
        BASE,
        "  2024-01-10.3:\n    action: \"book the hall\"\n    raised: {date: 2024-01-10}\n    status: open\n  # end 2024-01-10.3\n\n",
        "  2024-01-10.4:\n    action: \"book the choir\"\n    raised: {date: 2024-01-10}\n<<<<<<< ours\n    status: closed\n"
        "    history:\n" + entry("2024-03-01", "by: update, status: closed") + "    # too dear\n  # end 2024-01-10.3\n"
        "=======\n    status: open\n  # end 2024-01-10.4\n>>>>>>> theirs\n\n",
    )  # fmt: skip
    healed = resolved(text, "a", never)
    assert list(file_of(healed.text).records)[2:] == ["2024-01-10.3", "2024-01-10.4"]
    assert [one(healed.text, ref).status for ref in ("2024-01-10.3", "2024-01-10.4")] == [
        Status.CLOSED,
        Status.OPEN,
    ]


def test_an_action_that_two_others_answer_to_is_left_to_the_first() -> None:
    text = but(
        without(BASE, "2024-01-10.3"),
        "  # end 2024-01-10.1",
        '    also: ["2024-01-10.3"]\n  # end 2024-01-10.1',
        "  # end 2024-01-10.2",
        '    also:\n      - "2024-01-10.3"\n  # end 2024-01-10.2',
    )
    healed = resolved(text, "a", never)
    assert (one(healed.text).also, one(healed.text, "2024-01-10.2").also) == (("2024-01-10.3",), ())
    assert len(healed.said) == 1
