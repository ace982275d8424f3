"""suspicious-character: a character that nobody sees, or that everybody takes for another."""

from collections.abc import Iterator, Sequence

from rrbnotes.checks.evidence.characters import Slip, alphabets, edits, seen, suspicious, todo
from rrbnotes.checks.evidence.setting import code_lines, printed, stretch
from rrbnotes.diagnostics import Finding, Fix
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted


def suspicious_character(minutes: Minutes) -> Iterator[Finding]:
    """A letter of another alphabet, or a mark that nobody sees, stands among Latin letters.

    Two names that look alike are then two names: a search finds only one of them, and the actions of one organisation are
    counted under two. Such characters come out of PDFs, web editors and text that was decoded twice (`â€™` for `’`).

    Bad:
        **Action:** MPS to share the Boardâ€™s paper.

    Good:
        **Action:** MPS to share the Board’s paper.

    Mend:
        Type the word anew. Where the character is meant: `<!-- rrb: allow suspicious-character: the name of a Greek group -->`.
    """
    if minutes.source.text.isascii():
        return
    at_home, codes = alphabets(minutes.source.text), code_lines(minutes)
    for number, words in enumerate(minutes.source.lines, 1):
        slips = [] if number in codes else suspicious(words, at_home)
        if slips:
            at = stretch(minutes, number, slips[0].start, slips[-1].end)
            put_right = edits(minutes.source.lines, printed(minutes, number), slips)
            fix = Fix("write what is meant", put_right) if put_right else None
            yield Finding(at, _message(words, slips), todo(slips), fix=fix)


def _message(line: str, slips: Sequence[Slip]) -> str:
    """What the first one is, and how many more there are."""
    first, more = slips[0], len(slips) - 1
    shown, word = line[first.start : first.end], _word(line, first)
    if first.what.startswith("text"):
        message = f"'{shown}' is '{first.meant}' decoded twice"
    elif first.stands_out and word == shown:
        message = f"'{shown}' is {first.what}"
    elif first.stands_out:
        message = f"the '{shown}' in {quoted(word)} is {first.what}"
    else:
        message = f"{first.what} stands " + (f"in {quoted(seen(word))}" if seen(word) else "alone")
    return f"{message}, and {more} more on this line" if more else message


def _word(line: str, slip: Slip) -> str:
    """The word that it stands in; the whole line where it stands between words and is not seen."""
    start = max(line.rfind(blank, 0, slip.start) for blank in " \t") + 1
    end = min((at for blank in " \t" if (at := line.find(blank, slip.end)) >= 0), default=len(line))
    word = line[start:end]
    return word if slip.stands_out or any(letter.isalnum() for letter in word) else line
