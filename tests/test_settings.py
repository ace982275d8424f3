"""Settings: what may stand in `rrb.toml`, and where it and the notes are looked for."""

from pathlib import Path

import pytest

from rrbnotes.errors import RrbError
from rrbnotes.home import find, locate
from rrbnotes.settings import Settings, settings_of


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_nothing_set_is_the_default() -> None:
    assert settings_of({}, "rrb.toml") == Settings()


def test_lists_become_tuples() -> None:
    settings = settings_of(
        {"reading": {"markers": ["Decision"], "owners": "behind"}, "owners": {"MPS": ["the Met"]}}, "rrb.toml"
    )
    assert (settings.markers, settings.owners_stand) == (("Decision",), "behind")
    assert settings.owners == {"MPS": ("the Met",)}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"exclud": []}, "rrb.toml: unknown key 'exclud'; did you mean 'exclude'?"),
        ({"reading": {"markres": []}}, "unknown key 'reading.markres'; did you mean 'reading.markers'?"),
        ({"markers": []}, "rrb.toml: unknown key 'markers'; it stands as 'reading.markers'"),
        ({"reading": {"owners": "last"}}, "'reading.owners' must be one of before, behind, anywhere"),
        ({"reading": 3}, "unknown key 'reading'"),
        ({"notes": 3}, "rrb.toml: 'notes' must be a text, such as \"…\""),
        ({"exclude": "drafts"}, "rrb.toml: 'exclude' must be a list of texts"),
        ({"boards": []}, "rrb.toml: 'boards' must be a table"),
        ({"owners": {"MPS": "the Met"}}, "rrb.toml: 'owners.MPS' must be a list of texts"),
        ({"statuses": {"complet": ["gone"]}}, "unknown key 'statuses.complet'; did you mean 'complete'?"),
        (
            {"reading": {"sections": {"x": ["y"]}}},
            "unknown key 'reading.sections.x'; known are attendance, absence",
        ),
    ],
)
def test_what_is_wrong_is_said(values: dict[str, object], message: str) -> None:
    with pytest.raises(RrbError) as error:
        settings_of(values, "rrb.toml")
    assert message in str(error.value)


def test_all_problems_are_said_at_once() -> None:
    with pytest.raises(RrbError) as error:
        settings_of({"note": "x", "reading": {"markers": "y"}}, "rrb.toml")
    assert len(str(error.value).split("\n")) == 2


def test_a_folder_of_notes_needs_no_settings(tmp_path: Path) -> None:
    write(tmp_path / "notes" / "a.md", "# A")
    assert locate(tmp_path).notes == tmp_path / "notes"


def test_notes_are_found_from_below(tmp_path: Path) -> None:
    write(tmp_path / "notes" / "lcrb" / "a.md", "# A")
    assert locate(tmp_path / "notes" / "lcrb").root == tmp_path


def test_the_search_stops_at_the_top_of_a_checkout(tmp_path: Path) -> None:
    write(tmp_path / "notes" / "a.md", "# A")
    (tmp_path / "checkout" / ".git").mkdir(parents=True)
    assert find(tmp_path / "checkout") is None


def test_no_notes_anywhere_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(RrbError, match=r"no folder 'notes' in .* make one"):
        locate(tmp_path)


def test_the_settings_name_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "minutes" / "a.md", "# A")
    write(tmp_path / "rrb.toml", 'notes = "minutes"')
    home = locate(tmp_path / "minutes")
    assert (home.root, home.notes) == (tmp_path, tmp_path / "minutes")


def test_a_pyproject_with_our_table_counts(tmp_path: Path) -> None:
    write(tmp_path / "notes" / "a.md", "# A")
    write(tmp_path / "pyproject.toml", '[tool.rrb]\nreading.markers = ["Todo"]')
    assert locate(tmp_path).settings.markers == ("Todo",)


def test_a_pyproject_without_our_table_does_not(tmp_path: Path) -> None:
    write(tmp_path / "notes" / "a.md", "# A")
    write(tmp_path / "sub" / "pyproject.toml", '[project]\nname = "rrb-fan"')
    assert locate(tmp_path / "sub").root == tmp_path


def test_named_settings_win_and_start_from_their_folder(tmp_path: Path) -> None:
    write(tmp_path / "notes" / "a.md", "# A")
    write(tmp_path / "other" / "minutes" / "a.md", "# A")
    config = write(tmp_path / "other" / "x.toml", 'notes = "minutes"')
    assert locate(tmp_path, config).notes == tmp_path / "other" / "minutes"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('notes = "../elsewhere"', "leads out of the folder"),
        ('notes = "/etc"', "leads out of the folder"),
        ('notes = "minutes"', "no such folder"),
        ("notes = ", "not valid TOML"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    write(tmp_path / "board" / "rrb.toml", text)
    with pytest.raises(RrbError, match=message):
        locate(tmp_path / "board")


@pytest.mark.parametrize("settings", [None, "[check]\nignore = ['no-due']"])
def test_a_notes_folder_that_is_a_link_elsewhere_is_told_how_to_be_a_board(
    tmp_path: Path, settings: str | None
) -> None:
    write(tmp_path / "cloud" / "Minutes" / "a.md", "# A")
    (tmp_path / "board").mkdir()
    if settings:
        write(tmp_path / "board" / "rrb.toml", settings)
    (tmp_path / "board" / "notes").symlink_to(tmp_path / "cloud" / "Minutes")
    with pytest.raises(RrbError, match=r"leads out of .*rrb\.toml .*cloud/Minutes"):
        locate(tmp_path / "board")
    write(tmp_path / "cloud" / "Minutes" / "rrb.toml", 'notes = "."')
    assert locate(tmp_path / "cloud" / "Minutes").notes == tmp_path / "cloud" / "Minutes"


def test_somebodys_linked_notes_above_keep_nobody_from_a_board_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "cloud").mkdir()
    (tmp_path / "home" / "board").mkdir(parents=True)
    (tmp_path / "home" / "notes").symlink_to(tmp_path / "cloud")
    assert find(tmp_path / "home" / "board") is None


def test_missing_settings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RrbError, match="there is no such file"):
        locate(tmp_path, tmp_path / "none.toml")
