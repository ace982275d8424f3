"""Minutes for the tests of `rrb import`: Word documents from a real writer, PDFs drawn line by line."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

MINUTES = """# Ferry Users’ Forum: minutes

Held on Tuesday 14 March 2023, 10:00 to 12:30

## Present

- Ann Lee (AL), Chair
- Bob Ray (BR)

**Apologies:** Cora Finch (CF)

## 1. Actions from the last meeting

| Ref | Action | Owner | Status |
| --- | --- | --- | --- |
| 2023-01-10.1 | Ask for the winter timetable | AL | Complete |
| 2023-01-10.2 | Draft a note on season tickets | BR | Ongoing - waiting for figures |

## 2. Timetable

Fares \\*may\\* rise by 2 % & more, see \\<annex> and [the tariff](https://ferry.example/tariff_%282023%29).

**Action:** AL to write to the ferry company by 1 April 2023

**Action:** BR to *count* the passengers

1. first boat
2. last boat
   - on Sundays
   - on holidays

The harbour office\\
Quay 3

1\\. is no list

\\# nor this a heading

## Next meeting

9 May 2023 at 10:00
"""
"""What `minutes()` becomes."""


def blank() -> Any:
    """An empty document without the looks for tables that its writer brings along, which take long to read."""
    paper = Document()
    styles = paper.styles.element
    for one in [*styles.findall(qn("w:latentStyles")), *styles.findall(qn("w:style"))]:
        if one.get(qn("w:type")) in (None, "table"):
            styles.remove(one)
    return paper


def minutes() -> Any:
    """A Word document with all that minutes have: no part of it is in house form."""
    paper = blank()
    paper.add_heading("Ferry Users’ Forum: minutes", 0)
    paper.add_paragraph("Held on  Tuesday\u00a014 March 2023, 10:00 to 12:30 ")
    paper.add_heading("Present", 2)
    for name in ("Ann Lee (AL), Chair", "Bob Ray (BR)"):
        paper.add_paragraph(name, style="List Bullet")
    marked(paper.add_paragraph(), "Apologies:", " Cora Finch (CF)")
    paper.add_heading("1. Actions from the last meeting", 2)
    table(
        paper,
        ("Ref", "Action", "Owner", "Status"),
        ("2023-01-10.1", "Ask for the\nwinter timetable", "AL", "Complete"),
        ("2023-01-10.2", "Draft a note on season tickets", "BR", "Ongoing - waiting for figures"),
    )
    paper.add_heading("2.\tTimetable", 2)
    link(
        paper.add_paragraph("Fares *may* rise by 2 % & more, see <annex> and "),
        "the tariff",
        "https://ferry.example/tariff_(2023)",
    )
    marked(paper.add_paragraph(), "Action:", " AL to write to the ferry company by 1 April 2023")
    counted = marked(paper.add_paragraph(), "Action: ", "BR to ")
    counted.add_run("count").italic = True
    counted.add_run(" the passengers")
    items(paper, [("first boat", 0), ("last boat", 0)], ordered=True)
    items(paper, [("on Sundays", 1), ("on holidays", 1)], ordered=False)
    broken = paper.add_paragraph("The harbour office")
    broken.add_run().add_break()
    broken.add_run("Quay 3")
    paper.add_paragraph("1. is no list")
    paper.add_paragraph("# nor this a heading")
    paper.add_paragraph("")
    paper.add_heading("Next meeting", 2)
    paper.add_paragraph("9 May 2023 at 10:00")
    paper.sections[0].header.paragraphs[0].text = "OFFICIAL"
    paper.sections[0].footer.paragraphs[0].text = "Page 1 of 1"
    return paper


def marked(paragraph: Paragraph, label: str, words: str) -> Paragraph:
    """`**label** words`."""
    paragraph.add_run(label).bold = True
    paragraph.add_run(words)
    return paragraph


def table(paper: Any, *rows: Sequence[str]) -> Any:
    """A table of rows of words."""
    made = paper.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            cell.text = words
    return made


def link(paragraph: Paragraph, words: str, address: str) -> None:
    """Put a link behind a paragraph's words."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    element.append(paragraph.add_run(words)._r)
    paragraph._p.append(element)
    paragraph.add_run(".")


def items(paper: Any, words: Iterable[tuple[str, int]], ordered: bool) -> None:
    """Items of a list, each at its level, as Word numbers them: by a definition of their own."""
    number = paper.part.numbering_part.element.add_num(_abstract(paper, ordered)).numId
    for said, level in words:
        properties = paper.add_paragraph(said)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = number


def _abstract(paper: Any, ordered: bool) -> int:
    """The definition of a list of three levels: `1.`, `1.1`, `(a)`, or bullets."""
    numbering = paper.part.numbering_part.element
    one = OxmlElement("w:abstractNum")
    name = 900 + len(numbering)
    one.set(qn("w:abstractNumId"), str(name))
    formats = [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")]
    for level, (format, label) in enumerate(formats):
        element = OxmlElement("w:lvl")
        element.set(qn("w:ilvl"), str(level))
        for tag, value in (
            ("start", "1"),
            ("numFmt", format if ordered else "bullet"),
            ("lvlText", label if ordered else "•"),
        ):
            child = OxmlElement(f"w:{tag}")
            child.set(qn("w:val"), value)
            element.append(child)
        one.append(element)
    numbering.insert(0, one)
    return name


def saved(paper: Any) -> bytes:
    """The document's bytes."""
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


Drawn = tuple[float, float, str]
"""From the left and from the foot of the page, and words; those that begin with `*` are bold."""


def pdf(*pages: Sequence[Drawn]) -> bytes:
    """A PDF that draws words in Helvetica at their places."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    fonts = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        *(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
            for name in ("Helvetica", "Helvetica-Bold")
        ),
    ]
    for n, page in enumerate(pages):
        words = "".join(
            f"BT /F{2 if said.startswith('*') else 1} 11 Tf {x} {y} Td ({said.lstrip('*')}) Tj ET\n"
            for x, y, said in page
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {fonts} /Contents {6 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(words)} >>\nstream\n{words}endstream")
    body, places = "%PDF-1.4\n", []
    for number, words in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{words}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + trailer).encode("cp1252")
