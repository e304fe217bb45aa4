"""JSON that pages carry in their scripts: linked data, application state, assignments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from lakehouse.fetcher.html import HtmlNode

LINKED_DATA = "ld+json"
TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])')
WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$")
LITERAL = re.compile(r"""["'{}\[\]]|/[/*]""")
OPENERS = {"{": "}", "[": "]"}


def embedded_values(root: HtmlNode, name: str) -> list[Any]:
    """Return the values of one name: linked data flattened, else a script of that id, else assignments to it."""
    if name == LINKED_DATA:
        return [item for script in _scripts(root, "[type*='ld+json' i]") for item in flatten(parse_json(script))]
    by_id = [
        value for script in _scripts(root, f"[id={json.dumps(name)}]") if (value := parse_json(script)) is not None
    ]
    return by_id or [value for script in _scripts(root) for value in assigned(script, name)]


def _scripts(root: HtmlNode, condition: str = "") -> list[str]:
    return [WRAPPING.sub("", node.raw_text) for node in root.select(f"script{condition}") if isinstance(node, HtmlNode)]


def parse_json(text: str) -> Any:
    """Return a JSON value, trailing commas and raw line breaks tolerated, or None where it is none."""
    for candidate in (text, TRAILING_COMMA.sub(lambda match: match[1] or "", text)):
        try:
            return json.loads(candidate.strip().rstrip(";"), parse_float=Decimal, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def flatten(value: Any) -> Iterator[Any]:
    """Yield the entities of linked data: lists and `@graph` are opened."""
    if isinstance(value, list):
        for item in value:
            yield from flatten(item) if isinstance(item, list | dict) else ()
    elif isinstance(value, dict):
        graph = value.get("@graph")
        if isinstance(graph, list | dict):
            yield from flatten(graph)
        if graph is None or len(value.keys() - {"@context", "@graph", "@id"}):
            yield {key: item for key, item in value.items() if key != "@graph"}


def assigned(script: str, name: str) -> Iterator[Any]:
    """Yield the values assigned to a name in a script: `var name = {…}`, `window.name = […]`, `name: {…}`, `JSON.parse("…")`."""
    mark = re.compile(rf"(?<![\w$]){re.escape(name)}[\"']?\]?\s*[=:](?!=)\s*(JSON\.parse\(\s*)?")
    for match in mark.finditer(script):
        value = _parsed_string(script, match.end()) if match[1] else parse_json(balanced(script, match.end()))
        if value is not None:
            yield value


def _parsed_string(script: str, start: int) -> Any:
    quoted = re.compile(r"""(["'])((?:\\.|(?!\1)[^\\])*)\1""", re.DOTALL).match(script, start)
    if not quoted:
        return None
    plain = quoted[2].replace("\\'", "'") if quoted[1] == "'" else quoted[2]
    inner = parse_json('"' + (re.sub(r'(?<!\\)"', r"\"", plain) if quoted[1] == "'" else plain) + '"')
    return parse_json(inner) if isinstance(inner, str) else None


def balanced(script: str, start: int) -> str:
    """Return the object or list that begins at a place, up to its own closing bracket, or ""."""
    if script[start : start + 1] not in OPENERS:
        return ""
    expected: list[str] = []
    position = start
    while match := LITERAL.search(script, position):
        position = _after(script, match)
        if match[0] in OPENERS:
            expected.append(OPENERS[match[0]])
        elif match[0] in OPENERS.values():
            if match[0] != expected.pop():
                return ""
            if not expected:
                return script[start:position]
    return ""


STRINGS = {'"': re.compile(r'(?:[^"\\]|\\.)*"', re.DOTALL), "'": re.compile(r"(?:[^'\\]|\\.)*'", re.DOTALL)}


def _after(script: str, match: re.Match[str]) -> int:
    string = STRINGS.get(match[0])
    closed = string.match(script, match.end()) if string else None
    return closed.end() if closed else match.end()
