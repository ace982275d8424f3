"""The house rules that a reader of the source may rely on: who imports whom, who asks the world, and sizes."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import rrbnotes

ROOT = Path(rrbnotes.__file__).parent
ROWS = (
    "errors filenames formulas quoting spelling status", "source", "edits", "diagnostics", "model", "settings", "home", "dates owners statuses british", "book", "reading", "reconciling",
    "register", "store", "shelf", "memory", "readers", "boards", "notebook", "single", "keeping", "checks", "views", "render", "importing editor", "guide", "cli",
)  # fmt: skip
"""Each may import from the rows above its own only; places in one row do not know each other."""
RANKS = {place: n for n, row in enumerate(ROWS) for place in row.split()}
THIRD_PARTY = {
    "markdown_it": "reading", "mdit_py_plugins": "reading", "rapidfuzz": "reconciling", "yaml": "register", "rich": "render",
    "jinja2": "render", "icalendar": "render", "docx": "render", "openpyxl": "render importing", "mammoth": "importing", "pypdf": "importing", "pygls": "editor",
    "lsprotocol": "editor", "typer": "cli",
}  # fmt: skip
CLOCK = {"now", "today", "utcnow", "getenv", "localtime", "gmtime"}
WORLD = {"environ", "environb", "stdout", "stderr", "stdin", "exit", "argv"}
MAX_MODULE, MAX_FUNCTION = 300, 50

MODULES = {
    ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}
PLACED = [name for name in MODULES if "." in name and not name.endswith("__main__")]


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@cache
def nodes(module: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(module)))


def place(module: str) -> str:
    """`rrbnotes.reading.blocks` belongs to `reading`."""
    return module.split(".")[1]


@cache
def imports(module: str) -> tuple[str, ...]:
    """What a module imports, wherever in its text: our modules by their full names, others by their first."""
    return tuple(_imports(module))


def _imports(module: str) -> Iterator[str]:
    for node in nodes(module):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}:{node.lineno}: a relative import"
            own = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in MODULES else node.module or "" for name in own]
        else:
            continue
        yield from (name if name.startswith("rrbnotes") else name.split(".")[0] for name in names)


def test_imports_point_upwards() -> None:
    ours = (
        (module, other) for module in PLACED for other in imports(module) if other.startswith("rrbnotes.")
    )
    for module, other in ours:
        mine, theirs = place(module), place(other)
        assert theirs == mine or RANKS[theirs] < RANKS[mine], f"{module} imports {other}"


def test_third_party_stays_in_its_place() -> None:
    known = {"rrbnotes"} | sys.stdlib_module_names
    foreign = {
        (name, module) for module in PLACED for name in imports(module) if name.partition(".")[0] not in known
    }
    assert {
        (name, module) for name, module in foreign if place(module) not in THIRD_PARTY.get(name, "").split()
    } == set()


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {module: {name for name in imports(module) if name in PLACED} for module in PLACED}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the modules


def test_only_the_cli_knows_the_world() -> None:
    below = (name for name in PLACED if place(name) != "cli")
    for module, node in ((name, node) for name in below for node in nodes(name)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            is_said = called in ("print", "input") or called.split(".")[-1] in CLOCK
            assert not is_said, f"{module}:{node.lineno}: {called}()"
        elif isinstance(node, ast.Attribute):
            is_world = node.attr in WORLD and ast.unparse(node.value) in ("os", "sys")
            assert not is_world, f"{module}:{node.lineno}: {node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module in ("os", "sys"):
            assert not {alias.name for alias in node.names} & (WORLD | CLOCK), f"{module}:{node.lineno}"


def test_sizes() -> None:
    for module in PLACED:
        assert not module.endswith("utils")
        lines = MODULES[module].read_text(encoding="utf-8").count("\n")
        assert lines <= MAX_MODULE, f"{module} has {lines} lines"
        for node in nodes(module):
            if isinstance(node, ast.FunctionDef):
                size = (node.end_lineno or 0) - node.lineno + 1
                assert size <= MAX_FUNCTION, f"{module}:{node.lineno}: {node.name} has {size} lines"


def test_every_module_says_what_it_knows() -> None:
    assert [module for module in PLACED if not ast.get_docstring(tree(module))] == []
