"""Puts one list in place of another one's, item by item, wherever it stands in elements of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from benchmarks.tree import SILENT, Element, texts_of
from lakehouse.agents.scout.match import bare

LONGEST = 5_000
"""Characters of an element that can be one item."""


def put_list(elements: Sequence[Element], old: Sequence[str], new: Sequence[str]) -> list[Element]:
    """Write a list wherever another one stands among elements in the page's order; return what it stands in then.

    Items that are left over are taken away, and items that have no place get one like the last one's.
    """
    return [item for run in list(_runs(elements, old)) for item in _rewritten(run, new)]


def _runs(elements: Sequence[Element], items: Sequence[str]) -> Iterator[list[Element]]:
    """Yield elements whose whole texts are the items, in their order; other things may stand between them."""
    texts, wanted = _texts(elements), [bare(item) for item in items]
    run: list[Element] = []
    inside: set[Element] = set()
    for element in elements if all(wanted) else ():
        text = texts[element]
        if element in inside or element.getparent() is None or text not in (wanted[len(run)], wanted[0]):
            continue
        run = [*run, element] if text == wanted[len(run)] else [element]
        inside.update(element.iter("*"))
        if len(run) == len(wanted):
            yield run
            run = []


def _texts(elements: Sequence[Element]) -> dict[Element, str]:
    """Return what stands in each element, nothing of those that are longer than an item."""
    whole: dict[Element, str] = {}
    for element in reversed(elements):
        inner = "".join(whole.get(child, "") + (child.tail or "") for child in element)
        whole[element] = "" if element.tag in SILENT else ((element.text or "") + inner)[: LONGEST + 1]
    return {element: bare(text) if len(text) <= LONGEST else "" for element, text in whole.items()}


def _rewritten(run: Sequence[Element], new: Sequence[str]) -> list[Element]:
    last = run[-1]
    more = [deepcopy(last) for _ in new[len(run) :]]
    for number, each in enumerate(more, start=1):
        last.getparent().insert(last.getparent().index(last) + number, each)
    for surplus in run[len(new) :]:
        surplus.drop_tree()
    now = [*run[: len(new)], *more]
    for element, text in zip(now, new, strict=True):
        _write(element, text)
    return now


def _write(element: Element, text: str) -> None:
    """Write a text into the first place of an element that has one, and nothing into the others."""
    if bare(element.text_content()) == bare(text):
        return
    first, *others = [slot for slot in texts_of(element) if slot.text.strip()]
    first.put(text)
    for slot in others:
        slot.put("")
