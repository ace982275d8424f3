"""A board whose owners are asked how their actions stand."""

import email
import email.policy
from datetime import date as Date
from email.message import EmailMessage
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rrbnotes.book import Notebook
from rrbnotes.cli.main import app
from rrbnotes.notebook import load
from rrbnotes.reconciling.standing import standings
from rrbnotes.render.documents import PAPERS, eml
from rrbnotes.render.page import Page
from rrbnotes.settings import Settings
from rrbnotes.views.chase import paper
from rrbnotes.views.entries import entries
from rrbnotes.views.requests import Request, requests

TODAY = Date(2026, 2, 2)
JANUARY = """# Harbour Users Board, 12 January 2026

Present: Lantern Trust (LT), Quay Police (QP), Tide Office (TO)

## 2. Lights

**Action:** LT to mend the pier lamps by 30 January 2026
**Action:** QP and LT to count the boats by 1 March 2026
**Action:** TO to draft a poster
**Action:** Partners to send their figures
**Action:** a bench to be painted

## Next meeting

Monday 9 February 2026, 10:00
"""


def read(notes: Path, text: str = JANUARY, settings: Settings | None = None) -> Notebook:
    (notes / "2026-01-12.md").write_text(text, encoding="utf-8")
    return load(notes, notes, settings or Settings())


def asked_in(book: Notebook, today: Date = TODAY) -> dict[str, Request]:
    standing = standings(book.meetings, book.register, today)
    return {one.owner: one for one in requests(book, entries(book.register.actions, standing, today), today)}


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one meeting, whose actions have refs that stay."""
    folder = tmp_path_factory.mktemp("board")
    (folder / "notes").mkdir()
    read(folder / "notes")
    assert rrb(folder, "sync").exit_code == 0
    return folder


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Notebook:
    return read(tmp_path_factory.mktemp("notes"))


def rrb(folder: Path, *words: str) -> Result:
    environment = {"COLUMNS": "80", "RRB_NO_FSYNC": "1"}
    return CliRunner().invoke(app, ["-C", str(folder), "--today", TODAY.isoformat(), *words], env=environment)


def mail_to(request: Request, *addresses: str, name: str = "") -> EmailMessage:
    data = eml.write(paper(request, TODAY), name or request.owner, addresses)
    assert data == eml.write(paper(request, TODAY), name or request.owner, addresses)
    assert b"\n" not in data.replace(b"\r\n", b"")
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not any(part.defects for part in message.walk())
    return message


def text_for(request: Request, format: str = "text") -> str:
    return str(PAPERS[format].write(paper(request, TODAY), Page(200)))
