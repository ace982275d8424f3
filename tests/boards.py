"""A small board for tests that write: its notes, its register, `rrb` itself, and a hand that spells the register anew."""

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import yaml
from typer.main import get_command

from rrbnotes.cli.main import app

TODAY = "2020-02-01"
REGISTER = "notes/actions.yaml"
LAST_LINE = "# end of actions"

# The board

SEPTEMBER = """# Harbour Board
9 September 2019
## Attendance
- Alpha Org (AO)
- Beta Trust (BT)
- Gamma Council (GC)
## 1. Papers
**Action:** AO to write the paper on moorings by 1 October 2019
**Action:** BT and AO to book the great hall
## 2. Money
**Action:** GC to ask the treasurer for dredging money
**Action:** BT to compare the price of lamps
"""
NOVEMBER = """# Harbour Board
19 November 2019
## Attendance
- Alpha Org (AO)
- Beta Trust (BT)
## Actions from the previous meeting
| Action | Owner | Status |
| --- | --- | --- |
| Book the great hall | BT, AO | Complete |
| Write the paper on moorings | AO | Rolled over - still in draft |
| Count the seagulls | GC | Ongoing |
## 1. Boats
**Action:** GC to ask the treasurer about the cost of dredging
**Action:** AO to paint the lighthouse door
"""
JANUARY = """# Harbour Board
20 January 2020
## Attendance
- Alpha Org (AO)
## 1. Boats
**Action:** BT to buy rope
## Actions from the previous meeting
| Action | Owner | Status |
| --- | --- | --- |
| Write the paper on moorings | AO | Ongoing - second draft |
| Paint the lighthouse door | AO | |
"""
NOTES = {"2019-09-09": SEPTEMBER, "2019-11-19": NOVEMBER, "2020-01-20": JANUARY}
SET_UP = (
    ("sync",),
    ("add", "AO to order the ice cream by 10 March 2020", "--on", "2020-01-25"),
    ("link", "2019-09-09.3", "same", "2019-11-19.1"),
    ("link", "2019-11-19.2", "follows", "2019-09-09.4", "-m", "one painter: two jobs"),
    ("update", "2019-09-09.4", "ongoing", "-m", "three shops asked", "--on", "2020-01-28"),
)
"""The commands that give the board its register."""


def plant(folder: Path, notes: Mapping[str, str] = NOTES) -> None:
    """Write the notes of a board."""
    for key, text in notes.items():
        path = folder / "notes" / f"{key}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@cache
def board_register() -> bytes:
    """The register of the board."""
    with tempfile.TemporaryDirectory() as name:
        plant(Path(name))
        for command in SET_UP:
            done(Path(name), *command)
        return (Path(name) / REGISTER).read_bytes()


def set_board(folder: Path, register: bytes | None = None) -> Path:
    """The board in a folder, as if it had just been cloned; its register as it is, or as given."""
    plant(folder)
    (folder / REGISTER).write_bytes(board_register() if register is None else register)
    return folder


# The program

RRB = get_command(app)
_NOT_SET = ("NO_COLOR", "FORCE_COLOR", "RRB_DEBUG", "RRB_TODAY")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said."""

    code: int
    out: str
    err: str


def environment() -> dict[str, str]:
    """Nothing of the surroundings shows, and no test waits for a disk."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_SET}
    return kept | {"COLUMNS": "80", "RRB_NO_FSYNC": "1"}


def rrb(folder: Path, *arguments: str, today: str = TODAY) -> Answer:
    """Run a command in this process."""
    out, err, code = StringIO(), StringIO(), 0
    with (
        mock.patch.dict(os.environ, environment(), clear=True),
        mock.patch.multiple(sys, stdin=TextIOWrapper(BytesIO()), stdout=out, stderr=err),
    ):
        try:
            RRB.main(["-C", str(folder), "--today", today, *arguments], prog_name="rrb")
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    return Answer(code, out.getvalue(), err.getvalue())


def done(folder: Path, *arguments: str, today: str = TODAY) -> Answer:
    """Run a command that has to work."""
    answer = rrb(folder, *arguments, today=today)
    assert answer.code == 0, f"rrb {' '.join(arguments)}: {answer}"
    return answer


def settled(folder: Path, today: str = TODAY) -> None:
    """A further sync has nothing to do, and `--check` asks for none."""
    path = folder / REGISTER
    before = path.read_bytes() if path.exists() else None
    for words in (("sync",), ("sync", "--check")):
        answer = done(folder, *words, today=today)
        assert answer.out.startswith("nothing to do"), answer
        assert (path.read_bytes() if path.exists() else None) == before, answer


def shown(folder: Path, today: str = TODAY) -> dict[str, Any]:
    """All actions as JSON, by ref."""
    answer = done(folder, "actions", "--all", "--format", "json", "-q", today=today)
    return {action["ref"]: action for action in json.loads(answer.out)["actions"]}


def keep_saying(root: Path, ref: str, worker: int, times: int) -> None:
    """One of many processes that speak of actions."""
    for n in range(times):
        done(root, "update", ref, "ongoing", "-m", f"{worker}-{n}")


def keep_syncing(root: Path, stop: Any) -> None:
    """A process that writes what the notes say, and reads, until it is told to stop."""
    while not stop.is_set():
        done(root, "sync")
        done(root, "actions", "--all")


Tree = Any
"""What a reader of YAML finds that takes every scalar for a text: texts, lists and mappings."""


_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def tree(register: bytes) -> Tree:
    """A register as another reader of YAML than ours finds it."""
    return yaml.load(register.decode("utf-8-sig"), Loader=_LOADER)


# The hand

QUIRKS = (
    *("remarks above", "remarks behind", "blank lines", "trailing spaces", "no fences"),
    *("own scalars", "own lists", "own mappings", "own texts", "own keys in entries", "own keys at the top"),
    *("plain", "single quotes", "quoted keys", "folded", "literal", "over lines", "null fields"),
    *("records shuffled", "fields shuffled", "indent 4", "flat lists", "deep lists", "lists a line"),
    *("entries over lines", "entries in brackets", "three dashes"),
    *("CRLF", "CR", "mixed line ends", "BOM", "no last line end"),
)
"""What people and tools do to a register without changing what it says."""
ODD = ("brackets over lines", "records in braces", "wide dashes")
"""The same, but seldom done."""
_PLAIN = re.compile(r"(?!(?:null|true|false)$)[A-Za-z][A-Za-z0-9 '-]*[A-Za-z0-9]|\d{4}-\d\d-\d\d")
_SELDOM = ("number", "first_due", "not_same")
_FLOW, _BLOCK = "flow", "block"


@dataclass(frozen=True, slots=True)
class Spelled:
    """A register in another spelling."""

    data: bytes
    blocks: Mapping[str, tuple[int, int]]
    """From each record's key to its fence, or to its last line: bytes."""
    remarks: tuple[str, ...]


@dataclass(slots=True)
class Hand:
    """Spells a register with some quirks, here and there."""

    quirks: frozenset[str]
    rng: Random
    lines: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    own: int = 0
    step: int = 2
    marks: dict[str, list[int]] = field(default_factory=dict)
    """The first and the last line of each record, counted from 0."""

    def spell(self, register: Tree) -> Spelled:
        """The whole register."""
        self.step = 4 if "indent 4" in self.quirks else 2
        if "three dashes" in self.quirks:
            self.lines.append("---")
        top = [("version", register["version"])]
        for key, value in self._with_own(top, "own keys at the top"):
            self._field(key, value, 0)
        self._piece([f"{self._key('actions')}:"], 0)
        for ref, fields in self._order(list(register["actions"].items()), "records shuffled"):
            self._record(ref, fields)
        for key, value in self._with_own([], "own keys at the top"):
            self._field(key, value, 0)
        self.lines.append(LAST_LINE)
        return self._finished()

    def _does(self, quirk: str, share: float = 0.3) -> bool:
        return quirk in self.quirks and self.rng.random() < share

    def _order(self, pairs: list[tuple[str, Tree]], quirk: str) -> list[tuple[str, Tree]]:
        return self.rng.sample(pairs, len(pairs)) if quirk in self.quirks else pairs

    def _record(self, ref: str, fields: Mapping[str, Tree]) -> None:
        in_braces = self._does("records in braces")
        behind = f" {self._flow(fields)}" if in_braces else ""
        self._piece([f"{' ' * self.step}{self._key(ref, ref)}:{behind}"], self.step)
        start = len(self.lines) - 1
        for key, value in () if in_braces else self._order(self._filled(fields), "fields shuffled"):
            self._field(key, value, 2 * self.step)
        if not self._does("no fences", 0.6):
            self.lines.append(f"{' ' * self.step}# end {ref}")
        self.marks[ref] = [start, len(self.lines)]
        if not self._does("no fences"):
            self.lines.append("")

    def _filled(self, fields: Mapping[str, Tree]) -> list[tuple[str, Tree]]:
        """A record's fields, with some that say nothing to us."""
        pairs = list(fields.items())
        if self._does("null fields"):
            pairs.append((self.rng.choice([name for name in _SELDOM if name not in fields]), None))
        for quirk in ("own scalars", "own lists", "own mappings", "own texts"):
            pairs = self._with_own(pairs, quirk)
        return pairs

    def _with_own(self, pairs: list[tuple[str, Tree]], quirk: str) -> list[tuple[str, Tree]]:
        """The pairs and perhaps a key of a person's own among them."""
        if not self._does(quirk, 0.5):
            return pairs
        self.own += 1
        kinds: Mapping[str, Tree] = {
            "own lists": [f"a {self.own}", "b: c"],
            "own mappings": {"deep": {"deeper": [f"x {self.own}"]}, "status": "open"},
            "own texts": f"# no remark {self.own}\n\n  status: done\n# end 2019-09-09.1\n",
        }
        at = self.rng.randint(0, len(pairs))
        return [*pairs[:at], (f"own {self.own}", kinds.get(quirk, f"mine {self.own}")), *pairs[at:]]

    def _field(self, key: str, value: Tree, indent: int) -> None:
        """A key with its value, however deep."""
        name = f"{' ' * indent}{self._key(key)}:"
        if value is None:
            self._piece(
                [name + self.rng.choice(["", " null", " ~", " []"][: 4 if key == "not_same" else 3])], indent
            )
        elif isinstance(value, str):
            first, *rest = self._scalar(value, indent, _BLOCK)
            self._piece([f"{name} {first}", *rest], indent)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            self._entries(name, value, indent)
        elif isinstance(value, list) and self._does("lists a line", 0.6):
            self._piece([name], indent)
            dash = self._dash(indent)
            for one in value:
                first, *rest = self._scalar(one, len(dash), _BLOCK)
                self._piece([f"{dash}{first}", *rest], len(dash) - 2)
        elif isinstance(value, Mapping) and (self._does("entries over lines") or key.startswith("own")):
            self._piece([name], indent)
            for inner, one in value.items():
                self._field(inner, one, indent + self.step)
        else:
            self._piece([f"{name} {self._flow(value)}"], indent)

    def _entries(self, name: str, entries: Sequence[Mapping[str, Tree]], indent: int) -> None:
        """A history or links."""
        if self._does("entries in brackets"):
            self._piece([f"{name} [{', '.join(map(self._flow, entries))}]"], indent)
            return
        if self._does("brackets over lines"):
            self._piece([f"{name} ["], indent)
            for entry in entries:
                pairs = self._with_own(list(entry.items()), "own keys in entries")
                self._piece([f"{' ' * (indent + 4)}{self._flow(dict(pairs))},"], indent)
            self._piece([f"{' ' * (indent + 2)}]"], indent)
            return
        self._piece([name], indent)
        dash = self._dash(indent)
        for entry in entries:
            pairs = self._with_own(list(entry.items()), "own keys in entries")
            if not self._does("entries over lines", 0.6):
                self._piece([f"{dash}{self._flow(dict(pairs))}"], len(dash) - 2)
                continue
            for n, (key, value) in enumerate(pairs):
                start = len(self.lines)
                self._field(key, value, len(dash))
                if (
                    n == 0
                ):  # the dash takes the place of white space before the first key, behind any remark above it
                    at = next(
                        k for k in range(start, len(self.lines)) if self.lines[k].strip()[:1] not in ("", "#")
                    )
                    self.lines[at] = dash + self.lines[at][len(dash) :]

    def _dash(self, indent: int) -> str:
        deeper = 0 if "flat lists" in self.quirks else 4 if "deep lists" in self.quirks else 2
        return " " * (indent + deeper) + ("-   " if "wide dashes" in self.quirks else "- ")

    def _flow(self, value: Tree) -> str:
        """A value on one line."""
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{self._key(key)}: {self._flow(one)}" for key, one in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self._flow, value)) + "]"
        return self._scalar(str(value), 0, _FLOW)[0]

    def _scalar(self, text: str, indent: int, where: str) -> list[str]:
        """A text: what stands behind the key, and the lines below."""
        pad, words = " " * (indent + self.step), text.split(" ")
        if "\n" in text:
            return [
                f"|{'' if text[0] != ' ' else self.step}",
                *(f"{pad}{line}".rstrip() for line in text.split("\n")[:-1]),
            ]
        half = self.rng.randint(1, len(words))
        if where is _BLOCK and "" not in words and half < len(words):
            parts = [" ".join(words[:half]), " ".join(words[half:])]
            if self._does("folded"):
                return [">-", *(pad + part for part in parts)]
            if self._does("over lines"):
                first, second = (json.dumps(part, ensure_ascii=False)[1:-1] for part in parts)
                return [f'"{first}', f'{pad}{second}"']
        if where is _BLOCK and text and self._does("literal"):
            return ["|-", pad + text]
        if _PLAIN.fullmatch(text) and self._does("plain", 0.6):
            return [text]
        if self._does("single quotes", 0.6):
            return ["'" + text.replace("'", "''") + "'"]
        return [json.dumps(text, ensure_ascii=False)]

    def _key(self, key: str, plain: str | None = None) -> str:
        if self._does("quoted keys"):
            return self.rng.choice(['"{}"', "'{}'"]).format(key)
        return plain or (key if _PLAIN.fullmatch(key) else json.dumps(key))

    def _piece(self, lines: list[str], indent: int) -> None:
        """Lines between which nothing may come, with what may stand around them."""
        if self._does("blank lines", 0.15):
            self.lines.append(" " * self.rng.choice([0, 0, 1]) if "trailing spaces" in self.quirks else "")
        while self._does("remarks above", 0.15):
            self.lines.append(" " * self.rng.choice([indent, indent, 0, indent + 1]) + self._remark())
        first, last = lines[0], lines[-1]
        at = 0 if re.search(r"(?:: |- )[|>]", first) else -1
        line = first if at == 0 else last
        if self._does("remarks behind", 0.15):
            line += "  " + self._remark()
        if self._does("trailing spaces", 0.15):
            line += self.rng.choice([" ", "   "])
        lines[at] = line
        self.lines += lines

    def _remark(self) -> str:
        self.remarks.append(f"# remark {len(self.remarks)}: [é 🙂] {{status: open}}")
        return self.remarks[-1]

    def _finished(self) -> Spelled:
        ends = ["\r\n"] if "CRLF" in self.quirks else ["\r"] if "CR" in self.quirks else ["\n"]
        ends = ["\n", "\r\n"] if "mixed line ends" in self.quirks else ends
        whole = [line + self.rng.choice(ends) for line in self.lines]
        if "no last line end" in self.quirks:
            whole[-1] = whole[-1].rstrip()
        mark = "\ufeff" if "BOM" in self.quirks else ""
        offsets = [len((mark + "".join(whole[:n])).encode()) for n in range(len(whole) + 1)]
        blocks = {ref: (offsets[start], offsets[end]) for ref, (start, end) in self.marks.items()}
        return Spelled((mark + "".join(whole)).encode(), blocks, tuple(self.remarks))


def is_own(key: str) -> bool:
    """Whether a key is a person's own."""
    return key.startswith("own ")


def known(value: Tree) -> Tree:
    """A tree without the keys of a person's own and without empty values."""
    if isinstance(value, Mapping):
        empty: tuple[Tree, ...] = ("", "null", "~", [])
        return {key: known(one) for key, one in value.items() if not is_own(key) and one not in empty}
    return [known(one) for one in value] if isinstance(value, list) else value


def owned(value: Tree, path: str = "") -> Iterator[tuple[str, Tree]]:
    """The keys of a person's own with their values, in the order of the text."""
    for key, one in value.items() if isinstance(value, Mapping) else enumerate(value):
        if isinstance(key, str) and is_own(key):
            yield f"{path}/{key}", one
        elif isinstance(one, Mapping | list):
            yield from owned(one, f"{path}/{key}")
