"""By example on a detail page: where each value of one record stands."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.extract import read_field
from lakehouse.agents.scout.detail import candidates
from lakehouse.agents.scout.match import ADDRESS, address_key, agree, bare
from lakehouse.agents.scout.outline import Element, Outline
from lakehouse.agents.scout.row_css import first_css, row_css

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lakehouse.fetcher.page import Page

ENOUGH = 0.35
EXACT = 0.99
ALIKE = 0.98
POINTERS = ("src", "href", "data-src")
MOST_POINTERS = 4
STEPS = re.compile(r"^(\.{0,2}/)+")


def induce_detail(page: Page, tree: Outline, record: Mapping[str, str]) -> Blueprint:
    """The blueprint that reads one record off a whole page."""
    offered = [(field, _said(page, field)) for field in candidates(page, tree)]
    fields = [best for name, value in record.items() if (best := _field(page, tree, offered, name, str(value)))]
    return Blueprint(kind="detail", start=page.url, rows=Rows(form="one"), fields=tuple(fields))


def _said(page: Page, field: FieldPlan) -> Any:
    return read_field(page.one(), field)


def _field(page: Page, tree: Outline, offered: list[tuple[FieldPlan, Any]], name: str, value: str) -> FieldPlan | None:
    rated = [(likeness(said, value), -index, field) for index, (field, said) in enumerate(offered) if said]
    rated += [(likeness(_said(page, field), value) - 0.01, -len(offered), field) for field in _found(tree, value)]
    best = max(rated, default=None, key=lambda one: one[:2])
    if best is None or best[0] < ENOUGH:
        return None
    others = [
        field
        for score, _, field in sorted(rated, key=lambda one: -one[0])
        if score >= best[0] - 0.02 and field.reader == best[2].reader
    ]
    selectors = dict.fromkeys([best[2].selectors[0], *(field.selectors[0] for field in others)])
    return best[2].model_copy(update={"name": name, "selectors": tuple(selectors)[:3]})


def likeness(said: Any, wanted: str) -> float:
    """How far what a reader says is what is wanted, 0 to 1; lists item by item."""
    items = [str(item) for item in said] if isinstance(said, list) else [str(said)] if said else []
    lines = [line for line in wanted.split("\n") if line.strip()]
    if not isinstance(said, list) and len(lines) == 1:
        return _agreement(items[0], wanted) if items else 0.0
    have, want = Counter(map(bare, items)), Counter(map(bare, lines))
    common = sum((have & want).values())
    return 2 * common / (sum(have.values()) + sum(want.values())) if common else 0.0


def _agreement(said: str, wanted: str) -> float:
    """1 for what is wanted in the same words, a little less in others: one picture is kept in many sizes."""
    if bare(said) == bare(wanted) or (ADDRESS.match(wanted) and bare(said).endswith(bare(STEPS.sub("", wanted)))):
        return 1.0
    return ALIKE if agree(said, wanted) else 0.0


def _found(tree: Outline, value: str) -> Iterator[FieldPlan]:
    if ADDRESS.match(value.strip()):
        yield from _pointing(tree, address_key(value))
    lines = {bare(line) for line in value.split("\n") if line.strip()}
    hits = [element for element in tree.elements if bare(element.text) in lines]
    leaves = [element for element in hits if not any(child in hits for child in element.children)]
    for tag, _ in Counter(element.tag for element in leaves).most_common(3):
        group = [element for element in leaves if element.tag == tag]
        yield from _selected(tree, group, many=len(lines) > 1)


def _pointing(tree: Outline, wanted: str) -> Iterator[FieldPlan]:
    """The elements that point to an address."""
    hits = [
        (element, name)
        for element in tree.elements
        for name in POINTERS
        if wanted and element.attributes.get(name) and address_key(element.attributes[name]) == wanted
    ]
    for element, name in hits[:MOST_POINTERS]:
        if css := first_css(tree, element):
            yield FieldPlan(name="address", reader="link", selectors=(f"{css}@{name}",))


def _selected(tree: Outline, group: list[Element], *, many: bool) -> Iterator[FieldPlan]:
    if many:
        css, fit = row_css(tree, group)
        if fit > 0.6:
            yield FieldPlan(name="list", reader="items", selectors=(css,))
        return
    for element in group[:3]:
        css, fit = row_css(tree, [element])
        if fit > EXACT:
            yield FieldPlan(name="value", selectors=(css,))
