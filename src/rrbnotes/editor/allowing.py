"""Where a comment may go that allows what a rule found: where it speaks of the finding and changes nothing that is read."""

import re
from collections.abc import Iterable, Iterator

from rrbnotes.checks.allows import allows
from rrbnotes.checks.facts import facts, recaps
from rrbnotes.checks.rule import Scope
from rrbnotes.checks.rules import RULES
from rrbnotes.diagnostics import Diagnostic
from rrbnotes.edits import Edit, apply
from rrbnotes.model import Meeting
from rrbnotes.notebook import Minutes
from rrbnotes.settings import Settings
from rrbnotes.single import reread
from rrbnotes.source import Range, Source, source_of_text

_ALLOWABLE = frozenset(rule.name for rule in RULES if rule.scope is not Scope.ALLOWS)
_LINE_END = re.compile(r"\r\n|\n|\r")
_LEAD = re.compile(r"[ \t]*")
_IN_LIST = re.compile(r"[ \t]*(?:[-*+•][ \t]|\d{1,9}[.)][ \t]|\|)|[^|\n]*(?<!\\)\|[^|\n]*\|")
"""A line that is an item or a row, which a comment right above it speaks of."""


def allowing(
    minutes: Minutes, every: Iterable[Diagnostic], settings: Settings
) -> Iterator[tuple[Diagnostic, Edit]]:
    """The findings that a comment can allow, each with that comment, to be given its reason by a person."""
    before = reread(minutes, minutes.source.text, settings)
    for found in every:
        edit = _comment(minutes, found, before, settings) if before else None
        if edit:
            yield found, edit


def _comment(minutes: Minutes, found: Diagnostic, before: Meeting, settings: Settings) -> Edit | None:
    front, last = minutes.outline.front.end, len(minutes.source.lines)
    if found.name not in _ALLOWABLE or not front < found.at.line <= last:
        return None
    comment = f"<!-- rrb: allow {found.name}: reason -->"
    ways = _places(minutes.source, found.at, comment)
    return next((edit for edit in ways if _is_fit(edit, minutes, found, before, settings)), None)


def _places(source: Source, at: Range, comment: str) -> Iterator[Edit]:
    """Where it may go, the best first: above the block, on a line of its own; of an item or a row behind its words, so that the list stays in one piece."""
    line = source.lines[at.line - 1]
    ways = [_above(source, at.line, comment), _behind(source, at.line, comment)]
    yield from reversed(ways) if _IN_LIST.match(line) else ways


def _above(source: Source, line: int, comment: str) -> Edit:
    first = line
    while first > 1 and source.lines[first - 2].strip() and not _IN_LIST.match(source.lines[first - 1]):
        first -= 1
    lead = _LEAD.match(source.lines[first - 1])
    start = source.starts()[first - 1]
    end = _LINE_END.search(source.text)
    return Edit(start, start, f"{lead[0] if lead else ''}{comment}{end[0] if end else chr(10)}")


def _behind(source: Source, line: int, comment: str) -> Edit:
    words = source.lines[line - 1].rstrip()
    if words.endswith("|") and _IN_LIST.match(words):
        words = words[:-1].rstrip()
    at = source.starts()[line - 1] + len(words)
    return Edit(at, at, f" {comment}")


def _is_fit(edit: Edit, minutes: Minutes, found: Diagnostic, before: Meeting, settings: Settings) -> bool:
    """Whether the comment speaks of the finding, and the note says what it said."""
    text = apply(minutes.source.text, [edit])
    source = source_of_text(text, minutes.source.path)
    after = reread(minutes, text, settings)
    if after is None or not isinstance(source, Source):
        return False
    moved = edit.text.count("\n") or edit.text.count("\r")
    line = found.at.line + moved
    at = Range(found.path, line, 1, line, 1)
    covers = any(allow.covers(found.name, at) for allow in allows(source))
    return covers and facts(before) == facts(after) and recaps(before) == recaps(after)
