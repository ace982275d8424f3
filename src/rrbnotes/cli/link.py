"""`rrb link` and `rrb unlink`."""

import sys
from typing import Annotated

import typer

from rrbnotes.cli import completing
from rrbnotes.cli.options import Dry, Reason
from rrbnotes.cli.run import Run
from rrbnotes.model import Register

_VERBS = ("same", "follows", "supersedes", "different")
_END = "A ref, or a place of a note as KEY:LINE."
One = Annotated[
    str | None,
    typer.Argument(metavar="A", help=_END, show_default=False, autocompletion=completing.refs),
]
Verb = Annotated[
    str | None,
    typer.Argument(
        metavar="|".join(_VERBS),
        help="What A is to B.",
        show_default=False,
        autocompletion=completing.names(_VERBS),
    ),
]
Other = Annotated[
    str | None,
    typer.Argument(metavar="B", help=_END, show_default=False, autocompletion=completing.refs),
]
Review = Annotated[bool, typer.Option("--review", help="Ask about each proposal; off a terminal, list them.")]


def link(
    ctx: typer.Context,
    one: One = None,
    verb: Verb = None,
    other: Other = None,
    reason: Reason = "",
    review: Review = False,
    dry: Dry = False,
) -> None:
    """Say what two actions are to each other.

    It is remembered. same: the ref given first stays, the other one answers too. supersedes: B is closed. different: never
    proposed again.
    """
    from rrbnotes.errors import RrbError
    from rrbnotes.keeping import links
    from rrbnotes.views.choice import pick

    run: Run = ctx.obj
    reason = " ".join(reason.split())
    if review and (one or reason):
        raise RrbError("--review asks about each proposal; it takes no refs and no reason")
    if review:
        _review(run, dry)
        return
    if not (one and verb and other):
        raise RrbError(
            "two actions and a word are needed; write rrb link A same|follows|supersedes|different B, or rrb link --review"
        )
    pick("verb", verb, dict.fromkeys(links.VERBS))
    _write(run, [(one, verb, other)], reason, dry)


def unlink(
    ctx: typer.Context,
    one: Annotated[str, typer.Argument(metavar="A", help=_END, autocompletion=completing.refs)],
    other: Annotated[str, typer.Argument(metavar="B", help=_END, autocompletion=completing.refs)],
    dry: Dry = False,
) -> None:
    """Take back what was said of two actions."""
    from rrbnotes.cli.desk import at_desk
    from rrbnotes.keeping import links
    from rrbnotes.views.ends import end
    from rrbnotes.views.links import unlinked

    run: Run = ctx.obj
    with at_desk(run, "unlink", dry=dry) as desk:
        synced, book = desk.synced(), desk.ledger.book
        ends = end(book, one), end(book, other)
        before = book.register.actions
        ledger = desk.ledger.with_records(links.unlink(before, *ends, book.meetings))
        said = unlinked(*ends, before, ledger.book.register.actions)
        desk.finish(ledger, synced, said, f"unlink {ends[0].ref} {ends[1].ref}")


def _review(run: Run, dry: bool) -> None:
    """Ask about each proposal, then write all answers as one step; the lock is not held while a person thinks."""
    from rrbnotes.cli import books
    from rrbnotes.cli.talk import answer
    from rrbnotes.views.changes import proposals

    register = books.open_book(run).register
    if not register.proposals:
        answer(run, ["no proposal waits for an answer"])
    elif not sys.stdin.isatty():
        answer(run, proposals(register))
    elif answers := _answers(register):
        _write(run, answers, "", dry, "link --review")
    else:
        answer(run, ["nothing was answered, nothing was written"])


def _answers(register: Register) -> list[tuple[str, str, str]]:
    """What a person says of the proposals, up to where they stop: ref, verb, ref."""
    from rrbnotes.cli.talk import put
    from rrbnotes.views.links import question

    said: list[tuple[str, str, str]] = []
    total = len(register.proposals)
    for number, proposal in enumerate(register.proposals, 1):
        refs = [ref for ref, _ in proposal.candidates]
        put("\n".join([*question(proposal, register, number, total), ""]))
        choice = _choice([str(place) for place in range(1, len(refs) + 1)])
        if choice == "q":
            break
        if choice == "n":
            said += [(ref, "different", proposal.ref) for ref in refs]
        elif choice != "s":
            said.append((refs[int(choice) - 1], "same", proposal.ref))
    return said


def _choice(places: list[str]) -> str:
    """A number, `n`, `s` or `q`; the end of the input stops like `q`."""
    known = [*places, "n", "s", "q"]
    while True:
        try:
            word = input(f"{' '.join(places)} same, n none, s skip, q quit > ").strip().lower()
        except EOFError:
            return "q"
        if word in known:
            return word


def _write(run: Run, answers: list[tuple[str, str, str]], reason: str, dry: bool, command: str = "") -> None:
    """Make links, all of them as one step; it is listed under `command`, else under what was said."""
    from rrbnotes.cli.desk import at_desk
    from rrbnotes.keeping import links
    from rrbnotes.views.ends import end
    from rrbnotes.views.links import linked

    with at_desk(run, "link", dry=dry) as desk:
        synced, ledger = desk.synced(), desk.ledger
        lines: list[str] = []
        said = command
        for one, verb, other in answers:
            before = ledger.book.register.actions
            ends = end(ledger.book, one), end(ledger.book, other)
            ledger = ledger.with_records(links.link(before, *ends, links.Tie(verb, reason, run.today)))
            lines += linked(ends[0], verb, ends[1], before, ledger.book.register.actions)
            said = said or f"link {ends[0].ref} {verb} {ends[1].ref}"
        desk.finish(ledger, synced, lines, said)
