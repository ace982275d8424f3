"""The parts of office files, which are zip archives of XML: read within limits, whatever an archive says of itself."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from rrbnotes.errors import RrbError

MAX_UNPACKED = 200 * 1024 * 1024
MAX_TEXT = 16 * 1024 * 1024
"""Bytes of one part that is read; pictures may be larger."""
MAX_ELEMENTS = 250_000
"""Of one part: the libraries that read it make an object of each."""
_MAX_PARTS = 10_000


class _Root(Exception):
    """The first element was reached."""


def parts(archive: ZipFile, is_read: Callable[[str], object]) -> Iterator[tuple[str, bytes]]:
    """The parts by name; those that are not read are empty. Raises where it unpacks to more than any minutes."""
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED or len(entries) > _MAX_PARTS:
        raise RrbError(f"unpacks to more than {MAX_UNPACKED // 2**20} MB; split it")
    for entry in entries:
        yield entry.filename, _contents(archive, entry) if is_read(entry.filename) else b""


def packed(of: Mapping[str, bytes]) -> bytes:
    """Parts as an archive."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in of.items():
            archive.writestr(name, data)
    return out.getvalue()


def _contents(archive: ZipFile, entry: ZipInfo) -> bytes:
    if entry.flag_bits & 1:
        raise RrbError("protected with a password; open it and save it without one")
    with archive.open(entry) as part:  # what an archive says of its sizes may be a lie
        data = part.read(MAX_TEXT + 1) if entry.file_size <= MAX_TEXT else b""
    if len(data) > MAX_TEXT or entry.file_size > MAX_TEXT:
        raise RrbError(f"holds more than {MAX_TEXT // 2**20} MB of text; split it")
    if data.count(b"<") - data.count(b"</") > MAX_ELEMENTS:
        raise RrbError(f"holds more than {MAX_ELEMENTS:,} elements; split it")
    _refuse_entities(data)
    return data


def _refuse_entities(data: bytes) -> None:
    """No office program writes a document type, whose entities may unfold to gigabytes or name other files."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = _stop
    with suppress(_Root, expat.ExpatError):  # what is no XML is for the library to judge
        parser.Parse(data, True)


def _refuse(*_: object) -> None:
    raise RrbError("declares a document type, as no office program does; open it and save it again")


def _stop(*_: object) -> None:
    raise _Root
