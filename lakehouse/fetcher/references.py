"""Character references of markup, such as `&amp;` and `&#39;`, as the characters that they stand for."""

from __future__ import annotations

import re
from html import unescape

LONG = re.compile(r"&#(?:[0-9]{20,}+|[xX][0-9a-fA-F]{20,}+);?")
"""References to no character, with more digits than Python makes an integer of."""


def unescaped(text: str) -> str:
    """Return a text with its references read; one to no character becomes the replacement character."""
    return unescape(LONG.sub("\N{REPLACEMENT CHARACTER}", text)) if "&" in text else text
