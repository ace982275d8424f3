"""Which lines of which files changed since a revision of git."""

import codecs
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rrbnotes.errors import RrbError

_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
EVERY = range(1, 1 << 31)
"""All lines of a file."""
_KINDS = (":(icase)*.md", ":(icase)*.yaml")
"""Notes and registers; git need not look at other files, which may be large."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed in a checkout."""

    lines: Mapping[str, tuple[range, ...]]
    """The changed lines of each file that differs, by its real path. A file from which lines were only taken has none,
    but is named."""
    known: frozenset[str]
    """The real paths of the files that git keeps."""

    def of(self, file: Path) -> tuple[range, ...] | None:
        """The changed lines of a file, or None where it is as it was. One that git does not know changed throughout."""
        real = os.path.realpath(file)
        return self.lines.get(real) if real in self.known else (EVERY,)


def changed_lines(folder: Path, revision: str) -> Changed:
    """What changed since a revision in the whole checkout that a folder is in. Raises `RrbError` where git cannot tell."""
    top = os.path.realpath(_git(folder, "rev-parse", "--show-toplevel").removesuffix("\n"))
    since = ("--no-renames", "--no-relative", "--end-of-options", revision, "--", *_KINDS)
    diff = _git(Path(top), "diff", "--unified=0", "--inter-hunk-context=0", "--text", "--no-textconv", "--no-color",
                "--no-ext-diff", "--src-prefix=a/", "--dst-prefix=b/", *since)  # fmt: skip
    named = _git(Path(top), "diff", "--name-only", "-z", *since)
    kept = _git(Path(top), "ls-files", "-z", "--", *_KINDS)
    found = dict.fromkeys(_paths(named), (EVERY,)) | {path: tuple(lines) for path, lines in _hunks(diff)}

    def real(path: str) -> str:
        return os.path.normpath(os.path.join(top, path))

    return Changed({real(path): lines for path, lines in found.items()}, frozenset(map(real, _paths(kept))))


def _paths(listed: str) -> Iterator[str]:
    return filter(None, listed.split("\0"))


def _hunks(diff: str) -> Iterator[tuple[str, list[range]]]:
    path, lines = "", list[range]()
    for line in diff.split("\n"):
        if line.startswith("diff --git "):
            if path:
                yield path, lines
            path, lines = "", []
        elif line.startswith("+++ ") and not lines:
            path = _path(line[4:])
        elif hunk := _HUNK.match(line):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            lines.append(range(first, first + count))
    if path:
        yield path, lines


def _path(shown: str) -> str:
    """A path as git shows it: in quotation marks with escapes where it holds odd characters; nothing for a removed file."""
    shown = shown.rstrip("\t")
    if shown.startswith('"'):
        shown = codecs.escape_decode(shown[1:-1].encode())[0].decode("utf-8", "surrogateescape")
    return shown[2:] if shown.startswith("b/") else ""


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "core.quotepath=off", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        raise RrbError(
            "--since needs git, which is not installed here; leave it out, or install git"
        ) from None
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip().split("\n")[0].removeprefix("fatal: ")
        raise RrbError(f"--since: git cannot tell what changed ({why}); name a revision that it has")
    return done.stdout.decode("utf-8", "surrogateescape")
