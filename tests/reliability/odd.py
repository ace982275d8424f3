"""Odd notes and how a person sees them: what `rrb actions` lists, what `rrb check` says, and with which exit code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boards import rrb

HEAD = """# Harbour Board
9 September 2019

## Attendance
- Alpha Org (AO)
- Beta Trust (BT)

## 1. Papers

"""


@dataclass(slots=True)
class Seen:
    """What is seen of one note."""

    actions: list[dict[str, Any]] = field(default_factory=list)
    findings: list[tuple[str, int]] = field(default_factory=list)
    """Rule and line."""
    words: list[str] = field(default_factory=list)
    """What the findings say."""

    @property
    def lines(self) -> list[int]:
        """Where actions are raised."""
        return [one["raised"]["line"] for one in self.actions]

    @property
    def owned(self) -> list[tuple[str, str]]:
        """Owner and words of each action."""
        return [(", ".join(one["owners"]), one["action"]) for one in self.actions]

    def says(self, *names: str, line: int) -> bool:
        """Whether a finding of one of the rules stands on a line."""
        return any(name in names and at == line for name, at in self.findings)


def write(folder: Path, notes: Mapping[str, str | bytes]) -> None:
    """Write notes, each as the only one of a board of its own."""
    for name, text in notes.items():
        path = folder / "notes" / name / "2019-09-09.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)


def seen(folder: Path, notes: Mapping[str, str | bytes], *rules: str) -> dict[str, Seen]:
    """What is seen of notes that have nothing to do with each other, by their names; of the findings those of some rules."""
    write(folder, {f"of {name}": text for name, text in notes.items()})
    found = {f"of {name}": Seen() for name in notes}
    listed = rrb(folder, "actions", "--all", "--format", "json", "-q")
    for action in json.loads(listed.out)["actions"]:
        found[action["ref"].partition("/")[0]].actions.append(action)
    selected = (word for rule in rules for word in ("--select", rule))
    checked = rrb(folder, "check", "--format", "json", "-q", *selected)
    for one in json.loads(checked.out)["diagnostics"]:
        mine = found[one["path"].split("/")[1]]
        mine.findings.append((one["name"], one["line"]))
        mine.words.append(f"{one['path']}:{one['line']}: {one['message']}; {one['help']}")
    return {name: found[f"of {name}"] for name in notes}
