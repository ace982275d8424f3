"""run-together: several names on one line of the list of who was there."""

import re
from collections.abc import Iterator, Sequence
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.customs import is_custom
from rrbnotes.diagnostics import Finding, Fix
from rrbnotes.edits import Edit
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted
from rrbnotes.source import Source


def run_together(book: Book, today: Date) -> Iterator[Finding]:
    """Several names stand on one line of a list of names, with nothing between them.

    Where one name ends and the next begins, a reader has to guess. A new name among them cannot be told from a longer form
    of the one before it.

    Bad:
        # Board meeting, 12 January 2026

        Attendees:

        MOPAC MPS NPS

        CRC

        ## Discussion

        NPS will report, and MPS and MOPAC will answer.

    Good:
        # Board meeting, 12 January 2026

        Attendees:

        MOPAC

        MPS

        NPS

        CRC

        ## Discussion

        NPS will report, and MPS and MOPAC will answer.

    Mend:
        Set each name on a line of its own, or put commas between them. Where it is one name, name it in the settings under
        `[owners]`. A board that sets all its names so, initials for one, is not told.
    """
    for own in book.boards():
        for n, one in enumerate(own):
            found = list(_of_note(one))
            if found and not (_sets_apart_by_blanks(one) and is_custom(own, n, _sets_apart_by_blanks)):
                yield from found


def _sets_apart_by_blanks(minutes: Minutes) -> bool:
    """Whether most names of the lists have nothing between them."""
    every = minutes.listed
    in_runs = sum(len(names) for entry, names in every if entry.may_run and len(names) > 1)
    return 2 * in_runs > sum(len(names) for _, names in every)


def _of_note(minutes: Minutes) -> Iterator[Finding]:
    shouted = _is_shouted(minutes)
    for entry, names in minutes.listed:
        at = minutes.source.words_at(entry.line, entry.name)
        if len(names) > 1 and entry.may_run and not entry.other and not _is_one(names, minutes):
            what = f"{len(names)} names run together: {quoted(entry.name)}"
            fix = _fix(minutes.source, entry.line, names)
            yield Finding(at, what, "set each on a line of its own", fix=fix)
        elif entry.may_run and len(names) == 1 and not shouted and _looks_run(entry.name, minutes):
            what = f"{quoted(entry.name)} may be several names run together"
            yield Finding(at, what, "set each on a line of its own")


def _is_one(names: Sequence[str], minutes: Minutes) -> bool:
    """Whether two pieces belong together: a name and its short form, a person and whom they work for."""
    first, second = names[0], names[-1]
    short = minutes.lore.directory.short
    is_twice = len({short(name) for name in names}) < len(names)
    is_person = len(names) == 2 and _PERSON.fullmatch(first) is not None and second.strip("()").isupper()
    return is_twice or is_person


_PERSON = re.compile(r"(?:[A-Z][\w'’-]*[a-z][\w'’-]*\s?){2,4}")
_ACRONYM = re.compile(r"[A-Z]{3,6}")


def _looks_run(name: str, minutes: Minutes) -> bool:
    """Three or more short forms in a row of which the board knows no whole; people's names have vowels."""
    words = name.split()
    spoken = sum(not re.search(r"[AEIOUY]", word) for word in words)
    return len(words) > 2 and all(map(_ACRONYM.fullmatch, words)) and spoken > 1


def _is_shouted(minutes: Minutes) -> bool:
    """Whether the list is set in capitals throughout, people's names too."""
    several = [entry.name for entry, _ in minutes.listed if " " in entry.name]
    return sum(map(str.isupper, several)) * 2 > len(several) and len(several) > 2


_ITEM = re.compile(r"[ \t]*[-*+•◦▪·–][ \t]+(?:\[[ xX]\][ \t]+)?")


def _fix(source: Source, line: int, names: Sequence[str]) -> Fix | None:
    """Each name on a line like that which they share, or between commas where they stand behind a label."""
    words = source.lines[line - 1]
    found = re.search(r"\s+".join(f"({re.escape(name)})" for name in names), words)
    if not found:
        return None
    before, behind = words[: found.start()], words[found.end() :]
    item = _ITEM.fullmatch(before)
    if behind.strip(" \\") or not (item or not before.strip() or before.rstrip().endswith(":")):
        return None
    is_labelled = not item and bool(before.strip())
    between = ", " if is_labelled else f"{_line_end(source, line, behind, bool(item))}{before}"
    start = source.starts()[line - 1]
    gaps = [(start + found.end(n), start + found.start(n + 1)) for n in range(1, len(names))]
    title = "put commas between the names" if is_labelled else "set each name on a line of its own"
    return Fix(title, tuple(Edit(*gap, between) for gap in gaps))


def _line_end(source: Source, line: int, behind: str, is_item: bool) -> str:
    """What ends a line of the list: as that line, or the one before it, ends."""
    above = source.lines[line - 2] if line > 1 else ""
    below = source.lines[line] if line < len(source.lines) else ""
    if is_item:
        return "\n"
    if not above.strip() and not below.strip():
        return "\n\n"
    return f"{_break(behind) or _break(above)}\n"


def _break(words: str) -> str:
    """The mark at the end of a line that breaks it on purpose."""
    blanks = len(words) - len(words.rstrip(" "))
    return "\\" if words.endswith("\\") else "  " if blanks > 1 else ""
