"""The rules, in the order in which `rrb rules` lists them. A new rule is a file here, a row below and a file of cases."""

from rrbnotes.checks.rule import Rule, of_allows, of_book, of_note
from rrbnotes.checks.rules.absent_owner import absent_owner
from rrbnotes.checks.rules.agenda_numbering import agenda_numbering
from rrbnotes.checks.rules.ambiguous_report import ambiguous_report
from rrbnotes.checks.rules.byte_order_mark import byte_order_mark
from rrbnotes.checks.rules.conflict_marker import conflict_marker
from rrbnotes.checks.rules.contradictory_status import contradictory_status
from rrbnotes.checks.rules.control_character import control_character
from rrbnotes.checks.rules.due_before_meeting import due_before_meeting
from rrbnotes.checks.rules.duplicate_action import duplicate_action
from rrbnotes.checks.rules.duplicate_meeting import duplicate_meeting
from rrbnotes.checks.rules.empty_action import empty_action
from rrbnotes.checks.rules.fake_heading import fake_heading
from rrbnotes.checks.rules.filename_date import filename_date
from rrbnotes.checks.rules.future_meeting import future_meeting
from rrbnotes.checks.rules.heading_level import heading_level
from rrbnotes.checks.rules.implied_action import implied_action
from rrbnotes.checks.rules.impossible_date import impossible_date
from rrbnotes.checks.rules.lost_action import lost_action
from rrbnotes.checks.rules.missing_from_summary import missing_from_summary
from rrbnotes.checks.rules.missing_meeting import missing_meeting
from rrbnotes.checks.rules.mixed_text import mixed_text
from rrbnotes.checks.rules.next_meeting_moved import next_meeting_moved
from rrbnotes.checks.rules.next_meeting_past import next_meeting_past
from rrbnotes.checks.rules.no_attendance import no_attendance
from rrbnotes.checks.rules.no_date import no_date
from rrbnotes.checks.rules.no_due import no_due
from rrbnotes.checks.rules.no_next_meeting import no_next_meeting
from rrbnotes.checks.rules.no_owner import no_owner
from rrbnotes.checks.rules.no_reason import no_reason
from rrbnotes.checks.rules.no_status import no_status
from rrbnotes.checks.rules.no_title import no_title
from rrbnotes.checks.rules.not_a_file import not_a_file
from rrbnotes.checks.rules.not_utf8 import not_utf8
from rrbnotes.checks.rules.note_gone import note_gone
from rrbnotes.checks.rules.only_in_summary import only_in_summary
from rrbnotes.checks.rules.overdue import overdue
from rrbnotes.checks.rules.present_and_absent import present_and_absent
from rrbnotes.checks.rules.raw_html import raw_html
from rrbnotes.checks.rules.register_behind import register_behind
from rrbnotes.checks.rules.register_invalid import register_invalid
from rrbnotes.checks.rules.reopened import reopened
from rrbnotes.checks.rules.run_together import run_together
from rrbnotes.checks.rules.stale import stale
from rrbnotes.checks.rules.summary_behind import summary_behind
from rrbnotes.checks.rules.summary_differs import summary_differs
from rrbnotes.checks.rules.suspicious_character import suspicious_character
from rrbnotes.checks.rules.tab_table import tab_table
from rrbnotes.checks.rules.too_deep import too_deep
from rrbnotes.checks.rules.too_large import too_large
from rrbnotes.checks.rules.unknown_organisation import unknown_organisation
from rrbnotes.checks.rules.unknown_owner import unknown_owner
from rrbnotes.checks.rules.unknown_ref import unknown_ref
from rrbnotes.checks.rules.unknown_rule import unknown_rule
from rrbnotes.checks.rules.unknown_status import unknown_status
from rrbnotes.checks.rules.unmatched_report import unmatched_report
from rrbnotes.checks.rules.unpaired_marker import unpaired_marker
from rrbnotes.checks.rules.unread_action import unread_action
from rrbnotes.checks.rules.unreported import unreported
from rrbnotes.checks.rules.unused_allow import unused_allow
from rrbnotes.checks.rules.weekday_mismatch import weekday_mismatch
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
    of_note(no_title, _WARNING, of_absence=True),
    of_note(no_date, _ERROR, of_absence=True),
    of_book(filename_date, _WARNING),
    of_book(duplicate_meeting, _ERROR),
    of_book(future_meeting, _WARNING),
    of_note(weekday_mismatch, _WARNING),
    of_note(impossible_date, _WARNING),
    of_book(no_attendance, _WARNING, of_absence=True),
    of_note(present_and_absent, _ERROR),
    of_book(unknown_organisation, _WARNING),
    of_book(run_together, _WARNING, fixes=True),
    of_note(agenda_numbering, _WARNING, fixes=True),
    of_book(no_next_meeting, _NOTE, of_absence=True),
    of_book(next_meeting_moved, _WARNING),
    of_book(missing_meeting, _WARNING, of_absence=True),
    of_book(next_meeting_past, _WARNING, asks_clock=True),
    # how a note is set
    of_book(heading_level, _WARNING, fixes=True),
    of_book(fake_heading, _WARNING, fixes=True),
    of_note(tab_table, _WARNING, fixes=True),
    of_note(raw_html, _WARNING, fixes=True),
    of_note(suspicious_character, _WARNING, fixes=True),
    of_note(control_character, _ERROR, fixes=True),
    of_note(byte_order_mark, _WARNING, fixes=True),
    # what a note says of its actions
    of_book(no_owner, _ERROR),
    of_note(empty_action, _ERROR),
    of_note(missing_from_summary, _ERROR, fixes=True, of_absence=True),
    of_book(unknown_status, _ERROR),
    of_note(only_in_summary, _WARNING),
    of_note(summary_differs, _WARNING),
    of_note(summary_behind, _WARNING),
    of_note(unpaired_marker, _WARNING),
    of_note(duplicate_action, _WARNING),
    of_book(unknown_owner, _WARNING),
    of_note(absent_owner, _NOTE),
    of_note(due_before_meeting, _WARNING),
    of_note(no_status, _WARNING),
    of_note(contradictory_status, _ERROR),
    of_book(no_reason, _NOTE),
    of_note(mixed_text, _NOTE),
    of_book(no_due, _NOTE),
    of_note(unread_action, _WARNING),
    of_book(implied_action, _NOTE),
    # what the notes of a board say together, and the register
    of_book(unreported, _ERROR, of_absence=True),
    of_book(lost_action, _ERROR, of_absence=True),
    of_book(unknown_ref, _ERROR),
    of_book(register_behind, _ERROR, of_absence=True),
    of_book(register_invalid, _ERROR),
    of_book(unmatched_report, _WARNING),
    of_book(ambiguous_report, _WARNING),
    of_book(reopened, _WARNING),
    of_book(note_gone, _WARNING, of_absence=True),
    of_book(overdue, _WARNING, asks_clock=True),
    of_book(stale, _WARNING, asks_clock=True),
    # the comments that allow something
    of_allows(unknown_rule, _ERROR),
    of_allows(unused_allow, _WARNING),
)
