"""The static check: what stands in a fetcher is on the allow-list, or the fetcher is refused before it runs.

It makes hostile code plain and cheap to refuse; it is not what holds hostile code back. The locks of the worker are.
"""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Iterator

from lakehouse.errors import FetcherRefused
from lakehouse.sandbox.import_time import import_time_faults
from lakehouse.sandbox.rules import Fault, node_faults
from lakehouse.sandbox.vocabulary import IMPORTS, MAX_CHARACTERS, MAX_DEPTH, MAX_LINES, MAX_NODES

SHOWN = 20
FUNCTIONS = {"start": 0, "follow": 1, "parse": 1}
"""What a fetcher defines, and how many pages each takes."""
INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


def check_module(code: str, name: str = "") -> None:
    """Raise `FetcherRefused`, with a reason "line N: what" for each finding, unless the code may run as a fetcher."""
    faults = _text_faults(code) or _tree_faults(code)
    if faults:
        raise FetcherRefused([f"line {line}: {what}" for line, what in sorted(set(faults))[:SHOWN]], module=name)


def _text_faults(code: str) -> list[Fault]:
    lines = code.split("\n")
    if len(code) > MAX_CHARACTERS or len(lines) > MAX_LINES:
        return [(1, f"the module is longer than {MAX_LINES} lines or {MAX_CHARACTERS} characters")]
    return [(number, "an invisible or control character") for number, line in enumerate(lines, 1) if _hides(line)]


def _hides(line: str) -> bool:
    """Tell whether a person who reads the line may see something else than the parser does."""
    return any(
        unicodedata.category(character) in INVISIBLE for character in line.removesuffix("\r") if character != "\t"
    )


def _tree_faults(code: str) -> list[Fault]:
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        return [(error.lineno or 1, f"no Python: {error.msg}")]
    except (ValueError, RecursionError, MemoryError):
        return [(1, "the module is nested too deeply")]
    nodes, size_faults = _nodes(tree)
    if size_faults:
        return size_faults
    try:
        compile(tree, "fetcher", "exec", dont_inherit=True)
    except SyntaxError as error:
        return [(error.lineno or 1, f"no Python: {error.msg}")]
    modules = _imported_modules(tree)
    faults = [fault for node in nodes for fault in node_faults(node, modules)]
    return faults + import_time_faults(tree) + _shape_faults(tree)


def _nodes(tree: ast.Module) -> tuple[list[ast.AST], list[Fault]]:
    """Return all nodes without recursion, or the fault that there are too many or too deep ones."""
    nodes: list[ast.AST] = []
    stack: list[tuple[ast.AST, int]] = [(tree, 0)]
    while stack:
        node, depth = stack.pop()
        nodes.append(node)
        if depth > MAX_DEPTH or len(nodes) > MAX_NODES:
            return [], [(getattr(node, "lineno", 1), "the module is too large or nested too deeply")]
        stack.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return nodes, []


def _imported_modules(tree: ast.Module) -> dict[str, str]:
    """Return the names that stand for whole modules, so that `re.enum` is refused where it is written."""
    imports = [alias for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    return {alias.asname or alias.name: alias.name for alias in imports if alias.name in IMPORTS}


def _shape_faults(tree: ast.Module) -> list[Fault]:
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    faults = [(1, f"there is no {name}()") for name in ("start", "parse") if name not in functions]
    faults += [
        (line, f"`{name}` is bound to something else; it is a function of the fetcher") for line, name in _rebound(tree)
    ]
    for name, wanted in FUNCTIONS.items():
        if name in functions and not _takes(functions[name].args, wanted):
            faults.append((functions[name].lineno, f"{name}() must take {'one page' if wanted else 'nothing'}"))
    return faults


def _rebound(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield where one of the three functions' names is bound at the top by anything but `def`."""
    for statement in (node for node in tree.body if not isinstance(node, ast.FunctionDef)):
        for node in ast.walk(statement):
            match node:
                case ast.Name(id=name, ctx=ast.Store()) | ast.alias(asname=str(name)) if name in FUNCTIONS:
                    yield statement.lineno, name


def _takes(arguments: ast.arguments, wanted: int) -> bool:
    positional = len(arguments.posonlyargs) + len(arguments.args)
    others = arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.defaults
    return positional == wanted and not others
