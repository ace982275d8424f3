"""Who was there and who was not: the names in sections of attendance and absence."""

import re
from collections.abc import Iterator
from textwrap import dedent

from rrbnotes.owners import PARTICLES, is_office
from rrbnotes.reading.blocks import Block, Form, Row, read_blocks
from rrbnotes.reading.entries import Entry, short_form
from rrbnotes.reading.enumerations import names_in, parted
from rrbnotes.reading.markers import is_marked
from rrbnotes.reading.outline import Outline
from rrbnotes.reading.roles import Role
from rrbnotes.reading.sentences import sentences
from rrbnotes.reading.text import Text

_SMALL_WORDS = PARTICLES | {"on", "to"}
_SEPARATED = re.compile(r"[,;]|\s[|•]\s")
_PLACEHOLDER = re.compile(
    r"(?:none|n/?a|nil|tbc|tbd|todo|no(?:ne)? received|no apologies.*|there (?:were|was) (?:none|no .*)|\W*|vacant|_?vacant_?.*|\w|.*\bmembers? of the public.*|quorum.*)",
    re.IGNORECASE,
)
"""Entries that name nobody; a single letter is a stray, not an organisation."""
_AFFILIATION = re.compile(r"(?<!\s)(?:\s+(?:[-–—]|//?)\s|\s*\|\s|\s*<?https?://|\s*\(?@[\w.-]).*", re.DOTALL)
_MAY_BELONG = re.compile(r"[|/@–—-]")
"""Every affiliation has one of these in it."""
_IS_NAME_COLUMN = re.compile(r"name|who|member|attendee|organi[sz]ation|person|representative", re.IGNORECASE)
_IS_ABSENT_COLUMN = re.compile(r"apolog|regret|absent", re.IGNORECASE)
_IS_PRESENT_COLUMN = re.compile(r"present|attend|here", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"(?:(?<!\s)\s+)?\([^()]*\)")
_REMARK = re.compile(r"\d+ |\(|[^:]{2,30}: ")
_MARKS = " .*_:[]"
_NOTE = re.compile(r"(?:(?<!\s)\s+)?(?:\[[^\[\]]*\]$|\((?=[^()]*\))[^()]*\s[-–—]\s[^()]*\))")
"""`Ann Lee [proxy: Bob Reed]`, `Ann Lee (trainee - licences)`."""
_MARK = re.compile(r"(?:yes|no|y|n|x|present|absent|apologies|regrets|\W*)", re.IGNORECASE)
_NO = re.compile(r"(?:no|n|absent|apologies|regrets|✗|✘|❌)?", re.IGNORECASE)


def entries(outline: Outline) -> list[Entry]:
    """The entries of all sections of attendance and absence, in order."""
    found = [
        entry
        for section in outline.of_role(Role.ATTENDANCE, Role.ABSENCE, Role.ROSTER)
        for block in section.blocks
        if not block.generated and (section.role is not Role.ROSTER or _is_marked_roster(block))
        for entry in _of_block(block, section.role is Role.ABSENCE)
    ]
    for key, is_absent in (
        ("attendees", False),
        ("attendance", False),
        ("present", False),
        ("participants", False),
        ("apologies", True),
        ("regrets", True),
        ("absent", True),
    ):
        found += [Entry(name, line, is_absent) for name, line in outline.front.entries(key)]
    found += _apologies(outline)
    return [entry for entry in found if _names_somebody(entry.name)]


def _names_somebody(name: str) -> bool:
    """Whether an entry can be a name: no placeholder, no instruction to fill the list in, no sentence."""
    plain = _IN_BRACKETS.sub("", name) if "(" in name else name
    words = [word for word in plain.split() if word.casefold() not in _SMALL_WORDS]
    lower = sum(word[:1].islower() for word in words)
    if (name.endswith("!") and len(words) > 2) or not words or _REMARK.match(name):
        return False  # an instruction, a count, a remark, a field such as `Scribe: AL`
    is_sentence = (len(words) > 2 and name[:1].islower()) or (len(words) > 4 and lower * 2 > len(words))
    return not is_sentence and not _PLACEHOLDER.fullmatch(name)


def _apologies(outline: Outline) -> Iterator[Entry]:
    """`Apologies were received from A and B.`: a sentence that stands in any section says who was absent."""
    for section in outline.of_role(Role.TITLE, Role.ITEM, Role.ABSENCE):
        for block in section.blocks:
            for start, end in sentences(block.text.plain) if _may_apologise(block.text.plain) else ():
                said = _APOLOGIES.search(block.text.plain, start, end)
                if said:
                    yield from _of_paragraph(block.text.slice(said.end(), end), is_absent=True)


def _may_apologise(words: str) -> bool:
    """Whether a sentence in words may say who was absent: every one has one of these in it."""
    folded = words.lower()
    return "apologies" in folded or "regrets" in folded


def _of_block(block: Block, is_absent: bool) -> Iterator[Entry]:
    if is_marked(block.text, ()):
        return
    if block.form is Form.CODE:
        for inner in read_blocks(dedent(block.text.plain), block.text.line)[0]:
            yield from _of_block(inner, is_absent)
    elif block.form is Form.LIST and (groups := _groups_of(block)):
        for names in groups:
            yield from _of_paragraph(names, is_absent)
    elif block.form is Form.LIST:
        rolled = any(item.ticked for item in block.children)  # a roll: those without a tick were not there
        for item in block.children:
            yield from _of_item(item, is_absent or (rolled and not item.ticked))
    elif block.form is Form.TABLE:
        yield from _of_table(block.rows, is_absent)
    elif block.form is Form.QUOTE:
        for inner in block.children:
            yield from _of_block(inner, is_absent)
    elif block.form in (Form.PARAGRAPH, Form.HEADING):
        yield from _of_paragraph(block.text, is_absent)


_GROUP = re.compile(r"[A-Z][\w&-]{1,20} [-–] (?=[A-Z])")


def _groups_of(block: Block) -> list[Text]:
    """The people in a list of organisations, each with a dash and its people: `* ORNL - Lee, Park`; none in other lists."""
    found = [(item.text, _GROUP.match(item.text.plain)) for item in block.children]
    groups = [text.slice(group.end()) for text, group in found if group]
    is_grouped = len(groups) == len(found) and any("," in names.plain for names in groups)
    return groups if is_grouped else []


def _is_marked_roster(block: Block) -> bool:
    """Whether a list of members says who was there: by ticks, or by a column of marks beside the names."""
    if block.form is Form.LIST:
        return any(item.ticked for item in block.children)
    return block.form is Form.TABLE and _mark_column(block.rows) is not None


def _mark_column(rows: tuple[Row, ...]) -> int | None:
    """The last column, where every row has nothing but a mark in it and some row has one."""
    lasts = [row.cells[-1].folded() for row in rows if len(row.cells) == len(rows[0].cells)]
    all_marks = len(lasts) == len(rows) and all(_MARK.fullmatch(mark) for mark in lasts)
    return len(rows[0].cells) - 1 if all_marks and any(lasts) and len(rows[0].cells) > 1 else None


def _of_item(item: Block, is_absent: bool) -> Iterator[Entry]:
    """An item is one person with an affiliation, or several names between commas."""
    if is_marked(item.text, ()):
        return
    body, words = _of_body(item.text.folded())
    if body and not is_absent:
        yield Entry(body, item.line, is_absent)
    if words:
        parts = names_in(words)
        if len(parts) > 2 and all(len(part.split()) <= 4 for part in parts):
            yield from (Entry(part, item.line, is_absent) for part in parts)
        else:
            name, *others = (_without_affiliation(part) for part in parted(words))
            other = others[0] if len(others) == 1 and " " in others[0] else ""
            yield Entry(name, item.line, is_absent, other, may_run=len(parts) == 1)
    for child in item.children:
        if not words:
            yield from _of_block(child, is_absent)


_BODY = re.compile(r"(?P<body>[^,;:()\n]{2,60}\([^()\n]{2,10}\)):\s+(?=[A-Z])")
_GROUP_LABEL = re.compile(rf"[^,;:()]{{2,40}}:\s+(?=[A-Z])|{_BODY.pattern}")
"""`Harbour Office: Ines Varga, …`: whom the names belong to."""


def _of_body(words: str) -> tuple[str, str]:
    """The organisation before its people, `Harbour Office (HO): Bob Marsh`, and the people. Whoever of it stayed away says
    nothing of the others, so it is only there, never absent."""
    found = _BODY.match(words)
    return (found["body"], words[found.end() :]) if found and short_form(found["body"]) else ("", words)


_SENTENCE = re.compile(
    r"(?:the )?(?:apologies|regrets)(?: (?:for|of) absence)?(?: from| by| for)?(?:\s*:)?\s+(?=(?-i:[A-Z]))",
    re.IGNORECASE,
)
_APOLOGIES = re.compile(
    r"\b(?:apologies|regrets)(?: (?:for|of) absence)? (?:were|was|have been|had been)"
    r"(?: also)? (?:(?:received|sent|given|tendered) (?:from|by|on behalf of)|(?:noted|accepted) (?:from|on behalf of)|provided (?:for|from|by))"
    r"\s+(?:the )?(?=(?-i:[A-Z]))",
    re.IGNORECASE,
)
"""`Apologies from …`: the names follow."""


def _of_paragraph(text: Text, is_absent: bool) -> Iterator[Entry]:
    if _may_apologise(text.plain) and _APOLOGIES.search(text.plain):
        return  # read as a sentence, wherever it stands
    said = _SENTENCE.match(text.plain)
    text = text.slice(said.end()) if said else text
    bodies = [] if is_absent else [(_of_body(line.folded())[0], line.line) for line in text.lines()]
    yield from (Entry(body, at, is_absent) for body, at in bodies if body)
    if not _SEPARATED.search(text.plain):
        for line in text.lines():
            _, words = _of_body(line.folded())
            parts = re.split(r"\sand\s", words) if text.plain.count("\n") == 0 else [words]
            both = parts if len(parts) == 2 and all(1 < len(p.split()) < 4 for p in parts) else [words]
            yield from (
                Entry(_without_affiliation(part), line.line, is_absent, may_run=True) for part in both
            )
        return
    for line in _groups(text):
        at = 0
        before = ""
        for part in names_in(line.plain):
            first = part.partition(" (")[0]
            at = line.plain.index(first, at)
            name = _without_affiliation(" ".join(part.split()))
            if not (is_office(name) and " " in before):  # `Mrs N Cooper, Clerk` is one person
                yield Entry(name, line.line_at(at), is_absent)
            before = name
            at += len(first)


def _without_affiliation(words: str) -> str:
    """`R Crisp – Chair (RC)` is R Crisp, known as RC."""
    name = _NOTE.sub("", words) if "(" in words or "[" in words else words
    name = (_AFFILIATION.sub("", name) if _MAY_BELONG.search(name) else name).strip(_MARKS)
    short = short_form(words)
    initials = "".join(word[:1] for word in name.split())
    return f"{name} ({short})" if short and f"({short})" not in name and initials.endswith(short) else name


def _groups(text: Text) -> Iterator[Text]:
    """The stretches between meant line ends and before lines with a label, each without its label."""
    for stretch in text.paragraphs():
        starts = [
            0,
            *(
                end.end()
                for end in re.finditer("\n", stretch.plain)
                if _GROUP_LABEL.match(stretch.plain, end.end())
            ),
        ]
        for start, end in zip(starts, [*starts[1:], len(stretch.plain)], strict=True):
            label = _GROUP_LABEL.match(stretch.plain, start, end)
            yield stretch.slice(label.end() if label else start, end)


def _of_table(rows: tuple[Row, ...], is_absent: bool) -> Iterator[Entry]:
    """Names in a table: the name column, and a column that marks who was there."""
    heads = [cell.folded() for cell in rows[0].cells]
    named, present, absent = (
        next((n for n, head in enumerate(heads) if pattern.search(head)), None)
        for pattern in (_IS_NAME_COLUMN, _IS_PRESENT_COLUMN, _IS_ABSENT_COLUMN)
    )
    has_head = (named, present, absent) != (None, None, None)
    at = named or 0
    if not has_head:
        present = _mark_column(rows)
    for row in rows[has_head:]:
        cells = [cell.folded() for cell in row.cells]
        if at >= len(cells) or not cells[at]:
            continue
        marked = absent is not None and absent < len(cells) and not _NO.fullmatch(cells[absent])
        there = present is None or (present < len(cells) and not _NO.fullmatch(cells[present]))
        if marked or there or absent is None:
            yield Entry(cells[at], row.line, is_absent or not there or marked)
