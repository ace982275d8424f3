"""The report as a page: templates filled, and a policy that lets nothing run but the page's own style and script."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from rrbnotes.quoting import count
from rrbnotes.render.html.chart import BOTTOM, HEIGHT, TOP, chart
from rrbnotes.render.safe import inline, one_line
from rrbnotes.views.board_report.values import BoardReport

_MOST = 150
"""Letters of an action's words where its row is a click away."""
_MOST_OWNERS = 12
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()


def write(report: BoardReport) -> str:
    """The page."""
    style, script = _style(report), _text("report.js")
    return (
        _environment()
        .get_template("report.html.j2")
        .render(report=report, style=style, script=script, style_hash=_hash(style), script_hash=_hash(script))
    )


def _style(report: BoardReport) -> str:
    head = (
        f"{report.title}: actions at {report.day.text}" if report.title else f"Actions at {report.day.text}"
    )
    return _text("report.css").replace("RUNNING-HEAD", css_text(one_line(head)))


def css_text(text: str) -> str:
    """A text as it stands in a style sheet between quotes: whatever is no plain letter or digit is written by number."""
    return "".join(char if char.isascii() and char.isalnum() else f"\\{ord(char):06x}" for char in text)


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _text(name: str) -> str:
    return files("rrbnotes.render.html").joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("rrbnotes.render", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"short": short, "count": count, "ordinal": ordinal, "plain_number": plain_number}
    environment.globals |= {
        "chart": chart, "HEIGHT": HEIGHT, "TOP": TOP, "BOTTOM": BOTTOM, "MOST_OWNERS": _MOST_OWNERS,
    }  # fmt: skip
    return environment


def _harmless(value: object) -> object:
    """Every text that a template prints, with what would act or hide in it written out; markup is the template's own."""
    return inline(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def short(text: str) -> str:
    """The words as far as a list has room for them, cut at a word's end."""
    words = one_line(text)
    return words if len(words) <= _MOST else f"{words[:_MOST].rsplit(' ', 1)[0].rstrip(' ,;:–-')} …"


def ordinal(number: int) -> str:
    """`third`; from the eleventh on `11th`, `22nd`."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def plain_number(number: float) -> str:
    """`2`, `2½`."""
    return f"{int(number)}{'½' if number % 1 else ''}"
