"""raw-html: tags of HTML where markdown has its own marks."""

import re
from collections.abc import Iterator, Sequence

from rrbnotes.checks.evidence.alike import shape, stays_blank
from rrbnotes.checks.evidence.setting import starts, stretch
from rrbnotes.checks.evidence.tags import Tag, Tagged, tagged
from rrbnotes.diagnostics import Finding, Fix
from rrbnotes.edits import Edit, apply
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import count, listed, quoted


def raw_html(minutes: Minutes) -> Iterator[Finding]:
    """Tags of HTML stand in the text.

    A converter left them. In an e-mail, an editor or a printout they are noise between the words, and `<sup>` cuts a date
    in two for whoever searches for it.

    Bad:
        **Action:** MPS to report by 2<sup>nd</sup> March, <b>without fail</b>.

    Good:
        **Action:** MPS to report by 2nd March, **without fail**.

    Mend:
        Write it in markdown: `**bold**`, `*italic*`, `2nd`, a list, a table. Tags that markdown has no mark for, such as
        `<details>`, are not looked at. To keep others: `<!-- rrb: allow raw-html: the table has merged cells -->`.
    """
    for one in tagged(minutes):
        if one.last > one.first:
            what = f"{count(one.last - one.first + 1, 'line')} from {quoted(one.tags[0].shown)} on are HTML"
            yield Finding(minutes.source.whole_lines(one.first, one.last), what, "write them in markdown")
            continue
        at = stretch(minutes, one.first, one.tags[0].start, one.tags[-1].end)
        edits = tuple(_edits(minutes.source.lines, one, starts(minutes)))
        is_all = all(_is_gone(tag, edits, starts(minutes)[one.first - 1]) for tag in one.tags)
        fix = Fix("write it in markdown", edits) if is_all else None
        yield Finding(at, _message(one.tags), "write it in markdown", fix=fix)


def _is_gone(tag: Tag, edits: Sequence[Edit], start: int) -> bool:
    """Whether edits take a tag of a line away; what mends half of a line mends no finding."""
    return any(edit.start <= start + tag.start and start + tag.end <= edit.end for edit in edits)


def _message(tags: Sequence[Tag]) -> str:
    names = list(dict.fromkeys(quoted(f"<{tag.name}>") for tag in tags))
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'} HTML"


_MARKS = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em"), "*"),
    **dict.fromkeys(("s", "del", "strike"), "~~"),
    **dict.fromkeys(("sup", "sub", "span", "a"), ""),
}
_HREF = re.compile(
    r"""(?:[\w-]+=(?:"[^"<>]*"|'[^'<>]*')\s+)*href=(?P<q>["'])(?P<to>[^\s"'<>()\[\]]+)(?P=q)(?:\s+[\w-]+=(?:"[^"<>]*"|'[^'<>]*'))*"""
)
"""The attributes of a link, with an address that markdown takes as it stands."""


def _edits(lines: Sequence[str], one: Tagged, offsets: Sequence[int]) -> Iterator[Edit]:
    """What puts markdown in the place of a line's tags, as far as it then reads the same."""
    line, start = lines[one.first - 1], offsets[one.first - 1]
    if one.tags[-1].name == "br":
        yield from _break(lines, one, offsets)
    if not one.is_block:
        for edit in _alike(line, [tuple(_marked(line, *pair)) for pair in _pairs(one.tags)]):
            yield Edit(start + edit.start, start + edit.end, edit.text)


_MOST = 20
"""Pairs on a line that are tried one by one; more are no hand's work."""


def _alike(line: str, pairs: Sequence[tuple[Edit, ...]]) -> list[Edit]:
    """The edits with which a line reads the same: all of them, or those of the pairs that can be."""
    before = shape(line.strip(" \t"))

    def holds(some: Sequence[Edit]) -> bool:
        return shape(apply(line, some).strip(" \t")) == before

    every = [edit for pair in pairs for edit in pair]
    if holds(every):
        return every
    kept: list[Edit] = []
    for pair in pairs if len(pairs) <= _MOST else ():
        kept += pair if holds([*kept, *pair]) else ()
    return kept


def _pairs(tags: Sequence[Tag]) -> Iterator[tuple[Tag, Tag]]:
    """The tags that open and close on a line, without further ado, and have a mark."""
    opened: list[Tag] = []
    for tag in tags:
        if tag.name not in _MARKS:
            continue
        if not tag.closes:
            opened.append(tag)
        elif opened and opened[-1].name == tag.name:
            opens = opened.pop()
            if not opens.attributes or (tag.name == "a" and _HREF.fullmatch(opens.attributes)):
                yield opens, tag


def _marked(line: str, opens: Tag, closes: Tag) -> Iterator[Edit]:
    """A mark in the place of each tag of a pair. Blanks at the ends of the words move out, since next to them a mark would
    not hold, unless there are some already."""
    mark, words = _MARKS[opens.name], line[opens.end : closes.start]
    link = _HREF.fullmatch(opens.attributes) if opens.name == "a" else None
    if link:
        yield Edit(opens.start, opens.end, "[")
        yield Edit(closes.start, closes.end, f"]({link['to']})")
        return
    if not mark or not words.strip(" "):
        yield Edit(opens.start, opens.end, "")
        yield Edit(closes.start, closes.end, "")
        return
    before, after = len(words) - len(words.lstrip(" ")), len(words) - len(words.rstrip(" "))
    has_before = not line[: opens.start].rstrip(" ") or line[opens.start - 1] in " \t"
    has_after = line[closes.end : closes.end + 1] in ("", " ", "\t")
    yield Edit(opens.start, opens.end + before, ("" if has_before else " " * before) + mark)
    yield Edit(closes.start - after, closes.end, mark + ("" if has_after else " " * after))


def _break(lines: Sequence[str], one: Tagged, offsets: Sequence[int]) -> Iterator[Edit]:
    """A break at the end of a line is two blanks, or nothing where the paragraph ends there."""
    number, tag = one.first, one.tags[-1]
    line, start = lines[number - 1], offsets[number - 1]
    before, after = lines[: number - 1][-1:], lines[number : number + 1]
    goes_on = bool(after and after[0].strip())
    if line[tag.end :].strip():
        return
    if line[: tag.start].strip():
        put = "  " if goes_on else ""
        if shape("\n".join((line, *after))) == shape("\n".join((line[: tag.start] + put, *after))):
            yield Edit(start + tag.start, start + tag.end, put)
    elif not goes_on and stays_blank(lines, number):
        yield Edit(start + tag.start, start + tag.end, "")
    elif before and before[0].strip() and "\t" not in before[0] and not one.is_block:
        last = before[0].rstrip()
        if shape("\n".join((*before, line, *after))) == shape("\n".join((f"{last}  ", *after))):
            yield Edit(offsets[number - 2] + len(last), start + tag.end, "  ")
