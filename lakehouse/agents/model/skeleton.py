"""A page cut down to what shows how it is built: tags, names, short texts, and of rows that are alike the first few."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from lakehouse.agents.scout.outline import Element, outline_of, text_of

if TYPE_CHECKING:
    from lakehouse.fetcher.page import Page

LONGEST = 16_000
"""Characters of a skeleton; the rest of the page is cut off."""
ALIKE = 4
"""Elements of one make in a row that are shown."""
TEXT, ATTRIBUTE = 90, 70
DEEPEST = 24
SHOWN = frozenset({"id", "class", "href", "datetime", "itemprop", "itemtype", "property", "content", "rel", "name"})
DROPPED = frozenset({"script", "style", "svg", "noscript", "template", "link", "path", "iframe", "input", "option"})


def skeleton(page: Page, longest: int = LONGEST) -> str:
    """Return a page as a model may read it, at most so many characters."""
    if page.is_json:
        return json.dumps(_pruned(page.document), ensure_ascii=False, indent=1)[:longest]
    if not is_html(page):
        return page.text[:longest]
    lines, length = [], 0
    for line in _lines(outline_of(page).elements[0], 0):
        length += len(line) + 1
        if length > longest:
            break
        lines.append(line)
    return "\n".join(lines)


def is_html(page: Page) -> bool:
    """Tell whether a page is markup: what else there is says so by its type, or does not begin with a tag."""
    return "html" in page.content_type.lower() or (not page.is_json and page.text.lstrip()[:1] == "<")


def _lines(element: Element, depth: int) -> Iterator[str]:
    indent = " " * depth
    own = " ".join(text for part in element.content if not isinstance(part, Element) if (text := text_of(part).strip()))
    yield f"{indent}<{element.tag}{_attributes(element)}>{_short(' '.join(own.split()), TEXT)}"
    if depth >= DEEPEST:
        return
    children = [child for child in element.children if child.tag not in DROPPED]
    for _, alike in groupby(children, key=_make):
        several = list(alike)
        for child in several[:ALIKE]:
            yield from _lines(child, depth + 1)
        if len(several) > ALIKE:
            yield f"{indent} ({len(several) - ALIKE} more elements like the last)"


def _make(element: Element) -> tuple[str, str]:
    return element.tag, element.attributes.get("class", "")


def _attributes(element: Element) -> str:
    told = [
        f' {name}="{_short(value, ATTRIBUTE)}"'
        for name, value in element.attributes.items()
        if value and (name in SHOWN or name.startswith("data-"))
    ]
    return "".join(told)


def _pruned(value: Any, depth: int = 0) -> Any:
    if depth > DEEPEST:
        return "…"
    if isinstance(value, dict):
        return {str(key): _pruned(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        more = [f"({len(value) - ALIKE} more)"] if len(value) > ALIKE else []
        return [*(_pruned(item, depth + 1) for item in value[:ALIKE]), *more]
    return _short(value, TEXT) if isinstance(value, str) else value


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
