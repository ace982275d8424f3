"""The numbers that Word prints before paragraphs: mammoth counts every list anew, so they are written into the text first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from rrbnotes.errors import RrbError
from rrbnotes.importing.archives import packed
from rrbnotes.importing.labels import labelled, letters, roman

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_BODY, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_MOST_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How the paragraphs of one level are numbered."""

    format: str
    text: str
    """`%1.%2`: each sign stands for the count of a level."""
    start: int


@dataclass(slots=True)
class _Counter:
    counts: dict[int, int] = field(default_factory=dict)


def with_numbers(parts: Mapping[str, bytes]) -> bytes:
    """The archive with each number at the start of its paragraph; as it was where nothing is numbered."""
    body = parts[_BODY]
    try:
        if _NUMBERING in parts:
            numbered = _numbered(body, parts[_NUMBERING], parts.get(_STYLES, b""))
            body = numbered or body
    except ElementTree.ParseError as why:
        raise RrbError("damaged; open it and save it again") from why
    return packed({**parts, _BODY: body})


def _numbered(body: bytes, numbering: bytes, styles: bytes) -> bytes | None:
    root = ElementTree.fromstring(body)
    if root.tag.startswith(_STRICT):
        return None
    levels = _levels(ElementTree.fromstring(numbering))
    of_styles = _of_styles(ElementTree.fromstring(styles)) if styles else {}
    counters: dict[str, _Counter] = {}
    for paragraph in root.iter(f"{_W}p"):
        number, level = _numbering_of(paragraph, of_styles)
        known = levels.get(number, ("", {}))
        if known[1].get(level) and _has_words(paragraph):
            label = _label(known[1], level, counters.setdefault(known[0], _Counter()).counts)
            if label:
                _put(paragraph, label)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _levels(root: ElementTree.Element) -> dict[str, tuple[str, dict[int, Level]]]:
    """The levels of each numbering, by its id; numberings of one kind count together."""
    kinds = {
        one.get(f"{_W}abstractNumId", ""): {
            int(level.get(f"{_W}ilvl", "0")): Level(
                _value(level, "numFmt") or "decimal",
                _value(level, "lvlText"),
                _whole(_value(level, "start"), 1),
            )
            for level in one.findall(f"{_W}lvl")
        }
        for one in root.findall(f"{_W}abstractNum")
    }
    found = {}
    for one in root.findall(f"{_W}num"):
        kind, own = _value(one, "abstractNumId"), one.get(f"{_W}numId", "")
        restarts = one.find(f"{_W}lvlOverride/{_W}startOverride") is not None
        found[own] = (f"{kind}/{own}" if restarts else kind, kinds.get(kind, {}))
    return found


def _of_styles(root: ElementTree.Element) -> dict[str, tuple[str, int]]:
    """The numbering that paragraphs of a style have, or of the style that it is based on."""
    styles = {one.get(f"{_W}styleId", ""): one for one in root.findall(f"{_W}style")}
    found = {}
    for name, style in styles.items():
        for one in _with_bases(style, styles):
            number = one.find(f"{_W}pPr/{_W}numPr")
            if number is not None and _value(number, "numId"):
                found[name] = _value(number, "numId"), _whole(_value(number, "ilvl"), 0)
                break
    return found


def _with_bases(
    style: ElementTree.Element, styles: Mapping[str, ElementTree.Element]
) -> Iterator[ElementTree.Element]:
    seen: set[str] = set()
    one: ElementTree.Element | None = style
    while one is not None:
        yield one
        base = _value(one, "basedOn")
        one = None if base in seen else styles.get(base)
        seen.add(base)


def _numbering_of(
    paragraph: ElementTree.Element, of_styles: Mapping[str, tuple[str, int]]
) -> tuple[str, int]:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return "", 0
    own = properties.find(f"{_W}numPr")
    styled = of_styles.get(_value(properties, "pStyle"), ("", 0))
    if own is None:
        return styled
    return _value(own, "numId") or styled[0], _whole(_value(own, "ilvl"), styled[1])


def _label(levels: Mapping[int, Level], level: int, counts: dict[int, int]) -> str:
    """What is printed before the next paragraph of a level; nothing for a bullet."""
    counts[level] = counts.get(level, levels[level].start - 1) + 1
    for deeper in [one for one in counts if one > level]:
        del counts[deeper]
    if levels[level].format in ("bullet", "none"):
        return ""
    label = levels[level].text
    for n in range(min(level + 1, _MOST_LEVELS)):
        above = levels.get(n, Level("decimal", "", 1))
        label = label.replace(f"%{n + 1}", _printed(counts.get(n, above.start), above.format))
    return label


def _printed(count: int, format: str) -> str:
    match format:
        case "lowerLetter":
            return letters(count)
        case "upperLetter":
            return letters(count).upper()
        case "lowerRoman":
            return roman(count)
        case "upperRoman":
            return roman(count).upper()
        case "decimalZero":
            return f"{count:02}"
        case _:
            return str(count)


def _has_words(paragraph: ElementTree.Element) -> bool:
    return any(one.text for one in paragraph.iter(f"{_W}t"))


def _put(paragraph: ElementTree.Element, label: str) -> None:
    run = ElementTree.Element(f"{_W}r")
    words = ElementTree.SubElement(run, f"{_W}t")
    words.text = labelled(label)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    paragraph.insert(1, run)  # behind its properties


def _value(element: ElementTree.Element, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return found.get(f"{_W}val", "") if found is not None else ""


def _whole(words: str, otherwise: int) -> int:
    return int(words) if words.isdecimal() and len(words) < 7 else otherwise
