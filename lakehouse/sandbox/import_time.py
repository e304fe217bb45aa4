"""What may stand outside of functions: importing a fetcher binds names and does no work."""

from __future__ import annotations

import ast

from lakehouse.sandbox.rules import Fault

CONSTANT_CALLS = frozenset({"re.compile", "compile", "Decimal", "decimal.Decimal", "frozenset", "timedelta"})
CONSTANT_OPERATORS = (ast.Add, ast.BitOr)
# Neither + nor | makes much out of little; * and ** would.


def import_time_faults(tree: ast.Module) -> list[Fault]:
    """Return the faults of all statements and default values that run when the module is imported."""
    faults = [(node.lineno, f"{type(node).__name__} outside of a function") for node in tree.body if not _binds(node)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and node not in tree.body:
            faults.append((node.lineno, "imports stand at the top of the module"))
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            faults += [(value.lineno, "a default value that is no constant") for value in _work(function.args)]
    return faults


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
            return True
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return all(map(is_constant, parts))
        case ast.Dict(keys=keys, values=values):
            return all(key is None or is_constant(key) for key in keys) and all(map(is_constant, values))
        case ast.JoinedStr(values=parts):
            return all(map(is_constant, parts))
        case ast.FormattedValue(value=part, format_spec=None):
            return is_constant(part)
        case ast.UnaryOp(operand=operand):
            return is_constant(operand)
        case ast.BinOp(left=left, op=op, right=right):
            return isinstance(op, CONSTANT_OPERATORS) and is_constant(left) and is_constant(right)
        case ast.Call(func=function, args=parts, keywords=keywords):
            return ast.unparse(function) in CONSTANT_CALLS and all(map(is_constant, [*parts, *(k.value for k in keywords)]))
    return False
