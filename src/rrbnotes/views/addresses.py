"""Whom a person's list of addresses means: owners by any of their names, each with where to write to."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from email.errors import MessageError
from email.headerregistry import Address

from rrbnotes.book import Notebook
from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.source import Unreadable, source_of
from rrbnotes.views.names import Pair, owner

_NAMED = re.compile(r"([^<]*)<([^<>]*)>[\s,;]*")
"""`NPS <nps@example.org>`."""
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of a list."""

    of: Mapping[Pair, tuple[str, ...]]
    """By board and owner."""
    strangers: tuple[tuple[str, str], ...]
    """What stands at which place for nobody whom the notes know."""

    def doubts(self, missing: Sequence[str]) -> Iterator[str]:
        """The strangers whose names are near those of owners without an address."""
        for place, name in self.strangers:
            hint = did_you_mean(name, missing)
            if hint:
                yield f"{place}: no note knows '{name}'{hint}"


def read_addresses(data: bytes, shown: str, book: Notebook, today: Date) -> Addresses:
    """The addresses in a file: a line is `owner,address` or `Owner <address>`; whoever stands in several has several.
    All that is wrong with them is raised at once."""
    source = source_of(data, shown)
    if isinstance(source, Unreadable):
        raise RrbError(f"{source.at}: {source.message}; {source.help}")
    found: dict[Pair, list[str]] = {}
    strangers, wrong = [], []
    told = ((n, text) for n, text in enumerate(source.lines, 1) if text.strip() and text.lstrip()[0] != "#")
    for first, (number, text) in enumerate(told):
        place = f"{shown}:{number}"
        try:
            for name, address in _pairs(text, is_first=first == 0):
                pairs = _meant(book, name, today)
                for pair in pairs:
                    found.setdefault(pair, []).append(address)
                if not pairs:
                    strangers.append((place, name))
        except RrbError as why:
            wrong.append(f"{place}: {why}")
    if wrong:
        raise RrbError("\n".join(wrong))
    return Addresses({pair: tuple(dict.fromkeys(each)) for pair, each in found.items()}, tuple(strangers))


def _pairs(text: str, is_first: bool) -> Iterator[tuple[str, str]]:
    """A name with each address on its line; none in a row of titles."""
    one = _NAMED.fullmatch(text.strip())
    if one:
        cells = [one[1].strip(' \t,;"'), one[2].strip()]
    else:
        cells = [
            cell.strip() for cell in next(csv.reader([text], delimiter=max(_DELIMITERS, key=text.count)))
        ]
    name, addresses = cells[0], [cell for cell in cells[1:] if cell]
    if is_first and not any("@" in cell for cell in cells):
        return
    if not name or not addresses:
        raise RrbError(f"'{text.strip()}' is no owner with an address; write NPS,nps@example.org")
    for address in addresses:
        yield name, checked(address)


def checked(address: str) -> str:
    """An address that is one and only one; nothing in it can end its header or name another receiver."""
    wrong = f"'{address}' is no mail address; write it as nps@example.org"
    if not address.isascii() or not address.isprintable() or " " in address:
        raise RrbError(wrong)
    try:
        one = Address(addr_spec=address)
    except (MessageError, ValueError, IndexError) as why:
        raise RrbError(wrong) from why
    if not one.username or not one.domain or one.addr_spec != address:
        raise RrbError(wrong)
    return address


def _meant(book: Notebook, name: str, today: Date) -> set[Pair]:
    try:
        return owner(book, name, today)
    except RrbError:
        return set()
