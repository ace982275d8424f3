"""`rrb import`: what becomes of minutes in Word, HTML, PDF and plain text, and what is refused."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pypdf
import pytest
from docx import Document as read_docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from papers import MINUTES, blank, items, marked, minutes, pdf, saved, table
from rrbnotes.cli.main import app
from rrbnotes.importing import docx, html, pages, plain
from rrbnotes.importing import pdf as pdf_reader
from rrbnotes.importing.house import housed
from rrbnotes.importing.markdown import written
from rrbnotes.importing.pages import Heading, Item, Items, Page, Paragraph, Rule, Run, Table, said
from rrbnotes.reading.blocks import Block, Form, read_blocks
from rrbnotes.settings import Settings
from rrbnotes.single import Parsed, parse

PDF = Path(__file__).parent / "data" / "minutes.pdf"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with an empty notes folder."""
    (tmp_path / "notes").mkdir()
    return tmp_path


def rrb(folder: Path, *arguments: str) -> Result:
    environment = {"RRB_NO_FSYNC": "1", "RRB_TODAY": "2023-06-01", "COLUMNS": "80"}
    return CliRunner().invoke(app, ["-C", str(folder), *arguments], env=environment)


def put(folder: Path, name: str, content: bytes | str) -> str:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def text_of(page: Page) -> str:
    return written(housed(page).blocks)


def of_html(words: str) -> str:
    return text_of(html.read(words.encode()))


def of_word(paper: Any) -> str:
    return text_of(docx.read(saved(paper)))


def mentions(folder: Path, note: str) -> list[list[str]]:
    """Kind, status, due, owners and action of each mention."""
    return [line.split("\t")[2:] for line in rrb(folder, "parse", f"notes/{note}").stdout.splitlines()]


# Whatever the words are, the note says them


_SIGNS = (
    "# ## - * + 1. 12) > <b> </b> &amp; & ` `` ** _ __ ~~ | \\ [ ] (y) [a](b) http://x.y/z_1 <http://a.b> ! --- === +++ ``` ~~~ "
    "word é ’ [r]: = : |-| 2.5 <<<<<<< >>>>>>> -- [x] ☐ •"
).split()
_WORDS = st.lists(
    st.sampled_from([*_SIGNS, " ", "\t", "\n", "<!-- rrb: allow no-owner -->", "Action: AO to go"]),
    min_size=1,
    max_size=6,
).map("".join)
_LOOKS = st.frozensets(st.sampled_from(["strong", "emphasis", "struck"]), max_size=2)
_RUNS = st.builds(Run, _WORDS, _LOOKS, st.sampled_from(["", "", "https://a.example/x%281%29_y"]))
_LINES = st.lists(_RUNS, min_size=1, max_size=4).map(pages.line)
_PARAGRAPHS = st.builds(Paragraph, _LINES)


def _lists(inner: Any) -> Any:
    item = st.builds(
        Item, st.sampled_from(["", "1", "2", "7"]), st.lists(inner, min_size=1, max_size=2).map(tuple)
    )
    return st.lists(item, min_size=1, max_size=3).map(lambda made: Items(tuple(made)))


def _tables(columns: int) -> Any:
    row = st.lists(_LINES, min_size=columns, max_size=columns).map(tuple)
    return st.lists(row, min_size=1, max_size=3).map(lambda rows: Table(tuple(rows)))


_BLOCKS = st.one_of(
    _PARAGRAPHS,
    st.builds(Heading, st.integers(1, 6), _LINES),
    _lists(st.one_of(_PARAGRAPHS, _lists(_PARAGRAPHS))),
    st.integers(1, 3).flatmap(_tables),
    st.just(Rule()),
)


@examples(max_examples=25, deadline=None)
@given(st.lists(_BLOCKS, min_size=1, max_size=4))
def test_a_note_says_the_words_of_its_document(blocks: list[pages.Block]) -> None:
    page = housed(Page(tuple(blocks)))
    read = read_blocks(written(page.blocks))[0]
    assert list(unboxed(words_of(read))) == list(unboxed(said(page.blocks)))


def words_of(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.form is Form.TABLE:
            yield from (cell.folded() for row in block.rows for cell in row.cells)
        else:
            yield block.text.folded()
            yield from words_of(block.children)


def unboxed(words: Iterable[str]) -> Iterator[str]:
    """The words without check boxes at their start, which the reader of notes takes for marks."""
    bare = (re.sub(r"^((\[[ xX]?\]|☐)(\s|$))+", "", one).strip() for one in words)
    yield from filter(None, bare)


@pytest.mark.parametrize(
    ("words", "spelled"),
    [
        ("Fares up 2 * 3, see a_b_c", "Fares up 2 * 3, see a_b_c"),
        ("# no heading", "\\# no heading"),
        ("#hashtag", "\\#hashtag"),
        ("12. no item", "12\\. no item"),
        ("> no quotation", "\\> no quotation"),
        ("the <b> tag & &amp;", "the \\<b> tag & \\&amp;"),
        ("*sic* and `x`", "\\*sic\\* and \\`x\\`"),
        ("<!-- rrb: allow no-owner -->", "\\<\\!\\-\\- rrb\\: allow no\\-owner \\-\\-\\>"),
        ("a | b", "a | b"),
    ],
)
def test_only_what_would_act_is_escaped(words: str, spelled: str) -> None:
    assert written([Paragraph(pages.text(words))]) == f"{spelled}\n"


# Word


def test_minutes_from_word_come_in_house_form(desk: Path) -> None:
    name = put(desk, "minutes.docx", saved(minutes()))
    result = rrb(desk, "import", name)
    assert (desk / "notes" / "2023-03-14.md").read_text(encoding="utf-8") == MINUTES
    assert (
        result.stdout
        == "notes/2023-03-14.md: 2 actions, 2 reported of earlier meetings, 2 present, next meeting 9 May 2023\n"
    )
    assert "`rrb check notes/2023-03-14.md` names what is left to mend" in result.stderr
    assert mentions(desk, "2023-03-14.md") == [
        ["reported", "complete", "", "AL", "Ask for the winter timetable"],
        ["reported", "ongoing", "", "BR", "Draft a note on season tickets"],
        ["raised", "", "2023-04-01", "AL", "write to the ferry company by 1 April 2023"],
        ["raised", "", "", "BR", "count the passengers"],
    ]
    checked = rrb(desk, "check")
    assert checked.exit_code == 0 and not re.search("error|warning", checked.stdout), checked.stdout


def test_refs_in_a_table_that_went_round_by_word_are_read_again(desk: Path) -> None:
    paper = blank()
    paper.add_heading("Ferry Users’ Forum: summary of 14 March 2023", 0)
    paper.add_heading("Actions from the last meeting", 1)
    table(
        paper,
        ("No.", "Action", "Due", "Ref"),
        ("1", "AL to ask for the timetable", "1 April 2023", "2023-01-10.1"),
    )
    rrb(desk, "import", put(desk, "summary.docx", saved(paper)))
    read = parse(desk / "notes" / "2023-03-14.md", desk / "notes", desk, Settings())
    assert isinstance(read, Parsed) and [one.ref for one in read.meeting.mentions] == ["2023-01-10.1"]


def test_word_s_numbers_go_on_over_the_text_between() -> None:
    paper = blank()
    items(paper, [("first", 0)], ordered=True)
    number = paper.paragraphs[-1]._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val
    paper.add_paragraph("between")
    for words, level in (("second", 0), ("part", 1), ("letter", 2)):
        properties = paper.add_paragraph(words)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, number
    assert of_word(paper) == "1. first\n\nbetween\n\n2. second\n   - 2.1 part\n     - (a) letter\n"


def test_tracked_changes_are_taken_as_accepted() -> None:
    paper = blank()
    paragraph = paper.add_paragraph("AO to ")
    for tag, kind, words in (("del", "delText", "burn"), ("ins", "t", "mend")):
        paragraph._p.append(
            parse_xml(
                f'<w:{tag} {nsdecls("w")} w:id="1" w:author="x"><w:r><w:{kind}>{words}</w:{kind}></w:r></w:{tag}>'
            )
        )
    paragraph.add_run(" the pier.")
    assert of_word(paper) == "AO to mend the pier.\n"


def test_pictures_and_comments_are_left_out_and_said(desk: Path, tmp_path: Path) -> None:
    paper = minutes()
    dot = b"\x89PNG\r\n\x1a\n" + bytes.fromhex(
        "0000000d4948445200000001000000010800000000 3a7e9b550000000a49444154789c63600000000200 01e221bc330000000049454e44ae426082".replace(
            " ", ""
        )
    )
    paper.add_picture(BytesIO(dot))
    paper.add_comment(paper.paragraphs[1].runs, text="a remark", author="x")
    result = rrb(desk, "import", put(desk, "minutes.docx", saved(paper)))
    assert "[1 picture left out]" in result.stderr
    assert (desk / "notes" / "2023-03-14.md").read_text(encoding="utf-8") == MINUTES


def test_footnotes_stand_apart_at_the_end() -> None:
    """As mammoth writes them."""
    note = of_html(
        '<h1>Forum</h1><h2>Actions</h2><ul><li>AO to go<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a></sup></li></ul>'
        '<ol><li id="footnote-1"><p> Soon. <a href="#footnote-ref-1">↑</a></p></li></ol>'
    )
    assert note == "# Forum\n\n## Actions\n\n- AO to go[1]\n\n## Footnotes\n\n1. Soon.\n"


def test_merged_cells_are_said_in_each_row() -> None:
    paper = blank()
    made = table(
        paper,
        ("Action", "Owner", "Due"),
        ("mend the pier", "AO", "May"),
        ("paint it", "", "June"),
        ("Later", "", ""),
    )
    made.cell(1, 1).merge(made.cell(2, 1))
    made.cell(3, 0).merge(made.cell(3, 2))
    lines = of_word(paper).split("\n")
    assert lines[2:4] == ["| mend the pier | AO | May |", "| paint it | AO | June |"]
    assert lines[5] == "Later"


def test_a_table_that_only_sets_out_the_page_becomes_what_is_in_it() -> None:
    paper = blank()
    table(paper, ("Present", "Ann Lee, Bob Ray"), ("Apologies", "Cora Finch"), ("Date", "14 March 2023"))
    long = "The forum talked for a long time about the boats. " * 9
    made = table(
        paper, ("Item", "Discussion", "Action"), ("1.", "Boats", "AL to call the yard"), ("2. Pier", long, "")
    )
    made.cell(1, 1).add_paragraph(long)
    assert of_word(paper) == (
        "**Present:** Ann Lee, Bob Ray\n\n**Apologies:** Cora Finch\n\n**Date:** 14 March 2023\n\n"
        f"## 1. Boats\n\n{long.strip()}\n\n**Action:** AL to call the yard\n\n## 2. Pier\n\n{long.strip()}\n"
    )


def test_words_in_bold_alone_on_a_line_become_headings(desk: Path) -> None:
    paper = blank()
    paper.add_paragraph("Ferry Users’ Forum").runs[0].bold = True
    paper.add_paragraph("14 March 2023")
    for title in ("1. Welcome", "2. Boats"):
        paper.add_paragraph().add_run(title).bold = True
        paper.add_paragraph("The forum talked.")
    marked(paper.add_paragraph(), "Action:", " AL to call the yard")
    rrb(desk, "import", put(desk, "m.docx", saved(paper)))
    note = (desk / "notes" / "2023-03-14.md").read_text(encoding="utf-8")
    assert note.startswith("# Ferry Users’ Forum\n") and "\n## 2. Boats\n" in note


# HTML


def test_hostile_html_leaves_nothing_behind() -> None:
    note = of_html(
        "<head><title>x</title><script>alert(1)</script></head><body onload='a()'><h1>Forum</h1>"
        "<p>See <a href='javascript:alert(1)'>this</a>, <a href='data:text/html,x'>that</a> and <a href='https://a.example/'>there</a>"
        "<img src=x onerror=y><!-- rrb: allow all --><iframe src=x>inner</iframe> &lt;script&gt;</p>"
        "<p style='display:none'>unseen</p><nav>Home</nav>" + "<div>" * 5000 + "deep"
    )
    assert note == "# Forum\n\nSee this, that and [there](https://a.example/) \\<script>\n\ndeep\n"


def test_html_with_tags_left_open_and_styles_in_classes() -> None:
    note = of_html(
        "<style>.c1{font-weight:700}.c2{text-decoration:line-through}</style><p><span class=c1>Action:</span> AO to go"
        "<p>Struck: <span class=c2>BT to stay</span>"
        "<ul><li>one<ul><li>within</ul><li>two</ul><ol start=4 type=a><li>fourth</ol>"
        "<table><tr><td>Action<td>Owner<tr><td>a|b<td><p>AO<p>BT</table>"
    )
    assert note == (
        "**Action:** AO to go\n\nStruck: ~~BT to stay~~\n\n- one\n  - within\n- two\n- d. fourth\n\n"
        "| Action | Owner |\n| --- | --- |\n| a\\|b | AO BT |\n"
    )


def test_levels_of_headings_have_no_gaps() -> None:
    note = of_html("<h2>Forum</h2><h4>1. One</h4><h6>deep</h6><h4>2. Two</h4><h1>3. Three</h1>")
    assert re.findall(r"^#+ .*", note, re.MULTILINE) == [
        "# Forum",
        "## 1. One",
        "### deep",
        "## 2. Two",
        "## 3. Three",
    ]


# PDF


def test_minutes_from_a_pdf_keep_headings_tables_and_lists(desk: Path) -> None:
    result = rrb(desk, "import", put(desk, "m.pdf", PDF.read_bytes()))
    note = (desk / "notes" / "2023-03-14.md").read_text(encoding="utf-8")
    assert (
        result.stdout
        == "notes/2023-03-14.md: 1 action, 2 reported of earlier meetings, 3 present, next meeting 9 May 2023\n"
    )
    assert "| 2 | Draft a note on the price of season tickets | BR | Ongoing - waiting for figures |" in note
    assert (
        "## 2. Timetable\n\nThe forum went through the winter timetable. Members from the far side of the river"
        in note
    )
    assert "- the first boat leaves at 06:10\n  - on Sundays at 08:00\n- the last one at 20:40\n" in note


def test_what_repeats_on_each_page_is_left_out_and_words_are_joined() -> None:
    long = "The forum talked about the boats and heard that the yard is busy until"
    one = [
        (60, 800, "OFFICIAL"),
        (60, 700, long + " well after sun-"),
        (60, 686, "rise."),
        (500, 30, "Page 1 of 2"),
    ]
    two = [
        (60, 800, "OFFICIAL"),
        (60, 700, "*2. Boats"),
        (60, 670, long + " re-"),
        (60, 656, "newed at sunrise."),
        (500, 30, "Page 2 of 2"),
    ]
    note = text_of(pdf_reader.read(pdf(one, two)))
    assert note == f"{long} well after sunrise.\n\n## 2. Boats\n\n{long} re-newed at sunrise.\n"


def test_a_lone_line_at_the_top_of_one_page_stays() -> None:
    assert "OFFICIAL" in text_of(pdf_reader.read(pdf([(60, 800, "OFFICIAL"), (60, 700, "The forum met.")])))


# Plain text


def test_plain_text_has_paragraphs_lists_and_drawn_headings() -> None:
    words = (
        "FERRY FORUM\n===========\n\nThe forum talked for long about the boats and about the pier, and the\nyard is busy.\n\n"
        "Present: AL\nApologies: BR\n\n* one\n  wrapped\n* two\n\nAction: AL to go\n"
    )
    assert text_of(plain.read(words.encode())) == (
        "# FERRY FORUM\n\nThe forum talked for long about the boats and about the pier, and the yard is busy.\n\n"
        "Present: AL\\\nApologies: BR\n\n- one\\\n  wrapped\n- two\n\nAction: AL to go\n"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_plain_text(desk: Path, encoding: str) -> None:
    words = "Café forum\n\n14 March 2023\n\nAction: AL to pay £5 – “soon”\n"
    result = rrb(desk, "import", put(desk, "m.txt", words.encode(encoding)))
    assert "Action: AL to pay £5 – “soon”" in (desk / "notes" / "2023-03-14.md").read_text(encoding="utf-8")
    assert ("read as Windows-1252" in result.stderr) is (encoding == "cp1252")


# Where notes go


DATED = "Forum\n\n14 March 2023\n\nAction: AL to go\n"


@pytest.mark.parametrize(
    ("options", "note"),
    [
        ((), "2023-03-14.md"),
        (("--board", "Harbour"), "harbour/2023-03-14.md"),
        (("--board", "new/one"), "new/one/2023-03-14.md"),
        (("--to", "2023-03-15"), "2023-03-15.md"),
        (("--to", "notes/harbour/x.md"), "harbour/x.md"),
    ],
)
def test_a_note_goes_by_its_date_or_where_it_is_told(desk: Path, options: tuple[str, ...], note: str) -> None:
    (desk / "notes" / "harbour").mkdir()
    assert rrb(desk, "import", put(desk, "m.txt", DATED), *options).exit_code == 0
    assert [one.relative_to(desk / "notes").as_posix() for one in (desk / "notes").rglob("*.md")] == [note]


def test_several_files_are_one_step_and_undo_takes_it_back(desk: Path) -> None:
    names = put(desk, "a.txt", DATED), put(desk, "b.txt", DATED.replace("14", "15"))
    rrb(desk, "import", *names)
    assert len(list((desk / "notes").iterdir())) == 2
    files = "".join(f"notes/2023-03-{day}.md: is removed\n" for day in (14, 15))
    assert rrb(desk, "undo").stdout == f"undone: import a.txt and b.txt\n{files}"
    assert not list((desk / "notes").iterdir())


def test_a_dry_run_prints_the_note_and_writes_nothing(desk: Path) -> None:
    result = rrb(desk, "import", "-n", put(desk, "m.txt", DATED))
    assert result.stdout == "# Forum\n\n14 March 2023\n\nAction: AL to go\n"
    assert not list((desk / "notes").iterdir())


REFUSED = {
    "no date": (
        "m.txt",
        b"Forum\n\nAction: AL to go\n",
        (),
        "m.txt: no date of the meeting is read in it; say what its note",
    ),
    "out of the folder": (
        "m.txt",
        DATED.encode(),
        ("--to", "../x"),
        "--to ../x leads out of the notes folder",
    ),
    "board out of the folder": ("m.txt", DATED.encode(), ("--board", "../.."), "--board ../.. leads out"),
    "not a note": (
        "m.txt",
        DATED.encode(),
        ("--to", "template"),
        "notes/template.md would not be read as a note",
    ),
    "empty": ("m.docx", b"", (), "m.docx: the file is empty"),
    "no text": ("m.html", b"<p> </p>", (), "m.html: no text in it"),
    "no archive": ("m.docx", b"PK no", (), "m.docx: damaged, or no Word document"),
    "old Word": (
        "m.docx",
        b"\xd0\xcf\x11\xe0....",
        (),
        "m.docx: an older Word document, or one with a password",
    ),
    "unknown": ("m.odt", b"x", (), "m.odt: '.odt' cannot be imported; open it in a word processor"),
    "markdown": ("m.md", b"x", (), "m.md: '.md' cannot be imported; it is markdown already"),
    "broken PDF": ("m.pdf", b"%PDF-1.4 nothing", (), "m.pdf: cannot be read as a PDF"),
    "scan": (
        "m.pdf",
        pdf([]),
        (),
        "m.pdf: no text in it: it is a picture of paper; run it through text recognition first",
    ),
    "binary": ("m.txt", b"a\0b", (), "m.txt: holds bytes that no text has"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_imported_is_said_and_nothing_written(desk: Path, name: str) -> None:
    file, data, options, message = REFUSED[name]
    result = rrb(desk, "import", put(desk, file, data), *options)
    assert result.exit_code == 2 and result.stderr.startswith(f"rrb: {message}"), result.stderr
    assert not list((desk / "notes").iterdir())


def test_a_folder_is_told_from_a_file_of_a_wrong_kind(desk: Path) -> None:
    (desk / "minutes").mkdir()
    assert rrb(desk, "import", "minutes").stderr == "rrb: minutes: not a file; name the files in it\n"
    assert rrb(desk, "import", "m.odt").stderr == "rrb: m.odt: no such file; check its name\n"


def test_a_note_that_is_there_is_left_alone(desk: Path) -> None:
    there = desk / "notes" / "2023-03-14.md"
    there.write_text("mine")
    result = rrb(desk, "import", put(desk, "m.txt", DATED))
    assert result.exit_code == 2 and "its note is there already: notes/2023-03-14.md" in result.stderr
    assert there.read_text() == "mine"


def test_two_files_of_one_day_are_refused_together(desk: Path) -> None:
    result = rrb(desk, "import", put(desk, "a.txt", DATED), put(desk, "b.txt", DATED))
    assert result.exit_code == 2 and "b.txt: another file of these is of the same day" in result.stderr


def test_without_a_notes_folder_it_says_how_to_make_one(tmp_path: Path) -> None:
    assert "`rrb init` makes one" in rrb(tmp_path, "import", put(tmp_path, "m.txt", DATED)).stderr


def test_an_archive_that_unpacks_to_too_much_is_refused(desk: Path) -> None:
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * (17 * 2**20))
    result = rrb(desk, "import", put(desk, "m.docx", bomb.getvalue()))
    assert result.exit_code == 2 and "more than 16 MB of text" in result.stderr


def test_a_pdf_with_a_password_is_refused(desk: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(PDF.read_bytes()))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = BytesIO()
    writer.write(locked)
    result = rrb(desk, "import", put(desk, "m.pdf", locked.getvalue()))
    assert result.exit_code == 2 and "m.pdf: protected with a password" in result.stderr


@pytest.mark.parametrize(("file", "library"), [("m.docx", "mammoth"), ("m.pdf", "pypdf")])
def test_a_missing_library_is_named(
    desk: Path, monkeypatch: pytest.MonkeyPatch, file: str, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    result = rrb(desk, "import", put(desk, file, b"x"))
    assert result.exit_code == 2 and f"needs {library}; pip install 'rrbnotes[import]'" in result.stderr


# Through a word processor


def through_libreoffice(folder: Path, file: str, ending: str) -> str:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("no LibreOffice here: soffice is not on the path")
    out = folder / "out"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        ending,
        "--outdir",
        str(out),
        str(folder / file),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return f"out/{Path(file).stem}.{ending}"


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["docx", "html", "pdf"])
def test_minutes_saved_by_another_word_processor_say_the_same(desk: Path, ending: str) -> None:
    put(desk, "minutes.docx", saved(minutes()))
    rrb(desk, "import", "minutes.docx")
    before = mentions(desk, "2023-03-14.md")
    rrb(desk, "undo")
    other = through_libreoffice(desk, "minutes.docx", ending)
    rrb(desk, "import", other)
    assert mentions(desk, "2023-03-14.md") == before
    if ending == "docx":
        assert (desk / "notes" / "2023-03-14.md").read_text(encoding="utf-8") == MINUTES


def test_a_summary_that_rrb_wrote_keeps_its_refs_when_it_comes_back(desk: Path) -> None:
    """Somebody has changed words in it, with a word processor, and taken a row out."""
    note = "# Harbour Board, 14 March 2023\n\n**Action:** NPS to mend the lights.\n\n**Action:** MPS to count the boats.\n"
    (desk / "notes" / "2023-03-14.md").write_text(note + "\n**Action:** Clinks to thank the divers.\n")
    assert rrb(desk, "summary", "--output", "summary.docx").exit_code == 0
    paper = read_docx(str(desk / "summary.docx"))
    rows = paper.tables[0].rows
    rows[1].cells[1].paragraphs[0].runs[-1].text += " And the buoys."
    rows[2]._tr.getparent().remove(rows[2]._tr)
    paper.save(str(desk / "edited.docx"))
    other = desk / "other"
    (other / "notes").mkdir(parents=True)
    assert rrb(other, "import", str(desk / "edited.docx"), "--to", "2023-04-11").exit_code == 0
    text = (other / "notes" / "2023-04-11.md").read_text()
    assert "| No. | Action | Due | Ref |" in text
    (other / "notes" / "2023-03-14.md").write_text(note + "\n**Action:** Clinks to thank the divers.\n")
    (other / "notes" / "2023-04-11.md").write_text(text.replace("14 March", "11 April"))
    shown = rrb(other, "show", "2023-03-14.1", "--format", "json").stdout
    mentions = json.loads(shown)["actions"][0]["mentions"]
    assert [(one["path"], one["owners"]) for one in mentions] == [
        ("notes/2023-03-14.md", ["NPS"]),
        ("notes/2023-04-11.md", ["NPS"]),
    ]


def test_a_place_in_the_notes_folder_may_be_named_from_where_one_stands(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    put(desk, "m.txt", DATED)
    assert CliRunner().invoke(app, ["import", "m.txt", "--to", "notes/2023-03-15.md"]).exit_code == 0
    assert (desk / "notes" / "2023-03-15.md").exists()
