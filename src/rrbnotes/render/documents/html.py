"""A paper as one page of HTML: no script, nothing fetched, good on paper and for a screen reader."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from rrbnotes.render.documents.links import address
from rrbnotes.render.page import Page
from rrbnotes.render.safe import inline, one_line
from rrbnotes.views.document import Bullets, Document, Grid, Heading, Part, plain

_LONG = 24
"""A word from which on may be broken, lest it push the other columns off the page."""
_TEMPLATES = Environment(
    loader=PackageLoader("rrbnotes.render.documents", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_TEMPLATES.filters["shown"] = one_line
_TEMPLATES.filters["inline"] = inline
_TEMPLATES.filters["address"] = address
_TEMPLATES.filters["is_word"] = lambda words: 0 < len(plain(words)) < _LONG and " " not in plain(words)


def write(document: Document, page: Page) -> str:
    """The paper as a page of its own."""
    return _TEMPLATES.get_template("paper.html.j2").render(document=document, kind=_kind)


def _kind(part: Part) -> str:
    """What the template goes by."""
    match part:
        case Heading():
            return "heading"
        case Bullets():
            return "bullets"
        case Grid():
            return "grid"
    return "paragraph"
