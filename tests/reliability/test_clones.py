"""Two clones of one board that are brought together again and again by the real git: what each did is in both, once.

Ann and Ben each work in a clone of their own: they tell how actions stand, agree new ones, write notes, sync and leave remarks
in the register. Then Ben takes in what Ann has pushed, heals what git could not merge, and pushes. A history is made from a
seed; `pytest -n0 -s -m slow tests/reliability/test_clones.py` shows what each of them does.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest

from boards import REGISTER, done, plant, rrb, settled, shown
from reliability.figures import Tried
from repository import ADVICE, commit, git, git_alone, make_repository, must, needs_git, unmerged

__all__ = ["git_alone"]

pytestmark = needs_git

ACTIONS, ROUNDS, MOST_DEEDS = 24, 3, 3
OWNERS = ("AO", "BT", "GC")
STATUSES = ("ongoing", "ongoing", "complete", "closed", "rolled over")
JOBS = ("paint", "oil", "mend", "count", "buy", "sweep", "label", "sell")
THINGS = (
    "boats",
    "ropes",
    "lamps",
    "bells",
    "oars",
    "sails",
    "nets",
    "flags",
    "planks",
    "masts",
    "keels",
    "locks",
)


def first_note() -> str:
    """A note that agrees many actions."""
    lines = (
        f"**Action:** {OWNERS[n % 3]} to {JOBS[n % 8]} the {THINGS[n % 12]} of quay {n}\n"
        for n in range(ACTIONS)
    )
    head = "# Harbour Board\n9 September 2019\n## Attendance\n- Alpha Org (AO)\n- Beta Trust (BT)\n- Gamma Council (GC)\n"
    return f"{head}## 1. Quays\n{''.join(lines)}"


@dataclass(slots=True)
class Person:
    """Somebody with a clone, and what became known of it."""

    name: str
    root: Path
    dice: Random
    done: int = 0
    log: list[str] = field(default_factory=list)
    edited: set[str] = field(default_factory=set)
    """The refs of which owner or date was changed since the last merge."""

    def mark(self) -> str:
        """A word that nobody has used before."""
        self.done += 1
        return f"{self.name}{self.done}"

    def ref(self) -> str:
        """An action of the board as this clone knows it."""
        return self.dice.choice(sorted(shown(self.root)))


@dataclass(slots=True)
class Told:
    """All that was ever said, by whomever."""

    reasons: list[str] = field(default_factory=list)
    agreed: list[str] = field(default_factory=list)
    """Marks of new actions."""
    remarks: list[str] = field(default_factory=list)
    refs: set[str] = field(default_factory=set)
    """All that both clones have had together after some merge."""


def update(who: Person, told: Told) -> None:
    ref, mark = who.ref(), who.mark()
    words = ["update", ref, who.dice.choice(STATUSES), "-m", f"says {mark}"]
    if who.dice.random() < 0.3:
        words += ["--owner", who.dice.choice(OWNERS)] if who.dice.random() < 0.5 else ["--due", f"2020-04-{who.dice.randint(1, 30):02}"]  # fmt: skip
        who.edited.add(ref)
    done(who.root, *words)
    told.reasons.append(f"says {mark}")
    who.log.append(" ".join(words))


def agree(who: Person, told: Told) -> None:
    mark, day = who.mark(), f"2020-01-{who.dice.randint(10, 28)}"
    done(who.root, "add", f"{who.dice.choice(OWNERS)} to order the {mark}", "--on", day)
    told.agreed.append(mark)
    who.log.append(f"add {mark} on {day}")


def write(who: Person, told: Told) -> None:
    """A note that agrees something, and a sync."""
    mark, day = who.mark(), who.dice.randint(1, 14) * 2 + (who.name == "ben")
    text = f"# Harbour Board\n{day} October 2019\n## 1. Quays\n**Action:** AO to fetch the {mark}\n"
    path = who.root / "notes" / f"2019-10-{day:02}.md"
    if path.exists():
        text = path.read_text(encoding="utf-8") + f"**Action:** BT to fetch the {mark}\n"
    path.write_text(text, encoding="utf-8")
    done(who.root, "sync")
    told.agreed.append(mark)
    who.log.append(f"note of {path.name} with {mark}")


def remark(who: Person, told: Told) -> None:
    """A comment in a record, by hand."""
    path, mark, ref = who.root / REGISTER, who.mark(), who.ref()
    before = path.read_text(encoding="utf-8")
    after = before.replace(f"  {ref}:\n", f"  {ref}:\n    # remark of {mark}\n", 1)
    if after != before:
        path.write_text(after, encoding="utf-8")
        told.remarks.append(f"# remark of {mark}\n")
        who.log.append(f"remark {mark} in {ref}")


Deed = Callable[[Person, Told], None]
DEEDS: tuple[Deed, ...] = (update, update, update, update, agree, write, remark)


@dataclass(frozen=True, slots=True)
class Merged:
    """How a merge went."""

    conflict: bool
    may_clash: bool
    """Whether both have spoken of one action's owner or date, or given one ref to two actions."""


def history(folder: Path, seed: int, with_driver: bool, rounds: int) -> Iterator[Merged]:
    """Some rounds of work in two clones, each judged after they were brought together."""
    first, server = folder / "first", folder / "server"
    make_repository(first)
    plant(first, {"2019-09-09": first_note()})
    done(first, "sync")
    if with_driver:
        done(first, "init", "--git")
    commit(first, "the board")
    must(folder, "clone", "-q", "--bare", str(first), str(server))
    ann, ben = (clone(folder, name, seed, with_driver) for name in ("ann", "ben"))
    told = Told()
    for number in range(rounds):
        known = set(shown(ann.root))
        for who in (ann, ben):
            who.edited.clear()
            who.log.append(f"round {number}")
            for _ in range(who.dice.randint(1, MOST_DEEDS)):
                who.dice.choice(DEEDS)(who, told)
            commit(who.root, f"{who.name} {number}")
        must(ann.root, "push", "-q")
        may_clash = bool(ann.edited & ben.edited) or is_shared(ann, ben, known)
        conflict = together(ben)
        must(ben.root, "push", "-q")
        must(ann.root, "pull", "-q", "--ff-only")
        judge(ann, ben, told)
        yield Merged(conflict, may_clash)


def clone(folder: Path, name: str, seed: int, with_driver: bool) -> Person:
    root = folder / name
    must(folder, "clone", "-q", str(folder / "server"), str(root))
    if with_driver:
        done(root, "init", "--git")
    return Person(name, root, Random(f"{name} {seed}"))


def is_shared(ann: Person, ben: Person, known: set[str]) -> bool:
    """Whether both gave one new ref to two actions."""
    ours, theirs = shown(ann.root), shown(ben.root)
    new = (ours.keys() & theirs.keys()) - known
    return any(ours[ref]["action"] != theirs[ref]["action"] for ref in new)


def together(ben: Person) -> bool:
    """Take in what is on the server; whether the register was left in conflict, which is healed then."""
    merged = git(ben.root, "pull", "--no-rebase", "--no-edit", "-q")
    conflicts = unmerged(ben.root)
    assert (merged.code != 0) == bool(conflicts), merged
    assert conflicts <= {REGISTER}, conflicts
    answer = rrb(ben.root, "sync")
    ben.log.append(f"merged: {conflicts or 'clean'}; sync: {answer.code}")
    if conflicts:
        assert answer.code == 2 and ADVICE in answer.err, answer
    if answer.code == 2:
        assert ADVICE in answer.err, answer
        done(ben.root, "sync", "--resolve")
    commit(ben.root, "together")
    return bool(conflicts)


def judge(ann: Person, ben: Person, told: Told) -> None:
    """What both have now is all that was ever said, once."""
    print(*ann.log, *ben.log, sep="\n")
    text = (ben.root / REGISTER).read_text(encoding="utf-8")
    assert (ann.root / REGISTER).read_text(encoding="utf-8") == text
    actions = shown(ben.root)
    settled(ben.root)
    reasons = [entry["reason"] for action in actions.values() for entry in action["history"]]
    assert sorted(reasons) == sorted(told.reasons)
    words = [action["action"] for action in actions.values()]
    assert len(words) == ACTIONS + len(told.agreed)
    for mark in told.agreed:
        assert sum(one.endswith(f"the {mark}") for one in words) == 1, mark
    assert not any(marker in str(actions) for marker in ("<<<<", "====", ">>>>", "||||"))
    for one in told.remarks:
        assert text.count(one) == 1, one
    refs = {ref for action in actions.values() for ref in (action["ref"], *action["also"])}
    assert told.refs <= refs, "a ref leads nowhere"
    told.refs |= refs
    assert all(is_told_by_its_history(action) for action in actions.values())


def is_told_by_its_history(action: Any) -> bool:
    """The status of an action is what was said of it last."""
    said = [entry["status"] for entry in action["history"] if entry["status"]]
    return bool(action["status"] == (said[-1] if said else "open"))


def tally(folder: Path, seed: int, with_driver: bool, rounds: int = ROUNDS) -> list[bool]:
    """Whether each merge was a conflict; with the driver only where both changed the same."""
    merges = list(history(folder, seed, with_driver, rounds))
    if with_driver:
        assert not any(one.conflict and not one.may_clash for one in merges), "a needless conflict"
    return [one.conflict for one in merges]


ways = pytest.mark.parametrize("with_driver", [False, True], ids=["layout", "driver"])


def test_two_clones_come_together(tmp_path: Path, tried: Tried) -> None:
    tried("two-branch merges", len(tally(tmp_path, 1, with_driver=False, rounds=1)))


@pytest.mark.slow
@ways
def test_many_histories(tmp_path: Path, with_driver: bool, tried: Tried) -> None:
    conflicts = []
    for seed in range(2, 102):
        folder = tmp_path / str(seed)
        folder.mkdir()
        print("seed", seed)
        conflicts += tally(folder, seed, with_driver)
        shutil.rmtree(folder)
    share = sum(conflicts) / len(conflicts)
    print(f"conflicts: {share:.1%} of {len(conflicts)} merges")
    assert share < 0.25
    tried("two-branch merges", len(conflicts))
