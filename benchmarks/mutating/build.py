"""Elements that change while the texts stay: wrappers, order, a table that becomes cards."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import html

from benchmarks.mutating.sheet import Sheet
from benchmarks.tree import Element

INLINE = frozenset({"span", "b", "strong", "em", "i", "font", "small", "u", "div", "p"})
FLOWING = frozenset({"p", "a", "span", "h1", "h2", "h3", "h4", "h5", "h6", "b", "em"})
TABLE = {"table": "div", "thead": "div", "tbody": "div", "tfoot": "div", "tr": "div", "td": "div", "th": "div"}


def wrap(sheet: Sheet) -> bool:
    """Put an element around each part of a row, and one around the whole list."""
    for row in sheet.rows:
        if row.tag == "tr":
            for cell in row:
                _fill(cell)
        else:
            for child in list(row):
                _around(child, "span" if row.tag in FLOWING else "div")
    _around(sheet.container, "div")
    return True


def _around(element: Element, tag: str) -> None:
    wrapper = html.Element(tag)
    wrapper.set("class", "wrapper")
    parent = element.getparent()
    if parent is None or element.tag == "body":
        return
    parent.replace(element, wrapper)
    wrapper.tail, element.tail = element.tail, None
    wrapper.append(element)


def _fill(cell: Element) -> None:
    inner = html.Element("div")
    inner.text, cell.text = cell.text, None
    inner.extend(list(cell))
    cell.append(inner)


def unwrap(sheet: Sheet) -> bool:
    """Take away the elements in rows that are alone in another one."""
    changed = [_lonely_dropped(row) for row in sheet.rows]
    return sum(changed) >= sheet.enough


def _lonely_dropped(row: Element) -> bool:
    lonely = [each for each in row.iter(*INLINE) if each is not row and _is_alone(each)]
    for element in lonely:
        element.drop_tag()
    return bool(lonely)


def _is_alone(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and len(parent) == 1 and not _says(parent.text) and not _says(element.tail)


def _says(text: str | None) -> bool:
    return bool((text or "").strip())


def reorder(sheet: Sheet) -> bool:
    """Turn the parts of each row around, and in a table those of every row."""
    if sum(len(row) >= 2 for row in sheet.rows) < sheet.enough:
        return False
    is_table = sheet.rows[0].tag == "tr"
    for row in sheet.container.iter("tr") if is_table else sheet.rows:
        _reverse(row)
    return True


def _reverse(row: Element) -> None:
    children: Sequence[Element] = list(row)[::-1]
    for child in children:
        row.remove(child)
    row.extend(children)


def to_cards(sheet: Sheet) -> bool:
    """Make a table a list of cards."""
    table = sheet.container
    if sheet.rows[0].tag != "tr" or table.tag != "table" or list(table.iter("table"))[1:]:
        return False
    if any(table not in row.iterancestors() for row in sheet.rows):
        return False
    for element in list(table.iter(*TABLE)):
        _as_card(element)
    return True


def _as_card(element: Element) -> None:
    was = element.tag
    element.attrib.clear()
    element.tag = TABLE[was]
    if was in ("tr", "td", "th"):
        parent = element.getparent()
        place = list(parent).index(element) if parent is not None else 0
        element.set("class", "card" if was == "tr" else f"card-{place + 1}")
