"""Where known values stand on the page that they came from, and what the page says around them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lakehouse.agents.once import told_once
from lakehouse.agents.scout.match import ADDRESS, address_key, bare
from lakehouse.agents.scout.outline import outline_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse.agents.scout.outline import Element
    from lakehouse.fetcher.page import Page

WORD = re.compile(r"[^\W\d_]{3,}")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
IDLE = frozenset({"view", "field", "content", "col", "row", "item", "text", "name", "the", "div", "column", "and"})
LABELS = frozenset({"dt", "th", "label", "b", "strong", "h2", "h3", "h4", "h5", "h6"})
ADDRESSES = ("href", "src", "data-src")
LEADING = frozenset({"href", "onclick"})
LONGEST_LABEL = 40
LONGEST_TEXT = 200
SAMPLE = 12
MOST_PLACES = 3
"""A value that stands at more places does not tell which of them is its own."""


class Sightings:
    """All places of one page where a whole text or an address stands, by what they say."""

    def __init__(self, page: Page) -> None:
        self._texts: dict[str, list[Element]] = defaultdict(list)
        self._addresses: dict[str, list[tuple[Element, str]]] = defaultdict(list)
        for element in outline_of(page).elements:
            if 0 < len(element.text) <= 400:
                self._texts[bare(element.text)].append(element)
            for name in ADDRESSES:
                if address := element.attributes.get(name):
                    self._addresses[address_key(address)].append((element, name))

    def of(self, value: str) -> list[Element]:
        """Return the innermost elements whose whole text is the value, or that lead to it where it is an address."""
        if ADDRESS.match(value.strip()):
            return [element for element, _ in self._addresses.get(address_key(value), ())]
        found = self._texts.get(bare(value), [])
        return [element for element in found if not any(child in found for child in element.children)]

    def attribute_of(self, value: str) -> str:
        """Return the attribute in which an address stands, "" where none does."""
        return next((name for _, name in self._addresses.get(address_key(value), ())), "")


@told_once
def sightings_of(page: Page) -> Sightings:
    """Return the sightings of a page, which all fields of all rungs share."""
    return Sightings(page)


@lru_cache(maxsize=10_000)
def words(text: str) -> frozenset[str]:
    """Return the words of a label, a class or a field's name by which two of them are compared."""
    found = WORD.findall(HUMP.sub(" ", text).replace("_", " ").casefold())
    return frozenset(word.removesuffix("s") for word in found) - IDLE


def names_of(element: Element) -> frozenset[str]:
    """Return the words of what the page's author called an element."""
    said = element.attributes
    return words(f"{said.get('class', '')} {said.get('itemprop', '')} {said.get('headers', '')}")


def speaks_of(element: Element, word: str) -> bool:
    """Tell whether a word stands in what a page says of an element: its text, its attributes, icons in or before it."""
    said = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", re.IGNORECASE)
    beside = element.parent.children if element.parent is not None else [element]
    before = beside[: beside.index(element)][-1:]
    icons = (each for each in before if not each.text)
    near = [element.text[:LONGEST_TEXT], *_told(element)]
    near += [text for each in (*icons, *element.below()) for text in _told(each)]
    return any(said.search(text) for text in near)


def _told(element: Element) -> list[str]:
    return [text for name, text in element.attributes.items() if name not in LEADING]


def label_of(element: Element) -> str:
    """Return what labels an element: its column's header, or a short text before it; "" where nothing does."""
    for up in [element, *element.above()]:
        if up.tag in ("td", "th"):
            return _header(up) or _before(element)
        if up.tag in ("li", "article", "tr", "body"):
            break
    return _before(element)


def _header(cell: Element) -> str:
    row = cell.parent
    table = next((up for up in cell.above() if up.tag == "table"), None)
    if row is None or table is None:
        return ""
    place = row.children.index(cell)
    heads = (head for head in _rows(table) if head is not row and sum(c.tag == "th" for c in head.children) > place)
    head = next(heads, None)
    return head.children[place].text[:LONGEST_LABEL] if head is not None else ""


def _rows(table: Element) -> Iterator[Element]:
    for part in table.children:
        if part.tag == "tr":
            yield part
        elif part.tag in ("thead", "tbody"):
            yield from (row for row in part.children[:3] if row.tag == "tr")


def _before(element: Element) -> str:
    up: Element | None = element
    for _ in range(3):
        if up is None or up.parent is None:
            return ""
        beside = up.parent.children
        place = beside.index(up)
        if place:
            before = beside[place - 1]
            labels = before.tag in LABELS or before.text.endswith(":")
            return before.text if labels and len(before.text) <= LONGEST_LABEL else ""
        up = up.parent
    return ""


@dataclass(frozen=True)
class Setting:
    """How a field's values stood on known pages.

    `labels` and `names` are the words of what labelled them and of their classes, `whole` the share of them that were
    the whole text of an element, `attribute` the one of their addresses.
    """

    labels: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    whole: float = 0.5
    attribute: str = ""


def setting_of(name: str, values: Sequence[str], pages: Sequence[Sightings]) -> Setting:
    """Return how values of a field, whose name counts as a label and a class, stand on pages."""
    own = words(name)
    if not pages:
        return Setting(own, own)
    seen = [found for value in values if (found := [element for page in pages for element in page.of(value)])]
    nearest = [found[0] for found in seen[:SAMPLE] if len(found) <= MOST_PLACES]
    attributes = Counter(attribute for value in values for page in pages if (attribute := page.attribute_of(value)))
    return Setting(
        own | _common([words(label_of(element)) for element in nearest]),
        own | _common([names_of(element) for element in nearest]),
        whole=len(seen) / len(values),
        attribute=max(attributes, key=attributes.__getitem__, default=""),
    )


def _common(groups: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the words that stand in at least half of the groups."""
    counts = Counter(word for group in groups for word in group)
    return frozenset(word for word, count in counts.items() if 2 * count >= len(groups))
