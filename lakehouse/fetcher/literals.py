"""JSON that was written by hand or by JavaScript: trailing commas, bare keys, single quotes, comments."""

from __future__ import annotations

import json
import re
from typing import Any

from lakehouse.fetcher.document import decimal_number

# Nothing here is tried twice (`++`, `*+`, `(?>...)`), and a string or comment that is never closed ends with the text:
# scripts hold rulers of slashes and megabytes of quotes.
DOUBLE, SINGLE = (rf"{quote}(?:[^{quote}\\]++|\\.?)*+(?:{quote}|\Z)" for quote in "\"'")
COMMENT = r"//[^\n]*+|(?>/\*.*?(?:\*/|\Z))"
LOOSE = re.compile(
    rf"(?P<string>{DOUBLE})|(?P<single>{SINGLE})|(?P<comment>{COMMENT})|(?P<comma>,(?=(?:\s++|{COMMENT})*+[\]}}]))"
    r"|(?P<key>(?<=[{,\s])[A-Za-z_$][\w$]*+(?=\s*+:))|(?P<word>\bundefined\b|\bNaN\b|void 0|!0|!1)",
    re.DOTALL,
)
WORDS = {"!0": "true", "!1": "false"}
BRACKET = re.compile(rf"{DOUBLE}|{SINGLE}|{COMMENT}|[{{}}\[\]]", re.DOTALL)
OPENERS = {"{": "}", "[": "]"}


def parse_loose(text: str) -> Any:
    """Return the value of JSON or of a plain JavaScript literal, or None where it is neither."""
    text = text.strip().rstrip(";")
    for candidate in (text, LOOSE.sub(_strict, text)):
        try:
            return json.loads(candidate, parse_float=decimal_number, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _strict(match: re.Match[str]) -> str:
    kind, written = match.lastgroup, match[0]
    if kind == "single":
        return json.dumps(re.sub(r"\\(.)", r"\1", written[1:-1]))
    if kind == "key":
        return f'"{written}"'
    if kind == "word":
        return WORDS.get(written, "null")
    return written if kind == "string" else ""


def balanced(script: str, start: int) -> str:
    """Return the object or list that begins at a place, up to its own closing bracket, or ""."""
    if script[start : start + 1] not in OPENERS:
        return ""
    expected: list[str] = []
    for match in BRACKET.finditer(script, start):
        if match[0] in OPENERS:
            expected.append(OPENERS[match[0]])
        elif match[0] in OPENERS.values() and match[0] != expected.pop():
            return ""
        if not expected:
            return script[start : match.end()]
    return ""
