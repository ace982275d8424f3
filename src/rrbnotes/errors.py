"""What stops a run. What is wrong in the notes is a value instead: see `diagnostics`."""

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


class RrbError(Exception):
    """A run that cannot go on: bad usage, bad input, refused. Caught once, in `cli`, which prints the message."""

    exit_code = 2


class WriteError(RrbError):
    """A file could not be written: locked, changed underneath, no space, no permission."""

    exit_code = 3


class Slip(RrbError):
    """A mistake of ours, seen before it did any harm: what was about to be written is not what was meant."""

    exit_code = 70


_REFUSALS = {
    errno.ENOENT: ("there is no such file", "check its name"),
    errno.ENOTDIR: ("there is no such folder", "check its name"),
    errno.ENAMETOOLONG: ("its name is too long", "give it a shorter one"),
    errno.EISDIR: ("it is a folder", "name a file"),
    errno.EEXIST: ("there is something of this name", "name another place"),
    errno.EACCES: ("no permission", "allow it, or name another place"),
    errno.EPERM: ("no permission", "allow it, or name another place"),
    errno.EROFS: ("the disk is read-only", "name another place"),
    errno.ENOSPC: ("no space left on the disk", "make room, and run this again"),
    errno.EDQUOT: ("the disk quota is used up", "make room, and run this again"),
    errno.EFBIG: ("larger than files may be here", "name another place"),
    errno.EIO: ("the disk reports an error", "run this again when that is mended"),
    errno.ELOOP: ("a link that is not followed", "name the place itself"),
}
"""What an operating system refuses in people's way, in words, and what to do about it."""


def cannot_be(done: str, why: OSError) -> str:
    """`cannot be read (there is no such file); check its name`."""
    return f"cannot be {done} ({reason(why)}); {todo(why)}"


def reason(why: OSError) -> str:
    """Why the operating system refused."""
    return _REFUSALS.get(why.errno or 0, (why.strerror or str(why), ""))[0]


def todo(why: OSError) -> str:
    """What to do about it."""
    return _REFUSALS.get(why.errno or 0, ("", "run this again when that is mended"))[1]


class Interrupted(KeyboardInterrupt):
    """A person or the system ends the run while it writes; the text says what is written."""

    def __init__(self, text: str = "", exit_code: int = 130) -> None:
        super().__init__(text)
        self.exit_code = exit_code


_NEAR = 0.65
"""From this share of common letters on a word may be meant."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`"; did you mean 'x'?"` for the nearest of the known words (in any case), else nothing."""
    from difflib import get_close_matches  # which costs a run that has nothing to ask its start

    by_folded = {k.casefold(): k for k in known}
    folded = word.casefold()
    near = get_close_matches(folded, [k for k in by_folded if _may_be_near(folded, k)], n=1, cutoff=_NEAR)
    return f"; did you mean '{by_folded[near[0]]}'?" if near else ""


def _may_be_near(ours: str, theirs: str) -> bool:
    """Whether two words have enough letters in common, wherever they stand; what difflib asks first, and dearly."""
    both = len(ours) + len(theirs)
    if 2.0 * min(len(ours), len(theirs)) < _NEAR * both:
        return False
    return 2.0 * sum(min(ours.count(c), theirs.count(c)) for c in set(ours)) >= _NEAR * both


@contextmanager
def needs(what: str, library: str, extra: str, *modules: str) -> Iterator[None]:
    """Around the imports of a library that comes with an extra: where it is missing, the run stops and says how to get it.

    `with needs("the format docx", "python-docx", "docx", "docx"): …`; `modules` are what it is imported as, where that is
    another name.
    """
    try:
        yield
    except ModuleNotFoundError as why:
        if (why.name or "").partition(".")[0] not in (modules or (library,)):
            raise
        raise RrbError(f"{what} needs {library}; pip install 'rrbnotes[{extra}]'") from why
