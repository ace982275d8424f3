"""present-and-absent: somebody who was there and was not."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rrbnotes.checks.evidence.whereabouts import names_at
from rrbnotes.diagnostics import Finding, Related
from rrbnotes.notebook import Minutes
from rrbnotes.owners import fold_name, is_office, untitled
from rrbnotes.quoting import quoted
from rrbnotes.reading.entries import short_form
from rrbnotes.source import Location


def present_and_absent(minutes: Minutes) -> Iterator[Finding]:
    """One name stands among those who were there and among those who sent apologies.

    Nobody can tell later whether they agreed to what was decided, or whether the meeting was quorate.

    Bad:
        # Board meeting, 12 January 2026

        Present: Ann Lee, Bob Reed

        Apologies: Bob Reed

    Good:
        # Board meeting, 12 January 2026

        Present: Ann Lee

        Apologies: Bob Reed

    Mend:
        Take the name out of the list in which it is wrong. Where somebody came for a part of the meeting, say so in brackets:
        `Bob Reed (from item 4)`.
    """
    names = names_at(minutes)
    there = {_who(one.name): one for one in reversed(names) if not one.is_absent}
    for one in names:
        other = there.get(_who(one.name)) if one.is_absent else None
        if other:
            what = f"{quoted(one.name)} is listed as present and as absent"
            related = Related(Location(other.at.path, other.at.line), "listed as present")
            yield Finding(one.at, what, "take the name out of one of the lists", (related,))


_BRACKET = re.compile(r"(?<!\s)\s*+\(([^()]*)\)\s*+$")


@lru_cache(maxsize=20_000)
def _who(name: str) -> str:
    """A name for comparing. What stands in brackets is left out where it tells no two apart: an office, a short form."""
    found = _BRACKET.search(name)
    if found and (is_office(found[1]) or short_form(name) == found[1]):
        name = name[: found.start()]
    return fold_name(untitled(name))
