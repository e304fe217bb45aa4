"""One failing page as a detector sees it: beside the known page of its address, where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.known_rows import in_furniture
from lakehouse.agents.doctor.diagnosis.remains import Remains
from lakehouse.agents.doctor.diagnosis.structure import own_text
from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.match import bare
from lakehouse.agents.scout.outline import Element, Outline, outline_of
from lakehouse.fetcher.html import HtmlNode
from lakehouse.fetcher.page import Page

LITTLE = 700
"""Characters of text, beside what is looked at and the site's frame, up to which a page has nothing else to show."""
FEW = 4
"""Rows, articles or entries under which there is no list."""
LARGEST_BOX = 3000
MOST_LINKS = 12
ENTRIES = frozenset({"tr", "article", "li", "dt"})
STILL_THERE = 0.2
"""Share of the known records, or of known rows, from which on a page still shows what it should."""


@dataclass(frozen=True)
class Sight:
    """What detectors look at; `url` is the address that was asked for, `page.url` where it ended."""

    page: Page
    known: Known | None = None
    url: str = ""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    nonsense: Page | None = None

    @cached_property
    def is_html(self) -> bool:
        """Whether the page is HTML."""
        return is_html(self.page)

    @cached_property
    def outline(self) -> Outline:
        """The tree of the page."""
        return outline_of(self.page)

    @cached_property
    def remains(self) -> Remains | None:
        """What is left of the known page, where both are HTML."""
        if self.known is None or not self.is_html or not is_html(self.known.page):
            return None
        return Remains(self.known, self.page)

    @cached_property
    def shows_records(self) -> bool:
        """Whether known records, or as many rows as a list has, still stand on the page."""
        if self.remains is None:
            return False
        known_rows = len(self.remains.rows.elements)
        is_listed = known_rows > 1 and self.remains.rows_there >= max(2, STILL_THERE * known_rows)
        return is_listed or (len(self.remains.known.records) > 1 and self.remains.records >= STILL_THERE)

    def is_bare(self, css: str = "", little: int = LITTLE) -> bool:
        """Whether next to nothing stands on the page beside what CSS finds and the frame of the site."""
        if self.shows_records:
            return False
        rest = self._beside(css)
        entries = sum(element.tag in ENTRIES and bool(element.text) for element in rest)
        return sum(map(len, map(own_text, rest))) < little and entries < FEW

    def has(self, css: str) -> bool:
        """Whether CSS finds something on the page."""
        return bool(self.page.select(css))

    @cached_property
    def inline_script(self) -> str:
        """The scripts that stand in the page."""
        scripts = self.page.select("script:not([src])")
        return " ".join(script.raw_text for script in scripts if isinstance(script, HtmlNode))

    def _beside(self, css: str) -> list[Element]:
        """Return the elements outside of the frame, of what CSS finds, and of what the known page says as well."""
        boxes = self.page.select(css) if css else []
        found = {box.nodes[0].mem_id for box in boxes if isinstance(box, HtmlNode) and _is_box(box)}
        left = [e for e in self.outline.elements if not in_furniture(e) and not _inside(e, found)]
        return left if self.remains is None else [element for element in left if _says(element) not in self._known]

    @cached_property
    def _known(self) -> frozenset[str]:
        """What the elements of the known page say."""
        elements = self.remains.rows.page.elements if self.remains else ()
        return frozenset(said for element in elements if (said := _says(element)))


def _says(element: Element) -> str:
    """Return the text of an element by which it is known again: its own, or where it has none all of it."""
    return bare(own_text(element) or element.text)


def _is_box(node: HtmlNode) -> bool:
    """Tell whether an element is small enough to be a barrier; whole sites lie inside of one form."""
    return len(node.text) < LARGEST_BOX and len(node.select("a[href]")) < MOST_LINKS


def _inside(element: Element, nodes: Iterable[int]) -> bool:
    return any(up.node.mem_id in nodes for up in (element, *element.above())) if nodes else False
