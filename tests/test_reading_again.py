"""A folder read a second time, with other texts for some of its notes: the same book, for less work."""

import gc
from dataclasses import fields
from datetime import date
from pathlib import Path
from weakref import ref

from rrbnotes.checks.book import Book, open_book
from rrbnotes.checks.evidence.once import once
from rrbnotes.home import locate
from rrbnotes.notebook import Minutes

TODAY = date(2026, 3, 1)
JANUARY = "# Harbour board, 12 January 2026\n\nPresent: Quay Trust, Tide Office\n\n**Action:** Quay Trust to paint the buoys.\n"
FEBRUARY = "# Harbour board, 9 February 2026\n\nPresent: Quay Trust, Tide Office\n\n<b>Bold</b> words.\n"


def folder(where: Path) -> Path:
    (where / "notes").mkdir()
    (where / "notes" / "2026-01-12.md").write_text(JANUARY, encoding="utf-8")
    (where / "notes" / "2026-02-09.md").write_text(FEBRUARY, encoding="utf-8")
    return where


def book(where: Path, texts: dict[str, str], before: Book | None = None) -> Book:
    return open_book(locate(where), where, TODAY, texts, before)


def seen(found: Book) -> list[object]:
    """Everything of a book's notes but their lore's tables, which are themselves and no other."""
    names = [field.name for field in fields(Minutes) if field.name != "lore"]
    notes = [(one.lore.taught, [getattr(one, name) for name in names]) for one in found.minutes]
    return [*notes, found.actions, found.notebook.diagnostics]


def test_only_the_changed_note_is_read_again(tmp_path: Path) -> None:
    first = book(folder(tmp_path), {})
    texts = {"notes/2026-02-09.md": FEBRUARY.replace("<b>Bold</b>", "**Bold**")}
    again = book(tmp_path, texts, first)
    assert seen(again) == seen(book(tmp_path, texts))
    assert again.minutes[0] is first.minutes[0]
    assert again.minutes[1] is not first.minutes[1]


def test_where_the_board_learns_something_else_all_notes_are_read_again(tmp_path: Path) -> None:
    first = book(folder(tmp_path), {})
    texts = {"notes/2026-02-09.md": FEBRUARY.replace("Tide Office", "Tide Office, Gull Society (GS)")}
    again = book(tmp_path, texts, first)
    assert seen(again) == seen(book(tmp_path, texts))
    assert again.minutes[0] is not first.minutes[0]


def test_a_report_that_is_gone_is_gone(tmp_path: Path) -> None:
    report = FEBRUARY + "\n## Actions from previous meeting\n\n- Quay Trust to paint the buoys - done\n"
    texts = {"notes/2026-02-09.md": report}
    first = book(folder(tmp_path), texts)
    assert [str(one.status) for one in first.actions] == ["complete"]
    texts = {"notes/2026-02-09.md": FEBRUARY}
    again = book(tmp_path, texts, first)
    assert [str(one.status) for one in again.actions] == ["open"]
    assert seen(again) == seen(book(tmp_path, texts))


def test_a_byte_order_mark_is_no_part_of_the_text_but_of_the_note(tmp_path: Path) -> None:
    file = folder(tmp_path) / "notes" / "2026-01-12.md"
    file.write_text(JANUARY, encoding="utf-8-sig")
    first = book(tmp_path, {})
    again = book(tmp_path, {"notes/2026-01-12.md": JANUARY}, first)
    assert [one.minutes[0].source.encoding for one in (first, again)] == ["utf-8-sig", "utf-8"]


class _Thing:
    """Something to be looked at."""


def test_what_is_looked_at_once_is_kept_no_longer_than_the_thing() -> None:
    looked: list[int] = []

    @once
    def look(thing: _Thing) -> list[int]:
        looked.append(1)
        return [len(looked)]

    one, other = _Thing(), _Thing()
    assert look(one) is look(one)
    assert (look(other), len(looked)) == ([2], 2)
    gone = ref(one)
    del one
    gc.collect()
    assert gone() is None
