"""Drives on which locks do not work. Processes that are made anew load this, so it loads nothing heavy."""

import errno


def lets_everybody_in(fd: int) -> bool:
    """A lock that holds nobody."""
    return True


def no_locks_here(fd: int) -> bool:
    """What a drive without locks says."""
    raise OSError(errno.ENOLCK, "No locks available")
