"""The texts for owners: who is asked what, what a mail program gets, and that replies come back."""

import email
import email.policy
import json
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Date
from datetime import datetime
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as open_docx
from openpyxl import Workbook
from typer.testing import CliRunner, Result

from rrbnotes.book import Notebook
from rrbnotes.cli import letters
from rrbnotes.cli.chase import FORMATS
from rrbnotes.cli.main import app
from rrbnotes.errors import RrbError
from rrbnotes.keeping.replies import Reply, read_replies
from rrbnotes.model import NextMeeting
from rrbnotes.notebook import load
from rrbnotes.owners import Party, directory
from rrbnotes.reconciling.standing import standings
from rrbnotes.render.documents import PAPERS, eml
from rrbnotes.render.page import Page
from rrbnotes.settings import Settings
from rrbnotes.source import Location
from rrbnotes.views.addresses import Addresses, checked, read_addresses
from rrbnotes.views.chase import paper
from rrbnotes.views.entries import entries
from rrbnotes.views.requests import Request, everybody, file_names, named, requests
from rrbnotes.views.sources import Web

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


def text_for(request: Request, format: str = "text") -> str:
    return str(PAPERS[format].write(paper(request, TODAY), Page(200)))


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


def mail_to(request: Request, *addresses: str, name: str = "") -> EmailMessage:
    data = eml.write(paper(request, TODAY), name or request.owner, addresses)
    assert data == eml.write(paper(request, TODAY), name or request.owner, addresses)
    assert b"\n" not in data.replace(b"\r\n", b"")
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not any(part.defects for part in message.walk())
    return message


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


# What comes back

QUOTED = """Dear secretariat,

here we are | or nearly.

> Actions for LT
> | Ref | Action | Due | Status | From |
> | --- | --- | --- | --- | --- |
> | 2026-01-12.1 | Mend the lamps | 30 January 2026 | open | raised |
>
> | Ref           | Status      | Reason          |
> | ------------- | ----------- | --------------- |
> | 2026-01-12.1  | done        | the last one in |
> > | 2026\\-01-12.2 |  | |
>| 2026-01-12.3 | rolled over | waiting for a
> quote on red\\|green bulbs and
> more |
> | 2026-01-12.4 | done |
all of it |
> | 2026-01-12.5 | **done**
> | 2026-01-12.6 | complete - sent | to all

Regards | LT
"""


def test_a_table_is_read_out_of_a_mail() -> None:
    assert read_replies(QUOTED.encode(), "reply.txt") == [
        Reply(12, "2026-01-12.1", "done", "the last one in"),
        Reply(13, "2026-01-12.2"),
        Reply(14, "2026-01-12.3", "rolled over", "waiting for a quote on red|green bulbs and more"),
        Reply(17, "2026-01-12.4", "done", "all of it"),
        Reply(19, "2026-01-12.5", "done", ""),
        Reply(20, "2026-01-12.6", "complete - sent", "to all"),
    ]


def test_any_text_is_read_or_refused_at_its_line() -> None:
    pieces = [
        "|",
        "ref",
        "status",
        "reason",
        "---",
        "\n",
        "\r\n",
        "> ",
        " ",
        "\\|",
        "x.1",
        "done",
        "\t",
        "2026-01-12.1",
        ",",
        '"',
    ]
    draw = random.Random(1)
    for _ in range(1500):
        text = "".join(draw.choices(pieces, k=draw.randrange(40)))
        try:
            replies = read_replies(text.encode(), "reply.txt")
        except RrbError as why:
            assert str(why).startswith("reply.txt:")
        else:
            assert all(0 < reply.line <= text.count("\n") + 1 for reply in replies)


def test_what_a_program_broke_off_a_row_is_none() -> None:
    """Lines of 80 that were sent, cut to 70 by who quotes them."""
    text = "| Ref | Status | Reason\n|\n| --- | --- |\n--- |\n| x.1 | done |\n|\n"
    assert read_replies(text.encode(), "reply.txt") == [Reply(5, "x.1", "done", "")]


def test_a_whole_mail_is_read_as_people_see_it(book: Notebook) -> None:
    """It was saved by a mail program: long lines are broken with `=` there, and letters are numbers."""
    mail = mail_to(asked_in(book)["LT"], "lamps@example.org")
    body, (sheet,) = mail.get_body(("plain",)), mail.iter_attachments()
    assert isinstance(body, EmailMessage) and isinstance(sheet, EmailMessage)
    why = "the crane is held up, so says the café on the quay, and will not come before the end of March"
    asked = body.get_content().replace("\n", "\n> ")
    answer = re.sub(r"(\| 2026-01-12\.1) +\|[ |]+", rf"\1 | ongoing | | {why} |", asked)
    body.set_content(f"Dear all\n\n{answer}", cte="quoted-printable")
    filled = sheet.get_payload(decode=True)
    assert isinstance(filled, bytes)
    filled = filled.replace(b"2026-01-12.2,,,,", b"2026-01-12.2,done,,all counted,")
    sheet.set_content(filled, "application", "vnd.ms-excel", filename="replies.csv")
    assert why.encode() not in mail.as_bytes()
    said = [(one.ref, one.status, one.reason) for one in read_replies(mail.as_bytes(), "reply.eml")]
    assert said == [
        ("2026-01-12.1", "ongoing", why),
        ("2026-01-12.2", "", ""),
        ("2026-01-12.1", "", ""),
        ("2026-01-12.2", "done", "all counted"),
    ]


COPIED = """Hi all

please see below.

Ref\tStatus\tNew date\tReason
2026-01-12.1\tdelayed\tend of March\tno bulbs
to be had
2026-01-12.2

2026-01-12.3 \t done \t\t "sent", to all

Kind regards,
LT
tel.\t020 7946 0000
2026-01-12.4\tongoing\t\t
"""


def test_a_table_that_was_copied_into_a_mail_is_read() -> None:
    read = [
        Reply(6, "2026-01-12.1", "delayed", "no bulbs to be had", "end of March"),
        Reply(8, "2026-01-12.2"),
        Reply(10, "2026-01-12.3", "done", '"sent", to all'),
        Reply(15, "2026-01-12.4", "ongoing"),
    ]
    assert read_replies(COPIED.encode(), "reply.txt") == read
    quoted = "".join(f"> {line}\n" for line in COPIED.splitlines())
    assert read_replies(quoted.encode(), "reply.txt") == read


def test_copied_rows_need_no_titles() -> None:
    text = "Hi, all,\n2026-01-12.1\tdone\tall, of them\nx\ty\n\nRegards, LT\n"
    assert read_replies(text.encode(), "reply.txt") == [Reply(2, "2026-01-12.1", "done", "all, of them")]


def test_a_sheet_of_tabs_keeps_its_quotes() -> None:
    text = 'ref\tstatus\treason\n2026-01-12.1\tdone\t"two\nlines ""here"""\n'
    assert read_replies(text.encode(), "reply.tsv") == [Reply(3, "2026-01-12.1", "done", 'two\nlines "here"')]


@pytest.mark.parametrize(
    ("row", "reply"),
    [
        ("x.1,done,sent", Reply(1, "x.1", "done", "sent")),
        ("x.1,ongoing,1 May,late", Reply(1, "x.1", "ongoing", "late", "1 May")),
        ("x.1,done,,sent,mend the lamps,,LT,", Reply(1, "x.1", "done", "sent")),
        ("x.1,done,sent,mend the lamps,,LT,", Reply(1, "x.1", "done", "sent")),
    ],
)
def test_rows_without_titles_are_as_they_were_sent(row: str, reply: Reply) -> None:
    assert read_replies(row.encode(), "reply.csv") == [reply]


def filled_in(document: bytes) -> bytes:
    """What a word processor makes of a letter: LT wants another date, and has counted."""
    paper = open_docx(BytesIO(document))
    first, second = paper.tables[1].rows[1:]
    first.cells[2].text, first.cells[3].text = "end of March", "no\nbulbs"
    second.cells[1].text = "Complete"
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def workbook(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def answered(board: Path, file: Path, data: bytes) -> Result:
    file.write_bytes(data)
    return rrb(board, "update", "-n", "--from", str(file))


RE_DATED = "2026-01-12.1: due 2026-03-31 (was 2026-01-30), no bulbs: “mend the pier lamps by 30 January 2026”"


def test_a_letter_comes_back_as_a_word_file(board: Path, book: Notebook, tmp_path: Path) -> None:
    content = PAPERS["docx"].write(paper(asked_in(book)["LT"], TODAY), Page())
    assert isinstance(content, bytes)
    result = answered(board, tmp_path / "reply.docx", filled_in(content))
    assert result.exit_code == 0, result.output
    assert RE_DATED in result.stdout
    assert "2026-01-12.2: open → complete" in result.stdout
    mail = EmailMessage()
    mail.set_content("Please find our reply attached.")
    mail.add_attachment(filled_in(content), maintype="application", subtype="zip", filename="Reply.DOCX")
    assert RE_DATED in answered(board, tmp_path / "reply.eml", mail.as_bytes()).stdout


def test_a_letter_comes_back_as_a_page(board: Path, book: Notebook, tmp_path: Path) -> None:
    page = text_for(asked_in(book)["LT"], "html")
    empty = r"(>2026-01-12\.1</td>\s*<td[^>]*>)(</td><td[^>]*>)(</td><td[^>]*>)(</td>)"
    filled = re.sub(empty, r"\1\2end of <b>March</b>\3<p>no</p><p>bulbs</p>\4", page)
    assert filled != page
    assert RE_DATED in answered(board, tmp_path / "reply.html", filled.encode()).stdout
    mail = EmailMessage()
    mail.set_content("Ref\n\nStatus\n\nNew date\n\n2026-01-12.1\n\n")  # as a mail program takes a table apart
    mail.add_alternative(f"<div><table><tr><td>{filled}</td></tr></table></div>", subtype="html")
    mail.add_attachment("ref,status\n2026-01-12.1,\n", filename="replies.csv")  # as it was sent
    assert RE_DATED in answered(board, tmp_path / "reply.eml", mail.as_bytes()).stdout


def test_the_sheet_comes_back_as_a_workbook(board: Path, tmp_path: Path) -> None:
    titles = ("ref", "status", "new date", "reason", "due now")
    rows = (("2026-01-12.1", None, datetime(2026, 3, 31), "no bulbs", Date(2026, 1, 30)), ("2026-01-12.2",))
    result = answered(board, tmp_path / "reply.xlsx", workbook(titles, *rows))
    assert "2026-01-12.1: due 2026-03-31 (was 2026-01-30), no bulbs" in result.stdout
    wrong = answered(board, tmp_path / "reply.xlsx", workbook(titles, ("2026-01-12.9", "done")))
    assert "reply.xlsx:2: unknown ref '2026-01-12.9'" in wrong.stderr


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (workbook(("a", "b"), ("c", "d")), "a file of an office program without a table of replies"),
        (b"PK\x03\x04 and more", "damaged, or no Word document"),
        (b"\xd0\xcf\x11\xe0 and more", "an older Word document, or one with a password"),
        (b"<!doctype html><p>2026-01-12.1 is done", "a page of HTML without a table of replies"),
    ],
)
def test_a_file_without_a_table_of_replies_is_refused(
    board: Path, tmp_path: Path, data: bytes, said: str
) -> None:
    result = answered(board, tmp_path / "reply", data)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert f"reply: {said}" in result.stderr


# New dates


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("ref,new date\n.1,1 April 2026\n", "due 2026-04-01 (was 2026-01-30): “mend"),
        ("ref,status,by when\n.1,delayed,next meeting\n", "open → ongoing, due 2026-02-09 (was"),
        ("ref,status,Revised_Date\n.3,,end of March\n", "2026-01-12.3: due 2026-03-31: “draft"),
        ("ref,new date\n.1,30 January 2026\n", "nothing new"),
        ("ref,new date\n.1,n/a\n", "nothing new"),
        ("ref,new date\n.1,no change\n", "nothing new"),
        ("ref,status,date,reason\n.1,done,28 January,all lit\n", "next meeting), 28 January: all lit: “mend"),
        # a column that tells of the date, and one that somebody wrote into
        ("ref,status,due\n.1,ongoing,2026-01-30\n", "open → ongoing: “mend"),
        ('ref,status,due\n.1,ongoing,"30 January 2026, overdue"\n', "open → ongoing: “mend"),
        ("ref,status,due\n.1,ongoing,2026-04-01\n", "open → ongoing, due 2026-04-01 (was"),
        ("ref,new date,due\n.1,2026-05-01,2026-04-01\n", "due 2026-05-01 (was 2026-01-30)"),
    ],
)
def test_a_reply_gives_a_new_date(board: Path, tmp_path: Path, sheet: str, said: str) -> None:
    result = answered(board, tmp_path / "reply.csv", sheet.encode())
    assert result.exit_code == 0, result.output
    assert said in result.stdout


def test_a_date_that_cannot_be_read_is_named_with_its_action(board: Path, tmp_path: Path) -> None:
    result = answered(board, tmp_path / "reply.csv", b"ref,new date\n.3,1 April 2026\n.1,soon\n")
    assert result.exit_code == 2
    assert "reply.csv:3: 2026-01-12.1: no date in 'soon'; write 2019-11-19" in result.stderr
    assert "nothing was written" in result.stderr


def test_an_old_list_brings_no_old_date_back(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    read(tmp_path / "notes")
    assert rrb(tmp_path, "actions", "--output", "sent.csv").exit_code == 0
    assert rrb(tmp_path, "update", ".1", "--due", "1 May 2026").exit_code == 0
    assert "5 of 5 actions: nothing new" in rrb(tmp_path, "update", "--from", "sent.csv").stdout
    again = answered(tmp_path, tmp_path / "reply.csv", b"ref,new date\n.1,30 January 2026\n")
    assert "due 2026-01-30 (was 2026-05-01)" in again.stdout


def test_completion_offers_the_forms_that_there_are() -> None:
    assert {*FORMATS} == {*letters._FORMS, *letters._TOGETHER}


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\nContent-Type: text/html\n\n<table><tr><td>x.1</td></tr></table>",
        b"<!doctype html>\n<table>\n</table>",
        b"PK\x03\x04 and more",
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(RrbError, match=r"^reply: .*save its table as 'CSV UTF-8'.*$"):
        read_replies(data, "reply")


def test_of_many_wrong_rows_the_first_are_named(board: Path, tmp_path: Path) -> None:
    (tmp_path / "reply.csv").write_text("ref,status\n" + "x.1,done\n" * 40, encoding="utf-8")
    said = rrb(board, "update", "--from", str(tmp_path / "reply.csv"))
    assert said.exit_code == 2
    assert "30 more rows like these" in said.stderr
    assert said.stderr.count("\n") == 12


def test_a_table_needs_no_bars_at_its_ends() -> None:
    text = "Hello\nref | status | reason\n--- | --- | ---\nx.1 | done | yes\n\nBye"
    assert read_replies(text.encode(), "reply.txt") == [Reply(4, "x.1", "done", "yes")]


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_a_text_comes_back_filled_in(board: Path, tmp_path: Path, format: str) -> None:
    sent = rrb(board, "chase", "--owner", "LT", "--format", format).stdout
    row = next(
        line for line in sent.splitlines() if line.startswith("| 2026-01-12.2") and "boats" not in line
    )
    (tmp_path / "reply.txt").write_text(sent.replace(row, "| 2026-01-12.2 | ongoing | | half of them |"))
    result = rrb(board, "update", "-n", "--from", str(tmp_path / "reply.txt"))
    assert result.exit_code == 0, result.output
    assert "2026-01-12.2: open → ongoing, half of them" in result.stdout
    assert "2026-01-12.1: nothing new" in result.stdout


def test_the_sheet_comes_back_filled_in_and_guarded(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    read(tmp_path / "notes", JANUARY.replace("draft a poster", "=HYPERLINK(1) draft a poster"))
    assert rrb(tmp_path, "chase", "--output", "out", "--format", "csv", "-q").exit_code == 0
    sheet = tmp_path / "out" / "to.csv"
    text = sheet.read_bytes().decode("utf-8-sig")
    titles = "ref,status,new date,reason,action,due now,owner,board"
    assert text.startswith(f"{titles}\r\n2026-01-12.3,,,,'=HYPERLINK")
    sheet.write_text(text.replace(".3,,,,", ".3,done - sent,,to all,"), encoding="utf-8-sig", newline="")
    result = rrb(tmp_path, "update", "--from", "out/to.csv")
    assert "open → complete (for agreement at the next meeting), sent: to all" in result.stdout


def test_whoever_does_not_answer_a_joint_action_does_not_contradict_who_does(
    board: Path, tmp_path: Path
) -> None:
    (tmp_path / "all.csv").write_text(
        "ref,status,reason\n2026-01-12.2,,\n2026-01-12.2,done,\n2026-01-12.2,-,\n"
    )
    assert (
        "2026-01-12.2: open → complete"
        in rrb(board, "update", "-n", "--from", str(tmp_path / "all.csv")).stdout
    )
    (tmp_path / "all.csv").write_text("ref,status,reason\n2026-01-12.2,ongoing,\n2026-01-12.2,done,\n")
    result = rrb(board, "update", "-n", "--from", str(tmp_path / "all.csv"))
    assert result.exit_code == 2
    assert "all.csv:3: 2026-01-12.2 stands in an earlier row too; keep one" in result.stderr
