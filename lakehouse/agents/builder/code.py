"""A blueprint as the Python module that a person would have written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lakehouse.agents.blueprint import DETAIL
from lakehouse.agents.extract import MARKS

if TYPE_CHECKING:
    from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows

LONGEST_LINE = 120

FORMS = {
    "select": "page.select(ROWS)",
    "runs": "page.runs(ROWS)",
    "feed": "page.feed()",
    "sitemap": "page.sitemap()",
}
"""How the rows of each form are asked for, where it takes nothing but the selector."""

IS_DETAIL = f'page.meta.get("page") == "{DETAIL}"'


def fetcher_code(blueprint: Blueprint, name: str, origin: str = "written by the builder") -> str:
    """Return the module of a source: `start`, `follow` where pages follow, `parse`."""
    parts = [
        f'"""Fetcher of `{name}`, {origin}."""',
        _imports(blueprint),
        *_constants(blueprint),
        f"\n\ndef start():\n    yield Request({quoted(blueprint.start)})",
        *_follow(blueprint),
        "\n\ndef parse(page):\n" + "\n".join(_parse(blueprint)),
    ]
    return "\n".join(parts) + "\n"


def _imports(blueprint: Blueprint) -> str:
    fields = blueprint.of_records.fields
    marks = {mark for field in fields for value in field.options.values() if (mark := _mark(value))}
    names = {"Request", *marks, *(field.reader for field in fields if field.reader != "page_url")}
    return f"\nfrom lakehouse.fetcher import {', '.join(sorted(names, key=_import_order))}"


def _import_order(name: str) -> tuple[bool, bool, str]:
    """Constants, then classes, then functions, as formatters sort them."""
    return (not name.isupper(), name.islower(), name)


def _constants(blueprint: Blueprint) -> Iterator[str]:
    used = blueprint.details is None or blueprint.follow.turn is not None
    if used and "ROWS" in _rows(blueprint.rows):
        yield f"\nROWS = {quoted(blueprint.rows.selector)}"


def _follow(blueprint: Blueprint) -> Iterator[str]:
    follow = blueprint.follow
    lines = [f"    if {IS_DETAIL}:", "        return"] if blueprint.details else []
    lines += [f"    yield from page.links({quoted(follow.next_page)})"] if follow.next_page else []
    lines += _details(blueprint) if follow.details else []
    if turn := follow.turn:
        options = [f"token={quoted(turn.cursor)}"] if turn.cursor else [f"step={turn.step}", f"first={turn.first}"]
        lines += [
            f"    if {_rows(blueprint.rows)}:",
            f"        yield from page.turn({', '.join([quoted(turn.parameter), *options])})",
        ]
    if lines:
        yield "\n\ndef follow(page):\n" + "\n".join(lines)


def _details(blueprint: Blueprint) -> list[str]:
    selector = quoted(blueprint.follow.details)
    if blueprint.details is None:
        return [f"    yield from page.links({selector})"]
    request = f'Request(behind.url, meta={{"page": {quoted(DETAIL)}}})'
    return [f"    for behind in page.links({selector}):", f"        yield {request}"]


def _parse(blueprint: Blueprint) -> Iterator[str]:
    if blueprint.details:
        yield f"    if {IS_DETAIL.replace('==', '!=')}:"
        yield "        return"
    part = blueprint.of_records
    single, needs = part.rows.form == "one", part.rows.needs
    yield f"    row = {_rows(part.rows)}" if single else f"    for row in {_rows(part.rows)}:"
    indent = "    " if single else "        "
    yield indent + ("record = {" if needs else "yield {")
    for field in part.fields:
        yield from field_lines(field, indent + "    ")
    yield indent + "}"
    if needs:
        yield f"{indent}if {' and '.join(f'record[{quoted(need)}]' for need in needs)}:"
        yield f"{indent}    yield record"


def _rows(rows: Rows) -> str:
    options = [f"{name}={value!r}" for name, value in rows.options.items()]
    match rows.form:
        case "segments":
            return f"page.segments(ROWS, {quoted(rows.name)})"
        case "embedded":
            return f"page.embedded({', '.join(quoted(each) for each in (rows.name, rows.selector) if each)})"
        case "json":
            return f"page.json({', '.join(['ROWS', *options])})"
        case "csv" | "pdf" as form:
            return f"page.{form}({', '.join(options)})"
        case "one":
            return f"page.one({quoted(rows.selector) if rows.selector else ''})"
    return FORMS[rows.form]


def field_lines(field: FieldPlan, indent: str = 12 * " ") -> list[str]:
    """Return the lines of one field as a formatter lays them out: on one, with all arguments on one, or on one each."""
    if field.reader == "page_url":
        return [f"{indent}{quoted(field.name)}: page.url,"]
    options = [f"{name}={_option(value)}" for name, value in field.options.items()]
    arguments = ["row", *(quoted(selector) for selector in field.selectors), *options]
    line = f"{indent}{quoted(field.name)}: {field.reader}({', '.join(arguments)}),"
    if len(line) <= LONGEST_LINE:
        return [line]
    inner = f"{indent}    {', '.join(arguments)}"
    listed = [inner] if len(inner) <= LONGEST_LINE else [f"{indent}    {argument}," for argument in arguments]
    return [f"{indent}{quoted(field.name)}: {field.reader}(", *listed, f"{indent}),"]


def _option(value: object) -> str:
    return _mark(value) or (quoted(value) if isinstance(value, str) else repr(value))


def _mark(value: object) -> str:
    """Return the name of the language's mark that an option stands for, or an empty string."""
    name = value[1:-1] if isinstance(value, str) and value.startswith("{") and value.endswith("}") else ""
    return name if name in MARKS else ""


def quoted(text: str) -> str:
    """Return text as a Python literal in double quotes, as formatters write it; odd punctuation is written out."""
    literal = repr(text)
    if not literal.startswith('"') and '"' not in text:
        literal = f'"{literal[1:-1]}"'.replace("\\'", "'")
    return "".join(mark if mark.isascii() or mark.isalnum() else _escaped(mark) for mark in literal)


def _escaped(mark: str) -> str:
    return f"\\u{ord(mark):04x}" if ord(mark) < 0x10000 else f"\\U{ord(mark):08x}"
