"""What a note says of its meeting: title, date, times, venue, agenda items, and the meeting after it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from itertools import zip_longest

from rrbnotes.dates import Precision, When, find_dates, find_times
from rrbnotes.model import AgendaItem, NextMeeting
from rrbnotes.reading.blocks import Block
from rrbnotes.reading.headings import Rank
from rrbnotes.reading.markers import is_marked
from rrbnotes.reading.outline import Outline
from rrbnotes.reading.roles import Role
from rrbnotes.reading.text import Text
from rrbnotes.reading.venues import place_behind, venue_in

_HEADER_BLOCKS = 12
"""How many blocks below the title may say when and where the meeting was."""
_NOT_THIS_MEETING = re.compile(r"\b(?:next|previous|last|future|following|minutes of(?!:))\b", re.IGNORECASE)
_TITLE_LINE = re.compile(r"(?:draft |final )?minutes of:? (?!the (?:last|previous))", re.IGNORECASE)
"""`Minutes of the meeting held on …` is the title if it comes first, else an item on the meeting before."""
_ITEM_NUMBER = re.compile(r"\d{1,2}/\d{1,2}[./]\d{1,2}(?=\s?[A-Z])")
"""`15/09/08 Cemetery`: a board's number of an item, which is no date."""
_ABOUT_MEETING = re.compile(r"\b(?:meeting|minutes|held|date|time|when|venue)\b", re.IGNORECASE)
_VENUE_LABEL = re.compile(r"(?:venue|location|place|where)\s*:\s*(.+)", re.IGNORECASE)
_NEXT_IN_TEXT = re.compile(
    r"\bmeet again on\b|\bnext (?:\w+ ){0,3}meeting\b(?: date)?\s*(?:will be(?: held)?|is(?: scheduled)?|to be held|:|[-–—]|on|scheduled|(?=(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d|\d{1,2}(?:st|nd|rd|th)? ))",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?<!by )(?<!before )(?<!by the )(?<!before the )\b\d{1,2}/\d{1,2} (?:\w+ )?(?:meeting|call)\b"
)
"""`… in the 9/15 call`."""
_OUR_NEXT = re.compile(r"\bour next (?:\w+ ){0,3}meeting\b", re.IGNORECASE)
_FINAL = re.compile(r"(?:final|confirmed)\b", re.IGNORECASE)
_DECIDED = re.compile(r"(?:agreed|decision|decided|resolved)\b", re.IGNORECASE)
_NAME_DATE = re.compile(r"(?<!\d)(\d{4})[-_. ]?(\d{2})[-_. ]?(\d{2})(?!\d)")


def title(outline: Outline) -> str | None:
    """The title in the front matter, else the first heading."""
    heading = next((section.heading for section in outline.of_role(Role.TITLE) if section.heading), None)
    return outline.front.text("title") or (heading.title if heading else None)


def day(outline: Outline, key: str) -> Date | None:
    """The meeting's date: from its title, the lines below it, the front matter or the file's name.

    The front matter's `date` comes late: in notes kept as web pages it is often the day of posting.
    """
    for words in (*_header_lines(outline), *_titles(outline), outline.front.text("title")):
        found = _day_in(words)
        if found:
            return found
    given = _day_in(outline.front.text("date", "start", "meeting_date", "when"))
    if given and not _is_posting(given, outline):
        return given
    return day_in_name(key)


def _day_in(words: str) -> Date | None:
    """The first date of one day in words that need no other date to fix it."""
    if not _DIGIT.search(words):
        return None
    days = (when.earliest for when in find_dates(words, None) if when.precision is Precision.DAY)
    return next(days, None) or day_in_name(words[:20])


def _is_posting(given: Date, outline: Outline) -> bool:
    """Whether a date in the front matter comes after the next meeting that the note announces: then it was posted late."""
    after = next_meeting(outline, None)
    return after is not None and after.date is not None and after.date < given


def times_and_venue(outline: Outline) -> tuple[str | None, str | None, str | None]:
    """Start, end and place, from the line that gives the date, a labelled line, or the front matter."""
    start = end = venue = None
    for words in _header_lines(outline):
        label = _VENUE_LABEL.search(words)
        venue = venue or (label[1].strip() if label else venue_in(words))
        if not start:
            start, end = find_times(words)
    return start, end, venue or outline.front.text("location", "venue") or None


def items(outline: Outline) -> tuple[AgendaItem, ...]:
    """The agenda items: the numbered headings where there are any, else the headings of the discussion that rank highest."""
    headings = [(s.role, s.heading) for s in outline.sections if s.heading and s.role is not Role.TITLE]
    numbered = [h for _, h in headings if h.number and h.rank <= Rank.MARKED]
    plain = [h for role, h in headings if role is Role.ITEM and h.role is None]
    top = min((h.rank for h in plain), default=0)
    return tuple(
        AgendaItem(h.number, h.title, h.line) for h in numbered or [h for h in plain if h.rank == top]
    )


def next_meeting(outline: Outline, day: Date | None) -> NextMeeting | None:
    """What the section on the next meeting says, else a sentence that announces it."""
    announced = filter(None, (_announced(line, day) for line in _announcing(outline)))
    return next(announced, None)


def _announcing(outline: Outline) -> Iterator[Text]:
    """The lines that may announce the next meeting, the surest first."""
    yield from _headed(outline)
    lines = [line for section in outline.sections for line in _on_meetings(section.blocks)]
    yield from _sentences(lines, _OUR_NEXT)
    yield from _labelled(outline)
    yield from _sentences(lines, _NEXT_IN_TEXT)
    yield from _sentences(lines, _DATED)


def _headed(outline: Outline) -> Iterator[Text]:
    """What stands below the headings on the next meeting, a final date first, and in them."""
    for section, after in zip_longest(outline.sections, outline.sections[1:]):
        if section.role is Role.NEXT_MEETING and section.heading:
            lines = [line for block in section.blocks for line in _lines(block)]
            yield from sorted(lines, key=lambda line: _firmness(line.plain))
            yield Text(section.heading.title, section.heading.line)
            if not section.blocks and after and after.heading:
                yield Text(after.heading.title, after.heading.line)  # the date is set as a heading too


def _firmness(words: str) -> int:
    """How sure a line makes a date, the surest first: a final one, one decided, one proposed."""
    return 0 if _FINAL.match(words) else 1 if _DECIDED.match(words) and "entative" not in words else 2


def _labelled(outline: Outline) -> Iterator[Text]:
    """What stands behind `Next meeting:` in the discussion; there it may be some other group's."""
    for section in outline.of_role(Role.NEXT_MEETING):
        if not section.heading:
            yield from (line for block in section.blocks for line in _lines(block))


def _sentences(lines: Iterable[Text], announcing: re.Pattern[str]) -> Iterator[Text]:
    """The words from where a sentence announces the next meeting."""
    for line in lines:
        said = announcing.search(line.plain)
        if said:
            yield line.slice(said.start(), said.end() + 120)


def _announced(line: Text, day: Date | None) -> NextMeeting | None:
    words = _without_struck(line)
    when = next((when for when in find_dates(words, day) if _is_later_day(when, day)), None)
    if not when:
        return None
    start, end = find_times(words)
    return NextMeeting(when.earliest, start, end, venue_in(words) or place_behind(words), line.line)


def _is_later_day(when: When, day: Date | None) -> bool:
    return when.precision is Precision.DAY and (day is None or when.earliest > day)


def _header_lines(outline: Outline) -> Iterator[str]:
    """The title and the lines below it that say when and where, up to the first section that is something else."""
    seen = 0
    for section in outline.of_role(Role.TITLE):
        if section.heading:
            yield section.heading.title
        for block in section.blocks:
            seen += 1
            if seen > _HEADER_BLOCKS:
                return
            for n, line in enumerate(_header_words(block)):
                said = line[:80]
                if seen == 1 and n == 0 and not section.heading:
                    said = _TITLE_LINE.sub("", said)
                if not _NOT_THIS_MEETING.search(said) or _is_of_this_meeting(line):
                    yield line


def _is_of_this_meeting(line: str) -> bool:
    """`Minutes of the meeting held on Tuesday 16 January 2024`, and nothing on whether they were approved."""
    return _MINUTES_OF.match(line) is not None and not _APPROVED.search(line)


_MINUTES_OF = re.compile(
    r"(?:draft |final )?(?:minutes|notes?) of (?:the|an?) (?!last|previous)(?:[\w’'-]+ ){0,8}meeting\b[^.;]{0,40}\b(?:on|at)\b",
    re.IGNORECASE,
)
_APPROVED = re.compile(
    r"\b(?:approv\w+|agreed|accept\w+|confirm\w+|sign\w+|read|adopt\w+|receiv\w+|correct|record|last|previous)\b",
    re.IGNORECASE,
)


def _titles(outline: Outline) -> Iterator[str]:
    """The titles and lines near the top that speak of the meeting or begin with a date: `Minutes of: 31 May 2019` in bold,
    `6 October 2016, by video` below the name of the body."""
    for section in outline.sections[:_HEADER_SECTIONS]:
        if section.role is Role.NEXT_MEETING:
            return  # what follows may be its date
        if section.role is not Role.ITEM:
            continue
        heading = section.heading
        if heading and (_ABOUT_MEETING.match(heading.title) or _begins_with_day(heading.title)):
            yield heading.title
        for block in section.blocks[:_HEADER_BLOCKS]:
            yield from (line for line in _header_words(block) if _begins_with_day(line))


_DIGIT = re.compile(r"\d")
"""Every day that needs no other date to fix it has digits."""


def _begins_with_day(words: str) -> bool:
    dates = find_dates(words[:60], None) if _DIGIT.search(words) else []
    return (
        bool(dates) and dates[0].precision is Precision.DAY and not re.search(r"\w", words[: dates[0].start])
    )


_HEADER_SECTIONS = 4


def _header_words(block: Block) -> Iterator[str]:
    """The lines of a block that may be part of a note's head: no marked action, no sentence about something else."""
    if is_marked(block.text, ()):
        return
    for line in block.text.lines():
        words = line.folded()
        if (
            len(words) <= 400
            and not _ITEM_NUMBER.match(words)
            and (not words.endswith(".") or _ABOUT_MEETING.search(words))
        ):
            yield words
    for row in block.rows:
        words = " | ".join(cell.folded() for cell in row.cells)
        if _ABOUT_MEETING.match(words):
            yield words
    for child in block.children:
        yield from _header_words(child)


def _lines(block: Block) -> Iterator[Text]:
    if block.generated:  # what rrb repeats there of an action announces nothing
        return
    yield from block.text.lines()
    for row in block.rows:
        yield Text(" | ".join(cell.folded() for cell in row.cells), row.line)
    for child in block.children:
        yield from _lines(child)


def _on_meetings(blocks: Iterable[Block]) -> list[Text]:
    """The lines in which a sentence may announce a meeting; they are few, and looked for before lines are cut."""
    found: list[Text] = []
    for block in blocks:
        if block.generated:
            continue
        if _may_announce(block.text.plain):
            found += block.text.lines()
        if any(_may_announce(cell.plain) for row in block.rows for cell in row.cells):
            found += (Text(" | ".join(cell.folded() for cell in row.cells), row.line) for row in block.rows)
        if block.children:
            found += _on_meetings(block.children)
    return found


def _may_announce(words: str) -> bool:
    """Whether words speak of a meeting, as every announcement does; of a call only behind a date (`9/15 call`)."""
    return "meet" in words.lower() or ("/" in words and "call" in words)


def day_in_name(key: str) -> Date | None:
    """The date in the name of a note's file."""
    for found in reversed(list(_NAME_DATE.finditer(key))):
        try:
            return Date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None


def is_named_by_day(key: str) -> bool:
    """Whether the name of a note's file is a date and nothing else."""
    return _NAME_DATE.fullmatch(key.rpartition("/")[2]) is not None


def _without_struck(line: Text) -> str:
    words = line.plain
    for start, end, look in line.spans:
        if look == "struck":
            words = f"{words[:start]}{' ' * (end - start)}{words[end:]}"
    return words
