"""What a single piece of syntax may be; each rule gives its findings for one node."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from lakehouse.sandbox.vocabulary import (
    BUILTINS,
    CLOCKS,
    CONSTRUCTS,
    IMPORTS,
    INSIDES,
    MAX_CONSTANT,
    MAX_INTEGER_BITS,
)

Fault: TypeAlias = tuple[int, str]
"""A line, counted from 1, and what is wrong there."""

REFUSED_BUILTINS = frozenset(dir(builtins)) - BUILTINS


def node_faults(node: ast.AST, modules: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with one node; `modules` maps the names that stand for whole modules."""
    line = getattr(node, "lineno", 1)
    for what in _findings(node, modules):
        yield line, what


def _findings(node: ast.AST, modules: Mapping[str, str]) -> Iterator[str]:
    if type(node).__name__ not in CONSTRUCTS:
        yield f"{type(node).__name__} is not part of the language of fetchers"
    for name in _bound_names(node):
        yield from _name_findings(name)
    match node:
        case ast.Attribute():
            yield from _attribute_findings(node, modules)
        case ast.Constant(value=value):
            yield from _constant_findings(value)
        case ast.FunctionDef(decorator_list=[_, *_]):
            yield "decorators are not part of the language of fetchers"
        case ast.ExceptHandler(type=None):
            yield "a bare `except` hides every error; name the exception"
        case ast.Import():
            yield from _import_findings(node)
        case ast.ImportFrom():
            yield from _import_from_findings(node)


def _bound_names(node: ast.AST) -> Iterator[str]:
    """Yield every identifier that a node reads or binds, attributes aside."""
    match node:
        case ast.Name(id=name) | ast.FunctionDef(name=name) | ast.arg(arg=name):
            yield name
        case ast.keyword(arg=str(name)) | ast.alias(asname=str(name)) | ast.ExceptHandler(name=str(name)):
            yield name
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            yield name


def _name_findings(name: str) -> Iterator[str]:
    if name.startswith("__"):
        yield f"the name `{name}`"
    elif name in REFUSED_BUILTINS:
        yield f"the name `{name}` (a builtin that fetchers may not use)"
    elif not name.isascii():
        yield f"the name `{name}` is not plain ASCII"


def _attribute_findings(node: ast.Attribute, modules: Mapping[str, str]) -> Iterator[str]:
    name = node.attr
    if name in CLOCKS:
        yield f"`.{name}` reads the clock; a page must give the same records on every day"
    elif name.startswith("_") or name in INSIDES or not name.isascii():
        yield f"the attribute `.{name}`"
    if not isinstance(node.ctx, ast.Load):
        yield f"`.{name}` is assigned or deleted; attributes are read only"
    if isinstance(node.value, ast.Name) and (module := modules.get(node.value.id)) and name not in IMPORTS[module]:
        yield f"`{module}.{name}` is not offered to fetchers"


def _constant_findings(value: object) -> Iterator[str]:
    if isinstance(value, str | bytes) and len(value) > MAX_CONSTANT:
        yield f"a constant of more than {MAX_CONSTANT} characters"
    elif isinstance(value, int) and value.bit_length() > MAX_INTEGER_BITS:
        yield f"an integer of more than {MAX_INTEGER_BITS} bits"
    elif isinstance(value, complex) or value is Ellipsis:
        yield f"the constant {value!r}"


def _import_findings(node: ast.Import) -> Iterator[str]:
    for alias in node.names:
        if "." in alias.name and alias.name in IMPORTS:
            yield f"`import {alias.name}`; write `from {alias.name} import ...`"
        elif alias.name not in IMPORTS:
            yield f"`import {alias.name}`; fetchers may import {', '.join(sorted(IMPORTS))}"


def _import_from_findings(node: ast.ImportFrom) -> Iterator[str]:
    module = "." * node.level + (node.module or "")
    if module not in IMPORTS:
        yield f"`from {module} import`; fetchers may import {', '.join(sorted(IMPORTS))}"
        return
    for alias in node.names:
        if alias.name not in IMPORTS[module]:
            yield f"`from {module} import {alias.name}` is not offered to fetchers"
