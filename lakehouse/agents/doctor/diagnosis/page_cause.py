"""Why one capture gave no page to read, or that it did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.challenge import challenge
from lakehouse.agents.doctor.diagnosis.consent import consent
from lakehouse.agents.doctor.diagnosis.facts import Failing
from lakehouse.agents.doctor.diagnosis.login import login
from lakehouse.agents.doctor.diagnosis.partial import partial
from lakehouse.agents.doctor.diagnosis.quiet import is_without_rows
from lakehouse.agents.doctor.diagnosis.sight import Sight
from lakehouse.agents.doctor.diagnosis.soft_404 import soft_404, soft_status
from lakehouse.agents.doctor.diagnosis.too_deep import too_deep
from lakehouse.agents.doctor.incident import Class
from lakehouse.fetcher.page import Page

WALLS = (challenge, login, consent)

ERRORS: tuple[tuple[str, Class], ...] = (
    (r"robots\.txt could not be read", "transient"),
    (r"robots\.txt (forbids|wants)", "blocked"),
    (r"asks to be left alone", "limited"),
    (r"is not one of the source's hosts", "moved"),
    (r"redirects (come back|do not end)", "blocked"),
    (r"no whole answer|no connection|no usable answer|the body |browser could not render|browser does not answer"
     r"|did not start in", "transient"),
)  # fmt: skip
"""The words of `lakehouse.web` for why there is no answer: captures keep them as text."""
FETCHER = re.compile(r"the fetcher (raised|gave no answer|wanted more)")
"""What `lakehouse.sandbox` says of the fetcher: the page itself came."""

REFUSED = frozenset({401, 403, 407, 451})
GONE = frozenset({404, 410})
PASSING = frozenset({408, 425})
LIMITED = 429
UNAVAILABLE = 503
MOSTLY_GONE = 0.6
REPLACED = (
    "Next to nothing is left of the known page, and what stands there is not known; where scripts bring the page now,"
    " `render: true` in source.yaml may show it."
)


@dataclass(frozen=True)
class PageCause:
    """The cause that one capture speaks for, and how; `cause` is None for a whole page, `address` is where it led.

    `is_page` says that what came from there may be the page.
    """

    cause: Class | None = None
    says: str = ""
    address: str = ""
    is_page: bool = False


def page_cause(failing: Failing, known: Known | None = None) -> PageCause:
    """Return what one capture speaks for, looking at the answer first, then at the page.

    The worse error is to take a wall for the page: so walls are looked for before anything else that a page can be,
    whatever the status; and a page that still shows known records is whole, whatever stands beside them.
    """
    if failing.error and not FETCHER.search(failing.error):
        return _of_error(failing)
    if failing.page is None:
        return PageCause("unknown", f"Nothing was kept of {failing.url}.") if not failing.error else PageCause()
    sight = Sight(failing.page, known, failing.url, failing.status, failing.headers, failing.nonsense)
    said = f"{failing.url} answered {failing.status}."
    return _of_wall(sight) or _of_status(failing, failing.status or 200, said) or _of_page(failing, sight)


def _of_error(failing: Failing) -> PageCause:
    for pattern, cause in ERRORS:
        if re.search(pattern, failing.error):
            address = failing.error.partition(": ")[0] if cause == "moved" else ""
            return PageCause(cause, f"{failing.url} gave no answer: {_without_address(failing.error)}", address)
    return PageCause("unknown", f"{failing.url} gave no answer: {_without_address(failing.error)}")


def _without_address(error: str) -> str:
    first, colon, rest = error.partition(": ")
    return rest if colon and "://" in first else error


def _of_wall(sight: Sight) -> PageCause | None:
    said = next((said for wall in WALLS if (said := wall(sight))), None)
    return PageCause("blocked", said) if said else None


def _of_status(failing: Failing, status: int, says: str) -> PageCause | None:
    if status == LIMITED or (status == UNAVAILABLE and _retry_after(failing.headers)):
        return PageCause("limited", says)
    if status in REFUSED:
        return PageCause("blocked", says)
    if status in GONE:
        return PageCause("moved", says)
    if status >= 500 or status in PASSING:
        return PageCause("transient", says)
    return PageCause("unknown", says) if status >= 400 else None


def _retry_after(headers: Mapping[str, str]) -> str:
    return headers.get("retry-after", "")


def _of_page(failing: Failing, sight: Sight) -> PageCause:
    known = sight.known.page if sight.known else None
    if said := too_deep(sight.page):
        return PageCause("unknown", said)
    if said := partial(sight.page, known):
        return PageCause("transient", said)
    if sight.shows_records and _same_address(failing.url, sight.page.url):
        return PageCause()
    if cause := _of_soft_error(failing, sight):
        return cause
    if _went_elsewhere(failing.url, sight.page, known):
        return PageCause("moved", f"{failing.url} leads to {sight.page.url} now.", sight.page.url, is_page=True)
    return PageCause("unknown", REPLACED) if _is_replaced(sight) else PageCause()


def _of_soft_error(failing: Failing, sight: Sight) -> PageCause | None:
    if status := soft_status(sight):
        said = f"The page calls itself by the status {status}, and shows nothing else."
        return _of_status(failing, status, said) or PageCause("unknown", said)
    missing = soft_404(sight)
    return PageCause("moved", missing) if missing else None


def _is_replaced(sight: Sight) -> bool:
    """Tell whether a page lost its content and its frame.

    A build of a wall that no detector knows must never be repaired: a fetcher would learn it.
    """
    remains = sight.remains
    if remains is None or remains.records or is_without_rows(remains.page, remains.known):
        return False
    return sight.is_bare("form") and remains.shrank < MOSTLY_GONE


def _went_elsewhere(url: str, page: Page, known: Page | None) -> bool:
    """Tell whether a redirect led to another place, and did not on the good day."""
    return not _same_address(url, page.url) and (known is None or not _same_address(known.url, page.url))


def _same_address(one: str, other: str) -> bool:
    """Tell whether two addresses differ in nothing but scheme, `www.`, a last slash, an index file or the query."""
    return _place(one) == _place(other)


def _place(url: str) -> str:
    parts = urlsplit(url)
    path = re.sub(r"/(index|default)\.\w{3,5}$", "", parts.path).rstrip("/")
    return f"{(parts.netloc or '').removeprefix('www.')}{path}"
