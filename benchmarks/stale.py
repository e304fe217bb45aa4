"""Data in a page's scripts that still says what the page does not say any more."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from benchmarks.tree import Element, Tree
from lakehouse.agents.scout.match import bare

TELLING = 12
"""Characters from which on a value does not stand in a script by chance."""


Lists = Sequence[tuple[list[str], list[str]]]


def without_stale(tree: Tree, written: Mapping[str, str], lists: Lists = ()) -> None:
    """Change the data of scripts as the page was changed; take away what still has an old value: no page says both."""
    others = {bare(old): new for old, new in written.items()}
    gone = {bare(item) for old, _ in lists for item in old} | others.keys()
    stale = gone - {bare(new) for new in (*others.values(), *(item for _, new in lists for item in new))}
    for script in list(tree.root.iter("script")):
        if "json" in (script.get("type") or ""):
            _change(script, others, lists)
        text = bare(script.text or "")
        if any(len(old) >= TELLING and old in text for old in stale):
            script.drop_tree()


def _change(script: Element, others: Mapping[str, str], lists: Lists) -> None:
    try:
        document = json.loads(script.text or "")
    except ValueError:
        return
    script.text = json.dumps(_changed(document, others, lists))


def _changed(value: Any, others: Mapping[str, str], lists: Lists) -> Any:
    if isinstance(value, dict):
        return {key: _changed(each, others, lists) for key, each in value.items()}
    if isinstance(value, list):
        found = next((made for old, new in lists if (made := _relisted(value, old, new))), None)
        return found or [_changed(each, others, lists) for each in value]
    return others.get(bare(value), value) if isinstance(value, str) else value


def _relisted(items: list[Any], old: Sequence[str], new: Sequence[str]) -> list[Any] | None:
    """Return a list with other items in place of the old ones, where it has exactly these, alone or in objects."""
    if len(items) != len(old) or not all(bare(text) in _said(item) for item, text in zip(items, old, strict=True)):
        return None
    like = [(items[n], old[n]) for n in range(len(old))] + [(items[-1], old[-1])] * (len(new) - len(old))
    return [_saying(deepcopy(item), text, other) for (item, text), other in zip(like, new, strict=False)]


def _said(item: Any) -> list[str]:
    values = item.values() if isinstance(item, dict) else [item]
    return [bare(value) for value in values if isinstance(value, str)]


def _saying(item: Any, old: str, new: str) -> Any:
    if isinstance(item, dict):
        return {key: _saying(value, old, new) if isinstance(value, str) else value for key, value in item.items()}
    return new if bare(item) == bare(old) else item
