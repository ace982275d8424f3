"""What owners answer: every form in which a text for them comes back is read, or refused at its line."""

import random
import re
from collections.abc import Sequence
from datetime import date as Date
from datetime import datetime
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as open_docx
from openpyxl import Workbook
from typer.testing import Result

from asking import JANUARY, TODAY, asked_in, board, book, mail_to, read, rrb, text_for
from rrbnotes.book import Notebook
from rrbnotes.cli import letters
from rrbnotes.cli.chase import FORMATS
from rrbnotes.errors import RrbError
from rrbnotes.keeping.replies import Reply, read_replies
from rrbnotes.render.documents import PAPERS
from rrbnotes.render.page import Page
from rrbnotes.views.chase import paper

__all__ = ["board", "book"]

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
