"""What is small and costs much: registers, and files that others send, each made when it is asked for."""

import re
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile
from zlib import compress

MB = 2**20

# Registers

HEAD, TAIL = "version: 1\nactions:\n  2026-01-12.1:\n    action: mend the mole\n", "\n# end of actions\n"


def in_record(line: str) -> str:
    return f"{HEAD}    {line}{TAIL}"


YAML: Mapping[str, Callable[[], str]] = {
    "aliases of aliases": lambda: "a: &a [x]\n" + "".join(f"{b}: &{b} [{', '.join(9 * [f'*{a}'])}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + HEAD + TAIL,
    "merge keys of merge keys": lambda: "a: &a {x: y}\n" + "".join(f"{b}: &{b} {{<<: [{', '.join(9 * [f'*{a}'])}]}}\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + HEAD + TAIL,
    "an alias of itself": lambda: in_record("mine: &a [*a]"),
    "a merge key": lambda: in_record("<<: {status: open}"),
    "a million brackets": lambda: in_record("mine: " + "[" * 1_000_000),
    "a million closed brackets": lambda: in_record("mine: " + "[" * 1_000_000 + "]" * 1_000_000),
    "many braces": lambda: in_record("mine: " + "{" * 100_000),
    "many dashes": lambda: in_record("mine:\n      " + "- " * 100_000),
    "many questions": lambda: in_record("mine:\n      " + "? " * 100_000),
    "braces with keys": lambda: in_record("mine: " + "{a: " * 100_000),
    "deep blocks": lambda: HEAD + "".join(f"{' ' * n}a:\n" for n in range(4, 2_000)) + TAIL,
    "a number of 5,000 digits": lambda: in_record(f"due: {'9' * 5_000}"),
    "a day of 5,000 digits": lambda: in_record(f"due: {{date: {'9' * 5_000}-01-01}}"),
    "a ref of 5,000 digits": lambda: in_record("also: [2026-01-12.1]").replace("12.1:", f"12.{'9' * 5_000}:"),
    "a text of 5 MB": lambda: in_record(f"item: {'x' * 5 * MB}"),
    "a quoted text of 5 MB": lambda: in_record(f'item: "{"x " * 5 * (MB // 2)}"'),
    "a folded text of 5 MB": lambda: in_record("item: >-\n" + "      words\n" * (5 * MB // 12)),
    "a block of empty lines": lambda: in_record("item: |+\n" + "\n" * 200_000),
    "a key of 100 KB": lambda: in_record(f"? {'x' * 100_000}\n    : y"),
    "an object of Python": lambda: in_record('mine: !!python/object/apply:os.system ["touch out"]'),
    "a module of Python": lambda: in_record("mine: !!python/module:os"),
    "an unknown tag": lambda: in_record("mine: !secret x"),
    "a binary": lambda: in_record("mine: !!binary aGVsbG8="),
    "a set": lambda: in_record("mine: !!set {a, b}"),
    "a tag that is told": lambda: "%TAG ! tag:example.org,2026:\n---\n" + in_record("mine: !x y"),
    "another version of YAML": lambda: "%YAML 9.9\n---\n" + HEAD + TAIL,
    "two documents": lambda: f"{HEAD}{TAIL}---\n{HEAD}{TAIL}",
    "a thousand documents": lambda: HEAD + TAIL + "---\na\n" * 1_000,
    "a hundred thousand anchors": lambda: in_record("mine: [" + ", ".join(f"&a{n} x" for n in range(100_000)) + "]"),
    "a NUL": lambda: in_record("item: a\0b"),
    "nothing but NULs": lambda: "\0" * MB,
    "20 MB": lambda: in_record("item: x") + "# x\n" * (5 * MB),
    "tabs": lambda: in_record("item: x").replace("    ", "\t"),
    "colons": lambda: in_record("mine: " + ": " * 100_000),
    "a quote that is never closed": lambda: in_record('mine: "' + "x\n      " * 100_000),
}  # fmt: skip
MANY = {"two million values": lambda: in_record("mine: [" + "a," * 2_000_000 + "]")}

# What others send

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1"
_UNFOLDED = "".join(f'<!ENTITY {b} "{20 * f"&{a};"}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
LAUGHS = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 50}">{_UNFOLDED}]>'
SECRET = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


def zipped(parts: Mapping[str, str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def docx(body: str, prolog: str = "") -> bytes:
    return zipped({"word/document.xml": f"{prolog}<w:document {W}><w:body>{body}</w:body></w:document>"})


def xlsx(cells: str, prolog: str = "", ending: str = ".xml") -> bytes:
    sheet = f"{prolog}<worksheet {X}><sheetData>{cells}</sheetData></worksheet>"
    return zipped({"xl/workbook.xml": f"<workbook {X}/>", SHEET + ending: sheet})


def lying(data: bytes) -> bytes:
    """An archive that says of each of its parts that it is a thousand bytes."""
    out = bytearray(data)
    for sign, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        for found in re.finditer(re.escape(sign), data):
            out[found.start() + at : found.start() + at + 4] = (1000).to_bytes(4, "little")
    return bytes(out)


def pdf(content: bytes, *more: bytes) -> bytes:
    """A PDF of one page."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        stream(content),
        *more,
    ]
    out, places = b"%PDF-1.4\n", []
    for n, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = (len(parts) + 1, table, len(parts) + 1, len(out))
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % end
    )


def stream(data: bytes, of: bytes = b"") -> bytes:
    packed = compress(data, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (of, len(packed), packed)


def mail(*headers: str, body: str = "x") -> bytes:
    return "\n".join(("MIME-Version: 1.0", *headers, "", body)).encode()


def with_file(data: bytes, name: str) -> bytes:
    one = EmailMessage()
    one.set_content("my answers")
    one.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return one.as_bytes()


SENT: Mapping[str, Callable[[], bytes]] = {
    "a document of 300 MB": lambda: docx(f"<w:p>{'x' * 300 * MB}</w:p>"),
    "a document that lies": lambda: lying(docx(f"<w:p>{'x' * 60 * MB}</w:p>")),
    "a document of empty paragraphs": lambda: docx("<w:p/>" * 400_000),
    "a document of laughs": lambda: docx("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", LAUGHS),
    "a document of one long laugh": lambda: docx("&a;" * 300_000, f'<!DOCTYPE x [<!ENTITY a "{"x" * 10_000}">]>'),
    "a document that names a file": lambda: docx("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", SECRET),
    "a deep document": lambda: docx("<w:p>" * 100_000 + "</w:p>" * 100_000),
    "a workbook of 60 MB": lambda: xlsx(f"<row><c><v>{'1' * 60 * MB}</v></c></row>"),
    "a workbook that lies": lambda: lying(xlsx(f"<row><c><v>{'1' * 60 * MB}</v></c></row>")),
    "a workbook that hides its sheet": lambda: xlsx(f"<row>{'1' * 60 * MB}</row>", ending=".dat"),
    "a workbook of cells": lambda: xlsx("<row>" + "<c/>" * 400_000 + "</row>"),
    "a workbook of laughs": lambda: xlsx("<row><c><v>&i;</v></c></row>", LAUGHS),
    "a workbook in a mail": lambda: with_file(xlsx(f"<row>{'1' * 60 * MB}</row>"), "reply.xlsx"),
    "a page of open tags": lambda: b"<a " * 300_000,
    "a page of open quotes": lambda: b'<a b="' * 100_000,
    "a page of open comments": lambda: b"<p>" + b"<!--" * 100_000,
    "a page of closed and open comments": lambda: b"<p>" + b"-->" * 1_000 + b"<!--" * 100_000,
    "a page of open sections": lambda: b"<p>" + b"<![CDATA[" * 50_000 + b"]>",
    "a page of odd sections": lambda: b"<p><![odd[x]]>",
    "a page of tables": lambda: b"<table><tr><td>ref<td>status" * 30_000,
    "a page of style": lambda: b"<style>" + b".a," * 60_000 + b"</style><p>x",
    "a mail of mails": lambda: mail(*("Content-Type: message/rfc822\n",) * 3_000),
    "a mail in parts within parts": lambda: mail("".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(900))),
    "a mail of many parts": lambda: mail("Content-Type: multipart/mixed; boundary=b", body="--b\n\nx\n" * 50_000),
    "a mail of many headers": lambda: mail(*["X: y"] * 100_000),
    "a mail with a long header": lambda: mail("Content-Type: text/plain; " + "a*0*=x;" * 50_000),
    "a mail of brackets": lambda: mail("Content-Type: " + "(" * 20_000),
    "a mail of brackets, folded": lambda: mail("Content-Type: " + "(\n " * 20_000),
    "a mail of no letters": lambda: mail("Content-Type: text/plain; charset=undefined", body="\x7f"),
    "a mail of NUL letters": lambda: mail('Content-Type: text/plain; charset="\0"'),
    "a mail of few brackets": lambda: mail("Content-Type: " + "(" * 1_500),
    "a sheet of commas": lambda: b"ref,status" + b"," * MB,
    "a sheet of bars": lambda: b"| ref | status |\n|---|---|\n" + b"|" * MB,
    "a sheet of lines": lambda: b"\n" * MB,
    "a sheet of a quote": lambda: b'ref,status\n"' + b"x,\n" * MB,
    "a cell of 5 MB": lambda: b"ref,status\n" + b"x" * 5 * MB,
}  # fmt: skip
PAPERS: Mapping[str, Callable[[], bytes]] = {
    "a page of 70 MB": lambda: pdf(b" " * 70 * MB),
    "a page of 200 MB": lambda: pdf(b" " * 200 * MB),
    "two drawings of two drawings": lambda: pdf(b"/X Do", *(stream(b"/X Do " * 2, b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X %d 0 R>>>>" % (n + 1)) for n in range(5, 45))),
    "a drawing of itself": lambda: pdf(b"/X Do", stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 5 0 R>>>>")),
    "pages of themselves": lambda: pdf(b"").replace(b"Kids[3 0 R]", b"Kids[2 0 R]"),
    "deep brackets": lambda: pdf(b"").replace(b"[0 0 612 792]", b"[" * 100_000),
}  # fmt: skip
