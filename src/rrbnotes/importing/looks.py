"""How HTML sets words: by tags, by styles, by classes."""

import re
from collections.abc import Mapping

from rrbnotes.importing.tree import Element

_BY_TAG = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em"), "emphasis"),
    **dict.fromkeys(("s", "del", "strike"), "struck"),
}
_BY_STYLE = (
    (
        "strong",
        re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)"),
        re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)"),
    ),
    ("emphasis", re.compile(r"font-style\s*:\s*italic"), re.compile(r"font-style\s*:\s*normal")),
    (
        "struck",
        re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through"),
        re.compile(r"text-decoration[\w-]*\s*:\s*none"),
    ),
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_HEADERS = ("header", "footer")
"""What LibreOffice calls the parts that it repeats on each page."""


def style_of(element: Element, classes: Mapping[str, str]) -> str:
    """The declarations that hold for an element, its own last."""
    named = (classes[name] for name in element.attributes.get("class", "").split() if name in classes)
    return ";".join((*named, element.attributes.get("style", "")))


def looks_of(element: Element, looks: frozenset[str], classes: Mapping[str, str]) -> frozenset[str]:
    """The looks of an element's words, where those of the words around it are given."""
    tag = _BY_TAG.get(element.tag)
    now = set(looks | {tag}) if tag else set(looks)
    style = style_of(element, classes)
    for look, sets, unsets in _BY_STYLE if style else ():
        if sets.search(style):
            now.add(look)
        elif unsets.search(style) and look != "struck":
            now.discard(look)
    return frozenset(now)


def is_hidden(element: Element, classes: Mapping[str, str]) -> bool:
    """Whether an element is not shown, repeats on each page, or was taken out by somebody who tracked the changes."""
    attributes = element.attributes
    is_repeated = element.tag == "div" and attributes.get("title") in _HEADERS
    is_taken_out = element.tag == "del" and "datetime" in attributes
    is_unseen = "hidden" in attributes or _HIDDEN.search(style_of(element, classes)) is not None
    return is_repeated or is_taken_out or is_unseen
