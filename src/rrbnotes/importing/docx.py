"""Word's documents as pages, through mammoth. Deleted text of tracked changes is dropped, inserted text kept; comments,
headers and footers are left out."""

import logging
import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from rrbnotes.errors import RrbError, needs
from rrbnotes.importing.archives import parts
from rrbnotes.importing.html import pages_of
from rrbnotes.importing.numbering import with_numbers
from rrbnotes.importing.pages import Page

_OLE = b"\xd0\xcf\x11\xe0"
"""How files of older Word begin, and newer ones with a password."""
_BODY = "word/document.xml"
_READ = re.compile(r"(?:\[Content_Types\]\.xml|_rels/.*|word/(?!media/).*)\Z")
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
"""


def read(data: bytes) -> Page:
    """The pages of a docx file."""
    pictures: list[None] = []
    page = pages_of(as_html(data, pictures), keeps_tabs=True)
    return Page(page.blocks, page.pictures + len(pictures))


def as_html(data: bytes, pictures: list[None] | None = None) -> str:
    """What stands in a docx file, as HTML; `pictures` gets one for each that is left out."""
    with needs("reading a Word document", "mammoth", "import"):
        import mammoth  # type: ignore[import-untyped]

    logging.getLogger("mammoth").setLevel(logging.CRITICAL)
    body = with_numbers(_checked(data))

    def left_out(image: object) -> list[object]:
        if pictures is not None:
            pictures.append(None)
        return []

    try:
        return str(
            mammoth.convert_to_html(
                BytesIO(body), style_map=_STYLES, convert_image=left_out, include_embedded_style_map=False
            ).value
        )
    except RrbError:
        raise
    except Exception as why:  # whatever a damaged or hostile file makes a library do
        raise RrbError("cannot be read as a Word document; open it and save it again") from why


def _checked(data: bytes) -> dict[str, bytes]:
    """The parts of the archive that hold words, refused where it is none, or unpacks to more than any minutes."""
    if data.startswith(_OLE):
        raise RrbError(
            "an older Word document, or one with a password; open it and save it as .docx without one"
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            if _BODY not in archive.namelist():
                raise RrbError("no Word document: there is no text in the archive; save it as .docx")
            return dict(parts(archive, _READ.match))
    except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as why:
        raise RrbError("damaged, or no Word document; open it and save it again") from why
    except Exception as why:
        if isinstance(why, RrbError):
            raise
        raise RrbError("damaged; open it and save it again") from why
