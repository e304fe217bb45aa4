"""A tolerant reader of XML: never raises, never recurses, and knows no DTD, so that no entity can explode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lakehouse.fetcher.references import unescaped

# Each alternative but the last matches what it begins with, closed or not, and tries nothing twice (`++`, `*+`): a page
# of a million tags without an end is read in one pass.
TOKEN = re.compile(
    r"<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)"
    r"|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<![^>\[]*+(?:>|\Z|\[.*?(?:\]\s*+>|\Z))"
    r"|</(?P<close>[^\s>/]++)\s*+>"
    r"|<(?P<open>[A-Za-z_][^\s>/]*+)"
    r"(?P<attributes>(?:[^>\"'/]++|/(?!>)|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+)(?P<empty>/?)(?:>|\Z)"
    r"|(?P<text>[^<]++|<)",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"([^\s=\"'/]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'))?")

MAX_DEPTH = 100
"""Elements within elements; what lies deeper is taken for a neighbour, so that no text counts more often than that."""

# Feeds may bind any prefix to these; here they have their usual one, or none where feeds and sitemaps are made of them.
NAMESPACES = {
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap/0.84": "",
    "http://www.w3.org/1999/xhtml": "",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
}


@dataclass(slots=True)
class Element:
    """An element; `name` has a known namespace's usual prefix, `parts` are texts and elements in order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[str | Element] = field(default_factory=list)

    @property
    def children(self) -> list[Element]:
        """The elements right inside."""
        return [part for part in self.parts if isinstance(part, Element)]

    def named(self, *names: str) -> list[Element]:
        """Return the children of the first of these names that has any."""
        children = self.children
        return next((found for name in names if (found := [c for c in children if c.name == name])), [])

    @property
    def text(self) -> str:
        """All text inside, stripped."""
        return "".join(_texts(self)).strip()

    def descendants(self) -> Iterator[Element]:
        """Yield the elements at any depth, in document order."""
        stack = self.children[::-1]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(element.children[::-1])


def _texts(element: Element) -> Iterator[str]:
    stack = element.parts[::-1]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            yield part
        else:
            stack.extend(part.parts[::-1])


def parse_markup(text: str) -> Element:
    """Return a nameless element that holds the document; what is never closed ends with what is around it."""
    root = Element("")
    open_elements = [root]
    prefixes: dict[str, str] = {}
    for token in TOKEN.finditer(text):
        if token["open"]:
            element = _opened(token, prefixes)
            open_elements[-1].parts.append(element)
            if not token["empty"] and len(open_elements) < MAX_DEPTH:
                open_elements.append(element)
        elif token["close"]:
            _close(open_elements, _name(token["close"], prefixes))
        elif token["cdata"] is not None:
            open_elements[-1].parts.append(token["cdata"])
        elif token["text"]:
            open_elements[-1].parts.append(unescaped(token["text"]))
    return root


def _opened(token: re.Match[str], prefixes: dict[str, str]) -> Element:
    attributes = {name: unescaped(a or b) for name, a, b in ATTRIBUTE.findall(token["attributes"])}
    for name, value in attributes.items():
        if name == "xmlns" or name.startswith("xmlns:"):
            known = NAMESPACES.get(value.strip().lower())
            prefix = name.partition(":")[2]
            prefixes[prefix] = prefix if known is None else known
    return Element(_name(token["open"], prefixes), attributes)


def _name(written: str, prefixes: dict[str, str]) -> str:
    prefix, _, local = written.rpartition(":")
    known = prefixes.get(prefix, prefix)
    return f"{known}:{local}" if known else local


def _close(open_elements: list[Element], name: str) -> None:
    depth = next((i for i in range(len(open_elements) - 1, 0, -1) if open_elements[i].name == name), None)
    if depth is not None:
        del open_elements[depth:]
