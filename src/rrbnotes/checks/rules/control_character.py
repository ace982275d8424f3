"""control-character: a character that tells a machine what to do and prints nothing."""

from collections.abc import Iterator, Sequence

from rrbnotes.checks.characters import Slip, as_meant, controls, mended, reads_alike
from rrbnotes.checks.quoting import quoted
from rrbnotes.checks.setting import Printed, printed_lines, stretch
from rrbnotes.diagnostics import Finding, Fix
from rrbnotes.edits import Edit
from rrbnotes.notebook import Minutes


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
    for line in printed_lines(minutes):
        slips = controls(line.words)
        if slips:
            at = stretch(minutes, line.number, slips[0].start, slips[-1].end)
            yield Finding(at, _message(line.words, slips), _help(slips), fix=_fix(minutes, line, slips))


def _message(line: str, slips: Sequence[Slip]) -> str:
    first, more = slips[0], len(slips) - 1
    plain = "".join(letter if letter.isprintable() else " " for letter in as_meant(line))
    where = f"stands in {quoted(plain)}" if plain.strip() else "stands alone"
    return f"{first.what} {where}" + (f", and {more} more on this line" if more else "")


def _help(slips: Sequence[Slip]) -> str:
    meant = slips[0].meant
    return f"write '{meant}'" if len(slips) == 1 and meant and meant.strip() else "delete it"


def _fix(minutes: Minutes, line: Printed, slips: Sequence[Slip]) -> Fix | None:
    """Each that is certain put right, unless markdown would then see something else in the line."""
    after = mended(line.words, slips)
    edits = tuple(
        Edit(line.start + one.start, line.start + one.end, one.meant)
        for one in slips
        if one.meant is not None
    )
    if not edits or not reads_alike(minutes.source.lines, line.number, after):
        return None
    return Fix("delete the control character" if len(edits) == 1 else "delete the control characters", edits)
