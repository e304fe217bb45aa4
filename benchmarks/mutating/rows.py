"""Rows that come beside the records, and records that go."""

from __future__ import annotations

from copy import deepcopy

from lxml import html

from benchmarks.mutating.sheet import Sheet
from benchmarks.tree import Element

EVERY = 3
ALIKE = 4
LEAST = 3


def look_alikes(sheet: Sheet) -> bool:
    """Put a second list beside the first, with other rows that are built like the records."""
    container, first = sheet.container, sheet.rows[0]
    parent = container.getparent()
    if parent is None or container.tag in ("body", "html"):
        return False
    aside, holder = html.Element("aside"), html.Element(container.tag)
    heading = html.Element("h3")
    heading.text = "Read by others"
    aside.extend([heading, holder])
    into = holder
    if first.tag == "tr":
        into = html.Element("tbody")
        holder.append(into)
    for row in sheet.rows[-ALIKE:]:
        into.append(_other(row))
    parent.insert(list(parent).index(container) + 1, aside)
    aside.tail, container.tail = container.tail, None
    return True


def _other(row: Element) -> Element:
    """Return a copy of a row that says something else: its numbers count on, its first letters change."""
    copy = deepcopy(row)
    copy.tail = None
    for element in copy.iter("*"):
        element.text, element.tail = _changed(element.text), _changed(element.tail)
        if element.get("href"):
            element.set("href", f"{element.get('href')}-2")
    copy.tail = None
    return copy


def _changed(text: str | None) -> str | None:
    return text.translate(OTHERS) if text else text


OTHERS = str.maketrans("12345678BCDFGKLPRT", "21436587CBFDKGPLTR")


def advertisements(sheet: Sheet) -> bool:
    """Put an advertisement behind every third row."""
    for number, row in enumerate(sheet.rows[EVERY - 1 :: EVERY], 1):
        row.addnext(_advertisement(row, number))
    return True


def _advertisement(row: Element, number: int) -> Element:
    found = html.Element(row.tag)
    found.set("class", "ad-slot")
    into = found
    if row.tag == "tr":
        into = html.Element("td")
        into.set("colspan", str(max(1, len(row))))
        found.append(into)
    link = html.Element("a")
    link.set("href", f"https://ads.example/click?id={number}")
    link.text = f"Save {number}0 % on your next order"
    into.text = "Advertisement "
    into.append(link)
    # `addnext` gives the row's tail to what comes behind it, which would tear a text of the row away.
    found.tail, row.tail = row.tail, None
    return found


def fewer_rows(sheet: Sheet) -> bool:
    """Take the second half of the rows off the page."""
    left = max(LEAST, len(sheet.rows) // 2)
    for row in sheet.rows[left:]:
        row.drop_tree()
    del sheet.rows[left:], sheet.records[left:]
    return True
