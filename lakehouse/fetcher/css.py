"""CSS selectors with the few additions of the language: `@attribute`, `> x`, `label(…)`, `preceding(…)`."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode, SelectolaxError

from lakehouse.fetcher.errors import SelectorError

LABEL = re.compile(r"""label\(\s*(["']?)(.*)\1\s*\)""")
PRECEDING = re.compile(r"preceding\((.*)\)")
ATTRIBUTE = re.compile(r"\s*@([\w:.-]+)\s*$")
SCOPE = "data-selector-scope"


@lru_cache(maxsize=2048)
def split_selector(selector: str) -> tuple[str, str | None]:
    """Return the CSS part and the attribute of `css@attribute`; an `@` inside brackets or quotes is no mark."""
    match = ATTRIBUTE.search(selector)
    if match:
        return selector[: match.start()].strip(), match[1].lower()
    return selector.strip(), None


def find_with_self(element: LexborNode, css: str) -> list[LexborNode]:
    """Return the element where CSS finds it, and all below that it finds, each once."""
    if css.startswith((">", ":scope")):
        return ([element] if is_match(element, css) else []) + find_elements(element, css, css)
    unique = {hit.mem_id: hit for hit in _below(element, css, css)}
    if next(iter(unique), None) != element.mem_id:
        unique.pop(element.mem_id, None)
    return list(unique.values())


def find_elements(element: LexborNode, css: str, selector: str) -> list[LexborNode]:
    """Return the elements below one that CSS finds, each once; `> x` and `:scope > x` start at the element."""
    if css == ":scope":
        return [element]
    # Lexbor finds an element once for each part of a list that matches, and the start of the search too.
    hits = _from(element, css, selector) if css.startswith((">", ":scope")) else _below(element, css, selector)
    unique = {hit.mem_id: hit for hit in hits}
    unique.pop(element.mem_id, None)
    return list(unique.values())


def is_match(element: LexborNode, css: str) -> bool:
    """Tell whether CSS finds this very element; a search gives the start first where it matches."""
    # By address, as lexbor's own `==` writes both of them out.
    return [hit.mem_id for hit in _below(element, css, css)[:1]] == [element.mem_id]


def _from(element: LexborNode, css: str, selector: str) -> list[LexborNode]:
    # Lexbor has no :scope, so the element is marked while the search runs, with what no page can have written.
    mark = str(element.mem_id)
    element.attrs[SCOPE] = mark
    try:
        return _below(element, f'[{SCOPE}="{mark}"] ' + css.removeprefix(":scope"), selector)
    finally:
        del element.attrs[SCOPE]


def _below(element: LexborNode, css: str, selector: str) -> list[LexborNode]:
    try:
        return element.css(css)
    except SelectolaxError as error:
        raise SelectorError(selector, "it is no CSS that lexbor knows; see docs/fetchers.md for what works") from error
