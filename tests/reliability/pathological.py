"""Notes that nobody writes, each the longer the more is asked for: what slows readers of markdown down, and readers of actions.

cd tests && python -m reliability.pathological "open brackets" 1000
"""

import json
import resource
import sys
from collections.abc import Callable, Mapping
from time import process_time
from typing import NamedTuple

HEAD = "# Skerry Harbour Board\n\n12 January 2026\n\n"
ACTIONS = HEAD + "## Actions\n\n"
WIDTH = 60_000
"""Characters of the longest lines; a line may have 65,536."""
MOST_BYTES = 2 * 1024 * 1024 - 300
"""A note may have two mebibytes."""
Make = Callable[[int], str]


class Case(NamedTuple):
    """Notes of one kind."""

    make: Make
    """The note with so many pieces."""
    most: int
    """So many pieces are as large as a note may be, or as one line may be."""


def filled(piece: str, head: str = HEAD) -> Case:
    """One piece after the other, on lines as long as they may be, all in one paragraph."""

    def make(n: int) -> str:
        on_line = WIDTH // len(piece)
        whole, rest = divmod(n, on_line)
        return head + "\n".join([*[piece * on_line] * whole, piece * rest]) + "\n"

    return Case(make, MOST_BYTES // len(piece.encode()))


def lines(piece: str, head: str = HEAD, end: str = "", most: int = 0) -> Case:
    """A piece on each line; in it `%` stands for the line's number, and `~` for a word of its own."""

    def make(n: int) -> str:
        if not {"%", "~"} & set(piece):
            return head + f"{piece}\n" * n + end
        return head + "".join(piece.replace("%", str(i)).replace("~", word(i)) + "\n" for i in range(n)) + end

    size = len(piece.encode()) + 1 + 4 * piece.count("%") + 5 * piece.count("~")
    return Case(make, most or MOST_BYTES // size)


def on_one_line(piece: str, before: str = "", behind: str = "") -> Case:
    """Pieces on one line."""
    return Case(lambda n: f"{before}{piece * n}{behind}\n", WIDTH // len(piece))


def nested(opening: str, closing: str = "", midst: str = "a") -> Case:
    """One within the other as far as a line reaches, and again below."""
    deepest = WIDTH // (len(opening) + len(closing))

    def make(n: int) -> str:
        deep = min(n, deepest)
        return HEAD + (opening * deep + midst + closing * deep + "\n\n") * max(1, n // deepest)

    return Case(make, MOST_BYTES // len(opening + closing) - 100)


def named(joint: str, before: str, behind: str = "") -> Case:
    """Thousands of names, on lines as long as they may be."""

    def make(n: int) -> str:
        names = [f"{word(i).title()} {word(7 * i).title()}" for i in range(n)]
        per = 4000
        return (
            HEAD
            + "\n\n".join(before + joint.join(names[at : at + per]) + behind for at in range(0, n, per))
            + "\n"
        )

    return Case(make, 100_000)


def word(n: int) -> str:
    """A word for each number."""
    letters = ""
    n += 26
    while n:
        n, letter = divmod(n, 26)
        letters = chr(97 + letter) + letters
    return letters


def deep(n: int) -> str:
    """Lists within lists, begun anew where they reach too deep."""
    return HEAD + "".join(f"{'  ' * (i % 90)}- {i}\n" for i in range(n))


def backticks(n: int) -> str:
    """Runs of backticks, each longer than the one before, so that none closes another."""
    return HEAD + "".join("e" + "`" * i + "\n" * (i % 8 == 0) for i in range(1, n))


def wide(n: int) -> str:
    """A table with so many columns."""
    return HEAD + "|a" * n + "|\n" + "|-" * n + "|\n" + "|b" * n + "|\n"


TABLE = HEAD + "| Action | Owner | Due | Status |\n|-|-|-|-|\n"
CASES: Mapping[str, Case] = {
    # what troubles readers of markdown
    "strong in emphasis": nested("*a **a ", "b** b*"),
    "closers of emphasis": filled("a_ "),
    "openers of emphasis": filled("_a "),
    "unlike marks": filled("*a_ "),
    "marks in midst of words": filled("a**b c* "),
    "nested stars": nested("*", "*"),
    "closing brackets": filled("a]"),
    "open brackets": filled("[a"),
    "brackets and marks": filled("[ a_"),
    "links without an end": filled("[ (]("),
    "pictures without an end": filled("![[]()"),
    "targets in angles without an end": filled("[a](<b"),
    "targets without an end": filled("[a](b"),
    "marks across links": lines("**x [a*b**c*](d)"),
    "nested brackets": nested("[", "]"),
    "nested round brackets": nested("(", ")"),
    "quotes in quotes": nested("> "),
    "quoted lines": lines("> a"),
    "marks in deep quotes": lines(">" * 60 + "*a_ "),
    "lists in lists": Case(deep, 20_000),
    "items on one line": nested("- "),
    "empty lines in a list": lines("", HEAD + "".join(f"{'  ' * i}- a\n" for i in range(60)), most=1_000_000),
    "empty lines in a quoted list": lines(">", HEAD + "> - a\n"),
    "NUL": filled("a\0b "),
    "runs of backticks": Case(backticks, 2_000),
    "closing tags": filled("</", HEAD + "x "),
    "open comments": filled("<!-- a -", HEAD + "x "),
    "comments as blocks": lines("<!--\n"),
    "instructions": filled("<?", HEAD + "x "),
    "declarations": filled("<!A ", HEAD + "x "),
    "sections of data": filled("<![CDATA[", HEAD + "x "),
    "tags without an end": filled("<a b='", HEAD + "x "),
    "attributes": filled("b=c ", HEAD + "x <a "),
    "definitions": lines("[r%]: /u\n"),
    "entities": filled("&#x41;"),
    "backslashes": filled("\\"),
    "struck out": filled("~~a "),
    "columns": Case(wide, 5_000),
    "rows": lines("| mend the mole ~ | All | May | done |", TABLE, most=45_000),
    "question": filled("?c_"),
    "check boxes": lines("- [ ] a"),
    "a heading over many lines": lines("a", end="===\n"),
    "underlined headings": lines("a\n==="),
    "fences": lines("```\n"),
    "breaks": filled("a<br>"),
    "hard breaks": lines("a\\"),
    # what may trouble readers of actions
    "one paragraph": lines("a"),
    "one paragraph of emphasis": lines("*a*"),
    "one paragraph of actions": lines("Action: All to go ~"),
    "one paragraph of printed bullets": lines("• a"),
    "one paragraph of labels": lines("Present: A"),
    "lone carriage returns": Case(lambda n: HEAD + "a\r" * n, MOST_BYTES // 2),
    "spaces": lines("- Ann to" + " " * 8_000 + "go", ACTIONS),
    "blanks that do not break": on_one_line("\u00a0", ACTIONS + "- Ann to", "go"),
    "rows set with tabs": lines("1\tAnn to go ~\tdone"),
    "names": named(", ", "Present: "),
    "names that run together": named(" ", "Present: "),
    "a list of names": lines("- ~ ~x (~Q)", HEAD + "## Attendance\n\n"),
    "and": named(" and ", "**Action:** ", " to go"),
    "slashes": named("/", "**Action:** ", " to go"),
    "short names": on_one_line("A and ", ACTIONS + "- ", "B to go"),
    "helpers": on_one_line("A with ", ACTIONS + "- ", "B to go"),
    "numbered markers": lines("AP% Ann to go\n"),
    "markers on one line": filled("AP1 Ann to go. "),
    "loud markers": filled("ACTION - "),
    "markers in passing": filled("action for A to b, "),
    "numbers of actions": lines("- ACTION 58.%: Ann to go", ACTIONS),
    "front matter": lines("k%: v", "---\n", "---\n" + HEAD),
    "front matter without an end": lines("k: v", "---\n", "\n" + HEAD),
    "a long heading": on_one_line("a ", "# "),
    "headings": lines("## ~"),
    "numbered headings": lines("## %. Item"),
    "bold titles": lines("**Discussion ~**\n"),
    "lines alone": lines("Discussion\n"),
    "equal actions": lines("- mend the mole", ACTIONS),
    "unlike actions": lines("- ~ to ~x ~y", ACTIONS),
    "actions all but alike": lines("- Ann to mend the mole at ~", ACTIONS),
    "actions marked and listed": Case(
        lambda n: (
            HEAD
            + "".join(f"**Action:** Ann to mend the mole at {word(i)}\n\n" for i in range(n // 2))
            + "## Action summary\n\n"
            + "".join(f"- Ann to mend mole at {word(i)}\n" for i in range(n // 2))
        ),
        45_000,
    ),
    "actions and their echoes": Case(
        lambda n: (
            HEAD
            + "".join(f"**Action:** Ann to mend the mole at {word(i)}\n\n" for i in range(n // 2))
            + "<!-- rrb:summary -->\n| Ref | Action | Owner |\n|-|-|-|\n"
            + "".join(f"| 2026-01-12.{i} | mend a mole at {word(i)} | Ann |\n" for i in range(1, n // 2))
            + "<!-- /rrb:summary -->\n"
        ),
        40_000,
    ),
    "a summary of other actions": Case(
        lambda n: (
            HEAD
            + "".join(f"**Action:** Ann to mend the mole at {word(i)}\n\n" for i in range(n // 4))
            + "".join(f"**Action:** Bo to paint {word(i)} {word(3 * i)}x\n\n" for i in range(n // 4))
            + "## Action summary\n\n"
            + "".join(f"- Ann to mend the mole at {word(i)}\n" for i in range(n // 4))
            + "".join(f"- Cy to weigh {word(i)}y {word(5 * i)}z\n" for i in range(n // 4))
        ),
        45_000,
    ),
    "earlier actions": lines("- Ann to mend the mole at ~ - done", HEAD + "## Previous actions\n\n"),
    "boxes to tick": lines("- [ ] mend the mole ~", ACTIONS, most=20_000),
    "dates": filled("by 12 May 2026 or "),
    "dates of one action": on_one_line("by 12 May ", ACTIONS + "- Ann to go "),
    "relations": on_one_line("by ", ACTIONS + "- Ann to go "),
    "next": on_one_line("at the next ", ACTIONS + "- Ann to go "),
    "digits": filled("1"),
    "letters": filled("a"),
    "capitals": filled("A"),
    "brackets of one action": on_one_line("(a) ", ACTIONS + "- Ann to go "),
    "statuses": on_one_line("- done ", ACTIONS + "- Ann to go "),
    "initials": on_one_line("(JS) ", ACTIONS + "- go "),
    "a table of tags": lines("<tr><td>a ~</td></tr>", HEAD + "<table>", "</table>\n"),
    "cells without an end": filled("<td>", HEAD + "<table>"),
    "a comment without an end": lines("a", HEAD + "<!-- "),
    "allowing": lines("<!-- rrb: allow no-owner: ~ -->"),
    "our own marks": lines("<!-- rrb:previous -->\n"),
    "conflicts": lines("<<<<<<< "),
    "empty lines": lines(""),
    "code": lines("    a"),
    "invisible": filled("\u200b"),
    "two alphabets": filled("Αb "),
    "sentences": filled("Ann will go. "),
    "prose": lines("Ann said she will go to it ~.\n"),
    "next meetings": lines("Next meeting: 9 May 2026\n"),
    "numbered titles": filled("4. TREES The Clerk said. "),
    "topics": lines("- [ ] Topic ~\n\nOwner: Ann\n\nNext steps (W37):\n\n- go\n", most=36_000),
}


def note(name: str, share: float) -> str:
    """The note of a kind at a share of the size that it may have."""
    case = CASES[name]
    return case.make(max(1, int(case.most * share)))


def seconds(name: str, share: float) -> float:
    """What it takes of the processor to take such a note the whole way."""
    from reliability.whole import go_whole_way

    text = note(name, share)
    assert len(text.encode()) <= 2 * 1024 * 1024, "no note may be so large: it would not be read at all"
    start = process_time()
    go_whole_way(text)
    return process_time() - start


def limit(cpu: int, memory: int) -> None:
    """Let this process have no more than that, in seconds and bytes."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def main(name: str, share: str, cpu: str, memory: str) -> None:
    """Time one kind of note at half a size and at that size, or at the whole one alone; prints the seconds."""
    limit(int(cpu), int(memory))
    seconds("letters", 0.001)
    sizes = (float(share) / 2, float(share)) if float(share) < 1 else (float(share),)
    print(json.dumps([seconds(name, size) for size in sizes]))


if __name__ == "__main__":
    main(*sys.argv[1:])
