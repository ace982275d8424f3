"""The top of the command line: which command is meant, and where options of all commands may stand."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from typer.core import TyperGroup

from rrbnotes.cli import commands
from rrbnotes.cli.ending import ended
from rrbnotes.cli.repeating import repeated
from rrbnotes.cli.run import run_of
from rrbnotes.errors import RrbError, did_you_mean

_LINE = "rrbnotes.line"
"""Where a context has the command and its own words."""


class Group(TyperGroup):
    """The commands of `rrb`."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**{**attrs, "commands": commands.named()})
        self._read: dict[str, Any] = {}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that a line names, with its options."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            near = did_you_mean(args[0], self.commands) or "; `rrb --help` lists them"
            raise RrbError(f"unknown command '{args[0]}'{near}")
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and self.whole(command.name), rest

    def whole(self, name: str | None) -> Any:
        """A command with its options, read once; None where there is none of this name."""
        if name and name in self.commands and name not in self._read:
            self._read[name] = commands.whole(name)
        return self._read.get(name or "")

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Read the options of all commands; help is written here."""
        with ended():
            return super().make_context(*args, **extra)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Options of all commands may stand after the command too."""
        first, ctx.meta[_LINE] = self._sorted(args)
        return super().parse_args(ctx, [*first, *ctx.meta[_LINE]])

    def invoke(self, ctx: Any) -> Any:
        """Run the command, or say again what it said before."""
        with ended():
            ctx.obj = run_of(ctx.params)
            return repeated(ctx.obj, ctx.meta[_LINE], lambda: super(Group, self).invoke(ctx))

    def _sorted(self, args: list[str]) -> tuple[list[str], list[str]]:
        """The arguments: the options of all commands, and the command with what is its own."""
        own = _options(self.params)
        takes: dict[str, bool] | None = None
        first: list[str] = []
        rest: list[str] = []
        words = iter(args)
        for word in words:
            if word == "--":
                return first, [*rest, word, *words]
            name = _name(word)
            if rest and takes is None and name.startswith("-"):
                takes = self._takes(rest[0], args)
            place = first if name in own else rest
            place.append(word)
            if {**(takes or {}), **own}.get(name) and word == name:
                place.extend(islice(words, 1))
        return first, rest

    def _takes(self, command: str, args: list[str]) -> dict[str, bool]:
        """The options of a command, where they have to be told from others: that reads it, which a repeated one need not."""
        own = _options(self.params)
        behind = args[args.index(command) + 1 :]
        is_mixed = any(_name(word) in own for word in behind)
        return _options(getattr(self.whole(command), "params", ())) if is_mixed else {}


def _options(params: Iterable[Any]) -> dict[str, bool]:
    """The options of a command; whether the next word is their value."""
    return {
        name: not param.is_flag
        for param in params
        if param.param_type_name == "option"
        for name in param.opts
    }


def _name(word: str) -> str:
    """The option in a word: `--config=x` and `-Cx` hold their values themselves."""
    return word.partition("=")[0] if word.startswith("--") else word[:2] if word.startswith("-") else word
