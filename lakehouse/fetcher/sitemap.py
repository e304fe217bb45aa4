"""Entries of sitemaps and of their indexes."""

from __future__ import annotations

from typing import Any

from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.markup import Element, parse_markup


def sitemap_entries(text: str, url: str) -> list[dict[str, Any]]:
    """Return `loc`, `lastmod` and what else each entry says; plain lists of addresses work too; raises `PageError`."""
    root = next((e for e in parse_markup(text).descendants() if e.name in {"urlset", "sitemapindex"}), None)
    if root is not None:
        return [_entry(child) for child in root.children if child.name in {"url", "sitemap"}]
    lines = text.split()
    if lines and all(line.startswith(("http://", "https://")) for line in lines):
        return [{"loc": line} for line in lines]
    raise PageError(url, "the page is no sitemap: it has no <urlset> or <sitemapindex>")


def _entry(element: Element) -> dict[str, Any]:
    return {child.name: child.text for child in element.children if child.text}
