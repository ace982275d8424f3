"""Two people who go on with one board on two branches, the real git that puts them together, and a look at what became of it.

A history is made from a seed. Silently wrong is, after the merge and one `rrb sync` (`--resolve` where sync refuses): an action
is missing or stands twice, a ref names another action than on its branch without a word, something that was said is gone, or
something that nobody said is there.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from itertools import permutations
from pathlib import Path
from random import Random

from boards import REGISTER, Answer, done, rrb, settled
from repository import ADVICE, commit, git, make_repository, must, register_of, unmerged
from rrbnotes.model import Action, Progress, Status
from rrbnotes.reconciling.refs import natural
from rrbnotes.register.schema import FIELDS
from rrbnotes.register.threeway import HEADS, LISTS, told
from simulation import NOUNS, VERBS

# Who is meant

HEADER = "| Action | Owner | Status |"
SECTIONS = ("## 1. Papers", "## 2. Money")
LINE = re.compile(r"\*\*Action:\*\* (?P<owner>.+?) to (?P<words>.+)")
ROW = re.compile(r"\| (?P<words>.+?) \| (?P<owner>.*?) \| (?P<status>.*?) \|")


@dataclass(slots=True)
class Cast:
    """All actions of a history. Each has nouns that no other one ever has, so that it is known in whatever words."""

    rng: Random
    nouns: list[str] = field(default_factory=list)
    """Those that no action has yet."""
    whose: dict[str, int] = field(default_factory=dict)
    reworded_lines: set[int] = field(default_factory=set)
    """The actions whose first line somebody has changed."""
    count: int = 0

    def __post_init__(self) -> None:
        self.nouns = self.rng.sample(NOUNS, len(NOUNS))

    def new(self) -> str:
        """The words of a new action."""
        self.count += 1
        return " ".join([self.rng.choice(VERBS), *(self._noun(self.count) for _ in range(6))])

    def reworded(self, words: str) -> str:
        """The same with another noun."""
        old = self.rng.choice([word for word in words.split() if word in self.whose])
        return words.replace(f" {old}", f" {self._noun(self.whose[old])}", 1)

    def who(self, text: str) -> int:
        """The action that is meant; 0 for none."""
        found = [self.whose[word] for word in re.findall(r"[a-z]+", text) if word in self.whose]
        return max(set(found), key=found.count, default=0)

    def _noun(self, number: int) -> str:
        noun = self.nouns.pop()
        self.whose[noun] = number
        return noun


def note_text(key: str, rows: Sequence[str], raised: Sequence[Sequence[str]]) -> str:
    """A note with a table of previous actions and two sections of new ones."""
    day = Date.fromisoformat(key[:10])
    lines = ["# Harbour Board", f"{day.day} {day:%B %Y}", "## Attendance"]
    lines += ["- Alpha Org (AO)", "- Beta Trust (BT)", "- Gamma Council (GC)"]
    lines += ["## Actions from the previous meeting", HEADER, "| --- | --- | --- |", *rows]
    for section, some in zip(SECTIONS, raised, strict=True):
        lines += [section, "We met.", *some]
    return "\n".join([*lines, "## 3. Any other business", "None.", ""])


# What people do

BASE_NOTES = ("2019-09-09", "2019-10-14", "2019-11-19")
LATER_NOTES = ("2019-12-10", "2019-12-10-money", "2020-01-20")
DAYS = ("2019-12-16", "2020-01-24", "2020-02-01")
OWNERS = ("AO", "BT", "GC")
STATUSES = ("Ongoing", "Rolled over", "Complete", "Closed")


@dataclass(slots=True)
class Person:
    """Somebody who writes notes and runs `rrb` on one branch."""

    name: str
    root: Path
    rng: Random
    cast: Cast
    named: dict[str, int] = field(default_factory=dict)
    """Which action each ref has ever been here."""
    marks: list[str] = field(default_factory=list)
    """The remarks and keys that they put into the register."""
    labels: int = 0
    text: str = ""
    """Of the register, when all is done."""
    wrong: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)

    def works(self, tasks: Sequence[Callable[["Person"], None]]) -> None:
        """Do some things, and commit each."""
        for task in tasks:
            task(self)
            commit(self.root, f"{self.name}: {task.__name__}")
            self.learn()

    def learn(self) -> None:
        """Which action each ref is; that never changes."""
        for ref, action in self.register().items():
            if self.named.setdefault(ref, self.cast.who(action.action)) != self.cast.who(action.action):
                self.wrong.append(f"{self.name}: {ref} names another action")

    def rrb(self, *words: str) -> Answer:
        answer = rrb(self.root, *words)
        self.log.append(
            f"{self.name}: rrb {' '.join(words)} [{answer.code}] {answer.err if answer.code else ''}".rstrip()
        )
        return answer

    def sync(self) -> None:
        answer = self.rrb("sync")
        assert answer.code == 0, answer

    def register(self) -> dict[str, Action]:
        return register_of(self.root)

    def notes(self) -> list[str]:
        return sorted(path.stem for path in (self.root / "notes").glob("*.md"))

    def note(self, key: str) -> Path:
        return self.root / "notes" / f"{key}.md"

    def label(self) -> str:
        """Something that nobody else says."""
        self.labels += 1
        return f"{self.name} {self.labels}"

    def edit(self, path: Path, old: str, new: str) -> None:
        self.log.append(f"{self.name}: {path.name}: {old!r} -> {new!r}")
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def line(self) -> str:
        """The line of a new action."""
        due = self.rng.choice(["", "", " by 10 March 2020", " by the end of April 2020"])
        return f"**Action:** {self.rng.choice(OWNERS)} to {self.cast.new()}{due}"

    def rows(self, key: str, most: int) -> list[str]:
        """Rows on actions that a note does not speak of yet."""
        text = self.note(key).read_text(encoding="utf-8") if self.note(key).exists() else ""
        said = {self.cast.who(line) for line in text.splitlines()}
        earlier = [
            action
            for action in self.register().values()
            if action.status.outstanding
            and action.first_seen.date
            and action.first_seen.date.isoformat() < key[:10]
            and not said & {self.named.get(ref) for ref in (action.ref, *action.also)}
        ]
        chosen = self.rng.sample(earlier, min(len(earlier), most))
        return [self._row(action) for action in chosen]

    def _row(self, action: Action) -> str:
        words = self.cast.reworded(action.action) if self.rng.random() < 0.2 else action.action
        status = self.rng.choice(["", *STATUSES])
        reason = f" - letters {self.label()}" if status and self.rng.random() < 0.7 else ""
        is_handed_on = any(progress.owners for progress in action.history)
        owners = "" if is_handed_on else ", ".join(action.owners)
        return f"| {words} | {owners} | {status}{reason} |"

    def meant_by(self, ref: str) -> set[int]:
        """The action of a ref, with those that were made one with it."""
        action = self.register()[ref]
        return {self.named[one] for one in (ref, *action.also) if one in self.named}

    def speaks_of_both(self, one: str, other: str) -> bool:
        """Whether a note speaks of both actions."""
        for key in self.notes():
            spoken = {self.cast.who(line) for line in self.note(key).read_text(encoding="utf-8").splitlines()}
            if spoken & self.meant_by(one) and spoken & self.meant_by(other):
                return True
        return False

    def one(self) -> str:
        return self.rng.choice(list(self.register()))

    def block(self, ref: str) -> tuple[str, str]:
        """The register, and the lines of one record in it."""
        text = (self.root / REGISTER).read_text(encoding="utf-8")
        start = re.search(rf'(?m)^  "?{re.escape(ref)}"?:$', text)
        assert start
        return text, text[start.start() : text.index(f"  # end {ref}\n")]


def write_note(person: Person) -> None:
    """A new meeting's note, then sync."""
    missing = [key for key in LATER_NOTES if key not in person.notes()]
    if not missing:
        add_line(person)
        return
    key = person.rng.choice(missing)
    raised = [[person.line() for _ in range(person.rng.randint(0, 2))] for _ in SECTIONS]
    text = note_text(key, person.rows(key, person.rng.randint(0, 3)), raised)
    person.log.append(f"{person.name}: writes {key}")
    person.note(key).write_text(text, encoding="utf-8")
    person.sync()


def add_line(person: Person) -> None:
    """One more action in a note, then sync."""
    path = person.note(person.rng.choice([*person.notes(), person.notes()[-1]]))
    lines = path.read_text(encoding="utf-8").splitlines()
    places = [line for line in lines if line == "We met." or LINE.match(line)]
    place = person.rng.choice(places)
    at = max(n for n, line in enumerate(lines) if line == place)
    lines.insert(at + 1, person.line())
    person.log.append(f"{person.name}: {path.name}: line {at + 2}: {lines[at + 1]}")
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    person.sync()


def add_row(person: Person) -> None:
    """One more report in a note, then sync."""
    key = person.rng.choice(person.notes()[1:])
    for row in person.rows(key, 1):
        person.edit(person.note(key), "\n## 1. Papers", f"\n{row}\n## 1. Papers")
    person.sync()


def reword(person: Person) -> None:
    """Another word in the line of an action, then sync."""
    path = person.note(person.rng.choice(person.notes()))
    whole = {person.cast.who(action.action) for action in person.register().values()}
    lines = [
        line for line in LINE.findall(path.read_text(encoding="utf-8")) if person.cast.who(line[1]) in whole
    ]
    if lines:
        _, words = person.rng.choice(lines)
        person.edit(path, words, person.cast.reworded(words))
        person.cast.reworded_lines.add(person.cast.who(words))
    person.sync()


def say_status(person: Person) -> None:
    reason = person.rng.choice(["", f"no: 'never' #{person.label()}", f"said by {person.label()}"])
    person.rrb(
        "update",
        person.one(),
        person.rng.choice(STATUSES).lower(),
        "-m",
        reason,
        "--on",
        person.rng.choice(DAYS),
    )


def say_due(person: Person) -> None:
    day = f"2020-03-{person.rng.randint(1, 28):02}"
    person.rrb("update", person.one(), "--due", day, "-m", person.label(), "--on", person.rng.choice(DAYS))


def say_owner(person: Person) -> None:
    owner = person.rng.choice([*OWNERS, "Zeta"])
    person.rrb(
        "update", person.one(), "--owner", owner, "-m", person.label(), "--on", person.rng.choice(DAYS)
    )


def add_between(person: Person) -> None:
    """Actions agreed between meetings."""
    person.rrb("add", f"{person.rng.choice(OWNERS)} to {person.cast.new()}", "--on", person.rng.choice(DAYS))


def make_one(person: Person) -> None:
    """Two actions of which no note speaks together."""
    apart = [pair for pair in permutations(person.register(), 2) if not person.speaks_of_both(*pair)]
    if apart:
        _link(person, "same", *person.rng.choice(apart))


def tie(person: Person) -> None:
    refs = list(person.register())
    if len(refs) > 1:
        _link(person, person.rng.choice(["follows", "supersedes", "different"]), *person.rng.sample(refs, 2))


def _link(person: Person, verb: str, one: str, other: str) -> None:
    person.rrb("link", one, verb, other, "-m", f"as {person.label()} says")


def edit_head(person: Person) -> None:
    """A status changed in the register by hand; not all people sync then."""
    ref = person.one()
    _, block = person.block(ref)
    old = re.findall(r"\n    status: (.*)\n", block)
    if old:
        new = person.rng.choice([status for status in Status if status != old[0]])
        edited = block.replace(f"\n    status: {old[0]}\n", f"\n    status: {new}\n")
        person.edit(person.root / REGISTER, block, edited)
    if person.rng.random() < 0.5:
        person.sync()


def put_mark(person: Person) -> None:
    """A remark or a key of one's own somewhere in a record."""
    _, block = person.block(person.one())
    lines = block.splitlines(keepends=True)
    label = person.label()
    if person.rng.random() < 0.5:
        mark, at = f"    # remark of {label}\n", person.rng.randint(0, len(lines))
        mark = mark if at else mark[2:]
    else:
        mark, at = f"    own {label}: [a, b]\n", person.rng.choice([1, 2])
    person.marks.append(mark.strip())
    person.edit(person.root / REGISTER, block, "".join([*lines[:at], mark, *lines[at:]]))


TASKS = (
    *(write_note, write_note, add_line, add_line, add_row, reword),
    *(say_status, say_status, say_due, say_owner, add_between, make_one, tie, edit_head, put_mark),
)


# A history


@dataclass(frozen=True, slots=True)
class History:
    """Two branches that began at one commit of `main`."""

    root: Path
    cast: Cast
    people: tuple[Person, Person]
    base: Mapping[str, Action]
    """By ref; and so on both branches."""
    sides: tuple[Mapping[str, Action], Mapping[str, Action]]


def make_history(root: Path, seed: int) -> History:
    rng = Random(seed)
    cast = Cast(rng)
    secretary = Person("main", root, rng, cast)
    make_repository(root)
    (root / "notes").mkdir()
    for key in BASE_NOTES[: rng.randint(2, 3)]:
        raised = [[secretary.line() for _ in range(rng.randint(1, 2))] for _ in SECTIONS]
        rows = secretary.rows(key, rng.randint(1, 2)) if (root / REGISTER).exists() else []
        secretary.note(key).write_text(note_text(key, rows, raised), encoding="utf-8")
        secretary.sync()
    secretary.works([say_status] if rng.random() < 0.5 else [])
    commit(root, "the notes so far")
    base = register_of(root)
    shared = note_text(
        LATER_NOTES[0], secretary.rows(LATER_NOTES[0], 2), [[secretary.line()], [secretary.line()]]
    )
    is_shared = rng.random() < 0.15
    people = []
    sides = []
    for name in ("ours", "theirs"):
        must(root, "checkout", "-q", "-b", name, "main")
        person = Person(name, root, rng, cast)
        if is_shared:
            person.note(LATER_NOTES[0]).write_text(shared, encoding="utf-8")
            person.sync()
        person.learn()
        person.works(rng.choices(TASKS, k=rng.randint(1, 4)))
        person.text = (root / REGISTER).read_text(encoding="utf-8")
        people.append(person)
        sides.append(register_of(root))
    return History(root, cast, (people[0], people[1]), base, (sides[0], sides[1]))


# The merge


@dataclass(frozen=True, slots=True)
class Merge:
    """What became of two branches."""

    with_driver: bool
    conflicts: frozenset[str]
    """The files in conflict."""
    refused: str
    """Why a plain sync would not go on after it; empty where it did."""
    failed: str
    """Why `sync --resolve` did not heal it; empty where it did."""
    told: str
    """All that git, the driver and `rrb` said."""
    actions: Mapping[str, Action]


def merge_branches(history: History, with_driver: bool) -> Merge:
    """Merge theirs into ours, resolve the notes as a person would, and heal the register."""
    root = history.root
    must(root, "checkout", "-q", "-B", "merged", "ours")
    if with_driver:
        done(root, "init", "--git")
        commit(root, "rrb init --git")
    merged = git(root, "merge", "--no-edit", "theirs")
    conflicts = frozenset(unmerged(root))
    assert (merged.code != 0) is bool(conflicts), merged
    for path in conflicts - {REGISTER}:
        base, ours, theirs = (git(root, "show", f":{stage}:{path}").out for stage in (1, 2, 3))
        (root / path).write_text(kept_both(base, ours, theirs, history.cast), encoding="utf-8")
    said = [merged, rrb(root, "sync")]
    refused = said[-1].err if said[-1].code else ""
    if refused:
        said.append(rrb(root, "sync", "--resolve"))
    failed = said[-1].err if said[-1].code else ""
    if not failed:
        commit(root, "merged")
        settled(root)
    told = "\n".join(one.out + one.err for one in said)
    return Merge(with_driver, conflicts, refused, failed, told, {} if failed else register_of(root))


def kept_both(base: str, ours: str, theirs: str, cast: Cast) -> str:
    """A note with the lines of both sides, ours first, each under its heading; of one action that both speak of in the same
    place only the line that somebody changed, ours where both did."""
    before = base.splitlines()
    sections = _sections(ours)
    for heading, lines in _sections(theirs).items():
        mine = sections.setdefault(heading, [])
        at = {_what(line, cast): n for n, line in enumerate(mine)}
        for line in lines:
            n = at.get(_what(line, cast))
            if n is None:
                mine.append(line)
            elif mine[n] in before:
                mine[n] = line
    return "\n".join([*(line for lines in sections.values() for line in lines), ""])


def _sections(text: str) -> dict[str, list[str]]:
    """Lines by the heading that they stand under, with that heading."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in text.splitlines():
        heading = line if line.startswith("#") else heading
        found.setdefault(heading, []).append(line)
    return found


def _what(line: str, cast: Cast) -> object:
    """What a line speaks of: an action, or else itself."""
    return cast.who(line) or line


# What is silently wrong


@dataclass(frozen=True, slots=True)
class Look:
    """A merged register beside the two that it came from."""

    history: History
    merge: Merge

    def who(self, action: Action) -> int:
        return self.history.cast.who(action.action)

    def answering(self, ref: str) -> Action | None:
        found = (a for a in self.merge.actions.values() if ref in (a.ref, *a.also))
        return next(found, None)

    def home(self, who: int) -> Action | None:
        """The record of an action, or of the one that it was made one with."""
        seen: set[int] = set()
        while who not in seen:
            seen.add(who)
            found = next((a for a in self.merge.actions.values() if self.who(a) == who), None)
            if found:
                return found
            who = self.made_one().get(who, who)
        return None

    def made_one(self) -> dict[int, int]:
        """Actions that somebody made one with another one."""
        return {
            person.named[ref]: self.who(action)
            for person, side in zip(self.history.people, self.history.sides, strict=True)
            for action in side.values()
            for ref in action.also
            if ref in person.named
        }

    def all_wrong(self) -> list[str]:
        looks = (
            self.advice,
            self.refs,
            self.twice,
            self.progress,
            self.reports,
            self.links,
            self.marks,
            self.renumbered,
        )
        own = [line for person in self.history.people for line in person.wrong]
        if self.merge.failed:
            return [*own, self.merge.failed]
        return [*own, *(line for look in looks for line in look())]

    def _sides(self) -> Iterator[tuple[Person, Mapping[str, Action]]]:
        return zip(self.history.people, self.history.sides, strict=True)

    def advice(self) -> Iterator[str]:
        """A sync after a conflict refuses, and says what to do."""
        if REGISTER in self.merge.conflicts and not self.merge.refused:
            yield "git left a conflict of which sync sees nothing"
        if self.merge.refused and ADVICE not in self.merge.refused:
            yield f"no advice: {self.merge.refused}"

    def refs(self) -> Iterator[str]:
        """Every action is there, and a ref that names another one than on its branch was told."""
        for person, side in self._sides():
            known = {ref for action in side.values() for ref in (action.ref, *action.also)}
            for ref, who in person.named.items():
                home, now = self.home(who), self.answering(ref)
                if not home:
                    yield f"{person.name}: {ref} is missing"
                elif ref not in known:
                    continue
                elif not now:
                    yield f"{person.name}: nothing answers to {ref}"
                elif now is not home and not re.search(
                    rf"^{re.escape(ref)}\b.*\b{re.escape(home.ref)}\b", self._lines(), re.M
                ):
                    yield f"{person.name}: {ref} names another action, silently: {now.action}"

    def _lines(self) -> str:
        return re.sub(r"^(?:rrb: )+", "", self.merge.told, flags=re.M)

    def twice(self) -> Iterator[str]:
        """No action has two records, and no ref two actions."""
        found = [self.who(action) for action in self.merge.actions.values()]
        yield from (f"action {who} stands twice" for who in set(found) if found.count(who) > 1)
        refs = [ref for action in self.merge.actions.values() for ref in (action.ref, *action.also)]
        yield from (f"{ref} names two" for ref in set(refs) if refs.count(ref) > 1)

    def progress(self) -> Iterator[str]:
        """All that people said is there, once, and nothing that nobody said."""
        meant: dict[str, set[Progress]] = {ref: set() for ref in self.merge.actions}
        for person, side in self._sides():
            for ref, action in side.items():
                home = self.home(person.named[ref])
                said = {_plain(p) for p in action.history if p.by}
                yield from self._missing(person, ref, home, said)
                if home:
                    meant[home.ref] |= said | self._by_hand(person, action)
                    yield from self._unkept(person, action, home)
        for ref, action in self.merge.actions.items():
            there = [_plain(p) for p in action.history if p.by]
            yield from (f"{ref}: nobody said {p}" for p in there if p not in meant[ref])
            if len(there) != len(set(there)):
                yield f"{ref}: said twice"

    def _missing(self, person: Person, ref: str, home: Action | None, said: set[Progress]) -> Iterator[str]:
        there = {_plain(p) for p in home.history} if home else set()
        yield from (f"{person.name}: {ref}: gone: {p}" for p in said - there)

    def _by_hand(self, person: Person, action: Action) -> set[Progress]:
        """What they wrote at the head of a record and did not sync."""
        edited = {
            name: getattr(action, name) for name in HEADS if getattr(action, name) != told(action, name)
        }
        return {Progress(Date(2020, 2, 1), by="hand", **edited)} if edited else set()

    def _unkept(self, person: Person, action: Action, home: Action) -> Iterator[str]:
        there = {_plain(p) for p in home.history}
        for p in self._by_hand(person, action):
            is_so_anyway = p.status == home.status and p.owners is None and p.due is None
            if (
                p not in there
                and not is_so_anyway
                and not re.search(rf"^{re.escape(action.ref)}: status .* left out", self._lines(), re.M)
            ):
                yield f"{person.name}: {action.ref}: written by hand, gone: {p}"

    def reports(self) -> Iterator[str]:
        """Each row of each note is in the history of its action, with the last status of that note."""
        for path in sorted((self.history.root / "notes").glob("*.md")):
            wanted: dict[str, str] = {}
            for row in ROW.finditer(path.read_text(encoding="utf-8")):
                who = self.history.cast.who(row["words"])
                home = self.home(who) if who else None
                if home:
                    status = row["status"].partition(" - ")[0].lower()
                    wanted[home.ref] = status or wanted.get(home.ref, "")
            for ref, status in wanted.items():
                said = [p for p in self.merge.actions[ref].history if p.meeting == path.stem]
                if [p.status or "" for p in said] != [status]:
                    yield f"{ref}: {path.stem} says {status!r}, the register {said}"

    def links(self) -> Iterator[str]:
        """What was said of two actions is said of the same two."""
        for person, side in self._sides():
            for ref, action in side.items():
                home = self.home(person.named[ref])
                ties = [(link.verb, link.ref) for link in action.links] + [
                    ("different", other) for other in action.not_same
                ]
                for verb, other in ties:
                    target = self.home(person.named[other]) if other in person.named else None
                    if home and target and home is not target:
                        there = [(li.verb, li.ref) for li in home.links] + [
                            ("different", o) for o in home.not_same
                        ]
                        if not any(v == verb and o and self.answering(o) is target for v, o in there):
                            yield f"{person.name}: {ref} {verb} {other} is gone"

    def marks(self) -> Iterator[str]:
        """The remarks and own keys of a branch are there, once."""
        text = (self.history.root / REGISTER).read_text(encoding="utf-8")
        for person in self.history.people:
            for mark in person.marks:
                if mark in person.text and text.count(mark) != 1:
                    yield f"{person.name}: {mark!r} stands {text.count(mark)} times"

    def shared(self) -> list[str]:
        """The new refs that stand on both branches for two actions."""
        ours, theirs = self.history.sides
        both = ours.keys() & theirs.keys() - self.history.base.keys()
        return sorted((ref for ref in both if self.who(ours[ref]) != self.who(theirs[ref])), key=natural)

    def renumbered(self) -> Iterator[str]:
        """Of two actions with one new ref, the one keeps it whose line comes first; the other has the next free number."""
        ours, theirs = self.history.sides
        given = {ref for person in self.history.people for ref in person.named}
        for ref in self.shared():
            pair = [self.who(ours[ref]), self.who(theirs[ref])]
            homes = [self.home(who) for who in pair]
            now = self.answering(ref)
            if None in homes or homes[0] is homes[1]:
                continue
            key, _, mark, _ = natural(ref)
            last = max(number for k, _, m, number in map(natural, given) if (k, m) == (key, mark))
            moved = next((home for home in homes if home and home is not now), None)
            if now not in homes:
                yield f"{ref}: neither keeps it"
            if moved and natural(moved.ref)[::2] == (key, mark) and natural(moved.ref)[3] <= last:
                yield f"{ref}: {moved.ref} is no free number"
            if (
                ours[ref].first_seen.meeting
                and now
                and self.who(now) != min(pair, key=lambda who: self._place(key, who))
            ):
                yield f"{ref}: the later line keeps it"
            if "on both sides for two actions" not in self.merge.told:
                yield f"{ref}: nothing was told of two actions"

    def _place(self, key: str, who: int) -> int:
        lines = (self.history.root / "notes" / f"{key}.md").read_text(encoding="utf-8").splitlines()
        return next((n for n, line in enumerate(lines) if self.history.cast.who(line) == who), len(lines))

    def may_clash(self) -> bool:
        """Whether both changed one field in different ways."""
        if self.shared():
            return True
        ours, theirs = self.history.sides
        return any(
            _clash(self.history.base.get(ref), ours[ref], theirs[ref]) for ref in ours.keys() & theirs.keys()
        )


def _plain(progress: Progress) -> Progress:
    return replace(progress, words=None, at=None)


def _clash(base: Action | None, ours: Action, theirs: Action) -> bool:
    for name in FIELDS:
        if name in LISTS:
            continue
        values = [_value(action, name) for action in (base, ours, theirs)]
        is_told = name in HEADS and all(getattr(one, name) == told(one, name) for one in (ours, theirs))
        if len(set(values)) == 3 and not is_told:
            return True
    return False


def _value(action: Action | None, name: str) -> object:
    """A field as it is meant, not whether it is written."""
    if action is None:
        return None
    return getattr(action, name) if hasattr(action, name) and name != "raised" else FIELDS[name].of(action)
