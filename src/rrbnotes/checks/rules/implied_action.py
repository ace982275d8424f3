"""implied-action: a task that the discussion gives and nothing marks."""

from collections import Counter
from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.once import once
from rrbnotes.checks.evidence.promises import promise
from rrbnotes.checks.evidence.tasks import Told
from rrbnotes.diagnostics import Finding
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import listed, quoted
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.roles import Role
from rrbnotes.reading.sentences import sentences
from rrbnotes.reconciling.wording import wording

_TALK = (Role.ITEM, Role.TITLE)


def implied_action(book: Book, today: Date) -> Iterator[Finding]:
    """A sentence of the discussion gives somebody a task, and nothing marks it as an action.

    It was agreed and is nobody's: it stands in no summary and in no log. This is a guess from the words, so it is only a note.

    Bad:
        NPS presented the figures. MPS will share the custody data with the councils.

    Good:
        NPS presented the figures.

        **Action:** MPS to share the custody data with the councils.

    Mend:
        Mark it: `**Action:** MPS to …`. If it is none, leave it, or say so:
        `<!-- rrb: allow implied-action: done in the meeting -->`.
    """
    for own in book.boards():
        found = [(minutes, *one) for minutes in own for one in _promised(minutes)]
        standing = Counter(wording(sentence).joined for _, _, sentence, _ in found)
        for minutes, block, sentence, owners in found:
            if standing[wording(sentence).joined] == 1:  # what stands in several notes is how things are done
                what = f"{quoted(sentence)} sounds like an action, and nothing marks it"
                at = minutes.source.words_at(block.line, sentence)
                yield Finding(at, what, f"mark it as one: '**Action:** {listed(owners) or '…'} to …'")


@once
def _promised(minutes: Minutes) -> tuple[tuple[Block, str, tuple[str, ...]], ...]:
    """The paragraphs and items of the discussion that no action stands in, each with its first sentence that gives a task,
    and to whom."""
    return tuple(_promises(minutes))


def _promises(minutes: Minutes) -> Iterator[tuple[Block, str, tuple[str, ...]]]:
    taken, told = {one.at.line for one in minutes.candidates}, Told(minutes)
    for section in minutes.outline.of_role(*_TALK):
        for block in section.blocks if not section.is_agenda else ():
            for inner in block.walk():
                if inner.form in (Form.PARAGRAPH, Form.ITEM) and inner.ticked is None:
                    first = next(_tasks(inner, minutes, told), None)
                    if first and taken.isdisjoint(line.line for line in inner.text.lines()):
                        yield inner, *first


def _tasks(block: Block, minutes: Minutes, told: Told) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sentences of a block that give a task which no action of the note covers, and to whom."""
    for start, end in sentences(block.text.plain):
        sentence = " ".join(block.text.plain[start:end].split())
        found = promise(sentence, minutes.lore.directory)
        clause = sentence[found.start :] if found else ""
        if found and not (told.covers(sentence, found.owners) or told.covers(clause, found.owners)):
            yield clause, found.owners
