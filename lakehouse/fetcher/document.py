"""A whole page as a JSON value: plain, line by line, wrapped in a call, or guarded against inclusion."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

GUARD = re.compile(r"^\s*(?:\)\]\}',?|while\s*\(1\);|for\s*\(;;\);)")
TOO_DEEP = "it is nested too deep"
"""What is said of a document that no parser of ours can follow to its end."""

LINE_END = re.compile(r"[\r\n]+")
"""Where a line of JSON ends; the other characters that part lines may stand inside its strings."""

CALL = re.compile(r"^\s*+(?:/\*.*?\*/)?\s*+[\w$.]++\s*+\(\s*+([\[{].*[\]}])\s*+\)\s*+;?\s*+$", re.DOTALL)


def json_document(text: str) -> Any:
    """Return the value with exact decimals; raises `ValueError` where there is none, or it is nested too deep."""
    text = GUARD.sub("", text).removeprefix("\ufeff")
    wrapped = CALL.match(text)
    try:
        return _value_or_lines(wrapped[1] if wrapped else text)
    except RecursionError as error:
        raise ValueError(TOO_DEEP) from error


def _value_or_lines(text: str) -> Any:
    try:
        return _loads(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise
        return [_loads(line) for line in LINE_END.split(text) if line.strip()]


def _loads(text: str) -> Any:
    return json.loads(text, parse_float=decimal_number)


def decimal_number(written: str) -> Decimal:
    """Return a number of JSON exactly; one whose exponent no decimal can hold is as good as infinite."""
    try:
        return Decimal(written)
    except InvalidOperation:
        return Decimal("Infinity")
