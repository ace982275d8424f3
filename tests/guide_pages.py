"""What the manual's pages show, found in their text, done again, and put back as it is now.

A page that shows what `rrb` says or reads has marks, which nobody sees who reads it:

    <!-- on 2026-03-02, in an empty folder -->     what follows is done in a new folder on that day; or `in the demo`, or `here`,
                                                  where it was done before
    <!-- file: notes/2026-01-12.md -->             the block below is written to this file
                                                  (`.docx`: a paragraph for each line)
    <!-- edit: notes/a.md: old -> new -->          words that stand there once are changed; `\\n` is a line end
    <!-- read -->                                  the block below is a note; the table below that is what `rrb parse` reads
    <!-- read: facts -->                           the same, with title, names and days
    <!-- read: explain -->                         the same, with what was looked at and refused
    <!-- made: rules -->                           up to `<!-- /made -->` the text is made from the program's own tables

A block of `console` is a session: lines that begin with `$` are commands, what stands below each is what a terminal of 80
columns shows. `…` alone on a line stands for lines that are left out.
"""

import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import docx
import pytest
from typer.main import get_command

import rrbnotes.guide
from rrbnotes.checks.rules import RULES
from rrbnotes.cli.commands import COMMANDS, whole
from rrbnotes.cli.ending import EXIT_CODES
from rrbnotes.cli.main import app
from rrbnotes.diagnostics import Severity
from rrbnotes.settings import OPTIONS

ROOT = Path(__file__).parent.parent
FOLDER = Path(rrbnotes.guide.__file__).parent
RRB = get_command(app)
BLOCK = r"```(?P<kind>\w*)\n(?P<text>.*?)```\n"
_PARTS = re.compile(
    r"<!-- on (?P<day>[\d-]+), (?P<place>in an empty folder|in the demo|here) -->\n"
    r"|<!-- file: (?P<file>\S+) -->\n```\w*\n(?P<content>.*?)```\n"
    r"|<!-- edit: (?P<edited>\S+): (?P<change>.*?) -->\n"
    r"|(?P<head>```console\n)(?P<session>.*?)```\n"
    r"|(?P<note_head><!-- read(?:: (?P<how>\w+))? -->\n```markdown\n)(?P<note>.*?)(?P<gap>```\n\n)"
    r"(?P<table>(?:(?:- \*\*[^\n]*\n)+\n)?(?:\| Line \|[^\n]*\n(?:\|[^\n]*\n)*)?)",
    re.DOTALL,
)
_MADE = re.compile(r"<!-- made: (?P<what>[\w-]+) -->\n(?P<text>.*?)<!-- /made -->\n", re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


class _Terminal(StringIO):
    """Both streams, read by a person."""

    def isatty(self) -> bool:
        return True


def said(words: list[str]) -> str:
    """What a terminal shows when a command is given in the current folder."""
    both = _Terminal()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", TextIOWrapper(BytesIO()))
        patch.setattr(sys, "stdout", both)
        patch.setattr(sys, "stderr", both)
        try:
            RRB.main(words, prog_name="rrb")
        except SystemExit as leaving:
            assert leaving.code in (None, 0, 1, 2), both.getvalue()
    return "".join(f"{line.rstrip()}\n" for line in both.getvalue().removesuffix("\n").split("\n"))


def done_again(text: str, folder: Path) -> str:
    """A page with what `rrb` says and reads now; all is done below a folder, in the order of the page."""
    places = iter(range(1000))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("FORCE_COLOR", "RRB_DEBUG", "GITHUB_ACTIONS", "CI"):
            patch.delenv(name, raising=False)
        for name, value in {"NO_COLOR": "1", "COLUMNS": "80", "RRB_NO_FSYNC": "1"}.items():
            patch.setenv(name, value)
        return _PARTS.sub(lambda part: _part(part, folder / str(next(places)), patch), text)


def _part(part: re.Match[str], fresh: Path, patch: pytest.MonkeyPatch) -> str:
    if part["day"]:
        if part["place"] != "here":
            _begin(fresh, part["place"])
            patch.chdir(fresh)
        patch.setenv("RRB_TODAY", part["day"])
    elif part["file"]:
        _write(Path(part["file"]), part["content"])
    elif part["edited"]:
        _edit(Path(part["edited"]), part["change"])
    elif part["head"]:
        return f"{part['head']}{_COMMAND.sub(_command, part['session'])}```\n"
    else:
        fresh.mkdir()
        patch.chdir(fresh)
        gap = "" if part["table"] else "\n"
        return f"{part['note_head']}{part['note']}{part['gap']}{_read(part['note'], part['how'])}{gap}"
    return part[0]


def unheeded(text: str) -> list[str]:
    """The marks of a page that nothing heeds: misspelt, or not right above their blocks."""
    rest = _MADE.sub("", _PARTS.sub("", text)).replace("<!-- record -->\n```yaml\n", "```yaml\n")
    return re.findall(r"^<!--.*", re.sub(BLOCK, "", rest, flags=re.DOTALL), re.MULTILINE)


def _begin(folder: Path, place: str) -> None:
    folder.mkdir()
    if place == "in the demo":
        shutil.copytree(ROOT / "notes", folder / "notes", ignore=shutil.ignore_patterns(".rrb"))


def _write(file: Path, content: str) -> None:
    """Write a file; one of Word's has a paragraph for each line, and headings where the line begins so."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix != ".docx":
        file.write_text(content, encoding="utf-8")
        return
    document = docx.Document()
    for line in filter(None, content.split("\n")):
        marks, _, words = line.rpartition("# ")
        document.add_paragraph(words, f"Heading {len(marks) + 1}" if line.startswith("#") else "Normal")
    document.save(str(file))


def _edit(file: Path, change: str) -> None:
    old, _, new = (words.replace("\\n", "\n") for words in change.partition(" -> "))
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file} has {old!r} {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8")


def _command(part: re.Match[str]) -> str:
    """A command of a session with what it says now; where the page leaves lines out, so does this."""
    words = shlex.split(part[1], comments=True)
    if words[0] == "cat":
        now = Path(words[1]).read_text(encoding="utf-8")
    else:
        assert words[0] == "rrb", part[1]
        now = said(words[1:])
    gap = "\n" if part[2].endswith("\n\n") else ""
    return f"$ {part[1]}\n{_left_out(part[2].rstrip(chr(10)), now.rstrip(chr(10)))}{gap}"


def _left_out(shown: str, now: str) -> str:
    """What is said now, with `…` for what the page leaves out, as long as each part that it shows is said."""
    kept = re.split(r"(?:^|(?<=\n))…(?:\n|$)", shown)
    pattern = ".*?".join(re.escape(words) for words in kept)
    is_same = len(kept) > 1 and re.fullmatch(pattern, now + "\n" * (kept[-1] == ""), re.DOTALL)
    return f"{shown}\n" if is_same else f"{now}\n" if now else ""


def _read(note: str, how: str | None) -> str:
    """What `rrb parse` reads in a note, as markdown."""
    Path("notes").mkdir()
    Path("notes/2026-03-09.md").write_text(note, encoding="utf-8")
    more = ["--explain"] if how == "explain" else []
    text = said(
        ["parse", "notes/2026-03-09.md", "--format", "markdown", "-q", "--today", "2026-06-01", *more]
    )
    facts, bar, table = text.partition("| Line |")
    _, _, facts = facts.partition("\n\n")
    return f"{facts if how == 'facts' else ''}{bar}{table}"


def made_again(text: str) -> str:
    """A page with the parts that are made from the program's tables."""
    return _MADE.sub(
        lambda part: f"<!-- made: {part['what']} -->\n{MADE[part['what']]()}<!-- /made -->\n", text
    )


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


def _table(head: str, rows: Iterator[tuple[str, ...]]) -> str:
    names = head.split(", ")
    lines = [names, ["---"] * len(names), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _fenced(words: str, kind: str = "markdown") -> str:
    fence = "````" if "```" in words else "```"
    return f"{fence}{kind}\n{words}\n{fence}\n"


def _rules() -> str:
    return "\n".join(_rule(rule.name) for rule in sorted(RULES, key=lambda rule: rule.name))


def _list_of_rules() -> str:
    order = list(Severity)
    rules = sorted(RULES, key=lambda rule: (order.index(rule.weight(False)), rule.name))
    rows = (
        (f"[{rule.name}](#{rule.name})", rule.weight(False), "fix" if rule.fixes else "", rule.manual.summary)
        for rule in rules
    )
    return _table("rule, weight, fix, what is bad", rows)


def _rule(name: str) -> str:
    """The page of a rule."""
    rule = next(one for one in RULES if one.name == name)
    page, weight = rule.manual, str(rule.weight(False))
    if rule.weight(True) != rule.weight(False):
        weight += f", {rule.weight(True)} if selected by name"
    mends = "; `rrb check --fix` mends what is certain" if rule.fixes else ""
    examples = [
        f"{title}:\n\n{_fenced(words)}" for title, words in (("Bad", page.bad), ("Good", page.good)) if words
    ]
    parts = (
        f"### {name}\n",
        f"*{weight}{mends}*\n",
        f"{page.summary}\n",
        f"{page.why}\n",
        *examples,
        f"{page.mend}\n",
    )
    return "\n".join(part for part in parts if part.strip())


def _commands() -> str:
    return "\n".join(_of_command(name) for name in COMMANDS)


def _of_command(name: str) -> str:
    """What a command takes."""
    command = whole(name)
    said = " ".join(
        word for param in command.params if param.param_type_name == "argument" for word in [param.metavar]
    )
    usage = " ".join(filter(None, (f"rrb {name}", said)))
    options = "[OPTIONS]" if any(p.param_type_name == "option" for p in command.params) else ""
    rows = [_param(param) for param in command.params if not getattr(param, "hidden", False)]
    help = "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    table = f"\n{_table('takes, what it does', iter(rows))}" if rows else ""
    return f"### rrb {name}\n\n{help}\n\n{_fenced(f'{usage} {options}'.rstrip(), 'text')}{table}"


def _param(param: object) -> tuple[str, ...]:
    """One option or argument."""
    of: Callable[[str], object] = lambda name: getattr(param, name, None)  # noqa: E731
    metavar = str(of("metavar") or "")
    if of("param_type_name") == "argument":
        return f"`{metavar}`", str(of("help") or "")
    names = ", ".join(f"`{name}`" for name in of("opts"))  # type: ignore[attr-defined]
    value = "" if of("is_flag") or not metavar else f" `{metavar}`"
    envvar = f" (`{of('envvar')}`)" if of("envvar") else ""
    return f"{names}{value}", f"{of('help') or ''}{envvar}".replace("<", "\\<")


def _settings() -> str:
    rows = (
        (f"`{key}`", _kind(key), _default(key), option.metadata["help"]) for key, option in OPTIONS.items()
    )
    return _table("key, its value, without it, what it says", rows)


def _kind(key: str) -> str:
    meta = OPTIONS[key].metadata
    names = f" of {', '.join(meta['names'])}" if meta["table"] and meta["names"] else ""
    return f"a table{names}; each: {meta['kind'].words}" if meta["table"] else meta["kind"].words


def _default(key: str) -> str:
    option = OPTIONS[key]
    plain = "" if option.metadata["table"] else option.default
    return f"`{plain}`" if plain else "nothing"


MADE: dict[str, Callable[[], str]] = {
    "rules": _rules,
    "list-of-rules": _list_of_rules,
    "commands": _commands,
    "options": lambda: _table("takes, what it does", map(_param, RRB.params)),
    "exit-codes": lambda: _table("code, means", ((f"`{code}`", means) for code, means in EXIT_CODES.items())),
    "settings": _settings,
}
"""What makes each part."""
