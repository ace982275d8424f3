"""What each note teaches by itself, and the quick questions that spare the reader of notes dear ones."""

import pickle
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date as Date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rrbnotes.reading import attendance, enumerations, facts, headings, roles
from rrbnotes.reading.entries import Entry
from rrbnotes.reading.habits import Ends, Habits
from rrbnotes.reading.lessons import Lesson, days, lesson
from rrbnotes.reading.lore import learn
from rrbnotes.reading.outline import Outline, outline
from rrbnotes.reading.roles import Role, Vocabulary, role_of
from rrbnotes.settings import Settings
from rrbnotes.source import Source, source_of_text

PLAIN = (str, int, bool, Date, type(None))
NOTE = """# Mole Committee - {day}

## Present

- Wanda Okoro (WO)
- Piet Maas
- Gull Watch (GW)

## Nets

WO: the nets are torn.

WO: all of them.

WO: and the floats are gone.

## Actions

- {number}.01 WO to mend the nets (Saskia)
- {number}.02 buy the floats (Saskia)
- {number}.03 count the gulls [Bram]
- Todd to sweep
- Todd to tar the mole
"""
BOARD = {
    "2026-01-08": NOTE.format(day="8 January 2026", number=41),
    "2026-02-05": NOTE.format(day="5 February 2026", number=42),
    "2026-03-05": NOTE.format(day="5 February 2026", number=43),
}
"""The last was copied from the one before, its date too."""


def outlined(text: str) -> Outline:
    source = source_of_text(text, "note.md")
    assert isinstance(source, Source)
    return outline(source, Vocabulary())


def lessons(board: Mapping[str, str]) -> list[Lesson]:
    return [lesson(outlined(text), key) for key, text in board.items()]


def parts(value: object) -> Iterator[object]:
    """Everything in a lesson, down to what has no parts."""
    if isinstance(value, tuple):
        for one in value:
            yield from parts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from parts(getattr(value, field.name))
    else:
        yield value


def test_a_lesson_is_plain_data() -> None:
    for one in lessons(BOARD):
        assert {type(value) for value in parts(one)} <= set(PLAIN)
        assert hash(one) == hash(pickle.loads(pickle.dumps(one)))


def test_a_lesson_is_small_beside_its_note() -> None:
    long = BOARD["2026-01-08"] + "\nThe gulls were talked about at length.\n" * 400
    assert len(pickle.dumps(lesson(outlined(long), "x"))) < len(long) / 10


def test_what_one_note_teaches() -> None:
    first = lessons(BOARD)[0]
    assert (first.key, first.day, first.meeting) == ("2026-01-08", Date(2026, 1, 8), 41)
    assert [entry.name for entry in first.entries] == ["Wanda Okoro (WO)", "Piet Maas", "Gull Watch (GW)"]
    assert isinstance(first.entries[0], Entry)
    ends = Ends(("Saskia", "Saskia", "Bram"), 5)
    assert first.habits == Habits((("wo", 3),), (), (("Todd", 2),), (ends,), items=5)


@pytest.mark.parametrize(("most", "line"), [(2, 7), (3, None), (4, None)])
def test_a_name_too_many_is_the_first_one_that_is_not_read(
    most: int, line: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rrbnotes.reading.lessons.MAX_NAMES", most)
    first = lessons(BOARD)[0]
    assert (len(first.entries), first.excess) == (min(most, 3), line)


def test_a_board_learns_from_kept_lessons() -> None:
    kept: list[Lesson] = pickle.loads(pickle.dumps(lessons(BOARD)))
    lore = learn(kept, Settings())
    assert lore == learn(lessons(BOARD), Settings())
    assert all(map(lore.directory.knows, ("WO", "Piet", "GW", "Saskia", "Bram", "Todd")))
    assert (lore.speakers, lore.numbers_by_meeting) == (frozenset({"wo"}), True)


def test_a_date_left_over_from_the_note_before_is_not_the_next_ones() -> None:
    assert days(lessons(BOARD)) == {key: Date.fromisoformat(key) for key in BOARD}
    assert days(lessons(BOARD)[2:]) == {"2026-03-05": Date(2026, 2, 5)}


@pytest.mark.parametrize("shorts", [("WO", "WOK", "WO"), ("WOK", "WO", "WO", "WOK")])
def test_the_short_form_that_a_board_printed_last_holds(shorts: tuple[str, ...]) -> None:
    names = [f"Wanda Okoro ({short})" for short in shorts] + ["Ms Wanda Okoro"]
    taught = [Lesson(str(n), None, (Entry(name, 1, False),), Habits(), None) for n, name in enumerate(names)]
    assert learn(taught, Settings()).directory.short("Ms Wanda Okoro") == shorts[-1]


# A quick question must say yes to all that the dear one takes.

QUICK: tuple[tuple[Callable[[str], object], re.Pattern[str]], ...] = (
    (attendance._may_apologise, attendance._APOLOGIES),
    (attendance._MAY_BELONG.search, attendance._AFFILIATION),
    (enumerations._MAY_JOIN.search, enumerations._LAST_AND),
    (facts._may_announce, facts._OUR_NEXT),
    (facts._may_announce, facts._NEXT_IN_TEXT),
    (facts._may_announce, facts._DATED),
    (headings._IN_CAPITALS.search, headings._GLUED),
)
tried = settings(
    max_examples=40,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.slow
@pytest.mark.parametrize(("quick", "dear"), QUICK)
def test_a_quick_question_misses_nothing(quick: Callable[[str], object], dear: re.Pattern[str]) -> None:
    @tried
    @given(st.from_regex(dear))
    def law(words: str) -> None:
        assert quick(words)

    law()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("role", "stems", "pattern"), roles._PATTERNS, ids=[row[0] for row in roles._PATTERNS]
)
def test_every_heading_of_a_role_has_one_of_its_stems(
    role: Role, stems: tuple[str, ...], pattern: re.Pattern[str]
) -> None:
    @tried
    @given(st.from_regex(pattern, fullmatch=True))
    def law(words: str) -> None:
        assert any(stem in words for stem in stems)

    law()


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Present [10 min, until 0:15]:", Role.ATTENDANCE),
        ("Apologies (all noted)", Role.ABSENCE),
        ("Actions (a) (b)", None),
        ("Actions [a] b]", None),
        ("Actions a) (b", None),
    ],
)
def test_what_stands_in_brackets_behind_a_title_is_no_part_of_it(title: str, role: Role | None) -> None:
    assert role_of(title, Vocabulary()) is role


# A line almost as long as a note may have takes milliseconds; it took seconds where the cost was the square of its length.

LONG = 60_000
LINES = {
    "blanks-before-a-bracket": "---\nattendees:\n- Wanda{blanks}x\n---\n",
    "blanks-behind-apologies": "## Apologies\n\nApologies{blanks}x\n",
    "brackets-in-a-title": "# {open}] x)\n",
    "reports-in-a-title": "# {report}(Wanda Okoro) (1)\n",
    "dashes-in-a-bracket": "## Present\n\n- Wanda ({dashes}x\n",
    "capitals-in-a-bracket": "## Present\n\n- Wanda ({capitals}x\n",
    "words-struck-out": "## Next meeting\n\n{struck}x\n",
}
FILLINGS = {
    "blanks": " ",
    "open": "[a",
    "report": "report ",
    "dashes": "a - ",
    "capitals": "A",
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_long_lines_cost_what_they_are_long(line: str) -> None:
    fillings = {name: words * (LONG // len(words)) for name, words in FILLINGS.items()}
    one = outlined(line.format(**fillings, struck="~~a~~ " * 5_000))
    start = time.process_time()
    lesson(one, "x")
    facts.next_meeting(one, None)
    assert time.process_time() - start < 1
