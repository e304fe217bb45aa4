"""Addresses that an answer names beside its body, in the `Link` header (RFC 8288)."""

from __future__ import annotations

import re
from itertools import islice

SELECTOR = re.compile(r"header\(\s*+([^\s()]++)\s*+\)")
MOST = 100
# Nothing here is tried twice (`++`, `*+`): the header is whatever a server likes to send.
PARAMETER = re.compile(r"""\s*+;\s*+([\w!#$&+^`|~*.-]++)(?:\s*+=\s*+(?:"((?:[^"\\]|\\.)*+)"|([^\s;,"]*+)))?+""")
LINK = re.compile(rf"<([^<>]*+)>((?:{PARAMETER.pattern})*+)")


def relation_of(selector: str) -> str:
    """Return the relation that a selector asks the header for, as `header(next)` does; "" for any other selector."""
    asked = SELECTOR.fullmatch(selector.strip())
    return asked[1] if asked else ""


def related(header: str, relation: str) -> list[str]:
    """Return the addresses to which a `Link` header gives a relation; those about another page than this are none."""
    found = ((link[1].strip(), _parameters(link[2])) for link in islice(LINK.finditer(header), MOST))
    return [
        address
        for address, said in found
        if "anchor" not in said and relation.lower() in said.get("rel", "").lower().split()
    ]


def _parameters(written: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for name, quoted, plain in PARAMETER.findall(written):
        said.setdefault(name.lower(), quoted or plain)  # of a parameter that is repeated the first counts
    return said
