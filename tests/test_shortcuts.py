"""The reader looks for a cheap cue before it looks closely. With every cue thrown open it reads the same."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rrbnotes import statuses
from rrbnotes.dates import expressions
from rrbnotes.model import Status
from rrbnotes.owners import Party, directory
from rrbnotes.reading import finding, markers, promises, scopes
from rrbnotes.reading.columns import columns
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.outline import Outline, outline
from rrbnotes.reading.roles import Vocabulary
from rrbnotes.reading.text import Text
from rrbnotes.source import Source, source_of_text
from rrbnotes.statuses import Reading, Words, lowered

OPEN: tuple[tuple[Any, str, Any], ...] = (
    (markers, "_IN_MIDST", ("",)),
    (markers, "_LIST_BEHIND", re.compile("")),
    (markers, "_CUE", ""),
    (promises, "_CUES", ("",)),
    (promises, "_SAYS", re.compile("")),
    (finding, "_HOLDERS", ()),
    (scopes, "_has_label", lambda words: True),
    (import_module("rrbnotes.reading.dialects.shouted_line"), "_CUE", ""),
    (import_module("rrbnotes.reading.dialects.inline_marker"), "_over", lambda statuses: ("",)),
)
"""Each cue, and what lets everything through."""

DEMO = sorted(Path(__file__).parent.parent.joinpath("notes").rglob("*.md"))
KNOWN = directory(
    [Party("Ines Varga", ("Ines", "IV")), Party("Quay Trust", ("QT",)), Party("Clerk"), Party("AP")]
)
LORE = Lore(KNOWN, frozenset(), Words(), Vocabulary())
FRAGMENTS = (
    "Action", "ACTION", "action: ", "Act\u0131on: ", "ACT\u0130ON for Ines to row", "action for Ines to row", "AI: ", "AP1 ", "ai", "TODO", "To-Do: ",
    "Follow-up: ", "ne\u017ft \u017fteps: ", "next steps (W12):", "[action ", "(Action: Ines to row)", "**Action** ", "`ACTION:` ", "Status: ",
    "Status (W39): TODO ", "The following actions were agreed: – mend it – oil it", ": ", " - ", " – ", ", ", ". ", "; ", ") ", " (", "]", "\n", "\n\n",
    "\n- ", "\n  - ", "\n- [x] ", "\n> ", "\t", "\t\n", "\n## Actions\n\n", "\n## Actions from previous meeting\n\n", "Ines", "Ines Varga ", "IV", "Quay Trust to oil it",
    "CLERK TO ORDER ROPE", "It was agreed to mend the mole", " shall ", "’ll ", " w\u0131ll ", "should", " \u017fhould go", " needed\nto", " TO be sold", " i\u017f to",
    " were to", " plan to", " a\u017fked to", " are going to", "Ines (QT) then said that she", " noted", " \u017fays",
    "Owner: Ines", "In charge: QT", "https://quay.example/7 merged", "Done by June", "done", "✅", "complete", "60.02", "by Friday", "*", "  ",
    "Ines - Action - Mend it", "It rained ACTION: mend it", "The mole fell. Action: Ines Done by June", "Action Clerk Closed at noon", "Status: ACTION mend it",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=14).map("".join)


TASKS = (
    "will", "would", "shall", "should", "she'll", "he’ll", "is going to", "are going to", "is to", "are to", "was to", "were to",
    "need to", "needs to", "asked to", "agreed to", "offered to", "plan to", "plans to", "to be", "i\u017f to", "a\u017f\u212aed to",
)  # fmt: skip
MIDST = (
    "Rain. x", "Rain AI: x", "Rain AP: x", "Rain ACTIONS: x", "Rain TODO: x", "Rain AI X", "Rain AP X", "Rain:ACTION x", "Rain: TODO x",
    "Rain - ACTION - x", "Rain - Action - x", "Rain - TODO - x",
)  # fmt: skip
TOLD = (
    "still", "not yet", "not", "never", "waiting", "awaiting", "working on", "will", "to be", "going to", "ongoing", "on-going", "in progress",
    "continue", "continues", "another", "hasn't", "haven't", "hadn't", "didn't", "can't", "deferred", "postponed", "carried over",
    "carried forward", "rolled over", "held over", "no longer needed", "no longer required", "no longer relevant", "it was dropped",
    "this is removed", "the item has been withdrawn", "actions 3 and 4 were abandoned", "the action is canceled", "this is cancelled",
    "it is superseded",
)  # fmt: skip
ENDS = (
    "mend it",
    "done",
    "Open",
    "d\u0131scharged",
    " ",
    "\t",
    "-",
    "–",
    "—",
    "(",
    "[",
    "]",
    ")",
    ".",
    "!",
    "?",
    ";",
    ":",
    "status",
    "\u017ftatus",
    "now ",
    ", all",
)
CASES = (
    *TASKS, *TOLD, *map(str.upper, TOLD), "Ines ", " ", " ", ". ", "has ", "HA\u017f ", "was already ", "been", "sent", "made", "listed", "done", "\u017fent", "s", "\u017f",
    "i", "\u0131", "\u0130", "k", "\u212a", "said", "\u017fay\u017f", "’", "'", "ß", "ﬁ", "Σ", "ς", "É", "-", "_", "7", "\n", "\u0307",
)  # fmt: skip
SAID = ("Ines said", "Ines then says", "Ines (QT) also noted", "INES ASKED", "Ines promi\u017fed that she")


def read(note: Outline) -> tuple[object, ...]:
    """All that is found in a note."""
    found = finding.find(note, LORE)
    return (
        found,
        scopes.scoped(found, note, None),
        [(one, promises.promised(one, LORE)) for one in promises.promises(note, LORE, frozenset())],
    )


def read_closely(note: Outline) -> tuple[object, ...]:
    with pytest.MonkeyPatch.context() as patch:
        for place, name, value in OPEN:
            patch.setattr(place, name, value)
        return read(note)


def outline_of(text: str) -> Outline:
    source = source_of_text(text, "note.md")
    assert isinstance(source, Source)
    return outline(source, LORE.vocabulary)


def texts_in(note: Outline) -> Iterator[Text]:
    return (inner.text for part in note.sections for block in part.blocks for inner in block.walk())


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_no_cue_loses_anything_of_the_demo(path: Path) -> None:
    note = outline_of(path.read_text(encoding="utf-8"))
    assert read(note) == read_closely(note)


@settings(max_examples=40, derandomize=True, deadline=None, database=None)
@given(TEXTS)
@example("It was agreed to mend the old mole. CLERK TO ORDER ROPE")
@example("In charge: Quay Trust\n\n- [ ] mend the mole\n\nAction: oil it")
@example("The mole fell. Action: Ines Done by June")
@example("Rain, action for Ines to row")
def test_no_cue_loses_anything_of_any_note(text: str) -> None:
    note = outline_of(text)
    assert read(note) == read_closely(note)


@settings(max_examples=40, derandomize=True, deadline=None, database=None)
@given(TEXTS)
def test_a_marker_at_the_start_or_alone_is_one_that_markers_finds(text: str) -> None:
    for words in texts_in(outline_of(text)):
        found = list(markers.markers(words, ()))
        is_first = bool(found) and found[0].start == 0
        assert markers.is_marked(words, ()) is (is_first and bool(words.plain[found[0].end :].strip()))
        *_, last = [Text("", 1), *words.lines()]
        alone = [(one.start, last.plain[one.end :].strip()) for one in markers.markers(last, ())]
        assert markers.is_marker_alone(words, ()) is (alone == [(0, "")])


@given(st.text("Owner#1 ():*-²٣é", max_size=12))
@settings(max_examples=40, derandomize=True, deadline=None, database=None)
def test_marks_and_a_number_behind_a_heading_do_not_hide_its_column(behind: str) -> None:
    marked = re.fullmatch(r"\W*\(?\d*\)?\W*", behind) is not None
    assert not marked or columns(["Owner" + behind]) == {"owner": 0}


@pytest.mark.parametrize("words", [*TASKS, *map(str.upper, TASKS)])
def test_every_word_for_a_task_has_its_cue(words: str) -> None:
    plain = lowered(words)
    assert promises._COMMITS.search(plain) and any(cue in plain for cue in promises._CUES)


@given(st.lists(st.sampled_from(CASES), max_size=12).map("".join))
@settings(max_examples=80, derandomize=True, deadline=None, database=None)
@example("BR HAS \u017fENT it")
@example("i\u017f to go")
def test_a_pattern_in_lower_case_finds_what_ignoring_case_finds(text: str) -> None:
    plain = lowered(text)
    assert len(plain) == len(text)
    for pattern in (promises._COMMITS, promises._SAYS, *(cue for _, cue, _ in statuses._TOLD)):
        loose = re.compile(pattern.pattern, re.IGNORECASE)
        assert [one.span() for one in pattern.finditer(plain)] == [one.span() for one in loose.finditer(text)]


@pytest.mark.parametrize(
    "word", ["f\u0131n\u0131shed", "FIN\u0130SHED", "fini\u017fhed", "\u017f\u212aipped", "bitt\u0130"]
)
def test_a_status_word_in_letters_that_only_ignoring_case_makes_ours_is_one(word: str) -> None:
    words = Words({"complete": ("bitt\u0131",)})
    status = Status.ROLLED_OVER if word.endswith("pped") else Status.COMPLETE
    assert words.cell(word).status is status
    assert words.meant(word) == (status,)
    assert words.cut(f"{word}: row") == Reading(status, "", "row")
    assert words.cut(f"row ({word})") == words.cut(f"row: {word}") == Reading(status, "", "row")


@given(st.lists(st.sampled_from(CASES), max_size=12).map("".join))
@settings(max_examples=80, derandomize=True, deadline=None, database=None)
def test_what_tells_how_an_action_stands_has_its_cue(text: str) -> None:
    plain = lowered(text)
    for held, cue, _ in statuses._TOLD:
        assert not cue.search(plain) or any(piece in plain for piece in held)


@given(st.lists(st.sampled_from(ENDS), max_size=6).map("".join))
@settings(max_examples=80, derandomize=True, deadline=None, database=None)
@example("mend it \u017ftatu\u017f: done")
def test_a_status_behind_the_words_begins_at_what_is_looked_for(text: str) -> None:
    begins = "\t" in text or any(mark in lowered(text) for mark in statuses._BEGINS)
    assert begins or not LORE.statuses._suffix.search(text)


@pytest.mark.parametrize(
    "end",
    [
        "(done)",
        " [new]",
        " - done",
        " – done",
        "\t— done",
        ". Done",
        "!\tDone",
        "? done",
        "; done",
        " STATUS: done",
        "\tstatus: done",
    ],
)
def test_every_end_that_tells_a_status_is_looked_for(end: str) -> None:
    text = f"mend it{end}"
    assert LORE.statuses._suffix.search(text) and LORE.statuses.cut(text).status


@pytest.mark.parametrize("cue", [cue for _, cue, _ in statuses._TOLD[:-1]])
def test_every_word_that_tells_how_an_action_stands_has_its_cue(cue: re.Pattern[str]) -> None:
    held = next(held for held, one, _ in statuses._TOLD if one is cue)
    told = [words for words in TOLD if cue.search(words)]
    assert len(told) > 4 and all(any(piece in words for piece in held) for words in told)


@pytest.mark.parametrize(
    "front",
    [
        "w/c ",
        "W / B. the ",
        "week of ",
        "week-commencing the ",
        "w/e ",
        "Week ending ",
        "Tues, ",
        "_sat ",
        "WEDNES ",
        "thur. the ",
    ],
)
@pytest.mark.parametrize("lead", ["Row by ", "Row on the "])
def test_what_stands_in_front_of_a_day_has_its_cue(front: str, lead: str) -> None:
    words = f"{lead}{front}12 June 2031"
    before = expressions._BEFORE_DAY.search(words, 0, words.index("12"))
    assert before and before[0] and expressions._BEFORE in expressions._cues(words)


@pytest.mark.parametrize("words", SAID)
def test_every_word_for_saying_has_its_cue(words: str) -> None:
    assert promises._SAID.search(words) and promises._SAYS.search(lowered(words))


@pytest.mark.parametrize("line", MIDST)
def test_every_place_within_a_line_has_its_cue(line: str) -> None:
    is_sentence = markers._BEHIND_SENTENCE.search(line) is not None
    assert markers._MIDST.search(line) and (is_sentence or any(word in line for word in markers._IN_MIDST))
