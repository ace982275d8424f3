"""A folder of notes to a notebook: which files count, to which board, and what a bad one does to the others."""

import os
from datetime import date as Date
from pathlib import Path

import pytest

from conftest import Write
from rrbnotes.book import Notebook
from rrbnotes.model import Status
from rrbnotes.notebook import load
from rrbnotes.reconciling.standing import standings
from rrbnotes.settings import Settings
from rrbnotes.shelf import notes_in
from rrbnotes.single import Parsed, parse
from rrbnotes.source import Unreadable

NOTE = "# Skerry Harbour Board\n\n## Actions\n\n- Harbour Office to mend the mole\n"


def opened(notes: Path, **settings: object) -> Notebook:
    return load(notes, notes, Settings(**settings))  # type: ignore[arg-type]


def keys(book: Notebook) -> list[str]:
    return [meeting.key for meeting in book.meetings]


BAD = {
    "not-utf8": b"# Board\n\nCaf\xe9\n",
    "conflict-marker": b"<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n",
    "too-large": b"x" * 70_000,
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_note_never_hides_the_others(name: str, write_notes: Write) -> None:
    notes = write_notes({"2026-01-12.md": NOTE, "2026-02-09.md": BAD[name], "2026-03-09.md": NOTE})
    book = opened(notes)
    assert keys(book) == ["2026-01-12", "2026-03-09"]
    assert [action.ref for action in book.register.actions] == ["2026-01-12.1"]
    (found,) = book.diagnostics
    assert (found.name, found.at.path) == (name, "2026-02-09.md")


def test_a_folder_and_a_broken_link_named_like_notes(write_notes: Write) -> None:
    notes = write_notes({"2026-01-12.md": NOTE, "folder.md/inner.txt": "no note"})
    (notes / "link.md").symlink_to(notes / "nowhere.md")
    book = opened(notes)
    assert keys(book) == ["2026-01-12"]
    assert {found.at.path for found in book.diagnostics} == {"link.md"}


def test_all_notes_bad_and_no_notes_at_all(write_notes: Write) -> None:
    assert opened(write_notes({"a.txt": "no note"})) == Notebook((), opened(write_notes({})).register)
    book = opened(write_notes({"a.md": BAD["not-utf8"], "b.md": BAD["conflict-marker"]}))
    assert not book.meetings and not book.register.actions
    assert [found.name for found in book.diagnostics] == ["not-utf8", "conflict-marker"]


@pytest.mark.parametrize("depth", [8, 49, 50, 98, 99, 100, 1_000])
def test_deep_lists_are_read_or_said_to_be_too_deep(depth: int, write_notes: Write) -> None:
    deep = "".join(f"{'  ' * n}- level {n}\n" for n in range(depth))
    text = f"{NOTE}\n## Deep\n\n{deep}{'  ' * depth}- **Action:** Coast Rangers to dive\n\nThe end.\n"
    check_deep(text, "dive", write_notes)


@pytest.mark.parametrize("depth", [8, 49, 50, 98, 99, 100, 1_000])
def test_deep_quotations_are_read_or_said_to_be_too_deep(depth: int, write_notes: Write) -> None:
    check_deep(f"{NOTE}\n{'>' * depth} **Action:** Coast Rangers to dive\n", "dive", write_notes)


@pytest.mark.parametrize("depth", [8, 49, 50, 98, 99, 100, 1_000])
def test_deep_markup_is_read_or_said_to_be_too_deep(depth: int, write_notes: Write) -> None:
    brackets = f"{'[' * depth}deep{']' * depth}"
    tags = f"{'<div>' * depth}deep{'</div>' * depth}"
    check_deep(
        f"{NOTE}\n**Action:** Coast Rangers to dive {brackets}\n\n{tags}\n", f"dive {brackets}", write_notes
    )


def check_deep(text: str, words: str, write_notes: Write) -> None:
    book = opened(write_notes({"2026-01-12.md": text}))
    found = {action.action for action in book.register.actions}
    assert "mend the mole" in found
    if words not in found:
        (diagnostic,) = book.diagnostics
        assert diagnostic.name == "too-deep"
        assert 1 <= diagnostic.at.line <= text.count("\n")


def test_shallow_nesting_is_no_finding(write_notes: Write) -> None:
    deep = "".join(f"{'  ' * n}- level {n}\n" for n in range(8))
    assert not opened(write_notes({"2026-01-12.md": deep})).diagnostics


def test_a_readme_is_a_note_only_where_it_is_alone(write_notes: Write) -> None:
    notes = write_notes(
        {
            "README.md": "# About these notes\n",
            "2026-01-12.md": NOTE,
            "2026-02-09/README.md": NOTE,
            "2026-03-09/index.md": NOTE,
            "2026-04-13/index.md": NOTE,
            "2026-04-13/paper.md": "# A paper\n",
            "lights/Index.md": "# All meetings\n",
            "lights/2026-01-12.md": NOTE,
        }
    )
    assert keys(opened(notes)) == [
        "2026-01-12",
        "2026-02-09/README",
        "2026-03-09/index",
        "2026-04-13/paper",
        "lights/2026-01-12",
    ]


def boards(notes: Path, **settings: object) -> dict[str, str | None]:
    found = notes_in(notes, notes, Settings(**settings))  # type: ignore[arg-type]
    return {note.key: note.board for note in found}


def test_a_board_is_the_folders_that_say_who(write_notes: Write) -> None:
    beside = {"lights/2024/a.md": NOTE, "lights/2024/b.md": NOTE, "lights/works/2024-05/a.md": NOTE}
    beside |= {"lights/works/2024-05/b.md": NOTE, "Q1/a.md": NOTE, "Q1/b.md": NOTE, "minutes/a.md": NOTE}
    beside |= {"minutes/b.md": NOTE, "2013-meetings/a.md": NOTE, "2013-meetings/b.md": NOTE, "top.md": NOTE}
    assert boards(write_notes(beside)) == {
        "lights/2024/a": "lights",
        "lights/2024/b": "lights",
        "lights/works/2024-05/a": "lights/works",
        "lights/works/2024-05/b": "lights/works",
        "Q1/a": None,
        "Q1/b": None,
        "minutes/a": None,
        "minutes/b": None,
        "2013-meetings/a": None,
        "2013-meetings/b": None,
        "top": None,
    }


def test_a_folder_that_holds_one_note_alone_is_no_board(write_notes: Write) -> None:
    notes = write_notes({"lights/2024/spring/notes.md": NOTE, "harbour/a.md": NOTE, "harbour/b.md": NOTE})
    assert boards(notes) == {
        "lights/2024/spring/notes": "lights",
        "harbour/a": "harbour",
        "harbour/b": "harbour",
    }


def test_settings_name_boards_by_glob_and_the_first_that_fits_counts(write_notes: Write) -> None:
    notes = write_notes(
        {"a/2026-01-12.md": NOTE, "a/2026-02-09.md": NOTE, "b/x/1.md": NOTE, "b/x/2.md": NOTE}
    )
    assert boards(notes, boards={"a/2026-01*": "winter", "a/*": "summer", "b/*": ""}) == {
        "a/2026-01-12": "winter",
        "a/2026-02-09": "summer",
        "b/x/1": None,
        "b/x/2": None,
    }


def test_exclude_leaves_files_out(write_notes: Write) -> None:
    notes = write_notes({"2026-01-12.md": NOTE, "2026-02-09.md": BAD["not-utf8"], "papers/fees.md": NOTE})
    book = opened(notes, exclude=("papers/*", "2026-02-09.md"))
    assert keys(book) == ["2026-01-12"] and not book.diagnostics


def test_only_visible_markdown_files_are_notes(write_notes: Write) -> None:
    files = dict.fromkeys(
        [".hidden.md", ".rrb/cache.md", "a.txt", "b.markdown", "actions.yaml", "TEMPLATE.md"], NOTE
    )
    assert keys(opened(write_notes({**files, "2026-01-12.md": NOTE}))) == ["2026-01-12"]


def test_a_suffix_in_capitals_is_no_part_of_the_key(write_notes: Write) -> None:
    assert keys(opened(write_notes({"2026-01-12.MD": NOTE}))) == ["2026-01-12"]


def test_links_out_of_the_folder_are_named_and_not_followed(write_notes: Write, tmp_path: Path) -> None:
    notes = write_notes({"2026-01-12.md": NOTE})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(NOTE)
    (notes / "2026-02-09.md").symlink_to(outside / "secret.md")
    (notes / "more").symlink_to(outside, target_is_directory=True)
    (notes / "2026-03-09.md").symlink_to(notes / "2026-01-12.md")
    (outside / "pictures").mkdir()
    (notes / "pictures").symlink_to(outside / "pictures", target_is_directory=True)
    book = opened(notes)
    assert keys(book) == ["2026-01-12", "2026-03-09"]
    assert [(one.name, one.at.path) for one in book.diagnostics] == [
        ("not-a-file", "2026-02-09.md"),
        ("not-a-file", "more/"),
    ]
    assert not opened(notes, exclude=("2026-02-*", "more/*")).diagnostics


def test_a_folder_that_holds_itself_ends(write_notes: Write) -> None:
    notes = write_notes({"2026-01-12.md": NOTE})
    (notes / "loop").symlink_to(notes, target_is_directory=True)
    assert keys(opened(notes)) == ["2026-01-12"]


def test_paths_are_shown_from_where_rrb_works(write_notes: Write) -> None:
    notes = write_notes({"lights/2026-01-12.md": NOTE, "lights/2026-02-09.md": NOTE})
    book = load(notes, notes.parent, Settings())
    assert [meeting.path for meeting in book.meetings] == [
        "notes/lights/2026-01-12.md",
        "notes/lights/2026-02-09.md",
    ]
    assert str(book.register.actions[0].first_seen.at) == "notes/lights/2026-01-12.md:5"


REPORTS = {
    "2026-01-12.md": NOTE,
    "2026-02-09.md": "## Previous actions\n\n- Harbour Office to mend the mole - ongoing\n",
    "2026-03-09.md": "## Previous actions\n\n- Harbour Office to mend the mole - done\n\n## Actions\n\n- All to cheer\n",
}


@pytest.mark.parametrize(
    ("day", "status", "actions"),
    [
        (Date(2026, 1, 11), None, 0),
        (Date(2026, 1, 12), Status.OPEN, 1),
        (Date(2026, 2, 28), Status.ONGOING, 1),
        (Date(2026, 3, 9), Status.COMPLETE, 2),
        (None, Status.COMPLETE, 2),
    ],
)
def test_as_at_leaves_out_what_came_later(
    day: Date | None, status: Status | None, actions: int, write_notes: Write
) -> None:
    notes = write_notes(REPORTS)
    found = load(notes, notes, Settings(), as_at=day).register.actions
    assert len(found) == actions
    assert [action.status for action in found][:1] == ([status] if status else [])


def test_a_note_of_the_future_is_a_draft(write_notes: Write) -> None:
    book = opened(write_notes(REPORTS))
    assert [m.key for m in book.meetings if m.is_draft(Date(2026, 2, 9))] == ["2026-03-09"]
    quiet = opened(write_notes({"2026-04-13.md": "# Board\n"}))
    ref = quiet.register.actions[-1].ref
    assert standings(quiet.meetings, quiet.register, Date(2026, 4, 12))[ref].carried.silent == 0
    assert standings(quiet.meetings, quiet.register, Date(2026, 4, 13))[ref].carried.silent == 1


def test_the_order_in_which_files_were_made_does_not_matter(write_notes: Write, tmp_path: Path) -> None:
    notes = write_notes(dict(reversed(REPORTS.items())))
    book = opened(notes)
    for name in REPORTS:
        os.rename(notes / name, tmp_path / name)
        os.rename(tmp_path / name, notes / name)
    assert opened(notes) == book
    assert keys(book) == ["2026-01-12", "2026-02-09", "2026-03-09"]


def test_parse_learns_from_the_neighbours(write_notes: Write) -> None:
    notes = write_notes(
        {
            "2026-01-12.md": "## Present\n\nMaritime Aid (MA)\n",
            "2026-02-09.md": "## Actions\n\n- Buy ropes (MA)\n",
            "lights/2026-02-09.md": "## Actions\n\n- Sell ropes (MA)\n",
            "lights/2026-03-09.md": "# Lights\n",
        }
    )

    def owners(note: str, neighbours: Path | None) -> tuple[str, ...]:
        read = parse(notes / note, neighbours, notes, Settings())
        assert isinstance(read, Parsed)
        return read.meeting.mentions[0].owners

    assert owners("2026-02-09.md", notes) == ("MA",)
    assert owners("2026-02-09.md", None) == ()
    assert owners("lights/2026-02-09.md", notes) == ()


def test_parse_says_why_a_note_cannot_be_read(write_notes: Write) -> None:
    notes = write_notes({"2026-01-12.md": BAD["not-utf8"]})
    found = parse(notes / "2026-01-12.md", notes, notes, Settings())
    assert isinstance(found, Unreadable) and str(found.at) == "2026-01-12.md:3"
    assert isinstance(parse(notes / "missing.md", notes, notes, Settings()), Unreadable)


def test_an_unknown_status_is_said_with_the_nearest_known_one(write_notes: Write) -> None:
    table = "| Action | Owner | Status |\n|---|---|---|\n"
    rows = "| Dig | HO | Compleet |\n| Fill | HO | the digger broke down |\n| Rake | HO | Done |\n"
    folder = write_notes({"2026-01-12.md": f"## Actions\n\n{table}{rows}"})
    found = [str(one) for one in load(folder, folder.parent, Settings()).diagnostics]
    assert found == [
        "notes/2026-01-12.md:5: error: 'Compleet' is no known status; did you mean 'complete'? (unknown-status)"
    ]
