"""What is left of a known page on a later one: its frame, its title, its records; and what is new there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.known_rows import KnownRows, distinctive
from lakehouse.agents.doctor.diagnosis.structure import heading_of, own_text, title_of
from lakehouse.agents.scout.match import bare
from lakehouse.agents.scout.outline import Element, Outline, outline_of
from lakehouse.fetcher.html import HtmlNode
from lakehouse.fetcher.page import Page

REPEATED = 3
"""Elements of one build from which on they are a list."""


@dataclass(frozen=True)
class Remains:
    """A known HTML page seen again as `page`, which must be HTML too."""

    known: Known
    page: Page

    @cached_property
    def rows(self) -> KnownRows:
        """The known page's rows."""
        return KnownRows(self.known)

    @cached_property
    def outline(self) -> Outline:
        """The tree of the later page."""
        return outline_of(self.page)

    @cached_property
    def records(self) -> float:
        """The share of the known records of which a value still stands on the page."""
        wanted = [values for values in distinctive(self.known.records) if values]
        text = bare(self.page.html.raw_text)
        return sum(any(value in text for value in values) for values in wanted) / len(wanted) if wanted else 0.0

    @cached_property
    def frame(self) -> float:
        """The share of the known page's texts outside of its rows that still stand on the page."""
        mine, later = self._frame_texts, Counter(_texts(self.outline.elements))
        return (mine & later).total() / mine.total() if mine else 0.0

    @cached_property
    def new_texts(self) -> list[str]:
        """The texts of the page that did not stand on the known one, as they are printed."""
        there = set(_texts(self.rows.page.elements))
        printed = (own_text(element) for element in self.outline.elements)
        return [text for text in printed if text and bare(text) not in there]

    @cached_property
    def rows_there(self) -> int:
        """How many elements stand where the known rows stood, and are built like them."""
        return len(self.rows.like(self.outline))

    @cached_property
    def new_lists(self) -> int:
        """How many elements belong to lists of a build that the known page did not have."""
        before = {_build(element) for element in self.rows.page.elements}
        after = Counter(_build(element) for element in self.outline.elements if element.text)
        return sum(count for build, count in after.items() if count >= REPEATED and build not in before)

    @property
    def is_named_alike(self) -> bool:
        """Whether title and main heading are those of the known page, as far as it has them."""
        pairs = [(name(self.known.page), name(self.page)) for name in (title_of, heading_of)]
        return any(before for before, _ in pairs) and all(before == after for before, after in pairs)

    @property
    def has_new_scripts(self) -> bool:
        """Whether scripts came that the known page did not have, or a part of the page is marked as busy."""
        return bool(_scripts(self.page) - _scripts(self.known.page)) or bool(self.page.select("[aria-busy=true]"))

    @property
    def shrank(self) -> float:
        """The length of the page's text against that of the known one."""
        before, after = (len((page.html.first("body") or page.html).text) for page in (self.known.page, self.page))
        return after / before if before else 1.0

    @cached_property
    def _frame_texts(self) -> Counter[str]:
        inside = self.rows.list_elements
        return Counter(_texts(element for element in self.rows.page.elements if element not in inside))


def _texts(elements: Iterable[Element]) -> list[str]:
    found = (bare(own_text(element)) for element in elements)
    return [text for text in found if text]


def _build(element: Element) -> tuple[object, ...]:
    return tuple((up.tag, up.classes) for up in [element, *element.above()][:3])


def _scripts(page: Page) -> Counter[str]:
    """Return scripts by address, and those that stand in the page by how many of them there are."""
    nodes = [node for node in page.select("script") if isinstance(node, HtmlNode)]
    return Counter(
        (node.attr("src") or "").partition("?")[0] for node in nodes if "json" not in (node.attr("type") or "")
    )
