"""A board in git: what a merge of two branches leaves, one thing at a time, and how git is told of the merge driver."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from boards import REGISTER, board_register, done, rrb, set_board, settled
from repository import ADVICE, commit, git, git_alone, make_repository, must, needs_git, register_of, unmerged
from rrbnotes.keeping.ledger import records_in

__all__ = ["git_alone"]
pytestmark = needs_git

# One thing at a time, on the small board

MOORINGS, DREDGING, LAMPS = "2019-09-09.1", "2019-09-09.3", "2019-09-09.4"
DOOR, ROPE = "2019-11-19.2", "2020-01-20.1"
LATEST, NEWEST = "notes/2020-01-20.md", "notes/2020-01-27.md"
NEWS = """# Harbour Board
27 January 2020
## Actions from the previous meeting
| Action | Owner | Status |
| --- | --- | --- |
| Paint the lighthouse door | AO | Complete - in blue |
## 1. Boats
**Action:** GC to sweep the quay
"""
Step = Callable[[Path], object]
layout_and_driver = pytest.mark.parametrize("with_driver", [False, True], ids=["layout", "driver"])


def make_board(root: Path, with_driver: bool = True) -> Path:
    """The board in a repository."""
    make_repository(root)
    set_board(root)
    if with_driver:
        done(root, "init", "--git")
    commit(root, "the board")
    return root


def branches(root: Path, ours: Step, theirs: Step) -> None:
    """Two branches with a commit each; `ours` is checked out."""
    for name, step in (("theirs", theirs), ("ours", ours)):
        must(root, "checkout", "-q", "-b", name, "main")
        step(root)
        commit(root, name)


def says(*words: str) -> Step:
    return lambda root: done(root, *words)


def writes(path: str, text: str) -> Step:
    """A note, then a sync."""

    def write(root: Path) -> None:
        (root / path).write_text(text, encoding="utf-8")
        done(root, "sync")

    return write


def replaces(path: str, old: str, new: str, sync: bool = False) -> Step:
    """An edit of words that stand there, the last of them."""

    def edit(root: Path) -> None:
        before, _, after = (root / path).read_text(encoding="utf-8").rpartition(old)
        assert before, f"no {old!r} in {path}"
        (root / path).write_text(before + new + after, encoding="utf-8")
        if sync:
            done(root, "sync")

    return edit


def both(*steps: Step) -> Step:
    return lambda root: [step(root) for step in steps]


def heal(root: Path) -> str:
    """Heal a conflict in the register as sync says, and commit; what was told."""
    refusal = rrb(root, "sync")
    assert refusal.code == 2 and ADVICE in refusal.err, refusal
    healed = done(root, "sync", "--resolve")
    commit(root, "healed")
    settled(root)
    return healed.out + healed.err


def reasons(root: Path, ref: str) -> list[str]:
    """What people said of an action between meetings."""
    return [p.reason for p in register_of(root)[ref].history if p.by]


ASKED = says("update", DREDGING, "ongoing", "-m", "asked twice", "--on", "2020-01-29")
ANSWERED = says("update", DREDGING, "complete", "-m", "has answered", "--on", "2020-01-30")
BY_BOTH = ["asked twice", "has answered"]
"""Both at one place of the register: a conflict for git alone."""


@layout_and_driver
def test_both_sync_the_same_note(tmp_path: Path, with_driver: bool) -> None:
    root = make_board(tmp_path, with_driver)
    branches(root, writes(NEWEST, NEWS), writes(NEWEST, NEWS))
    before = (root / REGISTER).read_bytes()
    must(root, "merge", "--no-edit", "theirs")
    assert (root / REGISTER).read_bytes() == before
    settled(root)


@layout_and_driver
def test_two_actions_with_one_new_ref(tmp_path: Path, with_driver: bool) -> None:
    """The one keeps it whose line comes first in the merged note, be it theirs."""
    root = make_board(tmp_path, with_driver)
    first = replaces(
        LATEST,
        "**Action:** BT to buy rope",
        "**Action:** GC to sweep the quay\n**Action:** BT to buy rope",
        sync=True,
    )
    last = replaces(
        LATEST,
        "| Paint the lighthouse door | AO | |\n",
        "| Paint the lighthouse door | AO | |\n## 2. Birds\n**Action:** AO to feed ninety gulls\n",
        sync=True,
    )
    branches(root, last, first)
    assert git(root, "merge", "theirs").code == 1
    assert unmerged(root) == {REGISTER}
    told = heal(root)
    assert (
        '2020-01-20.2 on both sides for two actions: "sweep the quay" keeps it, "feed ninety gulls" is now 2020-01-20.3'
        in told
    )
    words = {ref: action.action for ref, action in register_of(root).items()}
    assert (words["2020-01-20.2"], words["2020-01-20.3"]) == ("sweep the quay", "feed ninety gulls")


def with_a_record_twice(root: Path) -> Path:
    """As git leaves it where it puts the lines of both sides one after the other."""
    make_board(root)
    text = (root / REGISTER).read_text(encoding="utf-8")
    start, end = text.index("  2020-01-20.1:\n"), text.index("  2020-01-25.m1:\n")
    again = text[start:end].replace("buy rope", "feed ninety gulls")
    (root / REGISTER).write_text(text[:end] + again + text[end:], encoding="utf-8")
    line = "**Action:** BT to buy rope"
    replaces(LATEST, line, f"{line}\n**Action:** BT to feed ninety gulls")(root)
    return root


def test_a_record_that_stands_twice_is_refused_and_healed(tmp_path: Path) -> None:
    root = with_a_record_twice(tmp_path)
    refusal = rrb(root, "sync")
    assert refusal.code == 2 and "'2020-01-20.1' stands twice" in refusal.err, refusal
    healed = done(root, "sync", "--resolve")
    assert '2020-01-20.1 on both sides for two actions: "buy rope" keeps it' in healed.err
    assert register_of(root)["2020-01-20.2"].action == "feed ninety gulls"
    settled(root)


def test_a_record_that_stands_twice_is_refused_with_advice(tmp_path: Path) -> None:
    assert ADVICE in rrb(with_a_record_twice(tmp_path), "sync").err


def test_the_driver_marks_only_the_field_that_both_changed(tmp_path: Path) -> None:
    root = make_board(tmp_path)
    head = "status: open\n  # end 2020-01-20.1"
    branches(
        root,
        both(says("update", LAMPS, "complete"), replaces(REGISTER, head, head.replace("open", "complete"))),
        both(says("update", DOOR, "ongoing"), replaces(REGISTER, head, head.replace("open", "closed"))),
    )
    ours = (root / REGISTER).read_text(encoding="utf-8")
    merged = git(root, "merge", "theirs")
    assert merged.code == 1 and "both sides changed 2020-01-20.1 status" in merged.out + merged.err
    text = (root / REGISTER).read_text(encoding="utf-8")
    marks = re.findall(r"(?ms)^<<<<<<< .*?^>>>>>>> .*?$", text)
    assert [re.sub(r"(?m)^([<|>]{7}) .*$", r"\1", mark).split("\n") for mark in marks] == [
        [
            "<<<<<<<",
            "    status: complete",
            "|||||||",
            "    status: open",
            "=======",
            "    status: closed",
            ">>>>>>>",
        ]
    ]
    assert (
        text.count("\n") == ours.count("\n") + 6 + 1
    )  # the markers with the other values, and what theirs said of the door
    told = heal(root)
    assert "2020-01-20.1: status complete stays, closed is left out" in told
    assert [str(register_of(root)[ref].status) for ref in ("2020-01-20.1", LAMPS, DOOR)] == [
        "complete",
        "complete",
        "ongoing",
    ]


def test_a_damaged_side_is_merged_by_lines_and_said(tmp_path: Path) -> None:
    root = make_board(tmp_path)
    damage = replaces(REGISTER, '"buy rope"', '"buy rope')
    branches(root, says("update", MOORINGS, "complete", "-m", "sent"), damage)
    merged = git(root, "merge", "theirs")
    assert merged.code == 1 and unmerged(root) == {REGISTER}
    assert "merged line by line instead" in merged.err + merged.out
    refusal = rrb(root, "sync")
    assert (refusal.code, refusal.err.count("notes/actions.yaml:")) == (2, 1), refusal
    replaces(REGISTER, '"buy rope', '"buy rope"')(root)
    done(root, "sync")
    assert reasons(root, MOORINGS) == ["sent"]
    settled(root)


def rebase(root: Path) -> None:
    must(root, "checkout", "-q", "theirs")
    must(root, "rebase", "ours")


def cherry_pick(root: Path) -> None:
    must(root, "cherry-pick", "theirs")


def stash_pop(root: Path) -> None:
    """What theirs did, not committed, onto ours."""
    must(root, "checkout", "-q", "theirs")
    must(root, "reset", "-q", "--soft", "main")
    must(root, "stash")
    must(root, "checkout", "-q", "ours")
    must(root, "stash", "pop")


def merge_for_ours(root: Path) -> None:
    """`-Xours` is for conflicts of lines, and the driver leaves none."""
    must(root, "merge", "--no-edit", "-Xours", "theirs")


@pytest.mark.slow
@pytest.mark.parametrize("way", [rebase, cherry_pick, stash_pop, merge_for_ours])
def test_other_ways_to_merge_use_the_driver(tmp_path: Path, way: Step) -> None:
    root = make_board(tmp_path)
    branches(root, ASKED, ANSWERED)
    way(root)
    settled(root)
    assert reasons(root, DREDGING) == BY_BOTH


def test_an_octopus_loses_nothing(tmp_path: Path) -> None:
    """Git refuses it where lines clash; else all is there."""
    root = make_board(tmp_path)
    branches(root, ASKED, ANSWERED)
    must(root, "checkout", "-q", "-b", "third", "main")
    done(root, "update", MOORINGS, "complete", "-m", "sent")
    commit(root, "third")
    merged = git(root, "merge", "--no-edit", "ours", "theirs")
    if merged.code == 0:
        settled(root)
        assert (reasons(root, DREDGING), reasons(root, MOORINGS)) == (BY_BOTH, ["sent"])
    else:
        must(root, "reset", "-q", "--hard")
        assert reasons(root, MOORINGS) == ["sent"]


@layout_and_driver
def test_both_add_the_register(tmp_path: Path, with_driver: bool) -> None:
    root = make_board(tmp_path, with_driver)
    (root / REGISTER).unlink()
    commit(root, "no register")
    branches(root, both(says("sync", "--force"), ASKED), both(says("sync", "--force"), ANSWERED))
    merged = git(root, "merge", "--no-edit", "theirs")
    assert unmerged(root) == (set() if with_driver else {REGISTER}), merged
    if not with_driver:
        heal(root)
    settled(root)
    assert reasons(root, DREDGING) == BY_BOTH


@layout_and_driver
def test_an_update_of_a_record_that_was_made_one_with_another(tmp_path: Path, with_driver: bool) -> None:
    root = make_board(tmp_path, with_driver)
    branches(root, says("link", LAMPS, "same", ROPE), says("update", ROPE, "ongoing", "-m", "seen some"))
    git(root, "merge", "--no-edit", "theirs")
    if not with_driver:
        heal(root)
    settled(root)
    assert register_of(root)[LAMPS].also == (ROPE,)
    assert reasons(root, LAMPS) == ["three shops asked", "seen some"]


def test_a_link_between_new_actions_of_which_one_has_a_shared_ref(tmp_path: Path) -> None:
    root = make_board(tmp_path)
    other = NEWS.replace("GC to sweep the quay", "AO to feed ninety gulls")
    branches(
        root,
        both(
            writes(NEWEST, f"{NEWS}**Action:** BT to mend a broom\n"),
            says("link", "2020-01-27.2", "follows", "2020-01-27.1"),
        ),
        writes(NEWEST, other),
    )
    merged = git(root, "merge", "--no-edit", "theirs")
    assert "internal error" not in merged.err
    assert "<<<<<<< " in (root / REGISTER).read_text(encoding="utf-8")


def test_a_record_that_came_where_another_one_went(tmp_path: Path) -> None:
    """The lines of the two are alike, so git makes one of them; only the fence tells them apart."""
    root = make_board(tmp_path, with_driver=False)
    new = replaces(
        "notes/2019-09-09.md",
        "the price of lamps\n",
        "the price of lamps\n**Action:** BT to feed ninety gulls\n",
        sync=True,
    )
    branches(
        root,
        says("update", LAMPS, "closed", "-m", "too dear"),
        both(new, says("link", DREDGING, "same", LAMPS)),
    )
    git(root, "merge", "--no-edit", "theirs")
    heal(root)
    assert reasons(root, "2019-09-09.5") == []
    assert "too dear" in reasons(root, DREDGING)


def test_a_new_ref_of_both_that_one_made_one_with_another(tmp_path: Path) -> None:
    root = make_board(tmp_path)
    line = "**Action:** BT to buy rope"
    branches(
        root,
        both(replaces(LATEST, line, f"{line}\n**Action:** GC to sweep the quay", sync=True), says("update", "2020-01-20.2", "closed", "-m", "no broom")),
        both(replaces(LATEST, line, f"{line}\n**Action:** AO to feed ninety gulls", sync=True), says("link", LAMPS, "same", "2020-01-20.2")),
    )  # fmt: skip
    git(root, "merge", "--no-edit", "theirs")
    for path in unmerged(root) - {REGISTER}:
        replaces(
            path, line, f"{line}\n**Action:** GC to sweep the quay\n**Action:** AO to feed ninety gulls"
        )(root)
        text = (root / path).read_text(encoding="utf-8")
        (root / path).write_text(re.sub(r"(?ms)^<<<<<<<.*?^>>>>>>>.*?\n", "", text), encoding="utf-8")
    rrb(root, "sync", "--resolve")
    sweep = next(action for action in register_of(root).values() if action.action == "sweep the quay")
    assert [p.reason for p in sweep.history] == ["no broom"]
    assert reasons(root, LAMPS) == ["three shops asked"]


def test_a_reworded_line_keeps_the_link_of_its_action(tmp_path: Path) -> None:
    root = make_board(tmp_path)
    reword = replaces(LATEST, "to buy rope", "to buy ropes", sync=True)
    branches(root, says("link", LAMPS, "same", ROPE), reword)
    must(root, "merge", "--no-edit", "theirs")
    done(root, "sync")
    assert register_of(root).keys() == {action.ref for action in records_in(board_register())} - {ROPE}


@pytest.mark.slow
@pytest.mark.parametrize("order", [1, -1])
def test_a_note_that_reports_both_of_two_actions_made_one(tmp_path: Path, order: int) -> None:
    root = make_board(tmp_path)
    rows = ["| Compare the price of lamps | BT | |", "| Buy rope | BT | Ongoing |"]
    news = NEWS.replace("| Paint the lighthouse door | AO | Complete - in blue |", "\n".join(rows[::order]))
    branches(root, says("link", LAMPS, "same", ROPE), writes(NEWEST, news))
    must(root, "merge", "--no-edit", "theirs")
    done(root, "sync")
    settled(root)
    assert [ref for ref in register_of(root) if ".p" in ref] == ["2019-11-19.p1"]


@pytest.mark.xfail(
    reason="the one entry keeps the words of one line, so the next sync does not know the other", strict=True
)
def test_a_note_that_reports_both_by_their_own_owners(tmp_path: Path) -> None:
    """Since they are one, both belong to the owner of the second; the branch that does not know it has joined the other."""
    root = make_board(tmp_path)
    rows = "| Buy rope | BT | Ongoing |\n| Ask the treasurer for dredging money | GC | |"
    news = NEWS.replace("| Paint the lighthouse door | AO | Complete - in blue |", rows)
    branches(root, says("link", DREDGING, "same", ROPE), writes(NEWEST, news))
    must(root, "merge", "--no-edit", "theirs")
    done(root, "sync")
    settled(root)


# Set up


def attributes(root: Path) -> str:
    return (root / ".gitattributes").read_text(encoding="utf-8")


RULE = "notes/actions.yaml merge=rrb\n"


@pytest.mark.parametrize(
    "before, after",
    [
        ("", RULE),
        ("*.md text\n", f"*.md text\n{RULE}"),
        ("*.md text", f"*.md text\n{RULE}"),
        (f"{RULE}*.md text\n", f"{RULE}*.md text\n"),
    ],
)
def test_init_adds_its_rule_once(tmp_path: Path, before: str, after: str) -> None:
    make_repository(tmp_path)
    set_board(tmp_path)
    if before:
        (tmp_path / ".gitattributes").write_bytes(before.encode())
    for _ in range(2):
        done(tmp_path, "init", "--git")
        config = must(tmp_path, "config", "--local", "--list")
        assert attributes(tmp_path) == after
        assert config.count("merge.rrb.driver=") == config.count("merge.rrb.name=") == 1


def test_init_a_second_time_changes_nothing(tmp_path: Path) -> None:
    root = make_board(tmp_path)
    config = (root / ".git" / "config").read_bytes()
    done(root, "init", "--git")
    assert must(root, "status", "--porcelain") == ""
    assert (root / ".git" / "config").read_bytes() == config


@pytest.mark.slow
@pytest.mark.parametrize(
    "folder",
    [
        "board",
        "häfen",
        "our boards/the harbour board",
        "#1",
        "board [a]",
    ],
)
def test_a_board_in_a_folder_of_the_repository(tmp_path: Path, folder: str) -> None:
    top = tmp_path / "a repository"
    make_repository(top)
    root = top / folder
    root.mkdir(parents=True)
    set_board(root)
    done(root, "init", "--git")
    commit(top, "the board")
    branches(root, ASKED, ANSWERED)
    must(top, "merge", "--no-edit", "theirs")
    assert reasons(root, DREDGING) == BY_BOTH


def test_a_worktree(tmp_path: Path) -> None:
    make_board(tmp_path / "main", with_driver=False)
    must(tmp_path / "main", "worktree", "add", "-q", "-b", "base", "../a tree")
    root = tmp_path / "a tree"
    done(root, "init", "--git")
    commit(root, "rrb init --git")
    must(root, "branch", "-f", "start")
    for name, step in (("theirs", ANSWERED), ("ours", ASKED)):
        must(root, "checkout", "-q", "-b", name, "start")
        step(root)
        commit(root, name)
    must(root, "merge", "--no-edit", "theirs")
    assert reasons(root, DREDGING) == BY_BOTH


def without_rrb_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Init then installs this very python."""
    monkeypatch.setenv("PATH", str(Path(shutil.which("git") or "git").parent))


def test_the_driver_is_found_without_rrb_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_rrb_on_path(monkeypatch)
    root = make_board(tmp_path)
    branches(root, ASKED, ANSWERED)
    must(root, "merge", "--no-edit", "theirs")
    assert reasons(root, DREDGING) == BY_BOTH


def test_the_driver_runs_nothing_that_lies_in_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_rrb_on_path(monkeypatch)
    root = make_board(tmp_path)
    branches(root, ASKED, ANSWERED)
    (root / "yaml.py").write_text("open('ran', 'w').close()\n", encoding="utf-8")
    git(root, "merge", "--no-edit", "theirs")
    assert not (root / "ran").exists()


def test_outside_git_init_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    set_board(tmp_path)
    answer = rrb(tmp_path, "init", "--git")
    assert answer.code == 2 and "is in no git repository" in answer.err, answer
    assert not (tmp_path / ".gitattributes").exists()


def test_a_clone_without_the_driver_is_warned(tmp_path: Path) -> None:
    """Git says nothing of a driver that it does not know, and merges by lines; `rrb doctor` does."""
    root = make_board(tmp_path / "main")
    branches(root, ASKED, ANSWERED)
    must(tmp_path, "clone", "-q", "main", "clone")
    clone = tmp_path / "clone"
    assert "merge driver rrb, which this clone does not have" in rrb(clone, "doctor").out
    merged = git(clone, "merge", "origin/theirs")
    assert merged.code == 1 and "driver" not in merged.out + merged.err
    heal(clone)
    assert reasons(clone, DREDGING) == BY_BOTH
    done(clone, "init", "--git")
    assert "merge driver" not in rrb(clone, "doctor").out
