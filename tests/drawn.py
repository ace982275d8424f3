"""Reports drawn in a few lines of text, for the tests of the formats of `rrb check`.

The first line is the width. A finding is a line `severity name: message; help`, below it the lines of a note: `[[words]]`
is where it stands, `{{old=>new}}` what a fix would change (its title stands in front, `title|`), `<<what is there>>` a
related place. `→` is a tab. Findings that follow each other without lines between them stand in a file that cannot be read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rrbnotes.checks.rules import RULES
from rrbnotes.diagnostics import Diagnostic, Finding, Fix, Related, Severity
from rrbnotes.edits import Edit
from rrbnotes.source import Location, Range, Source, split_lines
from rrbnotes.views.check_report import Report

_HEAD = re.compile(r"(error|warning|note) ([a-z0-9-]+): (.*?)(?:; (.*))?")
_MARK = re.compile(
    r"(?P<open>\[\[)|(?P<close>\]\])|<<(?P<related>.*?)>>|\{\{(?:(?P<title>[^|{}]*)\|)?(?P<old>[^{}]*?)=>(?P<new>[^{}]*)\}\}",
    re.DOTALL,
)


@dataclass(slots=True)
class _Note:
    """What is read so far of one finding's note."""

    text: str = ""
    marks: list[int] = field(default_factory=list)
    related: list[tuple[int, str]] = field(default_factory=list)
    title: str = "mend it"
    edits: list[Edit] = field(default_factory=list)


def drawn(text: str) -> tuple[int, Report]:
    """The width and the report; each finding has a file of its own: `1.md`, `2.md` …"""
    width, *lines = text.replace("→", "\t").rstrip("\n").split("\n")
    parts: list[tuple[re.Match[str], list[str]]] = []
    for line in lines:
        head = _HEAD.fullmatch(line)
        if head:
            parts.append((head, []))
        else:
            parts[-1][1].append(line)
    made = [_finding(f"{at}.md", head, "\n".join(own)) for at, (head, own) in enumerate(parts, 1)]
    sources = {source.path: source for _, source in made if source.text}
    rules = {rule.name: rule for rule in RULES}
    return int(width), Report(tuple(one for one, _ in made), len(made), sources, rules)


def _finding(path: str, head: re.Match[str], drawing: str) -> tuple[Diagnostic, Source]:
    note = _read(drawing)
    source = Source(path, note.text, tuple(split_lines(note.text)))
    start, end = [_place(note.text, at) for at in note.marks] or [(1, 1), (1, 1)]
    finding = Finding(
        Range(path, *start, *end),
        head[3],
        head[4] or "",
        tuple(Related(Location(path, *_place(note.text, at)), words) for at, words in note.related),
        Fix(note.title, tuple(note.edits)) if note.edits else None,
    )
    return Diagnostic(head[2], Severity(head[1]), finding, f"{path}:1"), source


def _read(drawing: str) -> _Note:
    note, at = _Note(), 0
    for mark in _MARK.finditer(drawing):
        note.text += drawing[at : mark.start()]
        at = mark.end()
        place = len(note.text)
        if mark["open"] or mark["close"]:
            note.marks.append(place)
        elif mark["related"] is not None:
            note.related.append((place, mark["related"]))
        else:
            note.text += mark["old"]
            note.title = mark["title"] or note.title
            note.edits.append(Edit(place, len(note.text), mark["new"]))
    note.text += drawing[at:]
    return note


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def shown(text: str) -> Iterator[str]:
    """The lines of an output."""
    yield from text.rstrip("\n").split("\n") if text else ()
