"""The law of the quick way through a note: `read_blocks` gives what markdown-it alone gives, whatever the text.

`read_blocks` reads what shows by its looks what it is, and leaves the rest to markdown-it; `read_blocks_whole` leaves it all.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from rrbnotes.reading.blocks import Block, Form, read_blocks, read_blocks_whole
from rrbnotes.reading.pieces import Kind, cut

TEXTS, CHUNKS = 350, 16
"""How many are tried in the fast suite, and by how many chunks of as many more the slow one goes on."""
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
"""Real notes, where this checkout lies beside them."""

LEADS = [
    *[""] * 8, " ", "  ", "   ", "    ", "\t", " \t", "      ", "> ", ">", "- ", "* ", "+ ", "-   ", "-     ", "-\t", "1. ", "2. ", "10) ",
    "1234567890. ", "  - ", "    - ", "   * ", "\t- ", "\t\t- ", "- - ", "> - ", "- > ", "# ", "###### ", "####### ", "#", "| ", "|",
    "\f", "\v", "\u00a0", "\x1c", "\x85", "\u2028", "\u200b", "\ufeff", "\0", "- [ ] ", "• ", "– ", "· ", "[", "![", "<", "&", "\\", "`", "~",
    "=", "-", ":", "+", "_", "*", "**",
]  # fmt: skip
WORDS = [
    "", "word", "Ferry Line to mend it", "**Action:** do it", "**Action**", "**Action:**do", "**a b** c", "** a**", "**a **", "__b__ c", "_it_",
    "snake_case", "a*b*c", "***x***", "~~gone~~ x", "~one~ x", "`code` x", "`` c`d ``", "`open", "```", "````", "~~~", "``` py", "~~~ x ~~~",
    "``` a`b", "---", "--", "-", "- - -", "***", "* * *", "___", "===", "=", "= =", "--- ---", "| a | b |", "|---|---|", "| - | - |", "|:-:|--:|",
    "--- | ---", ":--|:--", ":-", "a | b", "| x |", "| x | y | z |", "|", "||", "| \\| | y |", "| `|` | b |", "[a]: /b", "[a]: /b 'c'",
    "[a]: /b 'open", "[a]:", "[a", "a]: /b", "[word]: <x y>", "[a]", "[a][b]", "![a]", "[x](y)", "[x](y 'z')", "[x] (y)", "[x]:y", "[[x]]",
    "[x\\]: y", "[^1]: note", "<b>bold</b>", "</b>", "a<br>b", "<div>", "</div>", "<div", "<table><tr><td>x</td></tr></table>", "<pre>", "</pre>",
    "<script>", "</script>", "<textarea>", "<!-- c -->", "<!--", "-->", "<!-->", "<!-- a --> b <!--", "<!-- rrb:previous -->",
    "<!-- /rrb:previous -->", "<?x", "?>", "<!X", "<![CDATA[", "]]>", "<https://x.example>", "<a href='x", "&amp; x", "&nbsp;", "&#65;", "& y",
    "a & b; c", "\\", "\\*x", "x\\", "\\[", "x  ", "x\t", "1. x", "2. x", "3", "2019. x", "3.5", "3)x", "1.", "-5", "+1", "->", "#tag", "# x",
    "## x ##", "# #", "#", "# a | b", "☑ y", "[ ] t", "[x] t", "• x", "•", "· x", "– x", "-\u00a0x", "#\u00a0x", "1.\u00a0x", "x\u00a0", "\u00a0",
    "\u200b", "\u200bx\u00ad", "\f", "x\f", "\x1c", "\x85", "\u2028y", "٣. x", "🙂", "\0", "![", "](", "a](b", "'", "ſcript", "<PRE>", "a<b>c",
    "x:", "*", "**", "*a", "a*", "_a", "**a", "a**", "* a", "- ", "> a", "- -", "- * x", "1. - x", "- > x", "- # x", "- ```", "- <pre>",
    "- <!-- x", "- [a]: /b", "> ```", "> <pre>", "1* x",
]  # fmt: skip
ENDS = [
    *["\n"] * 12,
    *["\n\n"] * 8,
    "\n\n\n",
    "\n \n",
    "\n\t\n",
    "\n\f\n",
    "\n\u00a0\n",
    "\r\n",
    "\r",
    "",
    "\n\u200b\n",
]
INDENTS = ["", "  ", "    ", "   ", " ", "\t", "      ", "\t\t", "  \t"]
MARKS = ["* ", "+ ", "2. ", "1) ", "", "-  ", "-\t", "-     ", "- - "]
SLIPS = [*"`*_~[]()<>!&\\|-=#:\n\t .1", "**", "~~", "](", "&amp;"]

NOTE = """\
# Skerry Harbour Board: 9 February 2026

**Present:** Ines Varga (HO), [Jana Sorrel](https://skerry.example/js) & Tam

Attendees:
- Harbour Office
- Coast *Rangers*
  - the north crew
    of the new boat
  1. first watch

## 1. The mole

The mole leaks, as `survey.pdf` says.
It leaks more in winter.  
**Action:** HO to mend the mole by 1 March

| Action | Owner |
| --- | --- |
| count the **seals** | Rangers |
| oil it | |

<!-- rrb:previous -->
1. [x] Ferry Line to sing
2. [ ] All to dance
"""


def line(rng: Random) -> str:
    return rng.choice(LEADS) * (rng.random() < 0.6) + rng.choice(WORDS)


def nested_list(rng: Random) -> str:
    mark = rng.choice(["- ", "* ", "1. ", "-   "])
    marks = [mark if rng.random() < 0.8 else rng.choice(MARKS) for _ in range(rng.randint(1, 7))]
    words = ["word", "**Action:** x", "[x](y) z", "`c` d", *rng.choices(WORDS, k=3)]
    return "\n".join(
        f"{rng.choice(INDENTS)}{own}{rng.choice(words)}" + "\n" * (rng.random() < 0.1) for own in marks
    )


def table(rng: Random) -> str:
    columns = rng.randint(1, 3)
    rows = [
        " | ".join(rng.choice(["cell", *rng.choices(WORDS, k=1)]) for _ in range(max(0, width)))
        for width in (columns, *(columns + rng.choice([0, 0, 0, -1, 1]) for _ in range(rng.randint(0, 3))))
    ]
    rule = "|" + rng.choice([" --- |", "---|", ":-: |"]) * rng.choice(
        [columns, columns, columns, columns + 1]
    )
    head, *further = [f"| {row}" + rng.choice([" |", ""]) for row in rows]
    return "\n".join([head, rule, *further])


def made_text(rng: Random) -> str:
    """Lines that mean something to a reader of markdown, or nearly do."""
    makers = [line, line, line, line, line, line, nested_list, nested_list, table]
    pieces = [
        rng.choice(makers)(rng) + rng.choice(ENDS) for _ in range(rng.randint(1, rng.choice([3, 6, 12])))
    ]
    deep = rng.choice(["> " * 101, "- " * 51]) if rng.random() < 0.02 else ""
    return deep + "".join(pieces)


def mutated(note: str, rng: Random) -> str:
    """A part of a note with up to four slips in it."""
    lines = note.split("\n")
    start = rng.randrange(len(lines))
    lines = lines[start : start + rng.randint(3, 60)]
    for _ in range(rng.randint(0, 4)):
        n = rng.randrange(len(lines))
        at = rng.randint(0, len(lines[n]))
        slips = [
            "", lines[n].lstrip(), f"{line(rng)}\n{lines[n]}", f"\n{lines[n]}", rng.choice(LEADS) + lines[n],
            lines[n][:at] + rng.choice(SLIPS) + lines[n][at:],
        ]  # fmt: skip
        lines[n] = rng.choice(slips)
    return "\n".join(lines)


def assert_same(text: str) -> None:
    quick, whole = read_blocks(text, 7), read_blocks_whole(text, 7)
    if whole[1] is None:
        assert quick == whole, repr(text)
    else:  # markdown-it passes over all that follows
        assert quick[1] == whole[1], repr(text)


def corpus() -> Sequence[str]:
    if not CORPUS.is_dir():
        pytest.skip("the real notes are not here")
    return [path.read_text(encoding="utf-8", errors="replace") for path in sorted(CORPUS.rglob("*.md"))]


SLOW_CHUNKS = [pytest.param(chunk, marks=pytest.mark.slow) for chunk in range(1, CHUNKS * 12)]


@pytest.mark.parametrize("chunk", [0, *SLOW_CHUNKS])
def test_the_quick_way_gives_what_markdown_it_gives(chunk: int) -> None:
    rng = Random(chunk)
    for _ in range(TEXTS):
        assert_same(made_text(rng) if rng.random() < 0.8 else mutated(NOTE, rng))


@pytest.mark.slow
def test_the_quick_way_gives_what_markdown_it_gives_on_real_notes() -> None:
    for note in corpus():
        assert_same(note)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_quick_way_gives_what_markdown_it_gives_on_real_notes_with_slips(chunk: int) -> None:
    notes, rng = corpus(), Random(chunk)
    for _ in range(TEXTS):
        assert_same(mutated(rng.choice(notes), rng))


def test_a_plain_note_is_read_without_the_block_parser() -> None:
    plain = NOTE.partition("<!--")[0]
    assert [piece.kind for piece in cut(plain)] == [
        Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.LIST, Kind.HEADING, Kind.PARAGRAPH, Kind.TABLE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "# a | b\n- | -\n", "word\n===\n", "word\n- - -\n", "> word\nmore\n", "- a\n\n  b\n", "- a\n      - b\n", "1. a\n   2. b\n",
        "| a |\n| - | - |\n", "| a \\| b |\n| - |\n", "[a]: /b\n", "[a\nb]: /c\n", "## a ##\n", "<div>\n\nword\n", "- \n",
        "* * *\n", "    word\n", "\f\n",
    ],
)  # fmt: skip
def test_what_may_be_something_else_is_left_to_the_parser(text: str) -> None:
    assert Kind.RUN in {piece.kind for piece in cut(text)}
    assert_same(text)


@pytest.mark.parametrize("opens", ["```", "~~~", "<!--", "<pre>", "<?x", "<![CDATA[", "- ```"])
def test_what_goes_on_over_empty_lines_takes_all_that_follows(opens: str) -> None:
    text = f"Word\n\n{opens}\n\nThis belongs to it\n"
    assert [piece.kind for piece in cut(text)] == [Kind.PARAGRAPH, Kind.RUN]
    assert_same(text)


def test_a_link_may_be_defined_below_its_use() -> None:
    text = "See [the map] and **it**\n\n| a |\n| - |\n| [the map] |\n\n[the map]: https://skerry.example\n"
    assert_same(text)
    assert [span.look for span in read_blocks(text)[0][0].text.spans] == ["link", "strong"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts(end: str) -> None:
    blocks, _ = read_blocks(f"Word{end}{end}\f{end}more{end}{end}- a{end}- b{end}")
    assert [(block.form, block.line) for block in blocks] == [
        (Form.PARAGRAPH, 1), (Form.PARAGRAPH, 4), (Form.LIST, 6),
    ]  # fmt: skip


def words(blocks: Sequence[Block]) -> list[str]:
    return [block.text.plain for one in blocks for block in one.walk() if block.text]


def test_lists_stand_where_their_columns_put_them() -> None:
    blocks, _ = read_blocks("- a\n  - b\n    words of b\n  - c\n- d\n* e\n")
    first, second = blocks
    assert [item.text.plain for item in first.children] == ["a", "d"]
    assert [item.text.folded() for item in first.children[0].children[0].children] == ["b words of b", "c"]
    assert words([second]) == ["e"]


def test_lists_with_other_marks_are_other_lists() -> None:
    blocks, _ = read_blocks("1. a\n- b\n2) c\n")
    assert [[item.number for item in block.children] for block in blocks] == [["1"], [""], ["2"]]
