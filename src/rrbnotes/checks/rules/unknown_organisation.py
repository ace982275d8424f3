"""unknown-organisation: a name in the lists of who was there that is a slip of one that the board knows."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import lru_cache

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.near import (
    Key,
    by_keys,
    is_longer_form,
    is_organisation,
    is_short_form,
    is_slip,
    sharing,
)
from rrbnotes.checks.evidence.whereabouts import Listed, names_at
from rrbnotes.diagnostics import Finding, Related
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted
from rrbnotes.reading.entries import short_form
from rrbnotes.source import Location


def unknown_organisation(book: Book, today: Date) -> Iterator[Finding]:
    """A name that no other note of the board has is all but one that is missing from this note's lists.

    It is taken for somebody else: its actions are listed apart, and the one that was there seems to have been away.

    Bad:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        Present: MOPAC, Public Health England (PHE)
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        Present: MOPAC, PHF

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        Present: MOPAC, Public Health England (PHE)
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        Present: MOPAC, PHE

    Mend:
        Write the name as the other notes do. Where the board says it both ways, name the one as a form of the other in the
        settings, under `[owners]`. Where it is a new one: `<!-- rrb: allow unknown-organisation: joined in May -->`.
    """
    for own in book.boards():
        names = [listed.name for one in own for listed in names_at(one)]
        shorts = {name: own[0].lore.directory.short(name) for name in set(names)}
        pages = [_page(n, one, shorts) for n, one in enumerate(own)]
        places = _places(pages)
        strangers = [(one, page) for page in pages for one in page.names if _is_strange(one, page, places)]
        if strangers:
            lists_bodies = 4 * sum(map(is_organisation, names)) >= len(names)
            around = _Around(places, by_keys(places), lists_bodies)
            for one, page in strangers:
                yield from _finding(one, page, pages, around)


@dataclass(frozen=True, slots=True)
class _Page:
    """One note's lists."""

    at: int
    """Its place among its board's notes."""
    names: tuple[Listed, ...]
    shorts: Mapping[str, str]
    """Those whom the board's names mean, by what is printed."""
    forms: frozenset[str]
    """All that its names, and those whom they mean, are called."""
    text: str

    def forms_of(self, name: str) -> tuple[str, ...]:
        """All that goes for a printed name."""
        return tuple(dict.fromkeys((self.shorts[name], *_forms(name))))


_Places = Mapping[str, Sequence[tuple[int, Listed]]]
"""By each form of a name, the notes that list it."""


@dataclass(frozen=True, slots=True)
class _Around:
    """All lists of a board."""

    places: _Places
    index: Mapping[Key, Sequence[str]]
    """The forms in them, to find those near to another."""
    lists_bodies: bool
    """They list organisations, not only people."""


def _page(at: int, minutes: Minutes, shorts: Mapping[str, str]) -> _Page:
    names = names_at(minutes)
    forms = frozenset(form for one in names for form in (shorts[one.name], *_forms(one.name)))
    return _Page(at, names, shorts, forms, minutes.source.text)


_BRACKETS = re.compile(r"(?<!\s)\s*+[\[(][^\[\]()]*[\])]")


@lru_cache(maxsize=20_000)
def _forms(name: str) -> tuple[str, ...]:
    """A name without what stands in brackets, and the short form in them."""
    return tuple(form for form in (_BRACKETS.sub("", name).strip(), short_form(name)) if form)


def _places(pages: Sequence[_Page]) -> _Places:
    found: dict[str, list[tuple[int, Listed]]] = {}
    for page in pages:
        for one in page.names:
            for form in _forms(one.name):
                found.setdefault(form, []).append((page.at, one))
    return found


def _is_strange(one: Listed, page: _Page, places: _Places) -> bool:
    """Whether no other note lists a name, under any form."""
    return all(at == page.at for form in page.forms_of(one.name) for at, _ in places.get(form, ()))


def _finding(one: Listed, page: _Page, pages: Sequence[_Page], around: _Around) -> Iterator[Finding]:
    """What the name is all but, if another note has that: an earlier one, or several later ones."""
    mine = page.forms_of(one.name)
    near = {
        form: [listed for at, listed in around.places[form] for _ in range(1 + (at < page.at))]
        for own in mine
        for form in sharing(own, around.index)
        if _is_near(own, form, around.lists_bodies) and _is_missing(form, page, around)
    }
    best = max(near, key=lambda form: len(near[form]), default="")
    if not best or len(near[best]) < _SEVERAL or _is_printed(mine, page, pages):
        return
    first = near[best][0].at
    related = Related(Location(first.path, first.line, first.column), f"{quoted(best)} is listed here")
    yield Finding(
        one.at, f"no other note has {quoted(one.name)}", f"did you mean {quoted(best)}?", (related,)
    )


def _is_missing(form: str, page: _Page, around: _Around) -> bool:
    """Whether somebody is not in a note's lists, under any name."""
    return form not in page.forms and page.shorts[around.places[form][0][1].name] not in page.forms


_SEVERAL = 2
"""Notes that have the name which was meant; an earlier one counts twice."""


def _is_printed(forms: Iterable[str], page: _Page, pages: Sequence[_Page]) -> bool:
    """Whether another note has one of the forms anywhere, or this one speaks of a short form as of somebody."""
    printed = re.compile("|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in forms))
    if any(map(is_short_form, forms)) and len(printed.findall(page.text)) > 1:
        return True
    others = (other.text for other in pages if other is not page)
    return any(any(form in text for form in forms) and printed.search(text) for text in others)


def _is_near(name: str, other: str, lists_bodies: bool) -> bool:
    """A letter tells organisations apart as it does people, but people's initials are no slips of each other; and only an
    organisation is the same with a word more."""
    if is_short_form(name) or is_short_form(other):
        return lists_bodies and (is_slip(name, other) or is_longer_form(name, other))
    if is_slip(name, other):
        return True
    return is_longer_form(name, other) and (is_organisation(name) or is_organisation(other))
