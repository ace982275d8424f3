"""agenda-numbering: items of the agenda whose numbers repeat, go back or leave a gap."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rrbnotes.diagnostics import Finding, Fix
from rrbnotes.edits import Edit
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted
from rrbnotes.reading.headings import Heading
from rrbnotes.reading.roles import Role


def agenda_numbering(minutes: Minutes) -> Iterator[Finding]:
    """Numbers of agenda items repeat, go back or leave a gap.

    Later notes speak of "item 4". With two of that number, or none, nobody knows which is meant, or whether an item was lost.

    Bad:
        ## 1. Welcome

        ## 2. Performance

        ## 2. Young adults

        ## 4. Any other business

    Good:
        ## 1. Welcome

        ## 2. Performance

        ## 3. Young adults

        ## 4. Any other business

    Mend:
        Number the items anew. Where an item was left out on purpose:
        `<!-- rrb: allow agenda-numbering: item 3 was confidential -->`.
    """
    run: list[Heading] = []
    for heading in _numbered(minutes):
        if run and _number(heading) <= 1:  # the agenda ahead of the minutes, or a second part
            yield from _slips(minutes, run)
            run = []
        run.append(heading)
    yield from _slips(minutes, run)


_LEAST = 3
"""Fewer numbered headings are no agenda."""


def _numbered(minutes: Minutes) -> list[Heading]:
    """The headings with whole numbers, of the rank that has most of them; other ranks may count within an item."""
    sections = (one for one in minutes.outline.sections if one.role is not Role.TITLE)
    headings = {one.heading.line: one.heading for one in sections if one.heading}
    whole = [one for one in headings.values() if one.number and one.number.isdecimal()]
    ranks = Counter(one.rank for one in whole)
    return [one for one in whole if one.rank == ranks.most_common(1)[0][0]]


def _number(heading: Heading) -> int:
    return int(heading.number or 0)


def _slips(minutes: Minutes, run: Sequence[Heading]) -> Iterator[Finding]:
    """What is wrong with one row of numbers. One that only takes its items out of order has each number once."""
    numbers = [_number(one) for one in run]
    steps = sum(0 <= after - before <= 2 for before, after in pairwise(numbers))
    is_shuffled = sorted(numbers) == list(range(min(numbers, default=0), max(numbers, default=0) + 1))
    if len(run) < _LEAST or numbers[0] > 1 or 3 * steps < 2 * (len(run) - 1) or is_shuffled:
        return
    before = 0
    for at in range(1, len(run)):
        was, now, after = numbers[before], numbers[at], numbers[at + 1] if at + 1 < len(run) else None
        expected = was + 1
        is_misprint = now != expected and after == expected + 1 and expected not in numbers
        what = "" if now == expected else _wrong(minutes, run[before], run[at], is_misprint)
        if what:
            fix = _fix(minutes, run[at], expected) if is_misprint and numbers.count(now) > 1 else None
            help = f"number it {expected}" if is_misprint else "number the items anew"
            at_number = minutes.source.words_at(run[at].line, run[at].number or "")
            yield Finding(at_number, what, help, fix=fix)
        if is_misprint:
            numbers[at] = expected
        if is_misprint or now >= was or after == now + 1:
            before = at


_MOST_LEFT_OUT = 5
"""A wider gap is none: the numbers are not those of the agenda."""


def _wrong(minutes: Minutes, before: Heading, heading: Heading, is_misprint: bool) -> str:
    """What is wrong with a number behind another one, in words; nothing where the numbers between are printed after all."""
    was, now = _number(before), _number(heading)
    shown = f"{quoted(heading.title)} has number {now}"
    if now <= was:
        return f"{shown}, as has the item before it" if now == was else f"{shown}, behind item {was}"
    between = "\n".join(minutes.source.lines[before.line - 1 : heading.line])
    left_out = range(was + 1, was + 2 if is_misprint else now)
    shapes = (rf"(?<![\w.,:/-]){n}\\?[.):]|^[^\w\n]*{n}\s" for n in left_out[:_MOST_LEFT_OUT])
    is_printed = any(re.search(shape, between, re.MULTILINE) for shape in shapes)
    return "" if is_printed or len(left_out) > _MOST_LEFT_OUT else f"{shown}, right behind item {was}"


def _fix(minutes: Minutes, heading: Heading, number: int) -> Fix | None:
    """The number in its line, where the line begins with it."""
    line = minutes.source.lines[heading.line - 1]
    found = re.match(rf"[\s#>*_]*(?:item )?({heading.number})\b", line, re.IGNORECASE)
    if not found:
        return None
    start = minutes.source.starts()[heading.line - 1]
    return Fix(f"number it {number}", (Edit(start + found.start(1), start + found.end(1), str(number)),))
