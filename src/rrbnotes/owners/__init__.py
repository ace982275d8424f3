"""Who: the directory of who is known to a board, and the grammar that finds owners in an action's words."""

from rrbnotes.owners.directory import NOBODY, Directory, Party, directory, fold_name, untitled
from rrbnotes.owners.grammar import Cut, cut_owners, leading_owners, tasked
from rrbnotes.owners.names import PARTICLES, VERBS, cell_owners, is_office, named, names_in, sure_names_in
from rrbnotes.owners.phrase import owner_to_action

__all__ = [
    "NOBODY",
    "PARTICLES",
    "VERBS",
    "Cut",
    "Directory",
    "Party",
    "cell_owners",
    "cut_owners",
    "directory",
    "fold_name",
    "is_office",
    "leading_owners",
    "named",
    "names_in",
    "owner_to_action",
    "sure_names_in",
    "tasked",
    "untitled",
]
