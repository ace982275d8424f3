"""Two people on two branches: nothing may be silently wrong after the merge, with the merge driver or without.

`pytest -n0 -s "tests/test_histories.py::test_histories[7]"` shows what one history does.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from boards import REGISTER
from histories import History, Look, make_history, merge_branches
from reliability.figures import Tried
from repository import git_alone, needs_git

__all__ = ["git_alone"]
pytestmark = needs_git

SEEDS = [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 240))]

# What is known to go wrong: these histories are looked at, but do not fail


def made_one_groups(look: Look) -> list[set[int]]:
    """The actions that somebody made one."""
    groups: list[set[int]] = []
    for pair in look.made_one().items():
        joined = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in joined] + [set(pair).union(*joined)]
    return groups


def is_reworded(look: Look) -> bool:
    return any(group & look.history.cast.reworded_lines for group in made_one_groups(look))


def is_in_one_note(look: Look) -> bool:
    """A note that speaks of two actions made one."""
    for path in (look.history.root / "notes").glob("*.md"):
        spoken = {look.history.cast.who(line) for line in path.read_text(encoding="utf-8").splitlines()}
        if any(len(spoken & group) > 1 for group in made_one_groups(look)):
            return True
    return False


def is_claimed_twice(look: Look) -> bool:
    """A record that each branch made one with another one."""
    homes = [{ref: a.ref for a in side.values() for ref in a.also} for side in look.history.sides]
    return any(homes[0][ref] != homes[1][ref] for ref in homes[0].keys() & homes[1].keys())


def is_crash(look: Look) -> bool:
    return "internal error" in look.merge.told


def is_mark_gone(look: Look) -> bool:
    """Only remarks and own keys are gone, and some record too."""
    is_record_out = any(ref not in side for side in look.history.sides for ref in look.history.base)
    return is_record_out and look.all_wrong() == list(look.marks())


KNOWN: Mapping[str, Callable[[Look], bool]] = {
    "a remark or own key in a record that the other branch made one with another": is_mark_gone,
    "a record that each branch made one with another one": is_claimed_twice,
    "the driver crashes": is_crash,
    "a line that is reworded loses the link that made its action one with another": is_reworded,
    "a note that speaks of both of two actions made one": is_in_one_note,
}


@pytest.mark.parametrize("seed", SEEDS)
def test_histories(tmp_path: Path, seed: int, tried: Tried) -> None:
    history = make_history(tmp_path, seed)
    known = [reason for with_driver in (False, True) for reason in judged(history, with_driver)]
    if known:
        pytest.xfail("; ".join(known))
    tried("two-branch merges", 2)


def judged(history: History, with_driver: bool) -> list[str]:
    """What is known to go wrong in this merge; nothing else does."""
    merge = merge_branches(history, with_driver)
    look = Look(history, merge)
    log = [line for person in history.people for line in person.log]
    print("\n".join([f"driver: {with_driver}", *log]), merge.told, sep="\n")
    wrong = look.all_wrong()
    if wrong and (known := [reason for reason, holds in KNOWN.items() if holds(look)]):
        return known
    assert wrong == []
    if with_driver:
        assert (REGISTER in merge.conflicts) <= look.may_clash(), "a needless conflict"
        assert (REGISTER in merge.conflicts) >= bool(look.shared()), (
            "two actions took one ref without a conflict"
        )
    return []
