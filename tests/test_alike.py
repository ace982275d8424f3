"""The law of rows that are alike: counting words first finds the same ones as comparing each with each."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rrbnotes.reconciling.alike import Alike
from rrbnotes.reconciling.wording import ACCEPT, ContentIndex, likeness, wording

WORDS = (
    "mend mends moles mole mender harbour harbours harbor lantern lanterne kiosk kiosks gate gates the "
    "permit permits parking barking marking 7 12 12a"
)
ROWS = st.lists(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=9).map(" ".join), max_size=12)


@settings(max_examples=60, deadline=None)
@given(ROWS, ROWS)
def test_a_crowd_has_the_same_likenesses_as_a_few(rows: list[str], others: list[str]) -> None:
    few, crowd, index = Alike(crowd=1_000), Alike(crowd=0), ContentIndex()
    known = [wording(row) for row in rows]
    for n, words in enumerate(known):
        for one in (few, crowd, index):
            one.add(words, n)
    for words in map(wording, (*rows, *others)):
        each = [(likeness(words, known[n]), n) for n in index.near(words)]
        expected = [(score, n) for score, n in each if score >= ACCEPT]
        assert crowd.to(words) == few.to(words) == expected
