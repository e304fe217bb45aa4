"""Reader of addresses: `link`."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from lakehouse.fetcher.node import Node
from lakehouse.fetcher.reading import note
from lakehouse.fetcher.values import Unread

NO_PAGE = ("#", "javascript:", "mailto:", "tel:", "sms:", "data:", "blob:", "about:")
CONTROL = re.compile(r"[\t\r\n]")
PATH = re.compile(r"[^?#]*")
MAX_ADDRESS = 1 << 16


def link(node: Node, *selectors: str) -> str | Unread | None:
    """Return an absolute address; None for what leads to no page (`javascript:`, `mailto:`, `#top`)."""
    for index, selector in enumerate(selectors or ("",)):
        found = node.first(selector) if selector else node
        address = found.address if found else None
        if address and (url := absolute(node.page.base, address)) is not None:
            return note(node, "link", selectors, index, url)
    return note(node, "link", selectors, -1, None)


def absolute(base: str, address: str) -> str | Unread | None:
    """Return an address joined to its base as a browser does; `Unread` where it cannot be one."""
    address = CONTROL.sub("", address).strip()
    if not address or address.lower().startswith(NO_PAGE):
        return None
    # Pages made on Windows write `..\docs\1.pdf`, and browsers understand it.
    address = PATH.sub(lambda path: path[0].replace("\\", "/"), address, count=1)
    try:
        url = urljoin(base, address.replace(" ", "%20"))
        urlsplit(url)
        # Half a surrogate pair, as JSON can spell it, is a ValueError here.
        url.encode()
    except ValueError as error:
        return Unread(address[:MAX_ADDRESS], "link", str(error)[:200])
    if len(url) > MAX_ADDRESS:
        return Unread(address[:MAX_ADDRESS], "link", f"it is longer than {MAX_ADDRESS} characters")
    return url
