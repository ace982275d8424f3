"""Laws that hold for every text, tried on notes made of fragments of notes and of what breaks readers of notes."""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date as Date
from itertools import permutations

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from reliability.figures import Tried
from rrbnotes.model import Kind, Mention
from rrbnotes.owners import Directory
from rrbnotes.reading.lessons import days, lesson
from rrbnotes.reading.lore import learn
from rrbnotes.reading.meeting import Reading, read_meeting
from rrbnotes.reading.outline import outline
from rrbnotes.reading.roles import Vocabulary
from rrbnotes.reconciling.reconcile import Reconciled, reconcile
from rrbnotes.reconciling.standing import standings
from rrbnotes.settings import Settings
from rrbnotes.source import Source, source_of_text, split_lines

NOTES, BOARDS, CHUNKS = 960, 104, 8
"""How many are tried in all, and the parts by which they are shared out among processes."""
KEYS = ("2026-01-12", "2026-02-09", "undated", "2026-03-09")
MARKER = re.compile(r"action|to ?-?do|follow[- ]?up|\bap|\bai")

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


HEADINGS = [
    "## Actions", "### Actions from previous meeting", "**Action Summary:**", "## 2. Works", "Next steps", "## Lantern Trust",
]  # fmt: skip


def pick(choices: Sequence[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(choices)


lines = st.builds("{}{}{}{}".format, pick(BULLETS), pick(MARKERS), pick(WORDS), pick(ENDS))
items = st.builds("{}{}{}".format, pick(BULLETS[1:6]), pick(WORDS[:6]), pick(ENDS))
sections = st.builds(
    "\n{}\n\n{}\n".format, pick(HEADINGS), st.lists(items, min_size=1, max_size=5).map("\n".join)
)
pieces = st.one_of(lines, lines, items, sections, sections, pick(WHOLE), st.text(max_size=20))
ends = pick(["\n", "\n", "\n\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \n", ""])
texts = st.lists(st.tuples(pieces, ends), min_size=2, max_size=16).map(
    lambda parts: "".join(map("".join, parts))
)
quiet = st.lists(sections, min_size=1, max_size=4).map("".join)
boards = st.lists(st.one_of(texts, quiet, quiet), min_size=3, max_size=len(KEYS)).map(
    lambda notes: dict(zip(KEYS, notes, strict=False))
)


def read(notes: Mapping[str, str]) -> tuple[dict[str, Reading], Directory]:
    """The notes of a board by their keys, as `notebook` reads them; those that cannot be read are left out."""
    sources = {key: source_of_text(text, f"{key}.md") for key, text in sorted(notes.items())}
    outlines = {
        key: outline(found, Vocabulary()) for key, found in sources.items() if isinstance(found, Source)
    }
    lessons = {key: lesson(one, key) for key, one in outlines.items()}
    lore = learn(lessons.values(), Settings())
    dated = days(lessons.values())
    return {
        key: read_meeting(one, lessons[key], lore, None, dated[key]) for key, one in outlines.items()
    }, lore.directory


def reconciled(readings: Iterable[Reading], directory: Directory) -> Reconciled:
    return reconcile([reading.meeting for reading in readings], {None: directory})


def places(reading: Reading) -> Iterator[int]:
    """Every line that a reading points at."""
    meeting = reading.meeting
    yield from (one.at.line for one in reading.candidates)
    yield from (one.at.line for one in meeting.mentions)
    yield from (one.at.line for one in reading.diagnostics)
    yield from (item.line for item in meeting.items)
    if meeting.next_meeting:
        yield meeting.next_meeting.line


def printed(line: str) -> str:
    """A line of a note roughly as it reads when printed."""
    return re.sub(r"<[^<>]*>|[*_~`\\]", "", html.unescape(line)).casefold()


def shows(line: str, mention: Mention) -> bool:
    """Whether a line holds a word of the mention, or the marker whose words stand below it."""
    said = mention.text.casefold().replace("_", "")
    words = {*said.split(), *re.findall(r"\w+", said)}
    return not words or any(word in printed(line) for word in words) or bool(MARKER.search(printed(line)))


def shared(count: int, chunk: int, check: Callable[..., None], strategy: st.SearchStrategy[object]) -> None:
    """Try a law on its share of the examples, the same at each run."""
    options = settings(
        max_examples=count // CHUNKS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=set(Phase) - {Phase.explain},
        suppress_health_check=list(HealthCheck),
    )
    seed(chunk)(options(given(strategy)(check)))()


each_chunk = pytest.mark.parametrize("chunk", range(CHUNKS))


@each_chunk
def test_any_text_is_read_and_every_place_is_inside_it(chunk: int, tried: Tried) -> None:
    def check(text: str) -> None:
        readings, directory = read({"2026-01-12": text})
        lines = split_lines(text)
        for reading in readings.values():
            assert all(1 <= line <= len(lines) for line in places(reading))
            for mention in reading.meeting.mentions:
                assert shows(lines[mention.at.line - 1], mention), mention
        everyone_once(reconciled(readings.values(), directory))

    shared(NOTES, chunk, check, texts)
    tried("fuzzed notes", NOTES // CHUNKS)


@each_chunk
def test_a_board_reads_the_same_in_any_order_and_twice(chunk: int) -> None:
    def check(notes: dict[str, str]) -> None:
        readings, directory = read(notes)
        found = reconciled(readings.values(), directory)
        for order in permutations(readings.values()):
            assert reconciled(order, directory) == found
        assert read(dict(reversed(notes.items()))) == (readings, directory)
        everyone_once(found)
        count_no_more_than_the_held(found)

    shared(BOARDS, chunk, check, boards)


def everyone_once(found: Reconciled) -> None:
    """Every mention belongs to one action; a raised action has one that raises it, another has none."""
    said = Counter(mention for meeting in found.meetings for mention in meeting.mentions)
    owned = Counter(mention for action in found.register.actions for mention in action.mentions)
    assert said == owned
    for action in found.register.actions:
        assert sum(mention.kind is Kind.RAISED for mention in action.mentions) == action.is_raised
    refs = [action.ref for action in found.register.actions]
    assert len(set(refs)) == len(refs)


def count_no_more_than_the_held(found: Reconciled) -> None:
    """No action is carried over more meetings than were held from the one that shows it first."""
    today = Date(2026, 6, 1)
    standing = standings(found.meetings, found.register, today)
    held = [meeting for meeting in found.meetings if meeting.date and not meeting.is_draft(today)]
    for action in found.register.actions:
        carried, first = standing[action.ref].carried, action.first_seen
        since = [m for m in held if first.date and m.order >= (first.date, first.meeting)]
        assert carried.rolled <= carried.reported
        assert carried.meetings <= len(since) - (action.is_raised and bool(since))
        assert action.status.outstanding or not standing[action.ref].overdue


@pytest.mark.parametrize(
    ("first", "then"), [("", ""), ("- ", "  "), ("> ", "> ")], ids=["paragraph", "item", "quotation"]
)
@pytest.mark.parametrize("odd", "\t\v\f\x1c\x1d\x1e\x1f\x85\xa0\u200b\u2028\u2029\u3000\ufeff")
def test_a_line_of_odd_white_space_moves_no_line(odd: str, first: str, then: str) -> None:
    text = f"# Board\n\n{first}{odd}\n{then}**Action:** All to sing\n{then}Action: All to dance\n"
    mentions = read({"2026-01-12": text})[0]["2026-01-12"].meeting.mentions
    assert [mention.at.line for mention in mentions] == [4, 5]
