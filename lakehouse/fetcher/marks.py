"""Marks that often frame a value in running text: a printed date, an identifier."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = re.compile(
    r"(?<![\w/])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
    rf"|{_MONTH}\s*{_DAY}\s*,?\s*\d{{4}}|{_DAY}[ -]{_MONTH},?[ -]\d{{2,4}})(?!\d)",
    re.IGNORECASE,
)
"""A date as it is printed: 2026-05-03, 3/5/2026, May 3, 2026, 3 May 2026, 3-May-26."""

CODE = re.compile(r"(?<![\w-])(?:[A-Z]{1,4}[-. ]?)?(?=[A-Z-]*\d)[A-Z\d]\w*(?:[-/.:]\w+)*(?![\w-])")
"""An identifier: 22-1234, A-17-0042, AB 1234, 2026:17."""

_EDGES = " \t\n,;:|-\u2013\u2014·•*"


def trim(part: str) -> str:
    """Return the part without separators at its edges and without a bracket that lost its partner."""
    part = part.strip(_EDGES)
    while part and part != (shorter := _without_lone_bracket(part).strip(_EDGES)):
        part = shorter
    return part


def _without_lone_bracket(part: str) -> str:
    # All of them at once, with what stands between: a page may write a million.
    if part.endswith("(") or (part.endswith(")") and "(" not in part):
        return part.rstrip(part[-1] + _EDGES)
    if part.startswith(")") or (part.startswith("(") and ")" not in part):
        return part.lstrip(part[0] + _EDGES)
    return part[1:-1] if part.startswith("(") and part.endswith(")") and part.count("(") == 1 else part
