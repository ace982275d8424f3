"""Laws that hold for every text, tried on notes made of fragments of notes and of what breaks readers of notes."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date as Date
from functools import partial

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from rrbnotes.model import Kind, Meeting
from rrbnotes.reading.lore import learn
from rrbnotes.reading.meeting import Reading, read_meeting
from rrbnotes.reading.outline import outline
from rrbnotes.reconciling.reconcile import Reconciled, reconcile
from rrbnotes.reconciling.standing import standings
from rrbnotes.settings import Settings
from rrbnotes.source import Source, source_of_text

NOTES, BOARDS, CHUNKS = 2_000, 240, 8
"""How many are tried in all, and the parts by which they are shared out among processes."""
KEYS = ("2026-01-12", "2026-02-09", "undated", "2026-03-09")
DEFAULTS = Settings()

BULLETS = [
    "", "- ", "* ", "+ ", "1. ", "10) ", "• ", "– ", "- [ ] ", "- [x] ", "- [X]", "☑ ", "  - ", "    1. ", "\t- ", "> ", "> - ",
    "- - - ", "#### ", "| ", "1\t", "12.\t", "\\- ", "&bull; ", "\u00a0- ",
]  # fmt: skip
MARKERS = [
    "", "", "", "**Action:** ", "ACTION: ", "ACTION 58.1: ", "Action 2 - ", "AP1 ", "AI: ", "Action (NPS): ", "[ACTION] ", "TODO: ",
    "**Action", "<b>Action:</b> ", "Actions:\n", "2026-01-12.1: ", "65.02: ", "Completed: ", "✅ ", "Status: ", "Owner: ", "Due: ",
]  # fmt: skip
WORDS = [
    "Harbour Office to mend the mole", "HO/CRS to count the seals", "Report to be shared at the next Board meeting", "@mira to oil it",
    "Lantern Trust, Ferry Line and All to sing by the end of March 2026", "None", "TBC", "", "Ines Varga: write to the minister",
    "**Bold ~~struck** out~~ `code`", "GitHub Actions ran", "[link](https://skerry.example/a_(b)) to be followed", "![](x)",
    "a|b\\|c", "Next meeting: 31 February 2026", "Coast Rangers to fire at 99/99/9999 or Friday or 29 Feb", "Owner\tAction\tStatus",
    "<td>cell", "line one<br>Action: line two", "&amp; &#0; &#x202e; &nbsp;", "word " * 60, "x" * 400, "🙂👩‍👩‍👧 e\u0301 ﬁ ẞ İ ı",
]  # fmt: skip
ENDS = [
    "", "", "", " (JS)", " [JS]", " — JS", " @js", " - done", " (ongoing)", " - rolled over: rain", " <b>Closed -</b> why", "\tRoll over - x",
    " (2026-01-12.1)", "  ", "\\", " |", " ✅", " by 27<sup>th</sup> September", "**", "<b>", "</b>", "\u2028", " -",
]  # fmt: skip
WHOLE = [
    "# Skerry Harbour Board - 9 February 2026", "## Actions", "### Actions from previous meeting", "**Action Summary:**",
    "## Next meeting", "Attendees:", "HO CRS Lantern Trust", "Present: Ines Varga, Jana Sorrel (JS)", "### 1. Welcome", "2. Fees",
    "Board\n=====", "=======", "-------", "---", "---\ntitle: x\ndate: 2026-02-09\n---", "---\n: [bad\n", "...", "***", "## ", "#",
    "| Action | Owner | Due | Status |\n|---|---|---|---|\n| mend it | HO | Friday | done |\n| | | | |\n| None |",
    "Action | Owner\n--- | ---\nx | y | z", "|||\n|-|-|\n|||", "1\tHO to mend it\t<b>Ongoing -</b> rain\n2\t\t\n\t\t",
    "<table><tr><th>Action</th><th>Owner</th></tr><tr><td>mend it</td>\n<td>HO</td></tr>", "</table>", "<!-- ACTION: hidden", "-->",
    "<!-- rrb:previous -->", "<!-- /rrb:previous -->", "<script>", "<![CDATA[", "<?x", "<div><p>Action: x</p>", "</div>", "<a href='",
    "```", "~~~", "    code", "<<<<<<< ours", ">>>>>>> theirs", "[a]: /b 'c", "[^1]: note", "\0", "\ufeff", "\u202e", "\x1b[31m", "\f", "\v",
    "\u2028\u2029\x85", "> " * 60 + "deep", "- " * 60 + "deep", ">" * 130, "[" * 60, "*" * 101, "_a" * 60, "`" * 77, "(" * 80, "|" * 90,
    "".join(f"{'  ' * n}- {n}\n" for n in range(60)), "- a\n\n  b\n\n      c", "Action", "**", "<b>", "\\", "&",
]  # fmt: skip


def pick(choices: Sequence[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(choices)


lines = st.builds("{}{}{}{}".format, pick(BULLETS), pick(MARKERS), pick(WORDS), pick(ENDS))
pieces = st.one_of(lines, lines, pick(WHOLE), st.text(max_size=20))
ends = pick(["\n", "\n", "\n\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \n", ""])
texts = st.lists(st.tuples(pieces, ends), max_size=14).map(lambda parts: "".join(map("".join, parts)))
boards = st.lists(texts, min_size=2, max_size=len(KEYS)).map(lambda notes: dict(zip(KEYS, notes, strict=False)))


def source(text: str, key: str) -> Source | None:
    """The source of a note; None where a conflict or a line that is too long keeps it from being read."""
    found = source_of_text(text, f"{key}.md")
    return found if isinstance(found, Source) else None


def read(notes: dict[str, str]) -> dict[str, Reading]:
    """The readable notes of a board as `notebook` reads them, by key."""
    sources = {key: found for key, text in sorted(notes.items()) if (found := source(text, key))}
    outlines = {key: outline(found, {}) for key, found in sources.items()}
    lore = learn(outlines.values(), DEFAULTS)
    return {key: read_meeting(one, lore, key, None) for key, one in outlines.items()}


def reconciled(notes: dict[str, str], order: Sequence[str]) -> Reconciled:
    sources = {key: found for key, text in sorted(notes.items()) if (found := source(text, key))}
    outlines = {key: outline(found, {}) for key, found in sources.items()}
    lore = learn(outlines.values(), DEFAULTS)
    meetings = [read_meeting(outlines[key], lore, key, None).meeting for key in order if key in outlines]
    return reconcile(meetings, {None: lore.directory})
