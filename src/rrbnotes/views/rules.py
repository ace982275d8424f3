"""The rules of `rrb check`: their list, and the page of each."""

from collections.abc import Iterator, Sequence
from functools import partial
from textwrap import wrap

from rrbnotes.checks.rule import Rule
from rrbnotes.diagnostics import Severity
from rrbnotes.quoting import count
from rrbnotes.views.choice import pick
from rrbnotes.views.fields.lists import RuleRecord
from rrbnotes.views.listing import Cell, Column, Group, Listing, Records, Sheet, Table, Tone, cell

COLUMNS = (
    Column("Rule", most=22),
    Column("Weight"),
    Column("Fix"),
    Column("What is bad", fills=True),
)
FIELDS = ("rule", "severity", "fix", "summary")
_TONES = {Severity.ERROR: Tone.ALARM, Severity.WARNING: Tone.WARN, Severity.NOTE: Tone.QUIET}


def listing(rules: Sequence[Rule]) -> Listing:
    """Every rule, the heaviest first."""
    order = list(Severity)
    every = sorted(rules, key=lambda rule: (order.index(rule.weight(False)), rule.name))
    talk = f"{count(len(every), 'rule')}; `rrb rules NAME` explains one"
    return Listing(partial(_table, every), partial(_sheet, every), partial(_records, every), (talk,))


def _table(rules: Sequence[Rule]) -> Table:
    return Table(COLUMNS, (Group(tuple(map(_row, rules))),))


def _row(rule: Rule) -> tuple[Cell, ...]:
    weight = rule.weight(False)
    fix = cell("fix" if rule.fixes else "", Tone.GOOD)
    return (
        cell(rule.name, Tone.STRONG),
        cell(weight, _TONES[weight]),
        fix,
        cell(rule.manual.summary),
    )


def _sheet(rules: Sequence[Rule]) -> Sheet:
    rows = (
        (rule.name, str(rule.weight(False)), "fix" if rule.fixes else "", rule.manual.summary)
        for rule in rules
    )
    return Sheet(FIELDS, rows, plain=len(FIELDS))


def _records(rules: Sequence[Rule]) -> Records:
    return Records("rules", map(_record, rules), {})


def _record(rule: Rule) -> RuleRecord:
    page = rule.manual
    return {
        "name": rule.name,
        "severity": rule.weight(False),
        "severity_if_selected": rule.weight(True),
        "fix": "safe" if rule.fixes else None,
        "summary": page.summary,
        "why": page.why,
        "bad": page.bad,
        "good": page.good,
        "mend": page.mend,
    }


def the_rule(name: str, rules: Sequence[Rule]) -> Rule:
    """The rule that a word of the command line names."""
    by_name = {rule.name: rule for rule in rules}
    return pick("rule", name, by_name)


def page(rule: Rule, width: int) -> Iterator[str]:
    """A rule's page, line by line; examples stay as they are."""
    manual = rule.manual
    yield from (f"{rule.name} ({_weighed(rule)})", "", *_wrapped(manual.summary, width), "")
    for paragraph in manual.why.split("\n\n"):
        yield from (*_wrapped(paragraph, width), "")
    for title, words in (("Bad", manual.bad), ("Good", manual.good)):
        if words:
            yield from (f"{title}:", "", *(f"    {line}".rstrip() for line in words.split("\n")), "")
    yield from ("How to mend it:", "", *_wrapped(manual.mend, width, "    "))


def _wrapped(words: str, width: int, indent: str = "") -> list[str]:
    return wrap(words, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _weighed(rule: Rule) -> str:
    weight = str(rule.weight(False))
    if rule.weight(True) != rule.weight(False):
        weight += f", {rule.weight(True)} if selected by name"
    return f"{weight}; `rrb check --fix` mends what is certain" if rule.fixes else weight
