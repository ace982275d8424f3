"""What a report of a mistake has to name: the versions of all that is at work."""

import sys
from collections.abc import Iterator

from rrbnotes import __version__


def versions(all_of_them: bool) -> Iterator[str]:
    """The program with what it runs on; each library that it may use, where all are asked for."""
    yield f"rrb {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    if all_of_them:
        from importlib.metadata import PackageNotFoundError, version

        for library in _libraries():
            try:
                yield f"{library} {version(library)}"
            except PackageNotFoundError:
                yield f"{library} is not installed"


def _libraries() -> Iterator[str]:
    """Those that the program may use, each once: an extra that holds the others names them again."""
    import re
    from importlib.metadata import PackageNotFoundError, requires

    try:
        wishes = requires("rrbnotes") or ()
    except PackageNotFoundError:  # run from its sources, where nobody has put together what it needs
        return
    parts = (wish.partition(";") for wish in wishes)
    names = (re.split(r"[^\w.-]", name, maxsplit=1)[0] for name, _, extra in parts if "dev" not in extra)
    yield from (name for name in dict.fromkeys(names) if name != "rrbnotes")
