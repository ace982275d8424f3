"""For people: what is wrong, the line where it is with marks below, what to do, and what a fix would make of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rrbnotes.diagnostics import Diagnostic, Related
from rrbnotes.quoting import count
from rrbnotes.render.cells import ELLIPSIS, cells, cut, wrapped
from rrbnotes.render.excerpt import excerpt
from rrbnotes.render.ink import OF_SEVERITY, Ink, painted
from rrbnotes.render.page import Page
from rrbnotes.render.patch import Hunk, Patched, changed, patched
from rrbnotes.render.safe import one_line
from rrbnotes.source import Range
from rrbnotes.views.check_report import Report

_NARROWEST = 30
_INDENT = 4
_WHOLE = 3
"""A finding on so many lines shows them all, one on more only the first and the last."""
_LINES = 4
"""So many lines are shown of what a fix takes away at one place, and of what it puts there."""
_EXCERPTS = 3
"""So many related places show their lines."""
_HUNKS = 4
"""So many places are shown that a fix changes."""
_SHOWN_BLANKS = str.maketrans(" \t", "·→")


def write(report: Report, page: Page) -> str:
    """A block for each finding, by place."""
    page = Page(max(page.width, _NARROWEST), page.color)
    files = patched(report)
    blocks = (_block(one, report, files.get(one.path), page) for one in report.diagnostics)
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where a block is written: behind a gutter for the numbers of lines."""

    page: Page
    gutter: int

    @property
    def room(self) -> int:
        """Cells behind the gutter."""
        return self.page.width - self.gutter - 3

    def line(self, text: str = "", number: int | str = "", sign: str = "|") -> str:
        """`54 | text`."""
        return f"{self.painted(f'{number:>{self.gutter}} {sign}')} {text}".rstrip()

    def place(self, arrow: str, at: str, words: str = "") -> Iterator[str]:
        """`  --> 2019-09-09.md:54:1`, which no line end may break, and what is to be said of it."""
        at, indent = one_line(at), self.gutter + len(arrow) + 1
        head = f"{' ' * self.gutter}{self.painted(arrow)} {at}"
        first, *rest = wrapped(one_line(words), self.page.width - indent)
        if rest or indent + cells(at) + 1 + cells(first) > self.page.width:
            yield head
            yield from (f"{' ' * indent}{line}" for line in (first, *rest) if line)
        else:
            yield f"{head} {first}".rstrip()

    def remark(self, label: str, words: str) -> Iterator[str]:
        """`   = help: what to do`, on as many lines as it needs."""
        head = f"{label}: "
        first, *rest = wrapped(one_line(words), self.room - len(head))
        yield self.line(painted(f"{label}:", Ink.STRONG, self.page) + f" {first}", sign="=")
        yield from (f"{' ' * (self.gutter + 3 + len(head))}{more}" for more in rest)

    def side(self, sign: str, ink: Ink, number: int, texts: Sequence[str], of: int) -> Iterator[str]:
        """One side of a change: `54 + text` from a line's number on, and how many of its lines are left out."""
        for at, text in enumerate(texts, number):
            yield painted(f"{at:>{self.gutter}} {sign} {text}".rstrip(), ink, self.page)
        if of > len(texts):
            yield self.more(of - len(texts), "line", sign, ink)

    def more(self, number: int, what: str, sign: str = "|", ink: Ink = Ink.FRAME) -> str:
        """`   - … and 12 more lines`."""
        words = f"{ELLIPSIS} and {count(number, f'more {what}')}"
        return painted(f"{' ' * self.gutter} {sign} {words}", ink, self.page)

    def painted(self, text: str) -> str:
        return painted(text, Ink.FRAME, self.page)


def _block(one: Diagnostic, report: Report, file: Patched | None, page: Page) -> Iterator[str]:
    """What is shown of one finding."""
    fix = one.finding.fix
    hunks = tuple(file.hunks(fix.edits)) if file and fix else ()
    sheet = _Sheet(page, len(str(max(_numbers(one, hunks)))))
    yield from _head(one, page)
    yield from sheet.place("-->", one.at.place)
    shown = [*_excerpt(one, report, sheet), *_related(one.finding.related, report, sheet)]
    yield from shown
    todo = "" if fix and fix.title == one.finding.help else one.finding.help
    if shown and (todo or fix):
        yield sheet.line()
    if todo:
        yield from sheet.remark("help", todo)
    if fix:
        yield from sheet.remark("fix", fix.title)
        yield from _changes(hunks, sheet)


def _numbers(one: Diagnostic, hunks: Sequence[Hunk]) -> Iterator[int]:
    """The numbers of all lines that may be shown."""
    yield from (one.at.line, one.at.end_line)
    yield from (related.at.line for related in one.finding.related)
    shown = hunks[:_HUNKS]
    yield from (hunk.line + min(len(hunk.old), _LINES) for hunk in shown)
    yield from (hunk.new_line + min(len(hunk.new), _LINES) for hunk in shown)


def _head(one: Diagnostic, page: Page) -> Iterator[str]:
    """`error[no-owner]: what is wrong`."""
    label = f"{one.severity}[{one.name}]:"
    first, *rest = wrapped(f"{label} {one_line(one.finding.message)}", page.width, _INDENT)
    ink = OF_SEVERITY[one.severity]
    yield painted(first[: len(label)], ink, page) + painted(first[len(label) :], Ink.STRONG, page)
    yield from (painted(line, Ink.STRONG, page) for line in rest)


def _excerpt(one: Diagnostic, report: Report, sheet: _Sheet) -> Iterator[str]:
    """The lines that a finding stands on, with marks; nothing where the file cannot be read."""
    at, ink = one.at, OF_SEVERITY[one.severity]
    numbers = [n for n in range(at.line, at.end_line + 1) if report.line(at.path, n) is not None]
    if numbers:
        yield sheet.line()
    left_out = numbers[1:-1] if len(numbers) > _WHOLE else []
    for number in numbers:
        if number in left_out[:1]:
            yield sheet.line(sheet.painted(ELLIPSIS))
        if number not in left_out:
            line = report.line(at.path, number) or ""
            part = excerpt(line, *_marked(at, number, line), sheet.room)
            yield sheet.line(part.text, number)
            yield sheet.line(painted(part.marks("^"), ink, sheet.page))


def _marked(at: Range, number: int, line: str) -> tuple[int, int]:
    """The offsets of what is found on one of the lines of a range."""
    start = at.column - 1 if number == at.line else len(line) - len(line.lstrip())
    return start, at.end_column - 1 if number == at.end_line else len(line)


def _related(every: Iterable[Related], report: Report, sheet: _Sheet) -> Iterator[str]:
    """The other places: those of one file that say the same below each other. Of many that differ only the words are shown,
    in one line: they quote the notes already."""
    runs = [[*run] for _, run in groupby(every, key=lambda one: (one.at.path, one.message))]
    for run in runs:
        first, words = run[0].at, one_line(run[0].message)
        is_short = len(runs) > _EXCERPTS
        said = cut(words, sheet.room - 1) if is_short else words
        yield from sheet.place(":::", first.place, said)
        for at in (one.at for one in run if not is_short):
            line = report.line(at.path, at.line)
            if line is not None:
                yield sheet.line(excerpt(line, at.column - 1, at.column, sheet.room).text, at.line)


def _changes(hunks: Sequence[Hunk], sheet: _Sheet) -> Iterator[str]:
    """`54 - as it is`, `54 + as it would be`; blanks are written out where nothing else changes."""
    for hunk in hunks[:_HUNKS]:
        old, new = hunk.old, hunk.new
        others = (new, old) if len(old) == len(new) else (old, new)
        for sign, ink, number, lines, other in (
            ("-", Ink.GONE, hunk.line, old, others[0]),
            ("+", Ink.NEW, hunk.new_line, new, others[1]),
        ):
            pairs = list(zip(lines, other, strict=True))[:_LINES]
            texts = [_cut(line, beside, hunk.is_blank, sheet.room) for line, beside in pairs]
            yield from sheet.side(sign, ink, number, texts, len(lines))
    if len(hunks) > _HUNKS:
        yield sheet.more(len(hunks) - _HUNKS, "place")


def _cut(line: str, other: str, is_blank: bool, room: int) -> str:
    """A line around what changes in it, so that it begins with the same word before and after; else from its beginning."""
    if line == other:
        return excerpt(line, 0, 0, room).text
    start, end = changed(line, other)
    other_end = end + len(other) - len(line)
    if is_blank:
        line = line[:start] + line[start:end].translate(_SHOWN_BLANKS) + line[end:]
    first = excerpt(other, start, other_end, room).first
    first = max(first, excerpt(line, start, end, room).first)
    return excerpt(line, start, end, room, first).text
