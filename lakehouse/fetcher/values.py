"""What readers give: printed values, money, what could not be read, and the trace of each answer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

JSON: TypeAlias = bool | int | float | Decimal | str | list[Any] | dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and the ISO code of its currency, or None where the page does not tell."""

    amount: Decimal
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """Something was there that the reader cannot read; falsy, so that `value or fallback` works."""

    raw: str
    reader: str
    reason: str

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Answer:
    """One reader's answer; `index` is the number of the selector that gave it, -1 where none did."""

    reader: str
    selectors: tuple[str, ...]
    index: int
    value: object


class Unreadable(Exception):
    """Raised inside a reader with the reason that becomes `Unread`; never leaves the reader."""
