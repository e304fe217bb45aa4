"""CSS that finds exactly the rows of a region."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from lakehouse.agents.scout.words import is_steady

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse.agents.scout.outline import Element, Outline

LONGEST = 80
MOST = 400
"""So many selectors are tried for the rows of one region."""


def row_css(page: Outline, wanted: Sequence[Element]) -> tuple[str, float]:
    """The steadiest CSS for these elements and how exactly (F1) it finds them, elements without text not counted."""
    target = {element.order for element in wanted}
    best, best_fit, best_worth = "", 0.0, -9.0
    for css in islice(dict.fromkeys(_candidates(wanted)), MOST):
        fit = _fit(page, css, target)
        worth = fit - brittleness(css)
        if worth > best_worth + 1e-9:
            best, best_fit, best_worth = css, fit, worth
        if worth >= 0.98:
            break
    return best, best_fit


def first_css(page: Outline, element: Element) -> str:
    """The steadiest CSS whose first hit on the page is the element, "" where there is none."""

    def is_first(css: str) -> bool:
        found = page.root.node.css_first(css)
        return found is not None and found.mem_id == element.node.mem_id

    found = (css for css in islice(dict.fromkeys(_candidates([element])), MOST) if is_first(css))
    return min(found, key=brittleness, default="")


def brittleness(css: str) -> float:
    """What a selector of rows may cost in F1 later: absences and positions are likely to change, names are not."""
    total = 0.05 * css.count(":not(") + 0.02 * css.count(":has(") + 0.02 * css.count("nth-")
    return total + 0.004 * css.count(">") + 0.002 * css.count(" ") + 0.02 * (css.count(".") == 0 and "#" not in css)


def _fit(page: Outline, css: str, target: set[int]) -> float:
    found = [element for node in page.root.node.css(css) if (element := page.by_node.get(node.mem_id))]
    right = sum(element.order in target for element in found)
    wrong = sum(element.order not in target and len(element.text) >= 3 for element in found)
    return 2 * right / (right + wrong + len(target)) if found else 0.0


def _candidates(wanted: Sequence[Element]) -> Iterator[str]:
    bases = list(_bases(wanted))
    contexts = list(_contexts(wanted))
    yield from bases
    for base in bases:
        yield from (f"{context} {base}" for context in contexts)
    if wanted[0].parent is not None and len({element.parent for element in wanted}) == 1:
        for path in _paths(wanted[0].parent):
            yield from (f"{path} > {base}" for base in bases[:3])
    refinements = list(_refinements(wanted))
    for refinement in refinements:
        yield from (base + refinement for base in bases[:3])
    for refinement in refinements:
        for base in bases[:2]:
            yield from (f"{context} {base}{refinement}" for context in contexts[:6])


def _bases(wanted: Sequence[Element]) -> Iterator[str]:
    tags = Counter(element.tag for element in wanted)
    tag = tags.most_common(1)[0][0]
    if len(tags) > 1:
        yield ", ".join(sorted(tags))
        return
    names = Counter(name for element in wanted for name in element.classes)
    common = [name for name, count in names.most_common(6) if count >= 0.9 * len(wanted)]
    types = Counter(element.attributes.get("itemprop") for element in wanted)
    itemprop, count = types.most_common(1)[0]
    if itemprop and count == len(wanted):
        yield f'{tag}[itemprop="{itemprop.split()[0]}"]'
    yield from (f"{tag}.{name}" for name in common)
    if len(common) > 1:
        yield tag + "".join(f".{name}" for name in sorted(common))
    yield tag


def _contexts(wanted: Sequence[Element]) -> Iterator[str]:
    levels: list[list[Element]] = []
    current = [element.parent for element in wanted]
    while all(up is not None and up.tag not in ("html", "body") for up in current) and len(levels) < 8:
        layer = [up for up in current if up is not None]
        levels.append(layer)
        current = [up.parent for up in layer]
    for depth, layer in enumerate(levels):
        glue = " >" if depth == 0 else ""
        yield from (f"{name}{glue}" for name in _names(layer))
    if levels:
        near = [layer[0].tag for layer in levels[:3]]
        if all(len({up.tag for up in layer}) == 1 for layer in levels[:3]):
            for steps in range(1, len(near) + 1):
                yield " > ".join(reversed(near[:steps])) + " >"


def _names(layer: Sequence[Element]) -> Iterator[str]:
    first = layer[0]
    ids = {element.attributes.get("id", "") for element in layer}
    if len(ids) == 1 and is_steady(first.attributes.get("id", "")):
        yield f"#{first.attributes['id']}"
    common = set(first.classes).intersection(*(element.classes for element in layer))
    yield from (f"{first.tag}.{name}" for name in sorted(common))


def _refinements(wanted: Sequence[Element]) -> Iterator[str]:
    sample = wanted[:: max(1, len(wanted) // 25)][:25]
    inside = [{child.tag for child in element.below()} for element in sample]
    for tag in ("td", "a", "h2", "h3", "h4", "time", "p", "strong", "b", "em", "span", "img", "div", "li"):
        if all(tag in tags for tags in inside):
            yield f":has({tag})"
            if tag == "a":
                yield ":has(a[href])"
        elif not any(tag in tags for tags in inside):
            yield f":not(:has({tag}))"
    widths = {len(element.children) for element in wanted}
    if len(widths) == 1 and wanted[0].tag == "tr":
        width = widths.pop()
        yield f":has(td:nth-child({width}))"
        yield f":has(td:nth-child({width}):last-child)"
    shared = set.intersection(
        *({f"{e.tag}.{name}" for e in element.below() for name in e.classes} for element in sample)
    )
    yield from (f":has({name})" for name in sorted(shared)[:4])
    yield ":not(:first-child)"
    yield ":not(:last-child)"


def _paths(element: Element) -> Iterator[str]:
    """Paths to an element, from the last few steps to all of them, as long as they can be read."""
    steps = _path(element).split(" > ")
    for length in (2, 3, 4, len(steps)):
        path = " > ".join(steps[-length:])
        if len(path) <= LONGEST:
            yield path


def _path(element: Element) -> str:
    steps: list[str] = []
    up: Element | None = element
    while up is not None and up.tag != "html":
        identity = up.attributes.get("id", "")
        if is_steady(identity):
            steps.append(f"#{identity}")
            break
        steps.append(_step(up))
        up = up.parent
    return " > ".join(reversed(steps))


def _step(element: Element) -> str:
    if element.parent is None or element.tag == "body":
        return element.tag
    alike = [child for child in element.parent.children if child.tag == element.tag]
    return element.tag if len(alike) == 1 else f"{element.tag}:nth-of-type({1 + alike.index(element)})"
