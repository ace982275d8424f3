"""Where the texts of `rrb chase` go: one after another on standard output, or a file each. Commands import it when they run."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rrbnotes.book import Notebook
from rrbnotes.cli import out
from rrbnotes.cli.given import bytes_of, make_folder
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import put, put_content, put_lines, say
from rrbnotes.errors import RrbError
from rrbnotes.home import locate
from rrbnotes.owners import Directory
from rrbnotes.quoting import count
from rrbnotes.render.documents import PAPERS, eml
from rrbnotes.render.formats import written
from rrbnotes.render.page import Page
from rrbnotes.shelf import shown
from rrbnotes.views.addresses import Addresses, read_addresses
from rrbnotes.views.chase import listing, paper
from rrbnotes.views.choice import pick
from rrbnotes.views.document import Document
from rrbnotes.views.names import Pair
from rrbnotes.views.requests import Request, everybody, file_names
from rrbnotes.views.sources import Web, checked


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a file for each owner goes."""

    path: Path
    """As it was typed."""
    format: str
    force: bool
    """Whether files that say something else are replaced."""
    known: Addresses | None
    web: Web | None


@dataclass(frozen=True, slots=True)
class _Form:
    """How one text is written as a file of its own."""

    suffix: str
    write: Callable[[Document, str, tuple[str, ...], Page], str | bytes]
    """Of the text, its receiver's name and addresses."""
    between: str = ""
    """What stands between several on standard output; empty for a format of which only one has room there."""


def _as_paper(name: str, between: str = "") -> _Form:
    row = PAPERS[name]
    return _Form(row.suffixes[0], lambda document, _owner, _to, page: row.write(document, page), between)


_FORMS: Mapping[str, _Form] = {
    "text": _as_paper("text", f"\n{'~' * 40}\n\n"),
    "markdown": _as_paper("markdown", "\n---\n\n"),
    "html": _as_paper("html"),
    "docx": _as_paper("docx"),
    "eml": _Form(".eml", lambda document, owner, to, _page: eml.write(document, owner, to)),
    "csv": _Form(".csv", lambda document, _owner, _to, _page: eml.sheet(document)),
}
_ENDINGS = frozenset({ending for row in PAPERS.values() for ending in row.suffixes} | {".eml", ".zip"})
_TOGETHER = ("csv", "json", "ndjson", "tsv", "xlsx")
"""The formats in which all owners stand together."""
_MOST_NAMED = 5


def check(run: Run, format: str | None, output: Path | None, addresses: Path | None) -> None:
    """Refuse what cannot be done before anything is read."""
    if format is not None:
        pick("format", format, dict.fromkeys((*_FORMS, *_TOGETHER)))
    if addresses and format != "eml":
        raise RrbError("--addresses is for drafts of mails; add --format eml")
    if output:
        out.refuse_notes(run, "--output", output)
        is_folder = run.path(output).is_dir()
        if not is_folder and (run.path(output).exists() or output.suffix.casefold() in _ENDINGS):
            raise RrbError(f"--output {output} is a file; name a folder, which gets a file for each owner")
        if format and format not in _FORMS:
            raise RrbError(
                f"{format} is one text for all; leave --output out, or name {', '.join(_FORMS)} for a file each"
            )


def known_addresses(run: Run, file: Path | None, book: Notebook) -> Addresses | None:
    """The addresses in a file that a person names; None where none is named."""
    if file is None:
        return None
    return read_addresses(bytes_of(run, file), str(file), book, run.today)


def web(run: Run, base: str | None) -> Web | None:
    """Where the notes can be read on the web; None where nobody says so."""
    if base is None:
        return None
    root = locate(run.directory, run.config).root
    return Web(checked(base), shown(run.directory.resolve(), root.resolve()))


def former(book: Notebook, names: Mapping[Pair, str]) -> Mapping[str, str]:
    """By the names of their files, the owners who had actions and have none left."""
    pairs = {
        (action.board, name)
        for action in book.register.actions
        for name in everybody(action.owners, book.directories.get(action.board) or Directory())
    }
    return {file: owner for (_, owner), file in file_names(pairs).items() if file not in {*names.values()}}


def show(
    run: Run, asked: Sequence[Request], format: str | None, known: Addresses | None, web: Web | None
) -> None:
    """Write the texts one after another."""
    terminal = sys.stdout.isatty()
    name, page = format or ("text" if terminal else "markdown"), out.page_for(run, terminal)
    if name in _TOGETHER:
        put_content(written(name, listing(asked, run.today), page), f"the format {name}")
        return
    form = _FORMS[name]
    if len(asked) > 1 and not form.between:
        raise RrbError(
            f"{name} has a file for each owner, and there are {len(asked)}; name a folder for them with --output, or one "
            "owner with --owner"
        )
    texts = [_written(run, one, form, known, web, page) for one in asked]
    if form.between:
        put(form.between.join(str(text) for text in texts))
    elif texts:
        put_content(texts[0], f"the format {name}")
    _tell(asked, known)


def save(
    run: Run,
    asked: Sequence[Request],
    names: Mapping[Pair, str],
    folder: Folder,
    former: Mapping[str, str],
) -> None:
    """Write a file for each owner, or none where one would replace something else; say which."""
    form, path = _FORMS[folder.format], run.path(folder.path)
    files = {one.pair: folder.path / f"{names[one.pair]}{form.suffix}" for one in asked}
    texts = {one.pair: _bytes(_written(run, one, form, folder.known, folder.web, Page())) for one in asked}
    others = [file for pair, file in files.items() if _differs(run.path(file), texts[pair])]
    if others and not folder.force:
        raise RrbError(
            f"{_some(others)} {'is' if len(others) == 1 else 'are'} there already and would be replaced; nothing was "
            "written: name another folder, or add --force"
        )
    if asked:
        make_folder(path, f"--output {folder.path}")
    for one in asked:
        out.write_file(run, "--output", files[one.pair], texts[one.pair])
    if not run.quiet:
        put_lines(f"{files[one.pair].as_posix()}: {_counts(one)}" for one in asked)
        _tell_of_others(run, folder, form, {*names.values()}, former)
        _tell(asked, folder.known)


def _written(
    run: Run, one: Request, form: _Form, known: Addresses | None, web: Web | None, page: Page
) -> str | bytes:
    addresses = known.of.get(one.pair, ()) if known else ()
    return form.write(paper(one, run.today, web), one.owner, addresses, page)


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode(errors="backslashreplace")


def _differs(path: Path, text: bytes) -> bool:
    """Whether there is something else at a place; a link too, wherever it leads."""
    try:
        return path.is_symlink() or path.read_bytes() != text
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _counts(one: Request) -> str:
    late = f", {one.overdue} overdue" if one.overdue else ""
    return f"{one.owner}, {count(len(one.entries), 'action')}{late}"


def _tell_of_others(
    run: Run, folder: Folder, form: _Form, names: set[str], former: Mapping[str, str]
) -> None:
    """Name the files of the same kind that are no owner's of today: an old text should not be sent for a new one."""
    files = sorted(run.path(folder.path).glob(f"*{form.suffix}"))
    others = {file.name.removesuffix(form.suffix): folder.path / file.name for file in files}
    unknown = [path for name, path in others.items() if name not in names and name not in former]
    for name, path in others.items():
        if name in former:
            say(
                f"{path.as_posix()}: from an earlier run; {former[name]} has nothing outstanding now – delete it"
            )
    if unknown:
        what = (
            "is none of today's texts; if it is"
            if len(unknown) == 1
            else "are none of today's texts; if they are"
        )
        say(f"{_some(unknown)} {what} from an earlier run, delete {'it' if len(unknown) == 1 else 'them'}")


def _tell(asked: Sequence[Request], known: Addresses | None) -> None:
    """Name the owners for whom the list has no address."""
    missing = [one.owner for one in asked if known and one.pair not in known.of]
    if known and missing:
        for line in known.doubts(missing):
            say(line)
        say(f"no address for {', '.join(missing)}: their drafts have no receiver yet")


def _some(files: Sequence[Path]) -> str:
    more = f" and {len(files) - _MOST_NAMED} more" if len(files) > _MOST_NAMED else ""
    return ", ".join(file.as_posix() for file in files[:_MOST_NAMED]) + more
