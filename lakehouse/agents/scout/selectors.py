"""CSS for the parts of a row, from the steadiest to the most brittle."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.agents.scout.outline import Element
    from lakehouse.agents.scout.rows import Row

DATA = re.compile(r"^data-[a-z-]+$")
WORD = re.compile(r"^[A-Za-z][\w -]{1,30}$")
NUMBERED = frozenset(
    {"p", "div", "span", "a", "li", "b", "strong", "i", "em", "font", "h3", "h4", "h5", "dd", "tr", "section", "ul"}
)


def own_selectors(element: Element) -> Iterator[str]:
    """Selectors of an element by itself: itemprop, data attributes, classes, cell numbers, its tag."""
    attributes = element.attributes
    if name := attributes.get("itemprop"):
        yield f'[itemprop="{name.split()[0]}"]'
    for attribute, value in attributes.items():
        if (DATA.match(attribute) or attribute in ("headers", "property", "rel")) and WORD.match(value):
            yield f'{element.tag}[{attribute}="{value}"]'
    for name in element.classes[:4]:
        yield f"{element.tag}.{name}"
    if element.tag in ("td", "th"):
        yield f"{element.tag}:nth-child({_place(element, same_tag=False)})"
    elif element.tag == "a" and (ending := _ending(attributes.get("href", ""))):
        yield f'a[href$=".{ending}"]'
        yield "a"
    else:
        yield element.tag


def numbered(element: Element) -> str:
    """The element's tag with its number among its like siblings."""
    number = _place(element, same_tag=True)
    return f"{element.tag}:nth-of-type({number})"


def row_selectors(row: Row) -> Iterator[tuple[Element, str]]:
    """Selectors that may find each element of a row, and the element they are meant for."""
    tops = set(row.tops)
    single = len(row.parts) == 1
    for element in row.elements[:160]:
        if single and element in tops:
            continue
        plain = list(dict.fromkeys(own_selectors(element)))
        for selector in plain:
            yield element, selector
        if element.tag in NUMBERED and (element.parent is not None) and element not in tops:
            yield element, numbered(element)
        yield from _nested(element, plain, tops, single=single)
        if element in tops and not single:
            yield from _beside(element, row)


def _nested(element: Element, plain: list[str], tops: set[Element], *, single: bool) -> Iterator[tuple[Element, str]]:
    inner = [plain[0], plain[-1]] if plain[0] != plain[-1] else plain[:1]
    if element.tag in NUMBERED and element not in tops:
        inner.append(numbered(element))
    if element in tops:
        return
    for up in islice(element.above(), 3):
        if single and up in tops:
            return
        outer = list(own_selectors(up))
        if up.tag in NUMBERED and up not in tops:
            outer.append(numbered(up))
        for prefix in dict.fromkeys([outer[0], outer[-1]]):
            for selector in inner:
                yield element, f"{prefix} {selector}"
        if up in tops:
            return


def _beside(element: Element, row: Row) -> Iterator[tuple[Element, str]]:
    place = row.tops.index(element)
    if 0 < place <= 6:
        yield element, " + ".join(top.tag for top in row.tops[: place + 1])


def _place(element: Element, *, same_tag: bool) -> int:
    siblings = element.parent.children if element.parent else [element]
    return 1 + sum(1 for other in siblings[: siblings.index(element)] if not same_tag or other.tag == element.tag)


def _ending(href: str) -> str:
    match = re.search(r"\.(pdf|docx?|xlsx?|csv|zip|mp3|mp4)$", href, re.IGNORECASE)
    return match[1] if match else ""


BRITTLE = re.compile(r"nth-(?:child|of-type)")


@lru_cache(maxsize=10_000)
def cost(selector: str) -> float:
    """How likely a selector is to break: the lower the better."""
    total = 0.02 * len(selector)
    if "[itemprop" in selector or "[property" in selector:
        total -= 2.0
    if "[data-" in selector or "[headers" in selector:
        total -= 1.5
    if "label(" in selector:
        total -= 0.8
    total += 0.8 * len(BRITTLE.findall(selector)) - 0.7 * min(1, selector.count(".")) + 0.4 * selector.count(" ")
    total += 1.2 * ("line(" in selector) + 0.3 * ("own()" in selector) + 0.5 * selector.count("+")
    return total + (0.3 if re.fullmatch(r"[a-z]+\d?", selector) else 0.0)
