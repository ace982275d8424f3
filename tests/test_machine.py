"""A secretary's year in any order: notes come, change and go, commands write, and nothing that was given or said is lost."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from boards import REGISTER, Answer, Tree, known, rrb, shown, tree

OWNERS = ("AO", "BT", "GC")
TASKS = (
    *("mend the north gate", "mend the south gate", "paint the lighthouse door", "count the seagulls"),
    *("ask the treasurer about dredging", "order forty metres of rope", "write the paper on moorings"),
    *("book the great hall for the regatta", "draw a map of the sandbanks", "invite the harbour master"),
)
STATUSES = ("", "ongoing", "rolled over - no money yet", "complete", "closed", "done", "almost")
TWISTS: tuple[Callable[[str], str], ...] = (
    lambda words: f"{words} soon",
    lambda words: words.replace("the ", "a ", 1),
    lambda words: " ".join(words.split()[:-1]),
    lambda words: f"{words} by 1 March 2020",
    str.upper,
)
"""Other words for the same action."""
FIRST_DAY = Date(2019, 9, 9)
DAYS = [FIRST_DAY + timedelta(weeks=4 * n) for n in range(8)]
VERBS = ("same", "follows", "supersedes", "different")

which = st.integers(0, 1 << 16)
"""Chooses one of what there is."""
tasks = st.tuples(st.sampled_from(TASKS), st.sampled_from(OWNERS), st.sampled_from([None, *TWISTS]))
statuses = st.sampled_from(STATUSES)


@dataclass(slots=True)
class Note:
    """A note: what it raises, and what it says of earlier actions."""

    day: Date
    name: str
    raised: list[tuple[str, str]]
    """Words and owner."""
    said: list[tuple[str, str, str]] = field(default_factory=list)
    """The same and a status."""

    @property
    def text(self) -> str:
        """As a file."""
        lines = [
            "# Harbour Board",
            f"{self.day:%d %B %Y}",
            "## Attendance",
            *(f"- {o} Trust ({o})" for o in OWNERS),
        ]
        if self.said:
            lines += [
                "## Actions from the previous meeting",
                "| Action | Owner | Status |",
                "| --- | --- | --- |",
            ]
            lines += [f"| {words} | {owner} | {status} |" for words, owner, status in self.said]
        lines += ["## 1. Boats", *(f"**Action:** {owner} to {words}" for words, owner in self.raised)]
        return "\n".join(lines) + "\n"


class Secretary(RuleBasedStateMachine):
    """What may happen in a folder of notes."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.root = Path(self.folder.name)
        (self.root / "notes").mkdir()
        self.today = DAYS[3]
        self.notes: list[Note] = []
        self.refs: set[str] = set()
        """All that were given and not taken back."""
        self.given: dict[str, set[str]] = {}
        """By the number of the step that gave them."""
        self.said: Counter[tuple[Any, ...]] = Counter()
        """What was said by hand and by commands."""
        self.words = 0

    def teardown(self) -> None:
        self.folder.cleanup()

    # What happens to notes

    @rule(
        day=st.sampled_from(DAYS),
        raised=st.lists(tasks, min_size=1, max_size=5),
        reports=st.lists(st.tuples(which, statuses, st.sampled_from([None, *TWISTS])), max_size=4),
    )
    def add_a_note(self, day: Date, raised: list[Any], reports: list[Any]) -> None:
        if any(one.day == day for one in self.notes):
            return
        earlier = [line for one in self.notes for line in one.raised if one.day < day]
        said = [(*twisted(pick(earlier, n), twist), status) for n, status, twist in reports if earlier]
        self.notes.append(
            Note(day, f"{day}", [twisted((words, owner), twist) for words, owner, twist in raised], said)
        )
        self.write(self.notes[-1])

    @precondition(lambda self: self.notes)
    @rule(n=which, line=which, twist=st.sampled_from(TWISTS))
    def reword_a_line(self, n: int, line: int, twist: Callable[[str], str]) -> None:
        with self.edited(n) as one:
            if one.raised:
                at = line % len(one.raised)
                one.raised[at] = twisted(one.raised[at], twist)

    @precondition(lambda self: self.notes)
    @rule(n=which, line=which, status=statuses)
    def change_a_status(self, n: int, line: int, status: str) -> None:
        with self.edited(n) as one:
            if one.said:
                at = line % len(one.said)
                one.said[at] = (*one.said[at][:2], status)

    @precondition(lambda self: self.notes)
    @rule(n=which, line=which, of_said=st.booleans())
    def delete_a_line(self, n: int, line: int, of_said: bool) -> None:
        with self.edited(n) as one:
            lines: list[Any] = one.said if of_said else one.raised
            if lines:
                del lines[line % len(lines)]

    @precondition(lambda self: self.notes)
    @rule(n=which, line=which, other=which)
    def swap_two_lines(self, n: int, line: int, other: int) -> None:
        with self.edited(n) as one:
            if one.raised:
                a, b = line % len(one.raised), other % len(one.raised)
                one.raised[a], one.raised[b] = one.raised[b], one.raised[a]

    @precondition(lambda self: self.notes)
    @rule(n=which, task=tasks, at=which)
    def insert_a_line(self, n: int, task: Any, at: int) -> None:
        words, owner, twist = task
        with self.edited(n) as one:
            one.raised.insert(at % (len(one.raised) + 1), twisted((words, owner), twist))

    @precondition(lambda self: len(self.notes) > 1)
    @rule(n=which)
    def delete_a_note(self, n: int) -> None:
        one = pick(self.notes, n)
        self.notes.remove(one)
        self.path(one).unlink()

    @precondition(lambda self: self.notes)
    @rule(n=which)
    def rename_a_note(self, n: int) -> None:
        one = pick(self.notes, n)
        self.path(one).unlink()
        one.name = f"{one.day}-board" if one.name == f"{one.day}" else f"{one.day}"
        self.write(one)

    @precondition(lambda self: self.notes)
    @rule(n=which, day=st.sampled_from(DAYS))
    def re_date_a_note(self, n: int, day: Date) -> None:
        one = pick(self.notes, n)
        if all(other.day != day for other in self.notes):
            self.path(one).unlink()
            one.day, one.name = day, f"{day}"
            self.write(one)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    # What happens to the register

    @rule()
    def sync(self) -> None:
        if self.wrote("sync").code:
            assert self.wrote("sync", "--force").code == 0
        self.check_settled()

    @precondition(lambda self: self.refs)
    @rule(
        n=which,
        status=st.sampled_from(["ongoing", "rolled over", "complete", "closed", "open"]),
        back=st.sampled_from([0, 0, 30]),
    )
    def update(self, n: int, status: str, back: int) -> None:
        self.words += 1
        on = ("--on", str(self.today - timedelta(days=back)))
        self.wrote("update", pick(sorted(self.refs), n), status, "-m", f"word {self.words}", *on)

    @precondition(lambda self: self.refs)
    @rule(
        n=which, owner=st.sampled_from([*OWNERS, "Zeta"]), due=st.sampled_from(["2020-05-01", "end of March"])
    )
    def update_the_facts(self, n: int, owner: str, due: str) -> None:
        self.wrote("update", pick(sorted(self.refs), n), "--owner", owner, "--due", due)

    @precondition(lambda self: self.notes)
    @rule(task=tasks)
    def add(self, task: Any) -> None:
        words, owner, twist = task
        self.wrote("add", twisted((f"{owner} to {words}", owner), twist)[0])

    @precondition(lambda self: len(self.refs) > 1)
    @rule(n=which, m=which, verb=st.sampled_from(VERBS))
    def link(self, n: int, m: int, verb: str) -> None:
        self.wrote("link", pick(sorted(self.refs), n), verb, pick(sorted(self.refs), m))

    @precondition(lambda self: len(self.refs) > 1)
    @rule(n=which, m=which)
    def unlink(self, n: int, m: int) -> None:
        pairs = [(ref, far) for ref, record in self.records().items() for far in linked(record)]
        if pairs:
            one, other = pick(sorted(set(pairs)), n)
            self.wrote("unlink", *((one, other) if m % 2 else (other, one)))

    @precondition(lambda self: self.given)
    @rule(n=which, is_last=st.booleans())
    def undo(self, n: int, is_last: bool) -> None:
        step = [] if is_last else [pick(sorted(self.given, key=int), n)]
        before = self.steps()
        if self.wrote("undo", *step, may_take_back=True).code == 0 and step and self.steps() == before:
            raise AssertionError("an undo without a step")

    @precondition(lambda self: self.refs)
    @rule(n=which, status=st.sampled_from(["ongoing", "complete", "closed", "rolled over"]))
    def edit_a_head(self, n: int, status: str) -> None:
        path = self.root / REGISTER
        lines = list(re.finditer(rb"(?m)^    status: .*$", path.read_bytes()))
        if lines:
            at, data = pick(lines, n), path.read_bytes()
            path.write_bytes(data[: at.start()] + f"    status: {status}".encode() + data[at.end() :])

    # What always holds

    def wrote(self, *words: str, may_take_back: bool = False) -> Answer:
        """Run a command that writes, and check that it lost nothing; one that is refused changes nothing."""
        before, known_steps = self.data(), self.steps()
        answer = rrb(self.root, *words, today=str(self.today))
        note(f"{self.today} rrb {' '.join(words)}: {answer.code}\n{answer.out}{answer.err}")
        assert answer.code in (0, 2), answer
        assert answer.code == 0 or self.data() == before, answer
        records = self.records()
        new_steps = self.steps() - known_steps
        given = {ref for ref in known_refs(records) if ref not in self.refs}
        if may_take_back and answer.code == 0:
            self.check_undone(records)
        else:
            assert self.refs <= known_refs(records), (self.refs - known_refs(records), answer)
            lost = self.said - manual(records)
            assert all(words[0] == "unlink" and entry[-1].startswith("superseded by ") for entry in lost), (
                lost
            )
        for step in new_steps:
            self.given[step] = given
        self.refs, self.said = known_refs(records), manual(records)
        self.check_register(records)
        return answer

    def check_undone(self, records: dict[str, Tree]) -> None:
        """Only what one step brought may go."""
        gone = self.refs - known_refs(records)
        assert any(gone <= given for given in self.given.values()), gone
        # one step may have brought several words only where it is a sync, of heads, or an undo of others
        lost = [entry for entry in (self.said - manual(records)) if entry[-1].startswith("word ")]
        assert len(lost) <= 1 or gone, lost

    def check_register(self, records: dict[str, Tree]) -> None:
        """No two records share a ref."""
        refs = [ref for key, record in records.items() for ref in (key, *record.get("also", ()))]
        assert len(refs) == len(set(refs)), refs

    def check_settled(self) -> None:
        """After a sync there is nothing to do, and what is listed is what is written."""
        before = self.data()
        for words in (("sync",), ("sync", "--check")):
            answer = rrb(self.root, *words, today=str(self.today))
            assert (answer.code, self.data()) == (0, before), (words, answer)
            assert answer.out.startswith("nothing to do"), answer
        assert set(shown(self.root, str(self.today))) == set(self.records())

    # Helpers

    def path(self, one: Note) -> Path:
        return self.root / "notes" / f"{one.name}.md"

    def write(self, one: Note) -> None:
        self.path(one).write_text(one.text)
        note(f"== {one.name}.md\n{one.text}")

    @contextmanager
    def edited(self, n: int) -> Iterator[Note]:
        one = pick(self.notes, n)
        yield one
        self.write(one)

    def data(self) -> bytes | None:
        path = self.root / REGISTER
        return path.read_bytes() if path.exists() else None

    def records(self) -> dict[str, Tree]:
        data = self.data()
        return dict(known(tree(data)).get("actions", {})) if data else {}

    def steps(self) -> set[str]:
        """The numbers of the steps that can be undone."""
        path = self.root / ".rrb" / "journal.jsonl"
        return set(re.findall(r'"id": "(\d+)"', path.read_text())) if path.exists() else set()


def pick(found: Any, n: int) -> Any:
    return found[n % len(found)]


def twisted(line: tuple[str, str], twist: Callable[[str], str] | None) -> tuple[str, str]:
    return (twist(line[0]) if twist else line[0], line[1])


def known_refs(records: dict[str, Tree]) -> set[str]:
    return {ref for key, record in records.items() for ref in (key, *record.get("also", ()))}


def manual(records: dict[str, Tree]) -> Counter[tuple[Any, ...]]:
    """What was said by hand and by commands, wherever it stands."""
    return Counter(
        (
            p["by"],
            p.get("date"),
            p.get("status"),
            str(p.get("due")),
            str(p.get("owners")),
            p.get("reason", ""),
        )
        for record in records.values()
        for p in record.get("history", ())
        if "by" in p
    )


def linked(record: Tree) -> list[str]:
    return [*(link["to"] for link in record.get("links", ()) if "to" in link), *record.get("not_same", ())]


QUICK = settings(max_examples=12, stateful_step_count=20, derandomize=True, deadline=None)
LONG = settings(
    max_examples=300, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_nothing_is_lost_in_a_year() -> None:
    run_state_machine_as_test(Secretary, settings=QUICK)


@pytest.mark.slow
def test_nothing_is_lost_in_many_years() -> None:
    run_state_machine_as_test(Secretary, settings=LONG)
