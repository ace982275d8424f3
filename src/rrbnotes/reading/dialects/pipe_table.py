"""A table with columns for the action and its owner, due date or status, in any order."""

import re
from collections.abc import Mapping

from rrbnotes.reading.blocks import Form, Row
from rrbnotes.reading.candidates import Candidate, Passage, Refusal, candidate, refusal
from rrbnotes.reading.columns import OWN_NUMBER, columns, is_action_table, ref_in
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.placeholders import is_placeholder
from rrbnotes.reading.roles import Role
from rrbnotes.reading.text import EMPTY, Text

_TIME = re.compile(r"\W*(?:time|start|duration|mins?|minutes|timing)\W*", re.IGNORECASE)
"""A column of the agenda: its rows are to be talked about, whoever leads them."""


_ROLES = {"previous": Role.PREVIOUS, "summary": Role.ACTIONS}
"""Of the tables that rrb wrote, wherever in a note they stand."""


def pipe_table(passage: Passage, lore: Lore) -> tuple[Candidate, ...] | None:
    """The headings decide: words such as Owner, Lead, Who; Due, Target; Status, Progress. A first row that is empty
    (converters leave one) gives way to the next."""
    rows = [row for row in passage.block.rows if any(row.cells)]
    if passage.block.form is not Form.TABLE or not rows:
        return None
    found = columns([cell.folded() for cell in rows[0].cells])
    if passage.block.generated in _ROLES:
        ours = passage._replace(role=_ROLES[passage.block.generated])
        return tuple(row_candidate(ours, row, found, "pipe-table") for row in rows[1:])
    names_actions = any(
        "action" in cell.folded().casefold() or "task" in cell.folded().casefold() for cell in rows[0].cells
    )
    is_schedule = any(_TIME.fullmatch(cell.folded()) for cell in rows[0].cells)
    if (
        is_schedule
        or passage.is_agenda
        or not is_action_table(found)
        or not (passage.role.lists_actions or names_actions or "owner" in found)
    ):
        return ()
    return tuple(row_candidate(passage, row, found, "pipe-table") for row in rows[1:] if any(row.cells))


def row_candidate(passage: Passage, row: Row, places: Mapping[str, int], convention: str) -> Candidate:
    """One row is one action."""

    def cell(column: str) -> Text:
        at = places.get(column)
        return row.cells[at] if at is not None and at < len(row.cells) else EMPTY

    words = cell("action")
    if words and not passage.block.generated and is_placeholder(words.folded()):
        return refusal(passage, convention, "a placeholder, not an action", Text(words.plain, row.line))
    if not words:
        return refusal(passage, convention, Refusal.EMPTY_ROW, Text("", row.line))
    if passage.block.generated == "previous" and not cell("status"):
        return refusal(
            passage, convention, "a row that rrb wrote and nobody has filled in", Text("", row.line)
        )
    printed = (cell("ref") or cell("number")).folded()
    number = printed.strip(" .:*[]()")
    ref = ref_in(printed, is_ours=bool(passage.block.generated and cell("ref")))
    return candidate(
        passage,
        convention,
        f"a row with the columns {', '.join(sorted(places))}",
        Text(words.plain, row.line, (), words.spans),
        whole=" ".join(c.folded() for c in row.cells if c),
        owner=cell("owner").folded(),
        due=cell("due").folded(),
        status=cell("status").folded(),
        ref=ref,
        number=number if OWN_NUMBER.fullmatch(number) and not ref else "",
        generated=passage.block.generated,
    )
