"""control-character: a character that tells a machine what to do and prints nothing."""

from collections.abc import Iterator, Sequence

from rrbnotes.checks.evidence.characters import Slip, controls, edits, seen, todo
from rrbnotes.checks.evidence.setting import printed, stretch
from rrbnotes.diagnostics import Finding, Fix
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted


def control_character(minutes: Minutes) -> Iterator[Finding]:
    """A control character stands in the text.

    It prints nothing, but a terminal, a spreadsheet or a web page may do something at it: jump, beep, or show words in
    another order than they are read in. A page break out of a PDF keeps markdown from seeing a heading or a list.

    Bad:
        **Action:** MPS to share ␌the reading list.

    Good:
        **Action:** MPS to share the reading list.

    Mend:
        Delete it (`␌` above stands for a page break). Where text runs from right to left and a mark is needed:
        `<!-- rrb: allow control-character: a name in Hebrew -->`.
    """
    for number, words in enumerate(minutes.source.lines, 1):
        slips = controls(words)
        if slips:
            at = stretch(minutes, number, slips[0].start, slips[-1].end)
            put_right = edits(minutes.source.lines, printed(minutes, number), slips)
            fix = Fix(todo(slips), put_right) if put_right else None
            yield Finding(at, _message(words, slips), todo(slips), fix=fix)


def _message(line: str, slips: Sequence[Slip]) -> str:
    first, more = slips[0], len(slips) - 1
    where = f"in {quoted(seen(line))}" if seen(line) else "alone"
    return f"{first.what} stands {where}" + (f", and {more} more on this line" if more else "")
