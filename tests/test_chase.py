"""The texts for owners: who is asked what, in which files, and what a mail program gets."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Date
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as open_docx

from asking import TODAY, asked_in, board, book, mail_to, read, rrb, text_for
from rrbnotes.book import Notebook
from rrbnotes.errors import RrbError
from rrbnotes.keeping.replies import Reply, read_replies
from rrbnotes.model import NextMeeting
from rrbnotes.owners import Party, directory
from rrbnotes.render.documents import PAPERS
from rrbnotes.render.page import Page
from rrbnotes.settings import Settings
from rrbnotes.source import Location
from rrbnotes.views.addresses import Addresses, checked, read_addresses
from rrbnotes.views.chase import paper
from rrbnotes.views.requests import everybody, file_names, named
from rrbnotes.views.sources import Web

__all__ = ["board", "book"]

# Who is asked what


def test_a_joint_action_is_asked_of_each_of_its_owners(book: Notebook) -> None:
    asked = asked_in(book)
    assert {owner: [entry.action.ref for entry in one.entries] for owner, one in asked.items()} == {
        "LT": ["2026-01-12.1", "2026-01-12.2"],
        "Partners": ["2026-01-12.4"],
        "QP": ["2026-01-12.2"],
        "TO": ["2026-01-12.3"],
    }
    assert "Count the boats by 1 March 2026 (with QP)" in text_for(asked["LT"])


def test_whoever_gets_a_text_needs_to_know_nothing_of_the_program(book: Notebook) -> None:
    words = text_for(asked_in(book)["LT"], "markdown")
    assert not [word for word in (".md", "rrb", "carried", "| open |") if word in words]


def test_a_board_that_only_its_folder_names_is_called_one(book: Notebook) -> None:
    request = replace(asked_in(book)["QP"], board="quay", body="quay")
    assert "The board quay has one outstanding action for QP" in text_for(request)


def test_a_text_says_what_is_asked_and_until_when(book: Notebook) -> None:
    words = " ".join(text_for(asked_in(book)["LT"]).split())
    assert "The Harbour Users Board has 2 outstanding actions for LT, 1 of them overdue." in words
    assert "The next meeting is on 9 February 2026 (10:00)." in words
    assert "sending this back by 6 February 2026. Thank you." in words  # the Friday before a Monday
    assert (
        "due 30 January 2026, overdue · no progress reported yet · raised on 12 January 2026, item 2. Lights"
        in words
    )


@pytest.mark.parametrize("day", [Date(2026, 2, 9), Date(2026, 2, 10)])
def test_a_day_that_is_over_is_not_asked_for(book: Notebook, day: Date) -> None:
    request = asked_in(book, day)["LT"]
    assert request.reply_by is None
    assert (request.meeting is not None) is (day == Date(2026, 2, 9))
    assert "sending this back before the next meeting" in " ".join(text_for(request).split())


def test_a_meeting_with_a_note_of_its_own_is_the_next_one(tmp_path: Path) -> None:
    (tmp_path / "2026-02-11.md").write_text("# Harbour Users Board, 11 February 2026\n")
    meeting = asked_in(read(tmp_path))["LT"].meeting
    assert meeting == NextMeeting(Date(2026, 2, 11))


def test_the_members_of_a_group_are_asked_in_its_stead(tmp_path: Path) -> None:
    book = read(tmp_path, settings=Settings(members={"Partners": ("LT", "Gull Club")}))
    asked = asked_in(book)
    assert named(book, ["gull club"], TODAY) == {(None, "Gull Club")}
    assert sorted(asked) == ["Gull Club", "LT", "QP", "TO"]
    assert "Send their figures (as one of Partners)" in text_for(asked["Gull Club"])


def test_groups_within_groups_have_an_end() -> None:
    known = directory([Party("All", (), ("Core", "TO")), Party("Core", (), ("LT", "All"))])
    assert list(everybody(["All", "LT"], known)) == ["LT", "TO"]


def test_a_changed_date_and_the_meetings_that_passed_are_said(tmp_path: Path) -> None:
    (tmp_path / "2026-01-26.md").write_text(
        "# Harbour Users Board, 26 January 2026\n\n## Actions from the previous meeting\n\n"
        "| Action | Owner | Due | Status |\n| --- | --- | --- | --- |\n"
        "| mend the pier lamps | LT | 28 February 2026 | Rolled over - no bulbs |\n"
    )
    words = " ".join(text_for(asked_in(read(tmp_path))["LT"]).split())
    assert (
        "due 28 February 2026 (first due 30 January 2026) · rolled over: no bulbs; still outstanding after 1 more meeting"
        in words
    )


# Files


def test_every_owner_has_a_file_that_every_system_takes() -> None:
    names = ["Con", "aux", "A/B", "a b", "Ωμέγα", "../..", "Crêpes & Co.", "x" * 300, "Lpt1"]
    files = file_names([(None, name) for name in names])
    assert files[None, "Crêpes & Co."] == "crepes-co"
    assert (files[None, "Con"], files[None, "aux"], files[None, "Lpt1"]) == (
        "con-owner",
        "aux-owner",
        "lpt1-owner",
    )
    assert files[None, "A/B"].startswith("a-b-") and files[None, "a b"].startswith("a-b-")
    assert len({name.casefold() for name in files.values()}) == len(names)
    assert all(0 < len(name) <= 60 and name.isascii() and "/" not in name for name in files.values())


def test_the_same_owner_of_two_boards_has_two_files() -> None:
    assert set(file_names([("east", "LT"), ("west", "LT")]).values()) == {"east-lt", "west-lt"}


def test_a_file_that_says_something_else_stays(board: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = rrb(board, "chase", "--output", str(out))
    assert first.exit_code == 0
    assert first.stdout.splitlines()[0] == f"{out}/lt.md: LT, 2 actions, 1 overdue"
    assert rrb(board, "chase", "--output", str(out)).exit_code == 0  # they are as they were
    (out / "qp.md").write_text("Dear colleagues")
    refused = rrb(board, "chase", "--output", str(out))
    assert refused.exit_code == 2
    assert "qp.md is there already and would be replaced; nothing was written" in refused.stderr
    assert (out / "qp.md").read_text() == "Dear colleagues"
    assert rrb(board, "chase", "--output", str(out), "--force").exit_code == 0
    assert (out / "qp.md").read_text().startswith("# Action for QP: Harbour Users Board\n")


def test_an_old_text_is_not_taken_for_a_new_one(board: Path, tmp_path: Path) -> None:
    (tmp_path / "moved-away.md").write_text("old")
    result = rrb(board, "chase", "--output", str(tmp_path), "--owner", "LT")
    assert "moved-away.md is none of today's texts; if it is from an earlier run, delete it" in result.stderr


def test_the_text_of_an_owner_who_is_done_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    read(tmp_path / "notes")
    assert rrb(tmp_path, "chase", "--output", "out").exit_code == 0
    assert rrb(tmp_path, "update", "2026-01-12.3", "done").exit_code == 0
    result = rrb(tmp_path, "chase", "--output", "out", "--owner", "LT", "--force")
    assert "out/to.md: from an earlier run; TO has nothing outstanding now – delete it" in result.stderr
    assert "qp.md" not in result.stderr  # it was only not asked for this time


def test_each_action_leads_to_its_line_on_the_web(board: Path) -> None:
    site = "https://example.org/board/blob/main"
    words = rrb(board, "chase", "--owner", "TO", "--link-base", site).stdout
    raised = "raised on 12 January 2026, item 2. Lights"
    assert f"[{raised}](<{site}/notes/2026-01-12.md#L9>)" in words
    assert raised in rrb(board, "chase", "--owner", "TO").stdout
    below = rrb(board / "notes", "chase", "--owner", "TO", "--link-base", f"{site}/", "--format", "text")
    assert f"<{site}/notes/2026-01-12.md#L9>" in below.stdout


def test_the_address_of_a_note_is_one_whatever_its_name() -> None:
    web = Web("https://example.org/", "minutes")
    odd = "https://example.org/minutes/a%20b%7C%3C1%3E%23%3F%C3%A9.md#L3"
    assert web.link(Location("a b|<1>#?é.md", 3)) == odd
    assert web.link(Location("../notes/x.md", 3)) == "https://example.org/notes/x.md#L3"
    assert [web.link(Location(path, 3)) for path in ("../../x.md", "/x.md")] == ["", ""]
    assert web.link(None) == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--output", "notes/out"), "is in the notes folder"),
        (("--output", "notes/2026-01-12.md"), "is in the notes folder"),
        (("--output", "out", "--format", "json"), "json is one text for all"),
        (("--output", "sheets.csv", "--format", "csv"), "--output sheets.csv is a file; name a folder"),
        (("--format", "html"), "html has a file for each owner, and there are 4; name a folder"),
        (("--format", "pdf"), "unknown format 'pdf'"),
        (("--addresses", "a.csv"), "add --format eml"),
        (("--link-base", "javascript:alert(1)"), "--link-base javascript:alert(1): no address"),
        (("--link-base", "https://example.org/ "), "no address that notes can lie below"),
        (("--link-base", "https://me:secret@example.org/"), "no address that notes can lie below"),
        (("--link-base", "https://example.org/<b>"), "no address that notes can lie below"),
        (("--format", "eml", "--addresses", "a.csv"), "a.csv: cannot be read"),
    ],
)
def test_what_cannot_be_done_is_refused(board: Path, words: Sequence[str], said: str) -> None:
    result = rrb(board, "chase", *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_nobody_to_ask_is_said(board: Path) -> None:
    result = rrb(board, "chase", "--owner", "Tide Office", "--overdue")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (
        "nobody is asked: no outstanding action with an owner for --owner 'Tide Office' --overdue"
        in result.stderr
    )


def test_programs_get_the_actions_by_owner(board: Path) -> None:
    owners = json.loads(rrb(board, "chase", "--format", "json").stdout)["owners"]
    assert [one["owner"] for one in owners] == ["LT", "Partners", "QP", "TO"]
    assert (owners[0]["next_meeting"], owners[0]["reply_by"]) == ("2026-02-09", "2026-02-06")
    assert (
        owners[0]["actions"]
        == json.loads(rrb(board, "actions", "--owner", "LT", "--format", "json").stdout)["actions"]
    )


# Mails


def test_a_mail_is_a_draft_with_text_page_and_sheet(book: Notebook) -> None:
    mail = mail_to(asked_in(book)["LT"], "lamps@example.org", "pier@example.org")
    assert dict(mail.items()) == {
        "Subject": "Actions for LT: Harbour Users Board",
        "To": "LT <lamps@example.org>, LT <pier@example.org>",
        "X-Unsent": "1",
        "MIME-Version": "1.0",
        "Content-Type": mail["Content-Type"],
    }
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/csv"]
    (sheet,) = mail.iter_attachments()
    assert sheet.get_filename() == "replies.csv"
    body = mail.get_body(("plain",))
    assert isinstance(body, EmailMessage) and "attached as replies.csv" in body.get_content()
    data = sheet.get_payload(decode=True)
    assert isinstance(data, bytes)
    assert read_replies(data, "replies.csv") == [Reply(2, "2026-01-12.1"), Reply(3, "2026-01-12.2")]


def test_a_mail_without_an_address_is_to_nobody(book: Notebook) -> None:
    assert mail_to(asked_in(book)["LT"])["To"] is None


def test_no_name_breaks_out_of_its_header(tmp_path: Path) -> None:
    name = 'Évreux, "Q"\r\nBcc: spy@example.org'
    mail = mail_to(asked_in(read(tmp_path))["LT"], "a@example.org", name=name)
    assert mail["Bcc"] is None
    assert [(one.display_name, one.addr_spec) for one in mail["To"].addresses] == [
        ('Évreux, "Q" Bcc: spy@example.org', "a@example.org")
    ]


@pytest.mark.parametrize(
    "address",
    ["", "lt", "lt@", "@example.org", "a@b@c", "a@example.org\nBcc: x@y", "a@x.org,b@x.org", "é@example.org", "a b@x.org", "<a@x.org>", "a@x.org>", "a@x..org"],
)  # fmt: skip
def test_an_address_is_one_and_only_one(address: str) -> None:
    with pytest.raises(RrbError):
        checked(address)


def test_addresses_go_by_any_name(book: Notebook) -> None:
    text = "owner;address\n# by hand\n\nLantern Trust;lamps@example.org;pier@example.org\nquay police <qp@example.org>\nLTT;x@example.org\n"
    known = read_addresses(text.encode(), "who.csv", book, TODAY)
    assert known == Addresses(
        {(None, "LT"): ("lamps@example.org", "pier@example.org"), (None, "QP"): ("qp@example.org",)},
        (("who.csv:6", "LTT"),),
    )
    assert list(known.doubts(["LT", "TO"])) == ["who.csv:6: no note knows 'LTT'; did you mean 'LT'?"]


def test_all_that_is_wrong_with_addresses_is_said(book: Notebook) -> None:
    with pytest.raises(RrbError) as error:
        read_addresses(b"LT,lamps@example.org\nQP,at the quay\nTO\n", "who.csv", book, TODAY)
    assert str(error.value).split("\n") == [
        "who.csv:2: 'at the quay' is no mail address; write it as nps@example.org",
        "who.csv:3: 'TO' is no owner with an address; write NPS,nps@example.org",
    ]


def test_owners_without_an_address_are_named(board: Path, tmp_path: Path) -> None:
    (tmp_path / "who.csv").write_text("LT,lamps@example.org\n")
    words = ("--format", "eml", "--addresses", str(tmp_path / "who.csv"), "--output", str(tmp_path / "out"))
    result = rrb(board, "chase", *words)
    assert "no address for Partners, QP, TO: their drafts have no receiver yet" in result.stderr
    assert "1 action has no owner: 2026-01-12.5; nobody is asked about it" in result.stderr
    assert b"To: LT <lamps@example.org>\r\n" in (tmp_path / "out" / "lt.eml").read_bytes()


def test_a_page_and_a_word_file_have_room_for_the_answers(book: Notebook) -> None:
    request = asked_in(book)["LT"]
    page = text_for(request, "html")
    assert '<table class="form" border="1">' in page
    assert page.count('<td data-head="Reason" class="main"></td>') == 2
    content = PAPERS["docx"].write(paper(request, TODAY), Page())
    assert isinstance(content, bytes)
    assert content == PAPERS["docx"].write(paper(request, TODAY), Page())
    actions, reply = open_docx(BytesIO(content)).tables
    assert [[cell.text for cell in row.cells] for row in reply.rows] == [
        ["Ref", "Status", "New date", "Reason"],
        ["2026-01-12.1", "", "", ""],
        ["2026-01-12.2", "", "", ""],
    ]
    assert min(cell.width.cm for cell in reply.rows[1].cells if cell.width) > 2.5
    assert actions.rows[1].cells[1].width.cm >= 6
