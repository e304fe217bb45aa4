"""Challenges: pages that want proof that a person, or a real browser, is looking."""

from __future__ import annotations

import re
from collections.abc import Callable

from lakehouse.agents.doctor.diagnosis.sight import Sight
from lakehouse.agents.scout.barriers import PUZZLE, RELOADS

WIDGETS = (
    f"{PUZZLE}, script[src*=captcha i], script[src*=challenge i], iframe[src*=challenge i], img[src*=captcha i],"
    " [name*=captcha i], [id*=captcha i]"
)
WORK = re.compile(r"crypto\.subtle|sha-?256|difficulty|proof.?of.?work|navigator\.webdriver|challenge", re.IGNORECASE)
HEADER = re.compile(r"challenge|captcha", re.IGNORECASE)
NO_CREDENTIALS = frozenset({"www-authenticate", "proxy-authenticate", "content-security-policy", "set-cookie"})
SHORT_VALUE = 40
"""Characters of a header that is a word, and no list of rules."""
LITTLE_TEXT = 400
"""Characters of text of a page that is nothing but its scripts."""


def challenge(sight: Sight) -> str | None:
    """Return what shows that a page is a challenge, or None.

    The worse error is to miss one: a repair would learn the challenge. So with nothing else on the page one sign is
    enough; a puzzle beside the records, as in a form to write to the site, never is.
    """
    if said := _by_header(sight):
        return said
    if not sight.is_html or not sight.is_bare("form"):
        return None
    return next((said for shows, said in SIGNS if shows(sight)), None)


def _only_waits(sight: Sight) -> bool:
    return sight.has("meta[http-equiv=refresh i]") and not sight.has("main li, main tr")


def _works(sight: Sight) -> bool:
    leaves = RELOADS.search(sight.inline_script) or sight.has("script[id*=challenge i]")
    return bool(leaves and WORK.search(sight.inline_script))


def _leaves(sight: Sight) -> bool:
    says_little = len(sight.outline.root.text) < LITTLE_TEXT
    return bool(RELOADS.search(sight.inline_script)) and says_little and not _mounts(sight)


SIGNS: tuple[tuple[Callable[[Sight], bool], str], ...] = (
    (lambda sight: sight.has(WIDGETS), "The page holds a puzzle for visitors, and nothing else."),
    (_only_waits, "The page only asks to be loaded again after a while."),
    (_works, "The page lets the browser do a piece of work, and shows nothing else."),
    (_leaves, "The page is a script that sets a cookie or goes elsewhere, and next to no text."),
)


def _by_header(sight: Sight) -> str | None:
    for name, value in sight.headers.items():
        if name not in NO_CREDENTIALS and (HEADER.search(name) or (len(value) < SHORT_VALUE and HEADER.search(value))):
            return f"The answer carries the header {name!r}, which speaks of a challenge."
    return None


def _mounts(sight: Sight) -> bool:
    """Tell whether the page has a place where its scripts put things, as applications have."""
    return sight.has("div[id]:empty, main:empty") and sight.has("script[src]")
