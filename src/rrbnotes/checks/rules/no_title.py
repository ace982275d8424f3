"""no-title: a note that does not say what it is."""

from collections.abc import Iterator

from rrbnotes.checks.evidence.whereabouts import printed_lines, title_at
from rrbnotes.diagnostics import Finding
from rrbnotes.notebook import Minutes
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.roles import Role


def no_title(minutes: Minutes) -> Iterator[Finding]:
    """A note has no title.

    Whoever opens the file, or finds it in a search, cannot tell which board met; lists of the meetings show its file name
    instead.

    Bad:
        == 2026-01-12.md
        - MPS reported on the pilot.
        - NPS asked for the figures.

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        - MPS reported on the pilot.
        - NPS asked for the figures.

    Mend:
        Write a heading as the first line: the board's name and the day. Where a page takes its title from elsewhere:
        `<!-- rrb: allow no-title: the site gives it -->`.
    """
    if minutes.meeting.title is None and not _begins_like_a_title(minutes):
        what = "the note has no title"
        yield Finding(title_at(minutes), what, "begin it with a heading: '# Board meeting, 12 January 2026'")


def _begins_like_a_title(minutes: Minutes) -> bool:
    """Whether the first line printed can be read as a title: a heading of whatever kind, or a short line that is no sentence
    and no item of a list. A note without a line needs none."""
    first = next(iter(printed_lines(minutes)), None)
    if first is None:
        return True
    sections = minutes.outline.sections
    if any(one.heading and one.heading.line == first.line for one in sections):
        return True
    blocks = (block for one in sections if one.role is Role.TITLE for block in one.blocks)
    is_paragraph = any(block.form is Form.PARAGRAPH and block.line == first.line for block in blocks)
    words = first.plain
    return is_paragraph and len(words) <= _LONGEST and words[-1:] not in ".;,:?!" and words[:1].isalnum()


_LONGEST = 90
