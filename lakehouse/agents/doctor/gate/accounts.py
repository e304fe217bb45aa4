"""The accounts of a site: its names at social networks, and its numbers at shops of advertisements and of apps.

Nobody gives them up because the pages get a new dress, and no two sites share them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

NETWORK = re.compile(
    r"//(?:[a-z-]+\.)?(facebook|twitter|x|instagram|youtube|tiktok|linkedin|pinterest|threads|flickr|vimeo|bsky|github)"
    r"\.(?:com|net|app|de|fr|it|es|co\.uk)/((?:[\w@.%~+-]+/?){1,3})",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"ca-pub-(\d{8,})|app-id=(\d{6,})|fbq\(\s*[\"']init[\"'],\s*[\"'](\d{8,})"
    r"|fb:(?:pages|admins)[\"'][^<>]{0,40}?content=[\"'](\d{5,})"
    r"|site-verification[\"'][^<>]{0,40}?content=[\"']([\w-]{20,})",
    re.IGNORECASE,
)
SHELVES = frozenset("company school showcase user channel c in pages pg people profile photos groups".split())  # noqa: SIM905
"""What stands before the name of an account at some networks."""

NO_NAMES = frozenset(
    "sharer share sharearticle sharing intent home dialog plugins tr embed watch hashtag p pin reel oauth login "  # noqa: SIM905
    "policy policies privacy legal terms tos about help iframe_api player_api player search explore feed v video "
    "videos status i cws submit send js widgets playlist results events create settings shorts live v2 uas".split()
)
"""First parts of a network's addresses that name no account: to share a page, to sign in, to embed a film."""

SHORTEST = 3
NO_NAME = re.compile(r"\d{1,4}|[a-z]{2}_[a-z]{2}")
"""Years and languages."""


def accounts(markup: str) -> Iterator[str]:
    """Yield the accounts that a page names, links to share it left out."""
    text = markup.replace("\\/", "/")
    for network, path in NETWORK.findall(text):
        if name := _name(path.casefold()):
            yield f"{'twitter' if network.casefold() == 'x' else network.casefold()}/{name}"
    yield from (next(filter(None, found)) for found in NUMBER.findall(text))


def _name(path: str) -> str:
    """Return the name of an account that an address leads to, "" where it leads to none."""
    parts = [part.removeprefix("@") for part in path.split("/") if part]
    name = next((part for part in parts if part not in SHELVES), "")
    bare = name.removesuffix(".php").removesuffix(".js")
    if len(bare) < SHORTEST or bare in NO_NAMES or NO_NAME.fullmatch(bare):
        return ""
    return bare
