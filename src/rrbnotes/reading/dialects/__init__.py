"""The dialects: each finds where an action stands and its raw words, in one way of writing notes."""

from collections.abc import Callable

from rrbnotes.reading.candidates import Candidate, Passage
from rrbnotes.reading.dialects.action_line import action_line
from rrbnotes.reading.dialects.action_list import action_list
from rrbnotes.reading.dialects.inline_marker import inline_marker
from rrbnotes.reading.dialects.numbers_told import numbers_told
from rrbnotes.reading.dialects.pipe_table import pipe_table
from rrbnotes.reading.dialects.shouted_line import shouted_line
from rrbnotes.reading.dialects.tab_rows import tab_rows
from rrbnotes.reading.dialects.told_line import told_line
from rrbnotes.reading.lore import Lore

Dialect = Callable[[Passage, Lore], tuple[Candidate, ...] | None]
"""Shown a passage, a dialect returns the candidates in it, or None where the passage is not written its way."""

DIALECTS: tuple[Dialect, ...] = (
    pipe_table,
    tab_rows,
    inline_marker,
    shouted_line,
    numbers_told,
    action_list,
    told_line,
    action_line,
)
"""In order: the first that knows a passage has it."""
