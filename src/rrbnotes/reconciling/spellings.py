"""Owners whom no list of names knows: one spelling for each."""

from collections.abc import Iterable
from dataclasses import replace

from rrbnotes.model import Meeting
from rrbnotes.owners import Directory, fold_name


def with_spellings(directory: Directory, meetings: Iterable[Meeting]) -> Directory:
    """A board's directory with the owners that it does not know, each as it was printed first: `Clerk` and `CLERK` are one."""
    printed: dict[str, str] = {}
    for mention in (one for meeting in meetings for one in meeting.mentions):
        for owner in mention.owners:
            if not directory.knows(owner):
                printed.setdefault(fold_name(owner), owner)
    return replace(directory, by_form={**printed, **directory.by_form}) if printed else directory
