"""The merge of registers, by law: what holds for all that people and programs have changed on two sides."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reliability.figures import Tried
from rrbnotes.model import Action, Due, Link, Progress, Sighting, Status
from rrbnotes.reconciling.refs import natural
from rrbnotes.register.merging import resolved
from rrbnotes.register.schema import FIELDS
from rrbnotes.register.text import changed, new_text, read_text
from rrbnotes.register.threeway import HEADS, told
from two_sides import agreed, file_of, merge_texts

SENTENCES = (
    "draft the plan", "book the hall", "write to the clinic", "circulate the data", "ask for a speaker", "pay every bill",
    "count all beds", "meet new partners",
)  # fmt: skip
DAYS = [date(2024, 1, 10), date(2024, 2, 14), date(2024, 3, 13), date(2024, 4, 10)]
dues = st.builds(Due, st.sampled_from(["soon", "in May"]), st.none() | st.sampled_from(DAYS))
names = st.sampled_from([("NPS",), ("MOPAC",), ("NPS", "Clinks")])
said = st.builds(
    Progress,
    date=st.sampled_from(DAYS[1:]),
    meeting=st.none(),
    by=st.sampled_from(["update", "hand"]),
    status=st.none() | st.sampled_from(Status),
    reason=st.sampled_from(["", "x", "y"]),
    due=st.none() | dues,
    owners=st.none() | names,
).flatmap(lambda p: st.sampled_from([p, replace(p, meeting=str(p.date), by=None)]))
links = st.builds(
    Link, st.sampled_from(["follows", "followed"]), st.sampled_from(["2024-01-10.1", "2024-02-14.1"])
)
Actions = dict[str, Action]
Change = Callable[[st.DrawFn, Actions, str], None]


def in_time(history: Sequence[Progress]) -> tuple[Progress, ...]:
    """As a sync writes them."""
    return tuple(sorted(dict.fromkeys(history), key=lambda p: (p.date or date.min, p.meeting or "")))


def kept_up(action: Action) -> Action:
    """The action with the head that its history says."""
    heads = {name: told(action, name) for name in HEADS}
    return replace(action, **heads)  # type: ignore[arg-type]


@st.composite
def new_actions(draw: st.DrawFn, key: str, number: int) -> Action:
    """An action that a sync has just written."""
    is_raised = draw(st.booleans())
    history = in_time(draw(st.lists(said, max_size=2)))
    owners, due = draw(st.just(()) | names), draw(st.none() | dues)
    day = date.fromisoformat(key) if is_raised else None
    action = Action(
        ref=f"{key}.{'' if is_raised else 'p'}{number}",
        board=None,
        action=draw(st.sampled_from(SENTENCES)),
        owners=owners,
        status=Status.OPEN,
        due=due,
        first_owners=owners,
        first_due=due,
        first_seen=Sighting(key, day, draw(st.none() | st.just("1. Data")), None),
        is_raised=is_raised,
        history=history,
        provisional=False,
    )
    return kept_up(action)


bases = st.tuples(*(new_actions("2024-01-10", number) for number in (1, 2, 3))).map(
    lambda made: {a.ref: a for a in made}
)


def say(draw: st.DrawFn, found: Actions, ref: str) -> None:
    found[ref] = kept_up(replace(found[ref], history=in_time((*found[ref].history, draw(said)))))


def unsay(draw: st.DrawFn, found: Actions, ref: str) -> None:
    found[ref] = kept_up(replace(found[ref], history=found[ref].history[1:]))


def edit_head(draw: st.DrawFn, found: Actions, ref: str) -> None:
    found[ref] = replace(found[ref], status=draw(st.sampled_from(Status)))


def re_read(draw: st.DrawFn, found: Actions, ref: str) -> None:
    seen = replace(found[ref].first_seen, item=draw(st.sampled_from(["2. Beds", "3. Hall"])))
    found[ref] = kept_up(
        replace(found[ref], first_seen=seen, first_owners=draw(names), first_due=draw(st.none() | dues))
    )


def reword(draw: st.DrawFn, found: Actions, ref: str) -> None:
    found[ref] = replace(found[ref], action=draw(st.sampled_from(SENTENCES)))


def tie(draw: st.DrawFn, found: Actions, ref: str) -> None:
    other = draw(st.sampled_from(["2023-11-01.1", "2024-02-14.1"]))
    found[ref] = replace(
        found[ref],
        links=tuple(dict.fromkeys((*found[ref].links, draw(links)))),
        not_same=tuple(dict.fromkeys((*found[ref].not_same, other))),
    )


def raise_new(draw: st.DrawFn, found: Actions, ref: str) -> None:
    number = 1 + sum(other.startswith("2024-02-14") for other in found)
    new = draw(new_actions("2024-02-14", number))
    found[new.ref] = new


def take_out(draw: st.DrawFn, found: Actions, ref: str) -> None:
    del found[ref]


def make_one(draw: st.DrawFn, found: Actions, ref: str) -> None:
    """As `rrb link A same B` does."""
    keep, gone = sorted((ref, draw(st.sampled_from(sorted(found)))), key=natural, reverse=draw(st.booleans()))
    if keep != gone:
        old = found.pop(gone)
        came = [replace(p, words=(p.words or old.action) if p.meeting else None) for p in old.history]
        found[keep] = kept_up(
            replace(
                found[keep],
                history=in_time((*found[keep].history, *came)),
                also=(*found[keep].also, gone, *old.also),
                links=(*found[keep].links, Link("same", gone)),
            )
        )


GROWTH = (say, re_read, tie, raise_new)
CHANGES = (say, say, unsay, edit_head, re_read, reword, tie, raise_new, raise_new, take_out, make_one)


@st.composite
def changed_texts(draw: st.DrawFn, base: str, who: str, changes: Sequence[Change]) -> str:
    """A register after some changes, with comments and keys of somebody's own."""
    file = read_text(base, who)
    found = {action.ref: action for action in file.actions}
    for change in draw(st.lists(st.sampled_from(changes), max_size=3)):
        if found:
            change(draw, found, draw(st.sampled_from(sorted(found))))
    text = changed(file, list(found.values()), [ref for ref in file.records if ref not in found])
    return with_remarks(Random(draw(st.integers(0, 999))), text, who)


def with_remarks(dice: Random, text: str, who: str) -> str:
    """Comments above, behind and in the records, and a key in some of them, all of them somebody's own."""
    lines = []
    for n, line in enumerate(text.split("\n")):
        is_inside = re.match(r" {4}[a-z].*[^|]$| {6}- ", line)
        if (is_inside or re.match(r"[va]|  2", line)) and dice.random() < 0.1:
            lines.append(f"{line[: len(line) - len(line.lstrip())]}# {who} {n} above")
        lines.append(f"{line}  # {who} {n} behind" if is_inside and dice.random() < 0.1 else line)
        if line.startswith("    action: ") and dice.random() < 0.2:
            lines.append(f"    of {who}: " + dice.choice(["1", "{a: [1, 2]}", "|\n      two\n        lines"]))
    return "\n".join(lines)


@st.composite
def three_texts(draw: st.DrawFn, changes: Sequence[Change] = CHANGES) -> tuple[str, str, str]:
    """A register, and what two sides made of it."""
    base = with_remarks(Random(draw(st.integers(0, 999))), new_text(list(draw(bases).values())), "base")
    ours, theirs = (draw(changed_texts(base, who, changes)) for who in ("ours", "theirs"))
    return base, ours, theirs


def values(text: str) -> dict[str, dict[str, object]]:
    """What a register says; links and the like are sets."""
    return {
        action.ref: {
            name: sorted(value, key=repr) if name in ("links", "also", "not_same") and value else value
            for name, field in FIELDS.items()
            for value in [field.of(action)]
        }
        for action in file_of(text).actions
    }


law = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # that counts how often it was tried
)


@law
@given(three_texts())
def test_a_side_that_did_nothing_has_no_say(tried: Tried, texts: tuple[str, str, str]) -> None:
    tried("two-branch merges", 1)
    base, ours, _ = texts
    again = "# looked through\n" + base
    assert agreed(base, ours, ours) == ours
    assert agreed(base, ours, base) == ours
    assert agreed(base, base, ours) == ours
    assert agreed(base, ours, again).replace("# looked through\n", "") == ours
    assert values(agreed(base, again, ours)) == values(ours)


@law
@given(three_texts())
def test_it_does_not_matter_who_is_called_ours(tried: Tried, texts: tuple[str, str, str]) -> None:
    tried("two-branch merges", 1)
    base, ours, theirs = texts
    one_way, other_way = merge_texts(base, ours, theirs), merge_texts(base, theirs, ours)
    assert bool(one_way.clashes) == bool(other_way.clashes)
    if not one_way.clashes:
        assert values(one_way.text) == values(other_way.text)


def first(ours: Action, theirs: Action) -> bool:
    return True


@law
@given(three_texts(), st.booleans(), st.booleans())
def test_nothing_is_lost_and_nothing_left_open(
    tried: Tried, texts: tuple[str, str, str], ours_keeps: bool, is_base_known: bool
) -> None:
    tried("two-branch merges", 1)
    base, ours, theirs = texts
    result = merge_texts(base if is_base_known else None, ours, theirs, settle=lambda a, b: ours_keeps)
    assert result.clashes == ()
    actions = file_of(result.text).actions
    known = {ref for action in actions for ref in (action.ref, *action.also)}
    entries = {replace(p, words=None) for action in actions for p in action.history}
    before = file_of(base).records
    was = {replace(p, words=None) for action in file_of(base).actions for p in action.history}
    for side in (ours, theirs):
        for action in file_of(side).actions:
            assert action.ref in known or action.ref in before
            assert {replace(p, words=None) for p in action.history} <= entries | was
    assert (
        merge_texts(base, result.text, theirs if is_base_known else result.text, settle=first).clashes == ()
    )


@law
@given(three_texts(GROWTH), st.booleans())
def test_no_comment_and_no_key_of_anybodys_own_is_lost(
    tried: Tried, texts: tuple[str, str, str], is_base_known: bool
) -> None:
    tried("two-branch merges", 1)
    base, ours, theirs = texts
    text = merge_texts(base if is_base_known else None, ours, theirs, settle=first).text
    for side, who in ((ours, "ours"), (theirs, "theirs")):
        own = re.findall(rf"# {who} \d+ \w+|    of {who}: .*", side)
        assert [remark for remark in own if remark not in text] == []


@law
@given(three_texts())
def test_marked_conflicts_are_healed_as_if_they_had_been_settled_at_once(
    tried: Tried, texts: tuple[str, str, str]
) -> None:
    tried("two-branch merges", 1)
    base, ours, theirs = texts
    open_, settled = merge_texts(base, ours, theirs), merge_texts(base, ours, theirs, settle=first)
    healed = resolved(open_.text, "a", first)
    assert values(healed.text) == values(settled.text)
