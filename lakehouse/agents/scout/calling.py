"""What a column is called: after its label, its class, its kind of element, and at last what stands in it."""

from __future__ import annotations

import re
from statistics import fmean
from typing import TYPE_CHECKING

from lakehouse.agents.scout.formats.naming import snake
from lakehouse.agents.scout.formats.vote import vote
from lakehouse.fetcher.marks import CODE, DATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.scout.columns import Column

IDLE = frozenset(
    {
        "block", "body", "box", "cell", "clearfix", "col", "column", "content", "data", "entry", "field", "info",
        "inner", "item", "label", "line", "row", "span", "td", "text", "value", "views_field", "wrap", "wrapper",
    }
)  # fmt: skip
"""Class names that say only that something stands there."""
KINDS = {"date": "date", "datetime": "date", "money": "amount", "number": "value", "boolean": "flag", "link": "url"}
TITLES = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6"})
EMAIL = re.compile(r"(mailto:)?[\w.+-]+@[\w-]+(\.[\w-]+)+", re.IGNORECASE)
PHONE = re.compile(r"(tel:)?\+?[\d(][\d ()./-]{5,}\d")
LEAST_DIGITS = 7
WORDY = 12
"""Words from which on a text describes."""
MOSTLY = 0.8


def names_for(column: Column) -> list[str]:
    """Names for a column, the best first; only addresses, which are all called alike, have a second one."""
    label = snake(column.slot.label, "") if column.slot.label else ""
    if column.is_address:
        return [_of_address(column), *([f"{label}_url"] if label else [])]
    return [_of_text(column, label)]


def _of_text(column: Column, label: str) -> str:
    slot = column.slot
    if column.options.get("pattern") is DATE:
        return "date"
    hinted = (snake(word, "") for word in slot.hint.split()[:3])
    told = label or next((word for word in hinted if word and word not in IDLE), "")
    return told or {"time": "date"}.get(slot.tag) or ("title" if slot.tag in TITLES else content_name(column.values))


def _of_address(column: Column) -> str:
    if column.slot.attribute in ("src", "data-src"):
        return "image"
    found = content_name(column.values)
    return found if found in ("email", "phone") else "url"


def content_name(values: Sequence[str | None]) -> str:
    """A name that tells what kind of value stands in a column; "text" where nothing can be told."""
    filled = [value.strip() for value in values if value and value.strip()]
    if not filled:
        return "text"
    reader = vote(filled).reader
    digits = fmean(sum(map(str.isdigit, value)) for value in filled)
    told = (
        ("email", _mostly(EMAIL, filled)),
        (KINDS.get(reader, ""), reader in KINDS),
        ("phone", digits >= LEAST_DIGITS and _mostly(PHONE, filled)),
        ("code", _mostly(CODE, filled)),
        ("description", fmean(len(value.split()) for value in filled) >= WORDY),
    )
    return next((name for name, holds in told if holds), "text")


def _mostly(pattern: re.Pattern[str], values: Sequence[str]) -> bool:
    return sum(pattern.fullmatch(value) is not None for value in values) >= MOSTLY * len(values)
