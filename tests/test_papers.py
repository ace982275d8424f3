"""Papers in every format: the same words in each, whatever they are, and nothing that acts; the same bytes each time."""

import re
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import unquote

import pytest
from docx import Document as read_docx
from markdown_it import MarkdownIt

from rrbnotes.cli.papers import FORMATS
from rrbnotes.reading.blocks import Form, read_blocks
from rrbnotes.render.documents import PAPERS, for_file
from rrbnotes.render.page import Page
from rrbnotes.render.safe import one_line
from rrbnotes.views.document import (
    Bullets,
    Document,
    Grid,
    Head,
    Heading,
    Paragraph,
    Run,
    line,
    plain,
    strong,
)
from rrbnotes.views.listing import Listing, Records, Sheet, Table

HOSTILE = (
    "<script>alert(1)</script>", "</td></tr></table><img src=x onerror=alert(1)>", "| a | b |", "a \\| b", "`code` ``x",
    "*star* _under_ **bold**", "[link](javascript:alert(1))", "![p](http://x.org/p.png)", "# heading", "- item", "1. item",
    "> quote", "===", "---", "```", "~~gone~~", "&lt;b&gt; &amp; &copy;", "{{ 7*7 }} {% raw %}", "\x1b[31mred\x1b[0m",
    "a\u202eb\u2066c", "tab\there", "two\nlines", "\ufeffmark\u200bhere", "=HYPERLINK(\"x\")", "<!-- rrb:summary -->",
    "\U0001f468\u200d\U0001f469 famille", "العربية", "x" * 400, "'\"`", "C:\\temp\\new", "a  b", "$(rm)", "]]>", "#", "C #",
)  # fmt: skip
"""What notes may hold."""


def paper(words: str) -> Document:
    grid = Grid(
        (Head("No."), Head("Action", fills=True), Head("Due", label="due")),
        ((line("1"), line(strong("MPS"), f" to see {words}"), line(words)),),
    )
    parts = (Paragraph(line("Seen: ", words)), Heading(words), Bullets((line(words),)), grid)
    return Document(f"Paper {words}", parts, nothing)


def nothing() -> Listing:
    return Listing(lambda: Table((), ()), lambda: Sheet((), (), 0), lambda: Records("actions", (), {}))


class _Words(HTMLParser):
    """The texts of a page by the elements that they stand in, and all elements with their attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.elements: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        if tag not in ("meta",):
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.texts[tag][-1] += data


def html_of(words: str) -> _Words:
    found = _Words()
    found.feed(str(PAPERS["html"].write(paper(words), Page())))
    assert not found.open
    return found


@pytest.mark.parametrize("words", HOSTILE)
def test_markdown_says_the_words_and_nothing_else(words: str) -> None:
    blocks, _ = read_blocks(str(PAPERS["markdown"].write(paper(words), Page())))
    title, opening, heading, bullets, table = blocks
    shown = " ".join(one_line(words).split())
    assert [block.form for block in blocks] == [
        Form.HEADING,
        Form.PARAGRAPH,
        Form.HEADING,
        Form.LIST,
        Form.TABLE,
    ]
    assert title.text.folded() == f"Paper {shown}"
    assert opening.text.folded() == f"Seen: {shown}"
    assert heading.text.folded() == shown and bullets.children[0].text.folded() == shown
    assert [cell.folded() for cell in table.rows[1].cells] == ["1", f"MPS to see {shown}", shown]


@pytest.mark.parametrize("words", HOSTILE)
def test_html_says_the_words_and_nothing_else(words: str) -> None:
    found, harmless = html_of(words), html_of("plain")
    shown = one_line(words)
    assert found.elements == harmless.elements
    assert found.texts["h1"] == [one_line(f"Paper {words}")]
    assert [text.strip() for text in found.texts["li"]] == [shown.strip()]
    assert found.texts["td"][2].strip() == shown.strip()


LINKS = (
    "https://example.org/a%20b.md#L1", "https://example.org/?a=1&copy=2&lt;", 'https://example.org/"onclick="x', "https://example.org/a|b<c>d",
    "https://example.org/) [x](javascript:alert(1)", "https://example.org/a\nb \x1b[31m\u202e", "https://example.org/é*_~`\\", "https://example.org/{{7*7}}'",
)  # fmt: skip
NO_LINKS = (
    "javascript:alert(1)",
    "https:",
    "//example.org",
    "data:text/html,x",
    " https://example.org",
    "HTTPS//x",
    "file:///etc/passwd",
)


def linked(link: str, words: str = "the note") -> Document:
    cell = line(Run(words, link=link))
    grid = Grid((Head("No."), Head("From", fills=True)), ((line("1"), cell),))
    return Document("Paper", (Paragraph((Run("See "), *cell, Run(" now"))), Paragraph(cell), grid), nothing)


def links_in(name: str, document: Document) -> list[tuple[str, str]]:
    """The links that a reader of a format finds: words and addresses."""
    content = PAPERS[name].write(document, Page())
    if isinstance(content, bytes):
        paper = read_docx(BytesIO(content))
        cells = [paragraph for cell in paper.tables[0].rows[1].cells for paragraph in cell.paragraphs]
        found = [link for one in (*paper.paragraphs, *cells) for link in one.hyperlinks]
        return [(link.text, link.url) for link in found]
    page = content if name == "html" else MarkdownIt().enable("table").render(content)
    return [
        (unescape(words), unescape(link)) for link, words in re.findall(r'<a href="([^"]*)">(.*?)</a>', page)
    ]


@pytest.mark.parametrize("name", ["markdown", "html", "docx"])
@pytest.mark.parametrize("link", LINKS)
def test_a_link_leads_where_it_says_and_nothing_in_it_acts(name: str, link: str) -> None:
    found = links_in(name, linked(link))
    assert [words for words, _ in found] == ["the note"] * 3
    (only,) = {address for _, address in found}
    assert unquote(only) == unquote(link)
    assert not re.search(r"[\s\"'<>|`\\\x00-\x1f\u0080-\uffff]", only)


@pytest.mark.parametrize("name", ["markdown", "html", "docx"])
@pytest.mark.parametrize(
    "words", ["](javascript:alert(1))", "</a><script>", "a | b", "[x](y)", "**", "`", "<https://x.org>"]
)
def test_linked_words_stay_words(name: str, words: str) -> None:
    link = "https://example.org/a.md#L1"
    assert links_in(name, linked(link, words)) == [(words, link)] * 3


@pytest.mark.parametrize("link", NO_LINKS)
def test_what_is_no_web_page_is_no_link(link: str) -> None:
    assert [links_in(name, linked(link)) for name in ("markdown", "html", "docx")] == [[], [], []]
    assert "See the note now" in str(PAPERS["text"].write(linked(link), Page()))


@pytest.mark.parametrize("link", LINKS)
def test_plain_text_says_where_words_lead(link: str) -> None:
    lines = str(PAPERS["text"].write(linked(link), Page(40))).splitlines()
    (address, *_) = re.findall(r"<(https://\S+)>", "\n".join(lines))
    assert unquote(address) == unquote(link)
    assert max(len(one) for one in lines if "https://" not in one) <= 40


def test_html_fetches_nothing_and_names_its_headings() -> None:
    page = str(PAPERS["html"].write(paper("plain"), Page()))
    assert "<script" not in page and not re.search(r"<[^>]*(?:src|href)=|url\(", page)
    assert page.count('<th scope="col">') == 3 and '<html lang="en-GB">' in page


@pytest.mark.parametrize("words", HOSTILE)
def test_a_word_processor_gets_the_words(words: str) -> None:
    data = PAPERS["docx"].write(paper(words), Page())
    assert isinstance(data, bytes)
    read = read_docx(BytesIO(data))
    shown = one_line(words)
    assert [p.text for p in read.paragraphs[:4]] == [
        one_line(f"Paper {words}"),
        one_line(f"Seen: {words}"),
        shown,
        shown,
    ]
    assert read.tables[0].rows[1].cells[2].text == shown
    assert read.core_properties.title == one_line(f"Paper {words}")[:255]


@pytest.mark.parametrize("words", HOSTILE)
def test_plain_text_has_nothing_that_acts(words: str) -> None:
    text = str(PAPERS["text"].write(paper(words), Page(60)))
    assert " ".join(one_line(words).split()) in " ".join(text.split())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069\u200b\ufeff]", text)


def test_a_word_processor_gets_the_same_bytes_each_time() -> None:
    assert PAPERS["docx"].write(paper("plain"), Page()) == PAPERS["docx"].write(paper("plain"), Page())


def test_a_heading_row_is_repeated_and_rows_stay_whole() -> None:
    data = PAPERS["docx"].write(paper("plain"), Page())
    assert isinstance(data, bytes)
    first, second = read_docx(BytesIO(data)).tables[0].rows
    assert "w:tblHeader" in first._tr.xml and "w:cantSplit" in second._tr.xml


def test_bold_words_keep_their_blanks_outside() -> None:
    words = (Run("See "), strong("this "), Run("now"))
    made = Document("T", (Paragraph(words),), nothing)
    assert "See **this** now" in str(PAPERS["markdown"].write(made, Page()))
    assert plain(words) == "See this now"


def test_every_format_but_those_without_files_has_an_ending() -> None:
    assert {name for name in PAPERS if not PAPERS[name].suffixes} == set()
    assert [for_file(f"a{row.suffixes[0]}") for row in PAPERS.values()] == list(PAPERS)


def test_completion_offers_the_formats_that_there_are() -> None:
    assert list(FORMATS) == list(PAPERS)
