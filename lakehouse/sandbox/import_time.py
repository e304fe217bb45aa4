"""What may stand outside of functions: importing a fetcher binds names and does no work."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lakehouse.sandbox.rules import Fault

CONSTANT_CALLS = frozenset({"re.compile", "Decimal", "decimal.Decimal", "frozenset", "timedelta"})


def import_time_faults(tree: ast.Module) -> list[Fault]:
    """Return the faults of all statements and default values that run when the module is imported."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [
        *((node.lineno, f"{type(node).__name__} outside of a function") for node in tree.body if not _binds(node)),
        *((node.lineno, "imports stand at the top of the module") for node in _inner_imports(functions)),
        *((value.lineno, "a default value that is no constant") for node in functions for value in _work(node.args)),
    ]


def _inner_imports(functions: list[ast.FunctionDef]) -> Iterator[ast.Import | ast.ImportFrom]:
    for function in functions:
        yield from (node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom))


def _binds(node: ast.stmt) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef():
            return True
        case ast.Expr(value=ast.Constant(value=str())):
            return True
        case ast.Assign(targets=targets, value=value):
            return all(map(_is_name, targets)) and is_constant(value)
        case ast.AnnAssign(target=ast.Name(), value=value):
            return value is None or is_constant(value)
    return False


def _is_name(target: ast.expr) -> bool:
    if isinstance(target, ast.Tuple):
        return all(map(_is_name, target.elts))
    return isinstance(target, ast.Name)


def _work(arguments: ast.arguments) -> list[ast.expr]:
    defaults = [*arguments.defaults, *(value for value in arguments.kw_defaults if value)]
    return [value for value in defaults if not is_constant(value)]


def is_constant(value: ast.expr) -> bool:
    """Tell whether an expression is made of literals, names, and the few calls that only build a constant."""
    match value:
        case ast.Constant() | ast.Name() | ast.Attribute(value=ast.Name()):
            parts: list[ast.expr | None] = []
        case (
            ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements) | ast.JoinedStr(values=elements)
        ):
            parts = [*elements]
        case ast.Dict(keys=keys, values=values):
            parts = [*keys, *values]
        case ast.FormattedValue(value=part, format_spec=None) | ast.UnaryOp(operand=part):
            parts = [part]
        case ast.BinOp(left=left, op=ast.Add() | ast.BitOr(), right=right):
            # Neither makes much out of little; * and ** would.
            parts = [left, right]
        case ast.Call(func=function, args=arguments, keywords=keywords) if ast.unparse(function) in CONSTANT_CALLS:
            parts = [*arguments, *(keyword.value for keyword in keywords)]
        case _:
            return False
    return all(part is None or is_constant(part) for part in parts)
