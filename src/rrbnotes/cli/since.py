"""Which lines of which files changed since a revision of git."""

import codecs
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from rrbnotes.errors import RrbError

_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
EVERY = range(1, 1 << 31)
"""All lines of a file that git does not know yet."""


def changed_lines(folder: Path, revision: str) -> Mapping[str, tuple[range, ...]]:
    """The changed lines of the files below a folder, by their paths from there. A file from which lines were only taken
    has none, but is named. Raises `RrbError` where git cannot tell."""
    diff = _git(folder, "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-renames", "--relative",
                "--src-prefix=a/", "--dst-prefix=b/", "--end-of-options", revision, "--", ".")  # fmt: skip
    new = _git(folder, "ls-files", "--others", "--exclude-standard", "-z")
    found = {path: tuple(lines) for path, lines in _hunks(diff)}
    return found | {path: (EVERY,) for path in new.split("\0") if path}


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
        raise RrbError("--since needs git, which is not installed here") from None
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip().split("\n")[0].removeprefix("fatal: ")
        raise RrbError(f"--since: git cannot tell what changed: {why}")
    return done.stdout.decode("utf-8", "surrogateescape")
