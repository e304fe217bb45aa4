"""What was learned about reading one field, how sure it is, and why not surer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Reader = Literal["text", "link", "page_url", "items", "date", "datetime", "number", "money", "boolean"]

SHARE = 0.95
"""Share of the values that a reader must read."""
UNDECIDED = 0.3
"""How sure a reading is that might as well be another one."""


@dataclass(frozen=True)
class Learned:
    """A reader with its options beside the cuts; `sure` is from 0 to 1, `notes` are for the person who reviews."""

    reader: Reader
    options: dict[str, Any] = field(default_factory=dict)
    sure: float = 1.0
    notes: tuple[str, ...] = ()
