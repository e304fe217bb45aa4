"""A page that the engine fetched, in every form that a fetcher may want to read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag

from selectolax.lexbor import LexborNode

from lakehouse.fetcher.csv_rows import csv_rows
from lakehouse.fetcher.data import DataNode
from lakehouse.fetcher.decode import decode
from lakehouse.fetcher.embedded import embedded_values
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.feed import feed_entries
from lakehouse.fetcher.group import GroupNode, runs, segments
from lakehouse.fetcher.html import HtmlNode, parse_html
from lakehouse.fetcher.links import absolute
from lakehouse.fetcher.node import Node
from lakehouse.fetcher.places import Places
from lakehouse.fetcher.request import Request
from lakehouse.fetcher.sitemap import sitemap_entries
from lakehouse.fetcher.values import JSON, Answer


class Page:
    """One page: `url` is where it was found, `meta` what the request carried, `answers` the trace of all readers."""

    def __init__(self, url: str, body: bytes, content_type: str = "", meta: dict[str, JSON] | None = None) -> None:
        self.url = url
        self.body = body
        self.content_type = content_type
        self.meta = meta or {}
        self.answers: list[Answer] = []

    def __repr__(self) -> str:
        return f"Page({self.url!r}, {len(self.body)} bytes)"

    @cached_property
    def text(self) -> str:
        """The body decoded: byte order mark, header, declaration inside, UTF-8, windows-1252."""
        return decode(self.body, self.content_type)

    @cached_property
    def html(self) -> HtmlNode:
        """The root element of the page as HTML."""
        return parse_html(self, self.text)

    @cached_property
    def base(self) -> str:
        """The address that relative links are joined to: the page's own, or its `<base href>`."""
        if self.is_json:
            return self.url
        tag = self.html.first("base[href]")
        joined = absolute(self.url, tag.attr("href")) if tag else None
        return joined if isinstance(joined, str) else self.url

    @cached_property
    def is_json(self) -> bool:
        """Whether the page is JSON, by its content type or its first character."""
        return "json" in self.content_type.lower() or self.text[:200].lstrip()[:1] in {"{", "["}

    @cached_property
    def document(self) -> Any:
        """The page as a JSON value, with exact decimals; raises `PageError` where it is none."""
        try:
            return json.loads(self.text, parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            raise PageError(self.url, f"the page is no JSON: {error}") from error

    def select(self, css: str) -> list[Node]:
        """Return the elements that a CSS selector finds, in document order; raises `SelectorError`."""
        return self.html.select(css)

    @cached_property
    def linked_data(self) -> list[Any]:
        """The entities of the page's linked data."""
        return embedded_values(self.html, "ld+json")

    def runs(self, css: str) -> list[Node]:
        """Return a node for each element that CSS finds together with the siblings that follow it, up to the next."""
        starters = [element for node in self.select(css) for element in node.nodes]
        return [GroupNode(self, run) for run in runs(starters)]

    def segments(self, css: str, separator: str = "br") -> list[Node]:
        """Return the parts of each element that CSS finds, split at each `br`, blank line (`br br`) or `hr`."""
        parts = (part for node in self.select(css) for part in segments(node.nodes[0], separator))
        return [group for part in parts if (group := GroupNode(self, part)).text]

    def nearest_before(self, node: LexborNode, css: str) -> LexborNode | None:
        """Return the nearest element that begins before a node and that CSS finds."""
        if css not in self._above:
            self._above[css] = [element for found in self.select(css) for element in found.nodes]
        return self._places.nearest_before(node, self._above[css])

    @cached_property
    def _places(self) -> Places:
        return Places(self.html.nodes[0])

    @cached_property
    def _above(self) -> dict[str, list[LexborNode]]:
        return {}

    def links(self, selector: str, attr: str = "href") -> Iterator[Request]:
        """Yield a request for each different address at a selector: CSS, or a path on a JSON page."""
        nodes = self.json(selector) if self.is_json else self.select(selector)
        addresses = (node.address if self.is_json else node.attr(attr) or node.value for node in nodes)
        joined = (absolute(self.base, address) for address in addresses if address)
        urls = (urldefrag(url).url for url in joined if isinstance(url, str))
        yield from (Request(url) for url in dict.fromkeys(urls))

    def json(self, path: str = "") -> list[Node]:
        """Return what stands at a path of a JSON page, a list as its items; raises `PageError` on other pages."""
        return DataNode(self, self.document).select(path)

    def csv(self, delimiter: str | None = None, columns: list[str] | None = None, skip: int = 0) -> list[Node]:
        """Return a node for each row, keyed by the header, or by `columns` where there is none; `skip` rows stand above."""
        return self._nodes(csv_rows(self.text, delimiter, columns, skip))

    def feed(self) -> list[Node]:
        """Return the entries of an RSS, RDF, Atom or JSON feed, all with the same keys; raises `PageError`."""
        return self._nodes(feed_entries(self.document if self.is_json else self.text, self.url))

    def sitemap(self) -> list[Node]:
        """Return the entries of a sitemap or of an index of sitemaps: `loc`, `lastmod`; raises `PageError`."""
        return self._nodes(sitemap_entries(self.text, self.url))

    def embedded(self, name: str, path: str = "") -> list[Node]:
        """Return JSON that stands in scripts: "ld+json", a script's id, or the name that is assigned to."""
        return [node for value in embedded_values(self.html, name) for node in DataNode(self, value).select(path)]

    def one(self, path: str = "") -> Node:
        """Return the page, or the first piece at a selector, as one node; an empty one where there is nothing."""
        whole: Node = DataNode(self, self.document) if self.is_json else self.html
        return (whole.first(path) if path else whole) or DataNode(self, None)

    def _nodes(self, values: list[dict[str, Any]]) -> list[Node]:
        return [DataNode(self, value) for value in values]
