"""Consent walls: pages that show nothing before a visitor has agreed to something."""

from __future__ import annotations

from lakehouse.agents.doctor.diagnosis.sight import Sight
from lakehouse.agents.scout.barriers import ASKS, COVERS
from lakehouse.agents.scout.barriers import CHOICES as BUTTONS
from lakehouse.fetcher.html import HtmlNode

ASKING = (
    f"{ASKS}, form[action*=cookie i], form[action*=privacy i], [class*=cmp i], [id*=cmp i], [id*=age-gate i],"
    " [class*=age-gate i], [class*=agegate i], [class*=disclaimer i], form[action*=disclaimer i]"
)
CHOICES = f"{BUTTONS}, a[class*=btn i], a[class*=button i], a[href*=consent i], a[href*=accept i]"
MOST_CHOICES = 3
LONG = 2000
"""Characters that stand beside the buttons of a wall: terms are long."""
FRAMES = "iframe[src*=consent i], iframe[title*=consent i], iframe[src*=cmp i], iframe[id*=consent i]"
BOXES = f":is({COVERS}, form, main, section, body > div, body)"
TYPED = (
    "input:not([type]), input[type=text i], input[type=search i], input[type=password i], input[type=email i],"
    " input[type=tel i], textarea, select"
)


def consent(sight: Sight) -> str | None:
    """Return what shows that a page is a consent wall, or None.

    The worse error is to miss one. A banner over a page that is whole is everyday and no wall: all else must be gone.
    """
    if not sight.is_html:
        return None
    if sight.has(FRAMES) and sight.is_bare():
        return "The page is a frame that asks for consent, and nothing else."
    for node in sight.page.select(f"{BOXES}:is({ASKING}), {BOXES}:has(:is({ASKING}))"):
        if (
            isinstance(node, HtmlNode)
            and node.select(CHOICES)
            and not node.select(TYPED)
            and sight.is_bare(_css(node), LONG)
        ):
            return "The page asks for consent, with buttons to choose, and shows nothing else."
    if any(_is_choice(form) for form in sight.page.select(f"form, {COVERS}")) and sight.is_bare("form", LONG):
        return "The page is a choice between buttons, with nothing to fill in and nothing else to read."
    return None


def _css(node: HtmlNode) -> str:
    """Return CSS for the box itself; the whole body is no box, or else everything would be inside of it."""
    if node.tag in ("body", "html"):
        return ASKING
    identity = node.attr("id")
    if identity and '"' not in identity:
        return f'{node.tag}[id="{identity}"]'
    return f"{node.tag}:is({ASKING}), {node.tag}:has(:is({ASKING}))"


def _is_choice(form: object) -> bool:
    """Tell whether a form has two or three buttons, or one and a box to tick, and nothing that could be typed."""
    if not isinstance(form, HtmlNode) or form.select(f"{TYPED}, a[href]"):
        return False
    buttons, boxes = len(form.select(BUTTONS)), len(form.select("input[type=checkbox i]"))
    return 2 <= buttons + boxes <= MOST_CHOICES and buttons > 0
