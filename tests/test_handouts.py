"""What holds of the parts that rrb writes into notes: they change nothing of what the notes say, and lose no word of people's."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date as Date
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from boards import done, plant, rrb
from rrbnotes.checks.book import Book, open_book
from rrbnotes.checks.facts import actions, frame
from rrbnotes.edits import apply
from rrbnotes.errors import RrbError
from rrbnotes.home import Home
from rrbnotes.keeping.adopting import adopted
from rrbnotes.keeping.generated import PREVIOUS, SUMMARY, find, framed
from rrbnotes.keeping.naming import key_of_note
from rrbnotes.keeping.previous import Sheet, refreshed, table
from rrbnotes.keeping.summaries import written
from rrbnotes.model import Meeting, Status
from rrbnotes.notebook import Minutes
from rrbnotes.render.documents.markdown import cells, part
from rrbnotes.render.template import filled
from rrbnotes.settings import Settings
from rrbnotes.source import Source, source_of_text
from rrbnotes.views.entries import entries
from rrbnotes.views.new_note import HEADS, outlook, rows
from rrbnotes.views.summary import agreed, part_of_note
from test_properties import boards

TODAY = Date(2026, 6, 1)
Open = Callable[[Mapping[str, str]], Book]
Law = Callable[[Mapping[str, str], Open], None]
few = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def on_folders(law: Law) -> None:
    """Try a law on folders of notes, by their paths."""
    with TemporaryDirectory() as name:
        root = Path(name)
        (root / "notes").mkdir()
        home = Home(root, root / "notes", Settings())

        @few
        @given(boards)
        def on(notes: dict[str, str]) -> None:
            law(
                {f"notes/{key}.md": text for key, text in notes.items()},
                lambda texts: open_book(home, root, TODAY, texts),
            )

        on()


def summary_of(minutes: Minutes, book: Book) -> str:
    return part(part_of_note(agreed(minutes.meeting, entries(book.actions, book.standing, TODAY))))


def test_a_summary_changes_nothing_and_each_row_repeats_its_action() -> None:
    seen = refused = 0

    def law(texts: Mapping[str, str], reopen: Open) -> None:
        nonlocal seen, refused
        book = reopen(texts)
        for minutes in book.minutes:
            text = summary_of(minutes, book)
            try:
                new = apply(minutes.source.text, written(minutes, book.actions, text))
            except RrbError:
                continue  # people wrote a list of actions there
            after = reopen({**texts, minutes.source.path: new})
            again = after.by_path()[minutes.source.path]
            rows = len(agreed(again.meeting, entries(after.actions, after.standing, TODAY)))
            is_the_same = frame(again.meeting) == frame(minutes.meeting) and list(actions(after)) == list(
                actions(book)
            )
            is_read = find(again.source, SUMMARY) and rows == sum(m.echoes for m in again.meeting.mentions)
            if not (is_the_same and is_read):
                refused += (
                    1  # the command sees it too: a heading makes headings, an open fence swallows the rest
                )
                continue
            assert apply(new, written(again, after.actions, summary_of(again, after))) == new
            seen += rows

    on_folders(law)
    assert seen > 5 > refused / seen


def test_a_new_note_says_nothing_of_any_action_until_it_is_filled_in() -> None:
    counted = 0

    def law(texts: Mapping[str, str], reopen: Open) -> None:
        nonlocal counted
        book = reopen(texts)
        day = TODAY + timedelta(days=7)
        key = key_of_note(book.notebook, None, day)
        found = outlook(day, key, None, book.notebook.meetings, book.actions)
        sheet = Sheet(tuple(head.title for head in HEADS), tuple(map(tuple, cells(rows(found)))))
        head = f"# Board, {day.day} June 2026\n\n## Actions from previous meeting\n\n"
        note = head + framed(PREVIOUS, table(sheet, "Nothing."))
        empty = reopen({**texts, f"notes/{key}.md": note})
        assert list(actions(empty)) == list(actions(book))
        assert empty.by_key()[key].meeting.unfilled or not sheet.rows
        told = tuple((*row[:-1], "Complete - as agreed") for row in sheet.rows)
        note = head + framed(PREVIOUS, table(Sheet(sheet.heads, told), "Nothing."))
        after = reopen({**texts, f"notes/{key}.md": note})
        said = {one.ref: one.history[-1] for one in after.actions if one.history}
        for entry in (*found.outstanding, *found.for_agreement):
            last = said[entry.action.ref]
            assert (last.meeting, last.status, last.reason) == (key, Status.COMPLETE, "as agreed")
            assert last.due is None and last.owners is None
        counted += len(told)

    on_folders(law)
    assert counted > 30


def note(text: str) -> Source:
    source = source_of_text(text, "notes/2026-06-08.md")
    assert isinstance(source, Source)
    return source


def anew(source: Source, sheet: Sheet) -> str:
    """The note with its table brought up to date."""
    part = find(source, PREVIOUS)
    assert part
    return apply(source.text, refreshed(source, part, sheet, "Nothing.").edits)


HEADINGS = ("Ref", "Action", "Progress")
cell = st.text(st.sampled_from("ab |é-*"), max_size=6).map(lambda said: said.strip().replace("|", "\\|"))


@given(st.lists(cell, min_size=5, max_size=5), st.sets(st.integers(0, 4)), st.sampled_from(["\n", "\r\n"]))
def test_what_people_typed_stays_when_the_table_is_written_anew(
    typed: list[str], gone: set[int], end: str
) -> None:
    before = Sheet(
        (*HEADINGS, "Seen by"), tuple((f"r{n}", f"old {n}", said, "") for n, said in enumerate(typed))
    )
    source = note(framed(PREVIOUS, f"{table(before, '')}\n\nA line of mine.").replace("\n", end))
    refs = {f"r{n}": f"r{n}" for n in range(7)}
    new = Sheet(HEADINGS, tuple((f"r{n}", f"new {n}", "") for n in range(7) if n not in gone), refs)
    text = anew(source, new)
    assert end == "\n" or "\n" not in text.replace(end, "")
    cells_of = {line.split(" | ")[0].strip("| "): line for line in text.split(end) if line.startswith("| r")}
    for n, said in enumerate(typed):
        if said:
            assert f"| old {n} | {said} |" in cells_of[f"r{n}"]
        elif n in gone:
            assert f"r{n}" not in cells_of
        else:
            assert f"| new {n} |" in cells_of[f"r{n}"]
    assert "A line of mine." in text and "Seen by" in text
    assert anew(note(text), new) == text


SHEET = Sheet(
    ("Ref", "Action", "Owner", "Due", "Carried", "Last said", "Progress"),
    (
        (
            "2026-04-13.1",
            "Mend the lights",
            "NPS",
            "20 May 2026 (overdue)",
            "1",
            "raised on 13 April 2026",
            "",
        ),
        ("2026-04-13.2", "Share the budget", "–", "", "", "raised on 13 April 2026", ""),
    ),
    {f"2026-04-13.{n}": f"2026-04-13.{n}" for n in (1, 2, 3)},
    {
        "2026-04-13.1": frozenset(("NPS", "20 May 2026", "20 May 2026 (overdue)")),
        "2026-04-13.2": frozenset("–"),
    },
)
BEGUN = framed(PREVIOUS, table(SHEET, "Nothing."))
MADE_ANEW = replace(SHEET, rows=(*SHEET.rows, ("2026-04-13.3", "Paint the crane", "HM", "", "", "", "")))


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("raised on 13 April 2026 | |\n| 2026-04-13.2", "raised on 13 April 2026 | Roll over - a | zebra |\n| 2026-04-13.2"),
        ("20 May 2026 (overdue)", "1 July 2026"),
        ("| NPS |", "| NPS, MPS |"),
        ("| 1 |", "| twice by now |"),
        ("raised on 13 April 2026 | |\n| 2026-04-13.2", "raised on 13 April 2026, Ann says done | |\n| 2026-04-13.2"),
        ("Mend the lights |", "Mend the lights (all of them) |"),
        ("\n\n<!-- /", "\n| new | Order tea | HM | | | | |\n\n<!-- /"),
        ("\n\n<!-- /", "\n| 2026-04-13.9 | Order tea | HM | | | | |\n\n<!-- /"),
        ("\n\n<!-- /", "\n\n| Who | Zebra |\n| --- | --- |\n| yak | emu |\n\n<!-- /"),
        ("\n\n<!-- /", "\n\n```\n| a | b | c | d | e | f | g | h |\n```\n\n<!-- /"),
        ("\n\n<!-- /", "\nThe chair thanked all.\n\n<!-- /"),
        ("\n| 2026-04-13.1 |", "\n2026-04-13.1 |"),
        ("| Progress |\n", "| Progress | |\n"),
        ("| Progress |", "| Outcome |"),
        ("| Ref | Action |", "| **Ref** | **Action** |"),
        ("| 2026-04-13.1 |", "| [2026-04-13.1](#one) |"),
        ("<!-- Progress", "Above the table.\n\n<!-- Progress"),
    ],
)  # fmt: skip
def test_a_hand_in_the_table_stays(words: str, typed: str) -> None:
    assert words in BEGUN
    text = BEGUN.replace(words, typed, 1)
    new = anew(note(text), MADE_ANEW)
    row = next(line for line in new.split("\n") if "Paint the crane" in line)
    assert new.replace(f"{row}\n", "") == text
    assert anew(note(new), MADE_ANEW) == new


def test_a_row_is_the_same_under_each_ref_of_its_action_and_never_that_of_another() -> None:
    text = BEGUN.replace("13 April 2026 | |", "13 April 2026 | Complete |", 1)
    joined = replace(
        MADE_ANEW, refs={"2026-04-13.1": "2026-01-12.4"}, rows=(("2026-01-12.4", *SHEET.rows[0][1:]),)
    )
    assert anew(note(text), joined).count("Mend the lights") == 1
    answered = BEGUN.replace("13 April 2026 | |\n\n", "13 April 2026 | Ongoing |\n\n", 1)
    one = replace(
        MADE_ANEW, refs={"2026-04-13.1": "2026-04-13.1", "2026-04-13.2": "2026-04-13.1"}, rows=SHEET.rows[:1]
    )
    left = anew(note(answered), one)
    assert "Share the budget" in left and "Mend the lights" not in left
    twice = replace(MADE_ANEW, rows=(("2026-04-13.3", *SHEET.rows[0][1:]), *SHEET.rows))
    assert anew(note(text), twice).count("Mend the lights") == 2


def test_a_table_comes_and_goes_with_what_is_outstanding() -> None:
    none = framed(PREVIOUS, "Ours.\n\nNothing.\n\nTheirs.")
    begun = anew(note(none), SHEET)
    assert begun == framed(PREVIOUS, f"Ours.\n\n{table(SHEET, '')}\n\nTheirs.")
    assert anew(note(begun), replace(SHEET, rows=())) == none


def test_what_a_row_says_otherwise_than_its_action_is_told() -> None:
    source = note(BEGUN.replace("20 May 2026 (overdue)", "1 July 2026"))
    part = find(source, PREVIOUS)
    assert part
    assert refreshed(source, part, SHEET, "Nothing.").remarks == (
        "notes/2026-06-08.md:7: Due of 2026-04-13.1 stays '1 July 2026', as somebody wrote it; the action has "
        "'20 May 2026 (overdue)'",
    )


def test_a_table_without_a_rule_is_refused() -> None:
    with pytest.raises(RrbError, match=r"notes/2026-06-08\.md:5: no table"):
        anew(note(re.sub(r"\| ---.*\n", "", BEGUN)), SHEET)


def test_markers_may_be_spelt_in_capitals() -> None:
    assert find(note("<!-- RRB:Summary -->\n<!-- /RRB:SUMMARY -->\n"), SUMMARY)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("<!-- rrb:summary -->\n", "1: 'rrb:summary' is never closed"),
        ("a\n\n<!-- /rrb:summary -->\n", "3: '/rrb:summary' closes what nothing opens"),
        (framed(SUMMARY, "a") + framed(SUMMARY, "b"), "6: a second 'rrb:summary'"),
        ("<!-- rrb:summary -->\n<!-- rrb:summary -->\n", "1: 'rrb:summary' is never closed"),
    ],
)
def test_markers_that_are_no_pair_are_an_error_at_their_line(text: str, wrong: str) -> None:
    with pytest.raises(RrbError, match=re.escape(f"notes/2026-06-08.md:{wrong}")):
        find(note(text), SUMMARY)


def test_markers_in_code_are_none() -> None:
    assert find(note("```\n<!-- rrb:summary -->\n```\n"), SUMMARY) is None


def test_a_summary_that_people_wrote_keeps_what_only_it_says(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    path = tmp_path / "notes/2026-01-12.md"
    path.write_text(
        "# Board, 12 January 2026\r\n\r\n**Action:** NPS to mend the lights.\r\n\r\n**Action:** MPS to count the boats.\r\n\r\n"
        "## Action summary\r\n\r\n| Action | Owner |\r\n| --- | --- |\r\n| mend the lights | NPS |\r\n| count the boats | MPS |\r\n",
        newline="",
    )
    home = Home(tmp_path, tmp_path / "notes", Settings())
    book = open_book(home, tmp_path, TODAY)
    minutes = book.minutes[0]
    new = apply(minutes.source.text, adopted(minutes, book.actions, summary_of(minutes, book)))
    assert "| Owner |" not in new and "| 1 | NPS to mend the lights. | | 2026-01-12.1 |\r\n" in new
    assert "\n" not in new.replace("\r\n", "")


DISCUSSED = (
    "# Board, 12 January 2026\n\nPresent: NPS, MPS, Harbour Master (HM)\n\n## 1. Quay\n\n**Action:** NPS to mend the lights.\n\n"
    "**Action:** MPS to count the boats by 2 February 2026.\n\n## Action summary\n\n"
)


@pytest.fixture
def taken_over(tmp_path: Path) -> Callable[[str], str]:
    """What stands below the heading of a summary of people's once it is taken over, without rrb's own part."""
    (tmp_path / "notes").mkdir()
    home = Home(tmp_path, tmp_path / "notes", Settings())
    path = tmp_path / "notes/2026-01-12.md"

    def take_over(old: str) -> str:
        path.write_text(DISCUSSED + old)
        book = open_book(home, tmp_path, TODAY)
        minutes = book.minutes[0]
        new = apply(minutes.source.text, adopted(minutes, book.actions, summary_of(minutes, book)))
        assert new.startswith(DISCUSSED.rstrip())
        return re.sub(
            r"<!-- rrb:summary -->.*<!-- /rrb:summary -->", "…", new[len(DISCUSSED) :], flags=re.DOTALL
        )

    return take_over


@pytest.mark.parametrize(
    "kept",
    [
        "1. NPS to mend the lights\n   - ask the treasurer first",
        "- NPS to mend the lights <!-- by the big crane -->",
        "- NPS to mend the lights ([quote](http://lamps.example/7))",
        "- NPS and HM to mend the lights",
        "- NPS to mend the lights by 3 March 2026",
        "1\tmend the lights\tNPS\turgent",
    ],
)
def test_a_row_that_says_more_than_the_discussion_is_kept(
    taken_over: Callable[[str], str], kept: str
) -> None:
    rest = "2\tcount the boats\tMPS" if "\t" in kept else "- MPS to count the boats by 2 February 2026"
    assert taken_over(f"{kept}\n{rest}\n").strip() == f"{kept}\n\n…"


def test_columns_that_rrb_does_not_have_are_kept(taken_over: Callable[[str], str]) -> None:
    table = "| Action | Owner | Priority |\n| --- | --- | --- |\n| mend the lights | NPS | High |\n"
    assert taken_over(f"{table}| count the boats | MPS | |\n").strip() == f"{table}\n…"


def test_a_deadline_that_differs_is_kept(taken_over: Callable[[str], str]) -> None:
    rows = "- NPS to mend the lights\n- MPS to count the boats by 9 February 2026\n"
    assert taken_over(rows).strip() == "- MPS to count the boats by 9 February 2026\n\n…"


@pytest.mark.parametrize("mark", ["### {}", "**{}**"])
def test_headings_for_each_owner_go_with_their_rows(taken_over: Callable[[str], str], mark: str) -> None:
    nps, mps = mark.format("NPS"), mark.format("MPS")
    rows = f"{nps}\n\n- mend the lights\n\n{mps}\n\n- count the boats by 2 February 2026{{}}\n"
    assert taken_over(rows.format("")).strip() == "…"
    assert taken_over(rows.format(" from the pier")).strip() == (
        f"…\n\n{mps}\n\n- count the boats by 2 February 2026 from the pier"
    )


def test_the_heading_of_another_list_stays(taken_over: Callable[[str], str]) -> None:
    rows = "- NPS to mend the lights\n\n## Next steps\n\n- MPS to count the boats by 2 February 2026\n"
    assert taken_over(rows).strip() == "…\n\n## Next steps"


def test_headings_of_tabs_go_with_their_rows(taken_over: Callable[[str], str]) -> None:
    assert taken_over("Action\tOwner\nmend the lights\tNPS\ncount the boats\tMPS\n").strip() == "…"


ROW = "| 2026-01-12.1 | Mend the lights, and report at the next meeting on 3 August 2026 | NPS | | | | {} |"
FILLED = DISCUSSED.partition("**Action")[0].replace("12 January", "8 June") + (
    "{}\n\n" + framed(PREVIOUS, f"| {' | '.join(SHEET.heads)} |\n|{' --- |' * 7}\n{ROW}")
)


@pytest.mark.parametrize(
    "heading", ["## Attendees", "## Apologies", "## Next meeting", "## Previous actions"]
)
def test_a_table_of_rrbs_is_read_wherever_it_stands_and_says_nothing_of_the_meeting(
    tmp_path: Path, heading: str
) -> None:
    (tmp_path / "notes").mkdir()
    first, path = tmp_path / "notes/2026-01-12.md", tmp_path / "notes/2026-06-08.md"
    first.write_text(DISCUSSED)
    path.write_text(FILLED.format(heading, "Complete - all bright"))
    book = open_book(Home(tmp_path, tmp_path / "notes", Settings()), tmp_path, Date(2026, 7, 1))
    meeting = book.by_key()["2026-06-08"].meeting
    assert [name.name for name in meeting.attended] == ["NPS", "MPS", "Harbour Master (HM)"]
    assert not meeting.absent and meeting.next_meeting is None
    (action,) = [one for one in book.actions if one.ref == "2026-01-12.1"]
    assert [(one.status, one.reason) for one in action.history] == [(Status.COMPLETE, "all bright")]


@pytest.mark.parametrize(
    "key", ["2026-01-12 Harbour Board", "12 Jan [final] (2)", "a|b *2026-01-12*_x_", "Größe 2026-01-12"]
)
def test_a_note_may_have_any_name(tmp_path: Path, key: str) -> None:
    plant(tmp_path, {key: DISCUSSED})
    done(tmp_path, "summary", "--write", today="2026-06-01")
    done(tmp_path, "summary", "--check", key, today="2026-06-01")
    done(tmp_path, "new", "2026-06-08", today="2026-06-01")
    (draft,) = (one for one in (tmp_path / "notes").glob("*2026-06-08*"))
    draft.write_text(
        draft.read_text().replace(
            "raised on 12 January 2026 | |", "raised on 12 January 2026 | Complete |", 1
        )
    )
    shown = done(tmp_path, "actions", "--finished", today="2026-06-09").out
    assert shown.startswith(f"{key}.1\tcomplete")
    done(tmp_path, "new", "2026-06-08", today="2026-06-01")
    assert draft.read_text().count("Mend the lights") == 1


@pytest.mark.parametrize(
    ("last", "title"),
    [
        ("Board, Monday 12 January 2026", "Board, 8 June 2026"),
        ("Board 12/01/2026", "Board 8 June 2026"),
        ("Board 2026-01-12", "Board 8 June 2026"),
        ("Board, Mon 12th Jan", "Board, 8 June 2026"),
        ("Board, January 2026", "Board, June 2026"),
        ("The January meeting", "The June meeting"),
        ("Board, 12–13 January 2026", "Board, 8 June 2026"),
        ("May Day Board", "May Day Board"),
    ],
)
def test_the_title_of_the_last_note_with_another_day(last: str, title: str) -> None:
    meeting = Meeting("2026-01-12", "notes/2026-01-12.md", None, title=last, date=Date(2026, 1, 12))
    assert outlook(Date(2026, 6, 8), "2026-06-08", None, [meeting], ()).title == title


@pytest.mark.parametrize("board", ["..", "pier/..", "/tmp", "./pier"])
def test_a_new_note_stays_in_the_notes_folder(tmp_path: Path, board: str) -> None:
    plant(tmp_path, {"pier/2026-01-12": DISCUSSED, "pier/2026-02-09": DISCUSSED})
    answer = rrb(tmp_path, "new", f"{board}/2026-06-08", today="2026-06-01")
    assert answer.code == 2 and "unknown board" in answer.err
    assert not list(tmp_path.rglob("2026-06-08.md"))


def test_a_board_by_its_name_a_dot_and_a_day_with_slashes(tmp_path: Path) -> None:
    plant(tmp_path, {"2026-01-12": DISCUSSED})
    for word in ("08/06/2026", "./9 June 2026"):
        assert "2 actions outstanding" in done(tmp_path, "new", word, today="2026-06-01").out


@pytest.mark.parametrize(
    ("template", "wrong"),
    [
        ("{{ previous }}\n\n{{ previous }}\n", "3: 'previous' stands here a second time"),
        ("> {{ previous }}\n", "1: 'previous' is more than a line"),
        ("Present: {{ attendees }}\n", "1: 'attendees' is more than a line"),
    ],
)
def test_a_template_that_would_make_a_broken_note_is_refused(template: str, wrong: str) -> None:
    with pytest.raises(RrbError, match=re.escape(f"template.md:{wrong}")):
        filled(template, "template.md", {"previous": "a\n\nb", "attendees": "- a"}, ())


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--check", "--write"), "--check only looks"),
        (("--check", "--adopt"), "--check only looks"),
        (("--adopt", "--by", "owner"), "--by makes no sense beside --adopt"),
        (("--check", "--board", "nowhere"), "unknown board 'nowhere'"),
    ],
)
def test_options_of_a_summary_that_make_no_sense_together(
    tmp_path: Path, options: tuple[str, ...], why: str
) -> None:
    plant(tmp_path, {"pier/2026-01-12": DISCUSSED, "pier/2026-02-09": DISCUSSED})
    answer = rrb(tmp_path, "summary", *options, today="2026-06-01")
    assert answer.code == 2 and why in answer.err and not answer.out


def test_the_summaries_of_one_board_alone_are_looked_at(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            f"{board}/2026-0{n}-09": DISCUSSED.replace("12 January", f"9 {month}")
            for board in ("pier", "quay")
            for n, month in ((1, "January"), (2, "February"))
        },
    )
    done(tmp_path, "summary", "quay/2026-02-09", "--write", today="2026-06-01")
    path = tmp_path / "notes/quay/2026-02-09.md"
    path.write_text(path.read_text().replace("to mend the lights.\n", "to mend all the lamps.\n", 1))
    assert rrb(tmp_path, "summary", "--check", today="2026-06-01").code == 1
    assert rrb(tmp_path, "summary", "--check", "--board", "pier", today="2026-06-01").code == 0


def test_the_page_for_the_chair_is_one_page(tmp_path: Path) -> None:
    words = (
        "mend the lamps on the quay, the pier and the mole, and see that they are lit before the winter comes "
        * 4
    )
    raised = "".join(f"**Action:** NPS to {words} for the {n}th time.\n\n" for n in range(20))
    rows = "".join(f"| 2026-01-12.{n} | Rolled over - {words} | {n + 1} June 2026 |\n" for n in range(1, 15))
    table = f"## Actions from previous meeting\n\n| Ref | Action | Status | Due |\n| --- | --- | --- | --- |\n{rows}"
    table = table.replace(" | Rolled", " | Mend | Rolled")
    days = ("9 February", "9 March", "13 April", "11 May")
    later = {
        f"2026-0{n}-{day.split()[0]:0>2}": f"# Board, {day} 2026\n\n{table.replace(' June', f' {month}')}"
        for n, (day, month) in enumerate(zip(days, ("June", "July", "August", "May"), strict=True), 2)
    }
    plant(tmp_path, {"2026-01-12": f"# Board, 12 January 2026\n\n## 1. Quay\n\n{raised}", **later})
    shown = done(tmp_path, "summary", "--for", "chair", "--format", "text", today="2026-06-01").out
    assert shown.count("… and") == 2 and len(shown.splitlines()) < 75


def test_a_number_that_somebody_typed_into_the_summary_is_no_ref(tmp_path: Path) -> None:
    plant(tmp_path, {"2026-01-12": DISCUSSED})
    done(tmp_path, "summary", "--write", today="2026-06-01")
    path = tmp_path / "notes/2026-01-12.md"
    path.write_text(
        path.read_text().replace("\n\n<!-- /rrb", "\n| 1.2 | NPS to buy a rope | | |\n\n<!-- /rrb")
    )
    answer = rrb(tmp_path, "summary", "--write", today="2026-06-01")
    assert answer.code == 2 and "only the summary says 'buy a rope'" in answer.err


def test_a_day_on_which_two_boards_met_is_told_apart_by_the_board(tmp_path: Path) -> None:
    plant(tmp_path, {"pier/2026-01-12": DISCUSSED, "quay/2026-01-12": DISCUSSED})
    one = done(
        tmp_path, "summary", "2026-01-12", "--board", "quay", "--format", "json", today="2026-06-01"
    ).out
    assert '"meeting": "quay/2026-01-12"' in one
    assert rrb(tmp_path, "summary", "2026-01-12", today="2026-06-01").code == 2
