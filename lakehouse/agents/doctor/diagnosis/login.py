"""Login walls: pages that are shown to known visitors only."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urljoin, urlsplit

from lakehouse.agents.doctor.diagnosis.sight import Sight
from lakehouse.agents.scout.barriers import PASSWORD

IDENTITY = re.compile(
    r"(^|[/._-])(log-?(in|on)|sign-?in|auth|oauth2?|sso|saml2?|idp|otp|identity|adfs|openid|cas)([/._?-]|$)",
    re.IGNORECASE,
)
RETURNS = frozenset({
    "returnurl", "return_url", "return", "returnto", "return_to", "redirect", "redirect_uri", "redirecturl", "next",
    "continue", "goto", "service", "target", "relaystate", "wctx",
})  # fmt: skip
SHORT_PATH = 2
"""Parts of the path of a login; an article about signing in lies deeper, or has more of a name."""
CREDENTIALS = (
    f"{PASSWORD}, input[autocomplete=username i], input[autocomplete=current-password i],"
    " input[autocomplete=one-time-code i], input[name=SAMLRequest i], input[name=SAMLResponse i]"
)


def login(sight: Sight) -> str | None:
    """Return what shows that a page is a login, or None.

    The worse error is to miss one. A box to log in beside the records is everyday and no wall: all else must be gone.
    """
    if sight.status == 401 or "www-authenticate" in sight.headers:
        return "The answer asks for credentials."
    if not sight.is_html:
        return None
    if sight.url and _leads_to_login(sight.url, sight.page.url) and sight.is_bare("form"):
        return f"The address leads to {sight.page.url}, where visitors log in."
    if sight.has(CREDENTIALS) and sight.is_bare("form"):
        return "The page asks for credentials, and shows nothing else."
    if any(_leads_to_login(sight.page.url, link) for link in _doors(sight)) and sight.is_bare("form"):
        return "The page leads to a login that comes back here, and shows nothing else."
    return None


def _doors(sight: Sight) -> list[str]:
    """Return where the forms and links outside of the frame lead."""
    nodes = sight.page.select("form[action]:not(nav form, header form), a[href]:not(nav a, header a, footer a)")
    found = [node.attr("action") or node.attr("href") for node in nodes]
    return [joined for address in found if address and (joined := _joined(sight.page.base, address))]


def _joined(base: str, address: str) -> str | None:
    try:
        return urljoin(base, address)
    except ValueError:
        return None


def _leads_to_login(url: str, target: str) -> bool:
    """Tell whether an address is another one, of a login that will return to where the visitor came from."""
    here, there = urlsplit(url), urlsplit(target)
    if (here.netloc, here.path) == (there.netloc, there.path):
        return False
    if not IDENTITY.search(f"{there.hostname or ''}{there.path}"):
        return False
    if here.netloc != there.netloc:
        return True
    returns = {name.lower() for name in parse_qs(there.query)} & RETURNS
    return bool(returns) or len([part for part in there.path.split("/") if part]) <= SHORT_PATH
