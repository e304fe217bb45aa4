"""A page that the engine fetched, in every form that a fetcher may want to read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag

from lakehouse.fetcher.css import find_elements
from lakehouse.fetcher.csv_rows import csv_rows
from lakehouse.fetcher.data import DataNode, EmptyNode
from lakehouse.fetcher.decode import decode
from lakehouse.fetcher.document import json_document
from lakehouse.fetcher.embedded import embedded_values
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.feed import feed_entries
from lakehouse.fetcher.group import GroupNode, runs, segments
from lakehouse.fetcher.headed import headed_rows
from lakehouse.fetcher.html import HtmlNode, parse_html
from lakehouse.fetcher.link_header import related, relation_of
from lakehouse.fetcher.links import absolute
from lakehouse.fetcher.node import Node
from lakehouse.fetcher.pdf import pdf_lines, pdf_rows
from lakehouse.fetcher.places import Places
from lakehouse.fetcher.request import Request
from lakehouse.fetcher.sitemap import sitemap_entries
from lakehouse.fetcher.turning import counted_on, with_parameter
from lakehouse.fetcher.values import JSON, Answer


class Page:
    """One page: `url` is where it was found, `meta` what the request carried, `answers` the trace of all readers.

    `link_header` is the answer's `Link` header, which may name the next page of an API.
    """

    def __init__(
        self, url: str, body: bytes, content_type: str = "", meta: dict[str, JSON] | None = None, link_header: str = ""
    ) -> None:
        self.url = url
        self.body = body
        self.content_type = content_type
        self.meta = meta or {}
        self.link_header = link_header
        self.answers: list[Answer] = []
        self.places: dict[object, Places] = {}

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
            return json_document(self.text)
        except ValueError as error:
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
        starters = find_elements(self.html.nodes[0], css, css)
        return [GroupNode(self, run) for run in runs(starters)]

    def segments(self, css: str, separator: str = "br") -> list[Node]:
        """Return the parts of each element that CSS finds, split at each `br`, blank line (`br br`) or `hr`."""
        parents = find_elements(self.html.nodes[0], css, css)
        parts = (part for parent in parents for part in segments(parent, separator))
        return [group for part in parts if (group := GroupNode(self, part)).text]

    def links(self, selector: str, attr: str = "href") -> Iterator[Request]:
        """Yield a request for each different address at a selector: CSS, a path on a JSON page, or `header(next)`."""
        if relation := relation_of(selector):
            joined = (absolute(self.url, address) for address in related(self.link_header, relation))
        else:
            joined = (absolute(self.base, address) for address in self._addresses(selector, attr) if address)
        urls = (urldefrag(url).url for url in joined if isinstance(url, str))
        yield from (Request(url) for url in dict.fromkeys(urls))

    def _addresses(self, selector: str, attr: str) -> Iterator[str | None]:
        nodes = self.json(selector) if self.is_json else self.select(selector)
        return (node.address if isinstance(node, DataNode) else node.attr(attr) for node in nodes)

    def turn(self, parameter: str, *, token: str = "", step: int = 1, first: int = 1) -> Iterator[Request]:
        """Yield the request of the next page, whose address differs in one parameter of its query.

        The parameter takes what stands at `token`, a selector of the page, and no page follows where nothing stands
        there; without `token` it grows by `step`, from `first` where the address does not have it yet.
        """
        if not token:
            yield Request(counted_on(self.url, parameter, step, first), meta=self.meta)
        elif found := self.one(token).text:
            yield Request(with_parameter(self.url, parameter, found), meta=self.meta)

    def json(self, path: str = "", *, header: bool = False) -> list[Node]:
        """Return what stands at a path of a JSON page, a list as its items; raises `PageError` on other pages.

        With `header` the items are lists, of which the first names the columns, and the others come keyed by it.
        """
        found = DataNode(self, self.document).select(path)
        return self._nodes(headed_rows([node.value for node in found], self.url)) if header else found

    def csv(self, delimiter: str | None = None, columns: list[str] | None = None, skip: int = 0) -> list[Node]:
        """Return a node for each row, keyed by the header below `skip` rows, or by `columns` if there is none."""
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

    def pdf(self, columns: list[str] | None = None) -> list[Node]:
        """Return the rows of a PDF's tables, keyed by the header, or by `columns`; raises `PageError`."""
        return self._nodes(pdf_rows(self.body, self.url, columns))

    def pdf_text(self) -> list[str]:
        """Return the lines of text of a PDF; raises `PageError`."""
        return pdf_lines(self.body, self.url)

    def one(self, selector: str = "") -> Node:
        """Return the page, or the first piece at a selector, as one node; an empty one where there is nothing."""
        whole: Node = DataNode(self, self.document) if self.is_json else self.html
        return (whole.first(selector) if selector else whole) or EmptyNode(self)

    def _nodes(self, values: Iterable[Any]) -> list[Node]:
        return [DataNode(self, value) for value in values]
