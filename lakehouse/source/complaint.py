"""What pydantic found wrong, said in one sentence to the person who wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from lakehouse.source.document import Way
from lakehouse.source.model import Source

_WANTED = {
    "string_type": "a text is wanted; put quotes around it",
    "bool_type": "true or false is wanted",
    "int_type": "a whole number is wanted",
    "float_type": "a number is wanted",
    "float_parsing": "a number is wanted",
    "finite_number": "a number is wanted",
    "tuple_type": "a list is wanted, such as [a, b]",
    "dict_type": "a mapping of `key: value` lines is wanted",
    "model_type": "a mapping of `key: value` lines is wanted",
    "model_attributes_type": "a mapping of `key: value` lines is wanted",
    "date_type": "a date such as 2026-11-20 is wanted",
    "date_parsing": "a date such as 2026-11-20 is wanted",
    "date_from_datetime_parsing": "a date such as 2026-11-20 is wanted",
    "date_from_datetime_inexact": "a date such as 2026-11-20 is wanted",
    "too_short": "at least one is wanted",
    "missing": "this is missing and has no default",
    "string_pattern_mismatch": "a field's name begins with a to z and goes on with a to z, 0 to 9 and _ (63 at most)",
}

LONGEST = 400
"""Characters of a sentence: what was written may be long, and is quoted."""


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong: where it is, and a sentence without its full stop."""

    way: Way
    sentence: str


def complaint(detail: ErrorDetails) -> Complaint:
    """Return what one of pydantic's errors means for a source.yaml."""
    way = tuple(part for part in detail["loc"] if part != "[key]")
    if detail["type"] == "contradiction":
        way += tuple(detail.get("ctx", {})["key"])
    return Complaint(way, _sentence(detail, way))


def _sentence(detail: ErrorDetails, way: Way) -> str:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "value_error":
            said = f"{context['error']}, not {detail['input']!r}"[:LONGEST]
        case "extra_forbidden":
            said = _unknown_key(way)
        case "literal_error":
            said = _unknown_word(str(detail["input"]), [*_quoted(str(context["expected"]))])
        case kind:
            said = _WANTED.get(kind) or detail["msg"][:1].lower() + detail["msg"][1:]
    return said


def _unknown_key(way: Way) -> str:
    known = sorted(_section(way[:-1]).model_fields)
    return f"this key is unknown; {_nearest(str(way[-1]), known)}allowed are {', '.join(known)}"


def _unknown_word(word: str, known: list[str]) -> str:
    return f"{word!r} is unknown; {_nearest(word, known)}allowed are {', '.join(known)}"


def _nearest(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {near[0]}? " if near else ""


def _quoted(expected: str) -> Iterator[str]:
    """Give the words of pydantic's "'a', 'b' or 'c'"."""
    yield from expected.split("'")[1::2]


def _section(way: Way) -> type[BaseModel]:
    """Return the model to whose keys `way` leads."""
    section: Any = Source
    for part in way:
        fields: Mapping[str, Any] = getattr(section, "model_fields", {})
        section = fields[str(part)].annotation if str(part) in fields else get_args(section)[-1]
    return section
