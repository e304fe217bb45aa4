"""What a page says of its terms and its licence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lakehouse.fetcher.links import absolute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.fetcher.page import Page

TERMS_RELATIONS = "a[rel~=terms-of-service], link[rel~=terms-of-service]"
TERMS = re.compile(
    r"\b(terms|conditions of use|legal (notice|information)|acceptable use|nutzungsbedingungen|agb|mentions légales"
    r"|conditions générales|aviso legal|términos|termos|termini|condizioni|voorwaarden|villkor|vilkår"
    r"|regulamin|podmínky)\b"
    r"|利用規約|サイトポリシー|使用条款|이용약관",
    re.IGNORECASE,
)
TERMS_PATH = re.compile(
    r"/(terms|tos|legal|conditions|nutzungsbedingungen|agb|mentions-legales|aviso-legal)\b", re.IGNORECASE
)
LICENSE_LINKS = "a[rel~=license], link[rel~=license], [itemprop=license]"
LICENSE_METAS = ", ".join(
    f"meta[{at}]"
    for at in ("name*=license i", "name*=licence i", "property*=license i", "name*=rights i", "name=copyright i")
)
LICENSE_KEYS = frozenset({"license", "licence", "rights", "license_url", "dcterms:license", "dct:license", "copyright"})
MOST = 5
LONGEST = 200
DEEPEST = 4


def terms_link(page: Page) -> str | None:
    """The address of the site's terms, by relation, by words, or by its own form; None where the page links none."""
    if page.is_json:
        return None
    if declared := next(page.links(TERMS_RELATIONS), None):
        return declared.url
    links = [
        (node.text, url)
        for node in page.select("a[href]")
        if isinstance(url := absolute(page.base, node.attr("href")), str)
    ]
    by_words = (url for text, url in links if len(text) < 60 and TERMS.search(text))
    by_path = (url for _, url in links if TERMS_PATH.search(url))
    return next(by_words, None) or next(by_path, None)


def licences(page: Page) -> tuple[str, ...]:
    """What a page says of its licence, as addresses or in its words."""
    found = _of_json(page.document) if page.is_json else _of_html(page)
    return tuple(dict.fromkeys(hint[:LONGEST] for hint in found if hint))[:MOST]


def _of_html(page: Page) -> Iterator[str]:
    for node in page.select(LICENSE_LINKS):
        address = absolute(page.base, node.attr("href") or "")
        yield address if isinstance(address, str) else node.text
    yield from ((node.attr("content") or "").strip() for node in page.select(LICENSE_METAS))
    for entity in page.linked_data:
        yield from _of_json(entity)


def _of_json(value: Any, depth: int = 0) -> Iterator[str]:
    """What stands at keys that tell of a licence, near the top of a value."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, dict) or depth > DEEPEST:
        return
    for key, inner in value.items():
        named = key.casefold() in LICENSE_KEYS
        if named and isinstance(inner, str):
            yield inner
        elif named and isinstance(inner, dict):
            yield str(inner.get("url") or inner.get("@id") or inner.get("name") or "")
        elif isinstance(inner, dict | list):
            yield from _of_json(inner, depth + 1)
