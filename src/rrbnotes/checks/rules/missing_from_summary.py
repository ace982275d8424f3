"""missing-from-summary: an action that is marked in the discussion and left out of the summary."""

from collections.abc import Iterator, Sequence

from rrbnotes.checks.allows import allows
from rrbnotes.checks.evidence.rows import NewRow, insertions
from rrbnotes.checks.evidence.summaries import Summary, summaries
from rrbnotes.diagnostics import Finding, Fix, Related
from rrbnotes.model import Mention
from rrbnotes.notebook import Minutes
from rrbnotes.owners import owner_to_action
from rrbnotes.quoting import quoted


def missing_from_summary(minutes: Minutes) -> Iterator[Finding]:
    """An action is marked in the discussion, and the note's summary of actions leaves it out.

    Most people read the summary only. Whoever owns the action will not see it, and the next meeting will not ask for it.

    Bad:
        ### 1. Custody

        **Action:** MPS to share the custody figures.

        **Action:** NPS to draft the terms of reference.

        **Action:** CRC to book the hall for the workshop.

        **Action Summary:**

        1. MPS to share the custody figures.
        2. CRC to book the hall for the workshop.

    Good:
        ### 1. Custody

        **Action:** MPS to share the custody figures.

        **Action:** NPS to draft the terms of reference.

        **Action:** CRC to book the hall for the workshop.

        **Action Summary:**

        1. MPS to share the custody figures.
        2. NPS to draft the terms of reference.
        3. CRC to book the hall for the workshop.

    Mend:
        Add the action to the summary; `rrb check --fix` does. If it was left out on purpose, say why above it:
        `<!-- rrb: allow missing-from-summary: withdrawn after the meeting -->`.
    """
    allowed = [one for one in allows(minutes.source) if one.name == "missing-from-summary"]
    for summary in summaries(minutes):
        lines = [minutes.source.whole_line(one.at.line) for one in summary.missing]
        asked = [not any(one.covers(one.name, line) for one in allowed) for line in lines]
        wanted = [one for one, is_asked in zip(summary.missing, asked, strict=True) if is_asked]
        begin = (Related(summary.rows[0].at, "the summary begins here"),)
        for one, line in zip(summary.missing, lines, strict=True):
            what = f"the action summary leaves out {quoted(owner_to_action(one.owners, one.action))}"
            is_first = wanted[:1] == [one]  # one fix for all, since each row is numbered once
            is_ours = any(row.echoes for row in summary.rows)
            fix = _fix(minutes, summary, wanted) if is_first and not is_ours else None
            yield Finding(line, what, _WRITE if is_ours else "add it there", begin, fix)


_WRITE = "`rrb summary --write` brings it up to date"


def _fix(minutes: Minutes, summary: Summary, wanted: Sequence[Mention]) -> Fix | None:
    """All that is missing, put where the order of the discussion has it."""
    marked = [pair.marked.at for pair in summary.pairs]
    is_ordered = marked == sorted(marked)
    new = [
        NewRow(one, next((p.row.at.line for p in summary.pairs if is_ordered and p.marked.at > one.at), None))
        for one in wanted
    ]
    edits = insertions(minutes, summary.rows, new)
    which = "it" if len(wanted) == 1 else f"the {len(wanted)} missing actions"
    return Fix(f"add {which} to the summary", edits) if edits else None
