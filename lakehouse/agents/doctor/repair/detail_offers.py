"""All that a page may offer for the fields of its one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.doctor.repair.detail_elements import body, element_spots, headings, image_spots, label_spots
from lakehouse.agents.doctor.repair.detail_linked import head_spots, linked_spots, microdata_spots
from lakehouse.agents.doctor.repair.detail_lists import list_spots
from lakehouse.agents.doctor.repair.detail_spots import Offer, Spot, read_spots
from lakehouse.agents.scout.outline import outline_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.fetcher.page import Page


def offers(page: Page) -> list[Offer]:
    """Return what stands at every spot of a page."""
    return read_spots(page, spots(page))


def spots(page: Page) -> Iterator[Spot]:
    """Yield every spot of a page, what it says to machines first."""
    tree = outline_of(page)
    above, elements = headings(tree), body(tree)
    yield from linked_spots(page)
    yield from microdata_spots(tree)
    yield from head_spots(page)
    yield from label_spots(elements)
    yield from list_spots(elements, above)
    yield from element_spots(elements, above)
    yield from image_spots(tree, above)
