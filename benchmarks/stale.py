"""Data in a page's scripts that still says what the page does not say any more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from benchmarks.tree import Element, Tree
from lakehouse.agents.scout.match import bare

TELLING = 12
"""Characters from which on a value does not stand in a script by chance."""


def without_stale(tree: Tree, written: Mapping[str, str]) -> None:
    """Change the data of scripts as the page was changed; take away what still has an old value: no page says both."""
    others = {bare(old): new for old, new in written.items()}
    for script in list(tree.root.iter("script")):
        if "json" in (script.get("type") or ""):
            _change(script, others)
        if _is_stale(script, others):
            script.drop_tree()


def _change(script: Element, others: Mapping[str, str]) -> None:
    try:
        document = json.loads(script.text or "")
    except ValueError:
        return
    script.text = json.dumps(_changed(document, others))


def _changed(value: Any, others: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _changed(each, others) for key, each in value.items()}
    if isinstance(value, list):
        return [_changed(each, others) for each in value]
    return others.get(bare(value), value) if isinstance(value, str) else value


def _is_stale(script: Element, others: Mapping[str, str]) -> bool:
    text = bare(script.text or "")
    new = {bare(each) for each in others.values()}
    return any(len(old) >= TELLING and old in text for old in others if old not in new)
