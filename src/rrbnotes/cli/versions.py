"""What a report of a mistake has to name: the versions of all that is at work."""

import sys
from collections.abc import Iterator

from rrbnotes import __version__


def versions(all_of_them: bool) -> Iterator[str]:
    """The program with what it runs on; each library that it may use, where all are asked for."""
    yield f"rrb {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    if all_of_them:
        import re
        from importlib.metadata import PackageNotFoundError, requires, version

        for wish in requires("rrbnotes") or ():
            name, _, extra = wish.partition(";")
            library = re.split(r"[^\w.-]", name, maxsplit=1)[0]
            if library != "rrbnotes" and "dev" not in extra:
                try:
                    yield f"{library} {version(library)}"
                except PackageNotFoundError:
                    yield f"{library} is not installed"
