"""The rules, in the order in which `rrb rules` lists them. A new rule is a file here, a row below and a file of cases."""

from rrbnotes.checks.rule import Rule, of_allows, of_book, of_note
from rrbnotes.checks.rules.conflict_marker import conflict_marker
from rrbnotes.checks.rules.no_owner import no_owner
from rrbnotes.checks.rules.not_a_file import not_a_file
from rrbnotes.checks.rules.not_utf8 import not_utf8
from rrbnotes.checks.rules.too_deep import too_deep
from rrbnotes.checks.rules.too_large import too_large
from rrbnotes.checks.rules.unknown_rule import unknown_rule
from rrbnotes.checks.rules.unknown_status import unknown_status
from rrbnotes.checks.rules.unused_allow import unused_allow
from rrbnotes.diagnostics import Severity

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

RULES: tuple[Rule, ...] = (
    # whether a note can be read at all
    of_book(not_a_file, _ERROR),
    of_book(not_utf8, _ERROR),
    of_book(too_large, _ERROR),
    of_book(conflict_marker, _ERROR),
    of_book(too_deep, _ERROR),
    # what a note says of its meeting
    # how a note is set
    # what a note says of its actions
    of_note(no_owner, _ERROR),
    of_book(unknown_status, _ERROR),
    # what the notes of a board say together, and the register
    # the comments that allow something
    of_allows(unknown_rule, _ERROR),
    of_allows(unused_allow, _WARNING),
)
