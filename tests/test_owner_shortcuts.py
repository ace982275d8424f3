"""The grammar of owners looks for a cheap cue before it looks closely, and remembers what it found: it finds the same."""

import pytest

from rrbnotes.owners import Party, directory, grammar, names

DOES = (
    "Ines to row", "Ines TO: row", "Ines will\nrow", "Ines w\u0131ll row", "Ines \u017fhall row", "Ines \u017fhould : row", "Ines may row", "Ines mu\u017ft row",
    "Ines can row", "Ines 'll row", "Ines ’ll row", "Ines, plea\u017fe row", "Ines please row", "Ines a\u017f\u212aed to row", "Ines needs also agreed to row",
)  # fmt: skip
ENDS = (
    "Row (Ines)", "Row [Ines].", "Row - Ines", "Row – Ines", "Row — Ines", "Row (Owner: Ines)", "Row [new for Ines]", "Row Owner: Ines", "Row a\u017fsignee: Ines",
)  # fmt: skip
ASIDES = (
    "Ines (or Quay Trust)", "Ines (led by QT)", "Ines and others", "Ines, & the others", "Ines and rest", "Ines et al.", "Ines, et al",
)  # fmt: skip


@pytest.mark.parametrize("words", DOES)
def test_every_word_for_doing_has_its_cue(words: str) -> None:
    found, looked_for = grammar._does(words), grammar._DOES.search(words)
    assert found and looked_for and found.span() == looked_for.span()


@pytest.mark.parametrize("words", ENDS)
def test_every_end_that_names_owners_has_its_cue(words: str) -> None:
    shapes = (*grammar._LABELLED_ENDS, *grammar._ENDS)
    ends = [found.span() for _, shape in shapes if (found := shape.search(words))]
    assert ends and [found.span() for found in grammar._ending(words, shapes)] == ends


@pytest.mark.parametrize("words", ASIDES)
def test_every_aside_in_a_phrase_of_names_has_its_cue(words: str) -> None:
    assert any(pattern.search(words) for pattern in (names._ASIDE, names._ALTERNATIVE))
    assert any(cue in words for cue in names._ASIDE_CUES)


def test_what_is_remembered_of_one_board_is_not_told_of_another() -> None:
    other = directory([Party("Oil"), Party("Quay Trust", ("QT",)), Party("Clerk"), Party("AP")])
    ours = directory([Party("Ina"), Party("Quay Trust", ("QT",)), Party("Clerk"), Party("AP")])
    assert hash(ours) == hash(other) and ours != other
    cuts = [grammar.cut_owners("Oil rots the mole", known).owners for known in (ours, other, ours)]
    assert cuts == [(), ("Oil",), ()]
