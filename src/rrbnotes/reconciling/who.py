"""Who is who on one board: its directory, which remembers what it was asked, since the same few names stand everywhere."""

from rrbnotes.owners import Directory

Names = tuple[str, ...]


class Who:
    """The owners of one board while its meetings are reconciled."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._shorts: dict[Names, Names] = {}
        self._members: dict[Names, frozenset[str]] = {}

    def shorts(self, names: Names) -> Names:
        """The short forms of printed names, each once."""
        if names not in self._shorts:
            self._shorts[names] = tuple(dict.fromkeys(map(self._directory.short, names)))
        return self._shorts[names]

    def agree(self, ours: Names, theirs: Names) -> bool:
        """Whether two sets of owners can be those of one action: one names nobody, or they share a member."""
        if not ours or not theirs or ours == theirs:
            return True
        return not self._all(ours).isdisjoint(self._all(theirs))

    def _all(self, names: Names) -> frozenset[str]:
        if names not in self._members:
            self._members[names] = frozenset(self._directory.everybody(names))
        return self._members[names]
