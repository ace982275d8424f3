"""What may come out of `rrb`, a law for each format: that nothing in it acts, and that every text in it is the words that it is.

A law raises where a way out is not as it should be, and gives what a reader has of it.
"""

import csv
import email
import email.policy
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from email.message import EmailMessage
from html.parser import HTMLParser
from io import BytesIO, StringIO
from xml.etree import ElementTree

from docx import Document as read_docx
from icalendar import Calendar
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from reliability.hostile import carried
from rrbnotes.formulas import unguarded
from rrbnotes.render.safe import visible

ACTS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What acts on a terminal, or hides there."""
OURS = re.compile(r"\x1b\[(?:0|[12]|3[1-36]|94|1;3[136])m")
"""The colours that `rrb` itself writes."""
OBEYED = re.compile(r"^\s*::|##\[", re.MULTILINE)
"""What a log of GitHub Actions obeys: at the start of a line, the old form anywhere."""
Law = Callable[[bytes], str]
"""Raises where a way out is not as it should be; gives all texts in it as a reader has them, each on a line of its own."""


def plain(data: bytes) -> str:
    """Words for people, on a terminal without colours or in a pipe."""
    text = data.decode()
    assert not (found := ACTS.search(text)), around(text, found)
    return text


def coloured(data: bytes) -> str:
    """The same with colours."""
    return plain(OURS.sub("", data.decode()).encode())


def around(text: str, found: re.Match[str]) -> str:
    return ascii(text[max(found.start() - 60, 0) : found.end() + 30])


def as_tsv(data: bytes) -> str:
    """A record a line, with as many cells each."""
    rows = [line.split("\t") for line in plain(data).removesuffix("\n").split("\n")]
    assert len({len(row) for row in rows}) == 1
    return lines(cell for row in rows for cell in row)


def as_csv(data: bytes) -> str:
    """A sheet as wide as its head, of which no program runs a cell."""
    text = data.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    cells = [cell for row in rows for cell in row]
    run_ones = [cell for cell in cells if re.match(r"[\s\"']*[=+\-@＝＋－＠]|[\t\r\n]", cell)]
    assert all(cell.startswith("'") for cell in run_ones)
    assert "\0" not in text
    return lines(map(unguarded, cells))


def as_json(data: bytes) -> str:
    """One value; nothing in its bytes acts on a terminal that shows them."""
    return lines(texts_in(json.loads(plain(data))))


def as_ndjson(data: bytes) -> str:
    """A value a line."""
    return lines(text for line in plain(data).splitlines() for text in texts_in(json.loads(line)))


def texts_in(value: object) -> Iterator[str]:
    """All texts of a value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from texts_in(one)


class _Page(HTMLParser):
    """The words of a page; raises at an element or an attribute that no page of ours has."""

    TAGS = frozenset(
        "html head meta title style body main header footer nav section article aside h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd a "
        "strong em span small b s table caption thead tbody tr th td div br hr code pre blockquote details summary time wbr link bdi "
        "form label input select option button output svg g path line rect circle text tspan title desc figure figcaption "
        "script use symbol defs polyline polygon noscript abbr colgroup col search fieldset legend template mark".split()
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.code: dict[str, str] = {"style": "", "script": ""}
        self.here = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.TAGS, tag
        self.here = tag
        for name, value in attrs:
            assert re.fullmatch(r"[a-z][a-z-]*[12]?", name) and not name.startswith("on"), (tag, name)
            if name in ("href", "src", "action", "formaction", "xlink:href"):
                assert re.match(r"#|https?://|data:,$", value or ""), value
            self.words.append(value or "")
        self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.here = ""
        self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if self.here in self.code:
            self.code[self.here] += data
        else:
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def as_html(data: bytes) -> str:
    """A page that fetches nothing and runs nothing, of elements that are ours."""
    text = plain(data)
    page = _Page()
    page.feed(text)
    page.close()
    assert "default-src 'none'" in text
    code = re.sub(r'"(?:[A-Za-z0-9]|\\[0-9a-f]{6})*"', "", page.code["style"]) + page.code["script"]
    assert not re.search(r"z[qr]\d\d", code)  # but in a text of letters and numbers
    return "".join(page.words)


def as_markdown(data: bytes) -> str:
    """Markdown that shows its words and nothing else: no link, picture, code or HTML, and no comment of ours."""
    text = plain(data)
    page = _Page()
    page.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
    page.close()
    made = set(
        re.findall(r"<([a-z]\w*)", MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
    )
    assert made <= set("h1 h2 h3 h4 p ul li strong table thead tbody tr th td hr".split()), made
    return "".join(page.words)


def as_ics(data: bytes) -> str:
    """A calendar as the standard has it: short lines, as many tasks as there are, nothing beside them."""
    raw = data.split(b"\r\n")
    assert raw[-1] == b"" and not any(set(b"\r\n\x0b\x0c\x1b\x7f\x00") & set(line) for line in raw)
    assert max(map(len, raw)) <= 75
    for line in raw:
        line.decode()  # no letter is cut in two
    calendar = Calendar.from_ical(data)
    assert {part.name for part in calendar.subcomponents} == {"VTODO"}
    allowed = set(
        "UID DTSTAMP SUMMARY DESCRIPTION STATUS DUE DTSTART CREATED LAST-MODIFIED CATEGORIES COMPLETED PERCENT-COMPLETE".split()
    )
    todos = calendar.walk("VTODO")
    assert all(set(todo) <= allowed and not todo.errors for todo in todos)
    assert data.count(b"BEGIN:VTODO\r\n") == len(todos) == len({str(todo["UID"]) for todo in todos})
    unfolded = data.replace(b"\r\n ", b"").decode().split("\r\n")
    values = [line.partition(":") for line in unfolded if line]
    assert {name.partition(";")[0] for name, _, _ in values} <= allowed | _OF_CALENDARS
    words = (
        re.split(r"(?<!\\)((?:\\\\)*),", text) if name == "CATEGORIES" else [text] for name, _, text in values
    )
    return lines(re.sub(r"\\(.)", _unescaped, text) for texts in words for text in texts)


_OF_CALENDARS = frozenset(("BEGIN", "END", "VERSION", "PRODID", "NAME", "X-WR-CALNAME"))


def _unescaped(found: re.Match[str]) -> str:
    assert found[1] in "\\;,nN"
    return "\n" if found[1] in "nN" else found[1]


def as_xlsx(data: bytes) -> str:
    """A workbook of texts, numbers and days; what looks like a formula is marked as a text."""
    cells = [cell for leaf in load_workbook(BytesIO(data)) for row in leaf.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(
        cell.quotePrefix
        for cell in cells
        if cell.data_type == "s" and re.match(r"\s*[=+@＝＋＠-]", str(cell.value))
    )
    return lines(str(cell.value).replace("_x005F_", "_") for cell in cells if cell.data_type == "s")


def as_docx(data: bytes) -> str:
    """A paper that a word processor opens, without links that are not to the web, fields or scripts."""
    paper = read_docx(BytesIO(data))
    xml = paper.element.xml
    assert not re.search(r"<w:(?:fldChar|instrText|fldSimple|altChunk|object)\b", xml)
    parts = [rel.target_ref for rel in paper.part.rels.values() if rel.is_external]
    assert all(re.match("https?://", target) for target in parts)
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return lines([*(one.text for one in paper.paragraphs), *cells])


def as_sqlite(data: bytes) -> str:
    """A whole database with its own tables and no others."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(data)
        assert list(base.execute("PRAGMA integrity_check")) == [("ok",)]
        names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert set(names) == {"about", "meetings", "actions", "action_owners", "progress", "mentions"}
        values = (value for name in names for row in base.execute(f"SELECT * FROM {name}") for value in row)
        return lines(value for value in values if isinstance(value, str))


def as_mail(data: bytes) -> str:
    """The draft of one mail, with the headers that are ours."""
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    assert set(mail.keys()) <= {"Subject", "To", "X-Unsent", "MIME-Version", "Content-Type"}
    assert not mail.defects and all(len(line) <= 998 for line in data.split(b"\r\n"))
    text, page, sheet = (part for part in mail.walk() if not part.is_multipart())
    html = page.get_content()
    return (
        lines([str(mail["Subject"]), plain(text.get_content().replace("\r\n", "\n").encode())])
        + as_html(html.replace("\r\n", "\n").encode())
        + as_csv(sheet.get_content().encode())
    )


def as_xml(data: bytes) -> str:
    """XML that a reader takes."""
    plain(data)
    every = ElementTree.fromstring(data).iter()
    return lines(text for one in every for text in (one.text or "", *one.attrib.values()))


LAWS: Mapping[str, Law] = {
    "table": plain, "text": plain, "tsv": as_tsv, "csv": as_csv, "json": as_json, "ndjson": as_ndjson,
    "markdown": as_markdown, "html": as_html, "ics": as_ics, "xlsx": as_xlsx, "docx": as_docx, "sqlite": as_sqlite,
    "eml": as_mail,
}  # fmt: skip


def lines(texts: Iterable[str]) -> str:
    return "\n".join(texts) + "\n"


def letters(text: str) -> str:
    """A text without its blanks, and with what acts or hides written out: as much of it as every way out keeps."""
    return "".join(visible(re.sub(r"[\t\r\n]", " ", text.replace("\0", "\ufffd"))).split()).translate(
        {0xFFFD: "\\x00", 0xFFFE: "<U+FFFE>", 0xFFFF: "<U+FFFF>"}
    )


EXPECTED = {one.tag: letters(one.text.encode("utf-8", "replace").decode()) for one in carried(mark="zr")}
"""What has to be found of each payload that came from the register, where nothing reads it as markdown."""


def found_in(text: str, exact: bool = True) -> int:
    """How many payloads have come out; of those whose end has come out too, all letters have to be the same."""
    squeezed = letters(text) if exact else ""
    for tag, wanted in EXPECTED.items() if exact else ():
        for piece in re.findall(rf"{tag}(?!end|bare)(?:(?!z[qr]\d\d).)*{tag}end", squeezed):
            assert piece == wanted, (tag, piece, wanted)
    return len(set(re.findall(r"z[qr](\d\d)", text)))
