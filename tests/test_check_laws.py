"""What holds of checks on any notes: no rule fails, every finding stands in its file, and fixing is what it says it is."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date as Date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rrbnotes.checks.book import Book, open_book
from rrbnotes.checks.facts import actions, facts
from rrbnotes.checks.fixing import Asked, proved, rounds
from rrbnotes.checks.run import Selection, run
from rrbnotes.diagnostics import Diagnostic
from rrbnotes.edits import apply
from rrbnotes.home import Home
from rrbnotes.readers import Texts
from rrbnotes.settings import Settings
from test_properties import boards

TODAY = Date(2026, 6, 1)
CHUNKS = 2
"""Parts of the examples, so that several processes share them."""
each_chunk = pytest.mark.parametrize("chunk", range(CHUNKS))
QUIRKS = (
    "MOPAC to book\ta room\t<b>Ongoing -</b> half done", "1\tNPS to write\tComplete\n2\tMPS to read\tOpen",
    "**Actions from previous meeting:**", "**2. Money**", "## 7. Late", "2<sup>nd</sup> May <i>at the latest",
    "Present: NPS MPS MOPAC CRC", "Αction: MPS to see", "a\u200bb\u00adc\x0c d\x07 e\u202e", "3. Disproportionality",
    "<!-- rrb: allow no-owner: meant -->", "<!-- rrb: allow no-ownre -->", "Monday 12 January 2026",
    "Next meeting: 2 February 2026", "Action summary:", "| a | b |", "### 1. One", "#### 3. Three", "<div>", "</div>",
    "## Action Summary\n\n1. MPS to see\n## Next meeting\n9 May", "Text `code start\n<b>x</b> end`", "<br>\nPresent:",
    '[ref]: http://x.org/<i>p</i> "a <b>t</b>"', "[c](http://x.org/\u0410pple) and <b>c</b>", "<pre>\n\n<b>x</b>\n</pre>",
    "**Action:** NPS to draft the plan", "---", "<!-- end -->",
)  # fmt: skip
"""Pieces of notes that rules look for."""


def _quirky(notes: Mapping[str, str], quirks: list[tuple[int, str]]) -> dict[str, str]:
    """Notes with quirks put between their lines."""
    made = {}
    for n, (key, text) in enumerate(notes.items()):
        lines = text.split("\n")
        for at, quirk in quirks[n::3]:
            lines.insert(at % (len(lines) + 1), f"\n{quirk}\n")
        made[f"notes/{key}.md"] = "\n".join(lines)
    return made


folders = st.builds(
    _quirky, boards, st.lists(st.tuples(st.integers(0, 40), st.sampled_from(QUIRKS)), max_size=12)
)


def law(count: int, chunk: int, check: Callable[[Callable[[Texts], Book]], None]) -> None:
    """Try a law on its share of the folders, the same at each run."""
    options = settings(
        max_examples=count // CHUNKS,
        derandomize=True,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],  # shrinking a folder takes longer than reading it
        suppress_health_check=list(HealthCheck),
    )
    with TemporaryDirectory() as name:
        root = Path(name)
        (root / "notes").mkdir()
        home = Home(root, root / "notes", Settings())

        def on(texts: dict[str, str]) -> None:
            check(lambda other: open_book(home, root, TODAY, {**texts, **other}))

        seed(chunk)(options(given(folders)(on)))()


def found_in(book: Book) -> tuple[Diagnostic, ...]:
    """What all rules find; none may fail."""
    outcome = run(book, TODAY, Selection())
    for crash in outcome.crashes:
        raise crash.error
    return outcome.diagnostics


def is_inside(one: Diagnostic, lines: tuple[str, ...]) -> bool:
    """Whether a finding's place is in its file, and not turned round."""
    at = one.at
    start, end = (at.line, at.column), (at.end_line, at.end_column)
    last = len(lines[at.end_line - 1]) + 1 if 1 <= at.end_line <= len(lines) else 1
    return (1, 1) <= start <= end and at.end_line <= max(1, len(lines)) and at.end_column <= last


def printed(text: str) -> Counter[str]:
    """What a reader of markdown sees of a text: its addresses and its code."""
    env: dict[str, object] = {}
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text.replace("\0", " "), env)
    seen: Counter[str] = Counter()
    for token in [*tokens, *(child for one in tokens for child in one.children or ())]:
        seen.update(
            f"{name}={value}" for name, value in token.attrs.items() if name in ("href", "src", "title")
        )
        if token.type in ("fence", "code_block", "code_inline"):
            seen[re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", token.content).strip()] += 1
    return seen


@each_chunk
def test_no_rule_fails_and_every_finding_is_in_its_file(chunk: int) -> None:
    def check(opened: Callable[[Texts], Book]) -> None:
        book = opened({})
        found, lines = found_in(book), book.lines()
        for one in found:
            assert is_inside(one, lines.get(one.path, ())), one
            assert one.finding.message and "\n" not in one.message, one
            if one.finding.fix:
                apply(book.by_path()[one.path].source.text, one.finding.fix.edits)
        marks = [one.fingerprint for one in found]
        assert len(marks) == len(set(marks))

    law(60, chunk, check)


@each_chunk
def test_fixing_does_what_was_offered_once_and_changes_no_fact(chunk: int) -> None:
    def check(opened: Callable[[Texts], Book]) -> None:
        def look(texts: Texts) -> tuple[Book, tuple[Diagnostic, ...]]:
            book = opened(texts)
            found = found_in(book)
            return book, proved(book, found, opened, Asked(found_in, found))

        book, found = look({})
        done = rounds(book, found, look)
        after, left = look(done.texts)
        # a heading that was none before may show that another one's level is wrong, so more may be mended than was offered
        assert sum(one.finding.fix is not None for one in found) <= done.count
        assert not any(one.finding.fix for one in left)
        assert [facts(one.meeting) for one in book.minutes] == [facts(one.meeting) for one in after.minutes]
        assert list(actions(book)) == list(actions(after))
        for one in book.minutes:  # told apart from what the proof itself goes by
            path = one.source.path
            assert printed(one.source.text) <= printed(done.texts.get(path, one.source.text))
        was, now = (Counter(one.name for one in some if one.severity == "error") for some in (found, left))
        assert now <= was

    law(16, chunk, check)
