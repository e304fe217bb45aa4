"""One field of a record: its type, and what its values may be."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, StrictBool, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from lakehouse.contract.bounds import Bound, bound_for, within_64_bits
from lakehouse.contract.types import FieldType

_PATTERNED: frozenset[FieldType] = frozenset[FieldType]({"text", "url", "list"})
_CHOSEN: frozenset[FieldType] = _PATTERNED | frozenset[FieldType]({"integer"})


def contradiction(message: str, *key: str | int) -> PydanticCustomError:
    """Return the error of a setting that contradicts another; `key` is the way from the model to that setting."""
    return PydanticCustomError("contradiction", "{reason}", {"reason": message, "key": key})


class Field(BaseModel):
    """One field of a record; `Field(type="text")` is optional, unbounded text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: FieldType
    """What its values are."""

    required: StrictBool = False
    """Whether a row without it is a reject."""

    minimum: Any = None
    """Least value that is accepted; for money the least amount."""

    maximum: Any = None
    """Greatest value that is accepted; for money the greatest amount."""

    pattern: str | None = None
    """Regular expression (Rust's dialect) that the whole text, or each item of a list, matches."""

    choices: tuple[Any, ...] = ()
    """The only values that are accepted; of a list, the only items."""

    description: str = ""
    """What it means; shown on the column."""

    @field_validator("minimum", "maximum")
    @classmethod
    def _in_own_type(cls, written: object, info: ValidationInfo) -> Bound | None:
        kind = info.data.get("type")
        return None if written is None or kind is None else bound_for(kind, written)

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str | None, info: ValidationInfo) -> str | None:
        kind = info.data.get("type", "text")
        if pattern is not None and kind not in _PATTERNED:
            raise ValueError(f"a {kind} field has no pattern; text, url and list fields have")
        if pattern is not None:
            _check_expression(pattern)
        return pattern

    @field_validator("choices")
    @classmethod
    def _of_own_type(cls, choices: tuple[Any, ...], info: ValidationInfo) -> tuple[Any, ...]:
        kind = info.data.get("type", "text")
        if choices and kind not in _CHOSEN:
            raise ValueError(f"a {kind} field has no choices; text, url, list and integer fields have")
        wanted, word = (int, "whole numbers") if kind == "integer" else (str, "texts; put quotes around them")
        if any(isinstance(choice, bool) or not isinstance(choice, wanted) for choice in choices):
            raise ValueError(f"the choices of a {kind} field are {word}")
        return tuple(map(within_64_bits, choices)) if kind == "integer" else choices

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise contradiction(f"the minimum {self.minimum} is above the maximum {self.maximum}", "minimum")
        return self


def whole_match(pattern: str) -> str:
    """Return `pattern` as an expression that only a whole text matches."""
    return f"^(?:{pattern})$"


def _check_expression(pattern: str) -> None:
    import polars as pl

    try:
        pl.Series([""]).str.contains(whole_match(pattern))
    except pl.exceptions.ComputeError as error:
        reason = str(error).split("error: ")[-1].splitlines()[0]
        raise ValueError(f"the regular expression cannot be used: {reason}") from error
