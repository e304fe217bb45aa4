"""Which known records are still on a page, told by their values in any of the forms in which they may be printed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lakehouse.agents.scout.match import ADDRESS, address_key, bare, days
from lakehouse.agents.scout.outline import outline_of
from lakehouse.agents.thinking import go_on
from lakehouse.fetcher.marks import DATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.doctor.case import Record
    from lakehouse.agents.scout.outline import Element
    from lakehouse.fetcher.page import Page

TELLING = 5
"""Characters from which on a value that only one record has tells that this record is there."""
MOST = 0.6
"""Share of a record's values that must be there."""
SPOKEN = ("title", "alt", "datetime", "content", "value")
ADDRESSES = ("href", "src", "data-href", "data-src")


class Haystack:
    """What a page says anywhere: its text, its addresses, its days."""

    def __init__(self, page: Page) -> None:
        elements = outline_of(page).elements
        spoken = [elements[0].text, *(said for e in elements for name in SPOKEN if (said := e.attributes.get(name)))]
        self.text = "\n".join(map(bare, spoken))
        self.addresses = frozenset(key for element in elements for key in _addresses(element))
        self.days = frozenset(day for text in spoken for match in DATE.findall(text) for day in days(match))

    def holds(self, value: str) -> bool:
        """Tell whether a value stands somewhere, as it is, as the end of an address or as a day."""
        if ADDRESS.match(value.strip()):
            return address_key(value) in self.addresses
        lines = [bare(line) for line in value.split("\n") if line.strip()]
        return all(line in self.text for line in lines) or not self.days.isdisjoint(_days(value))


def _addresses(element: Element) -> list[str]:
    return [address_key(said) for name in ADDRESSES if (said := element.attributes.get(name))]


def _days(value: str) -> set[str]:
    return days(value) if len(value) < 48 else set()


def found_again(page: Page, records: Sequence[Record]) -> list[Record]:
    """Return what is still on the page of each known record of which enough is, in their order."""
    hay = Haystack(page)
    owners = Counter((name, value) for record in records for name, value in record.items())
    found = []
    for record in records:
        go_on()
        filled = {name: value for name, value in record.items() if value}
        there = {name: value for name, value in filled.items() if hay.holds(value)}
        telling = any(owners[item] == 1 and len(item[1]) >= TELLING for item in there.items())
        if telling and len(there) >= MOST * len(filled):
            found.append(there)
    return found
