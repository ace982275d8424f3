"""The pictures of the README show what the program makes; `python tests/pictures.py` makes them anew."""

from pathlib import Path

import pytest
from rich.text import Text

import pictures

AGAIN = "the picture shows something else; make it anew: python tests/pictures.py"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return pictures.demo(tmp_path_factory.mktemp("demo"))


def test_the_terminal_shows_what_is_printed(made: tuple[str, str]) -> None:
    printed = Text.from_ansi(made[0]).plain
    svg = pictures.TERMINAL.read_text(encoding="utf-8")
    assert pictures.words_of(svg).endswith("".join(printed.split())), AGAIN
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", ""), (
        "a picture asks the network for nothing"
    )


def test_the_photograph_is_of_the_page_as_it_is_now(made: tuple[str, str]) -> None:
    assert pictures.mark_in(pictures.PAGE.read_bytes()) == pictures.mark_of(made[1]), AGAIN


def test_the_readme_shows_both() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    assert all(f"(tests/pictures/{one.name})" in readme for one in (pictures.TERMINAL, pictures.PAGE))
