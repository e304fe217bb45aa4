"""What a request may be made of, asked on both sides of the pipe; which hosts it may go to is the guard's affair."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any

METHODS = frozenset({"GET", "HEAD", "POST"})
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
MAX_URL = 1 << 16
MAX_BODY = 1 << 20
MAX_HEADERS = 50
MAX_HEADER = 8_192
MAX_META_DEPTH = 8
MAX_META_SIZE = 1 << 18


def request_fault(url: Any, method: Any, headers: Any, body: Any, meta: Any) -> str | None:
    """Return why these cannot be the parts of a request, or None where they can."""
    if type(url) is not str or not 0 < len(url) <= MAX_URL or not is_unicode(url):
        return f"its url is no text of 1 to {MAX_URL} characters"
    if type(method) is not str or method not in METHODS:
        return f"its method is none of {', '.join(sorted(METHODS))}"
    if body is not None and (type(body) is not str or len(body) > MAX_BODY or not is_unicode(body)):
        return f"its body is no text of at most {MAX_BODY} characters"
    if type(headers) is not dict or len(headers) > MAX_HEADERS or not all(map(_is_header, headers.items())):
        return "its headers are no dict of names and values as HTTP knows them"
    if type(meta) is not dict or _size(meta, MAX_META_DEPTH) > MAX_META_SIZE:
        return f"its meta is no JSON object, or is deeper than {MAX_META_DEPTH} or larger than {MAX_META_SIZE}"
    return None


def is_unicode(text: str) -> bool:
    """Tell whether a text can be written as UTF-8: halves of surrogate pairs cannot."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_header(header: tuple[Any, Any]) -> bool:
    name, value = header
    if type(name) is not str or type(value) is not str:
        return False
    return bool(TOKEN.fullmatch(name)) and len(value) <= MAX_HEADER and not CONTROL.search(value) and is_unicode(value)


def _size(value: Any, depth: int) -> int:
    """Return about how many characters a JSON value has; infinitely many where it is none or too deep."""
    match value:
        case None | bool():
            size = 4
        case str() if is_unicode(value):
            size = len(value) + 2
        case int():
            size = value.bit_length() // 3 + 1
        case float() if isfinite(value):
            size = 20
        case list() if depth:
            size = 2 + sum(_size(item, depth - 1) for item in value)
        case dict() if depth:
            size = 2 + _object_size(value, depth)
        case _:
            size = _TOO_LARGE
    return size


def _object_size(value: Mapping[Any, Any], depth: int) -> int:
    if any(type(key) is not str for key in value):
        return _TOO_LARGE
    return sum(_size(key, 0) + _size(item, depth - 1) for key, item in value.items())


_TOO_LARGE = MAX_META_SIZE + 1
