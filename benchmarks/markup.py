"""A tree written as HTML, letter by letter as it was: libraries that write it escape addresses as they like."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from lxml.html import HtmlElement

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
RAW = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"))


def markup(root: HtmlElement) -> str:
    """Return an element and all below it as HTML."""
    return "".join(_parts(root))


def _parts(root: HtmlElement) -> Iterator[str]:
    """Yield the parts in order, without recursion: pages nest deeply."""
    waiting: list[HtmlElement | str] = [root]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
            continue
        tag = str(each.tag)
        yield f"<{tag}{''.join(_attribute(name, value) for name, value in each.attrib.items())}>"
        if tag in VOID:
            continue
        text = each.text or ""
        # A line break right behind these is dropped by parsers, so that one which is there needs another before it.
        yield "\n" if tag in ("pre", "textarea", "listing") and text.startswith("\n") else ""
        yield text if tag in RAW else escape(text, quote=False)
        waiting.append(f"</{tag}>")
        for child in reversed(each):
            waiting += [escape(child.tail or "", quote=False), child]


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"'
