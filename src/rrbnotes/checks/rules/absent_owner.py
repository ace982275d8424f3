"""absent-owner: an action for somebody who was not there to hear of it."""

from collections.abc import Iterator

from rrbnotes.diagnostics import Finding
from rrbnotes.model import Kind
from rrbnotes.notebook import Minutes
from rrbnotes.owners import is_office
from rrbnotes.quoting import listed, quoted


def absent_owner(minutes: Minutes) -> Iterator[Finding]:
    """An action is given to somebody who was not at the meeting.

    They may not know of it, and nobody has heard them say that they will do it.

    Bad:
        # Board meeting, 12 January 2026

        Present: MOPAC, MPS

        Apologies: NPS

        **Action:** NPS to send the list of venues.

    Good:
        # Board meeting, 12 January 2026

        Present: MOPAC, MPS, NPS

        **Action:** NPS to send the list of venues.

    Mend:
        Tell them, and have them agree. Then: `<!-- rrb: allow absent-owner: told on 13 January -->`.
    """
    short = minutes.lore.directory.short
    there = {short(one.short or one.name) for one in minutes.meeting.attended}
    away = {short(one.short or one.name) for one in minutes.meeting.absent} - there
    for mention in minutes.meeting.mentions:
        if mention.kind is not Kind.RAISED or (mention.status and not mention.status.outstanding):
            continue
        absent = [name for name in mention.owners if short(name) in away and not is_office(name)]
        if absent:
            was = "was not there and is" if len(absent) == 1 else "were not there and are"
            at = minutes.source.words_at(mention.at.line, absent[0])
            yield Finding(
                at, f"{listed(map(quoted, absent))} {was} to do {quoted(mention.action)}", "tell them"
            )
