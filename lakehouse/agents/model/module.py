"""The module that a model's `parse` becomes: where pages are fetched from stays as we wrote it."""

from __future__ import annotations

import ast

from lakehouse.errors import FetcherRefused
from lakehouse.sandbox import check_module

OURS = frozenset({"start", "follow"})
"""Functions that say which pages are fetched; no model has a word in that."""

PREFIX = "OUR_"
"""What the names of our constants begin with, so that a model's of the same name are not taken for them."""


def module_of(parse: str, ours: str, name: str) -> str:
    """Return a model's code with the `start` and `follow` of our own module; raises `FetcherRefused`.

    What a model says of these is left out, not merged: a page that fooled it must not choose where requests go.
    """
    theirs, own = _tree(parse, name), _tree(ours, name)
    kept = [each for each in theirs.body if _name(each) not in OURS]
    if not any(_name(each) == "parse" for each in kept):
        raise FetcherRefused(["line 1: there is no `parse`"], module=name)
    imports = [each for each in own.body if isinstance(each, ast.ImportFrom)]
    taken = OURS | {"Request"}
    if wrong := [each for each in _bound(kept) if each in taken or each.startswith(PREFIX)]:
        raise FetcherRefused([f"line 1: `{wrong[0]}` is not the model's to set"], module=name)
    constants = [each for each in own.body if isinstance(each, ast.Assign)]
    renamed = _renamed(constants, [each for each in own.body if _name(each) in OURS])
    body = [*(each for each in own.body[:1] if isinstance(each, ast.Expr)), *imports, *kept, *renamed]
    code = ast.unparse(ast.fix_missing_locations(ast.Module(body, [])))
    check_module(code, name)
    return code


def _tree(code: str, name: str) -> ast.Module:
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FetcherRefused([f"line 1: this is no Python ({type(error).__name__})"], module=name) from error


def _name(statement: ast.stmt) -> str:
    return statement.name if isinstance(statement, ast.FunctionDef) else ""


def _bound(statements: list[ast.stmt]) -> set[str]:
    """Return every name that is bound anywhere in some statements, imports of our language by their own name aside."""
    bound: set[str] = set()
    for node in (each for statement in statements for each in ast.walk(statement)):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            bound |= set(node.names)
        elif isinstance(node, ast.alias):
            bound |= {node.asname} if node.asname else set()
    return bound


class _Rename(ast.NodeTransformer):
    """Gives our constants names of their own."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(f"{PREFIX}{node.id}", node.ctx) if node.id in self._names else node


def _renamed(constants: list[ast.Assign], functions: list[ast.stmt]) -> list[ast.stmt]:
    names = frozenset(node.id for each in constants for node in each.targets if isinstance(node, ast.Name))
    rename = _Rename(names)
    return [rename.visit(each) for each in (*constants, *functions)]
