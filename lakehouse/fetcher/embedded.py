"""JSON that pages carry in their scripts: linked data, application state, assignments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lakehouse.fetcher.html import HtmlNode
from lakehouse.fetcher.literals import balanced, parse_loose

LINKED_DATA = "ld+json"
WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$")
STRING = re.compile(r"""(["'])((?:\\.|(?!\1)[^\\])*+)\1""", re.DOTALL)
ESCAPED_QUOTE = re.compile(r"""\\'|(?<!\\)((?:\\\\)*)(")""")

MAX_BROKEN = 20
"""Assignments whose end is not found: each one was searched for to the end of the script."""


def embedded_values(root: HtmlNode, name: str) -> list[Any]:
    """Return the values of one name: linked data flattened, else a script of that id, else assignments to it."""
    if name == LINKED_DATA:
        found = [parse_loose(script) for script in _scripts(root, "[type*='ld+json' i]")]
        return list(flatten(found))
    by_id = [parse_loose(script) for script in _scripts(root, f"[id={json.dumps(name)}]")]
    return [value for value in by_id if value is not None] or [
        value for script in _scripts(root) for value in assigned(script, name)
    ]


def _scripts(root: HtmlNode, condition: str = "") -> list[str]:
    found = root.select(f"script{condition}")
    return [WRAPPING.sub("", node.raw_text) for node in found if isinstance(node, HtmlNode)]


def flatten(value: Any) -> Iterator[Any]:
    """Yield the entities of linked data in order: lists and `@graph` are opened."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            stack.append(item.get("@graph"))
            own = {key: inner for key, inner in item.items() if key != "@graph"}
            if own.keys() - {"@context", "@id"}:
                yield own


def assigned(script: str, name: str) -> Iterator[Any]:
    """Yield what a script assigns to a name: `var name = {…}`, `window["name"] = […]`, `name: JSON.parse("…")`."""
    mark = re.compile(rf"(?<![\w$]){re.escape(name)}[\"']?\]?\s*+[=:](?!=)\s*+(?:(JSON\.parse\(\s*+)|(?=[{{\[]))")
    position = broken = 0
    while broken < MAX_BROKEN and (match := mark.search(script, position)):
        literal = _parsed_string(script, match.end()) if match[1] else balanced(script, match.end())
        value = parse_loose(literal) if literal else None
        if value is not None:
            yield value
        broken += not literal
        position = match.end() + len(literal)


def _parsed_string(script: str, start: int) -> str:
    quoted = STRING.match(script, start)
    if not quoted:
        return ""
    inner = quoted[2]
    if quoted[1] == "'":
        inner = ESCAPED_QUOTE.sub(lambda match: "'" if match[0] == r"\'" else rf"{match[1]}\"", inner)
    text = parse_loose(f'"{inner}"')
    return text if isinstance(text, str) else ""
