"""What stands between a visitor and the records of a page: a login, a challenge, a consent wall; told by structure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from lakehouse.fetcher.html import HtmlNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.fetcher.page import Page

Kind = Literal["login", "challenge", "consent"]

LITTLE = 600
"""Characters of text, beside the barrier's own, up to which a page has nothing else to show."""
FEW_LINKS = 4
PASSWORD = "input[type=password i]"  # noqa: S105 - a selector
PUZZLE = (
    "[data-sitekey], [class*=captcha i], [id*=captcha i], iframe[src*=captcha i], [id*=challenge i],"
    " [class*=challenge i], form[action*=challenge i]"
)
RELOADS = re.compile(
    r"document\.cookie\s*=|location\.(?:reload|replace|href)|window\.location\s*=|challenge|captcha", re.IGNORECASE
)
COVERS = "[role=dialog], [role=alertdialog], [aria-modal=true], dialog[open], [class*=modal i], [class*=overlay i]"
ASKS = (
    "[id*=consent i], [class*=consent i], [id*=cookie i], [class*=cookie i], form[action*=consent i], [id*=gdpr i],"
    " [class*=gdpr i]"
)
CHOICES = "button, input[type=submit], input[type=button], a[role=button]"


class Barrier(NamedTuple):
    """Something that a visitor meets first; a wall leaves nothing to read, anything else only lies beside the text."""

    kind: Kind
    is_wall: bool


def barriers(page: Page) -> list[Barrier]:
    """The barriers of an HTML page, walls first."""
    return sorted(_barriers(page), key=lambda barrier: not barrier.is_wall)


def wall(page: Page) -> Kind | None:
    """The barrier that leaves nothing to read, if there is one."""
    return next((barrier.kind for barrier in barriers(page) if barrier.is_wall), None)


def _barriers(page: Page) -> Iterator[Barrier]:
    length = len(own_text(page))
    if page.select(PASSWORD):
        yield Barrier(
            "login",
            is_wall=length - length_of(page, "form") < LITTLE and len(page.select("table tr, article")) < FEW_LINKS,
        )
    is_bare = length < LITTLE and len(page.select("a[href]")) < FEW_LINKS
    if page.select(PUZZLE) or (is_bare and _leaves_by_itself(page)):
        yield Barrier("challenge", is_wall=is_bare)
    asked = _asked(page)
    if asked is not None:
        yield Barrier(
            "consent", is_wall=length - len(asked.text) < LITTLE and len(page.select("a[href]")) < 3 * FEW_LINKS
        )


def own_text(page: Page) -> str:
    """The text of a page's body, as a browser shows it."""
    return (page.html.first("body") or page.html).text


def length_of(page: Page, css: str) -> int:
    """The length of the text of the outermost elements that CSS finds."""
    nodes = [node for node in page.select(css) if isinstance(node, HtmlNode)]
    return sum(len(node.text) for node in nodes if node.parent is None or node.parent.closest(css) is None)


def _leaves_by_itself(page: Page) -> bool:
    """Whether a page goes on to another, or to itself, without being asked."""
    if page.select("meta[http-equiv=refresh i]"):
        return True
    scripts = " ".join(script.raw_text for script in page.select("script:not([src])") if isinstance(script, HtmlNode))
    return bool(RELOADS.search(scripts)) and not page.select("div[id]:empty, main:empty")


def _asked(page: Page) -> HtmlNode | None:
    """The widest part that covers the page, or stands in its place, and asks for consent with buttons to choose."""
    for node in page.select(f":is({COVERS}, form, main, body > div, section):is({ASKS})") + page.select(
        f":is({COVERS}):has(:is({ASKS}))"
    ):
        if isinstance(node, HtmlNode) and node.select(CHOICES):
            return node
    return None
