"""Logins, challenges and consent walls, told by how a page is built."""

from __future__ import annotations

import pytest

from lakehouse.agents.scout.barriers import Barrier, barriers, wall
from lakehouse.fetcher import Page
from tests.agents.scout.listings import listing

LOGIN_BOX = (
    '<form action="/in"><label>Name<input name=u></label><input type="password" name=p><button>Sign in</button></form>'
)
CONSENT = (
    '<div role="dialog" class="cookie-box"><p>We use cookies.</p><button>Accept</button><button>Reject</button></div>'
)
PROSE = "<p>" + "The council met and spoke at length about the harbour. " * 30 + "</p>"


def page(body: str, head: str = "") -> Page:
    """Give a page of HTML."""
    return Page("https://a.example/", f"<html><head>{head}</head><body>{body}</body></html>".encode(), "text/html")


@pytest.mark.parametrize(
    ("body", "head", "kind"),
    [
        (f"<h1>Members</h1>{LOGIN_BOX}<a href=/forgot>Forgot?</a>", "", "login"),
        ("<p>One moment</p><script>document.cookie='a=1';location.reload()</script>", "", "challenge"),
        ("<p>Checking your browser</p><div id='challenge-form'></div>", "", "challenge"),
        ("<p>Are you human?</p><div class='g-captcha' data-sitekey='x'></div>", "", "challenge"),
        ("<p>Please wait</p>", '<meta http-equiv="refresh" content="3">', "challenge"),
        (f"<h1>Before you go on</h1>{CONSENT}", "", "consent"),
        (
            '<form action="/consent" class="consent"><button>I agree</button><button>Manage</button></form>',
            "",
            "consent",
        ),
    ],
)
def test_a_page_that_is_nothing_else_is_a_wall(body: str, head: str, kind: str) -> None:
    assert wall(page(body, head)) == kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"<header>{LOGIN_BOX}</header>{PROSE}", "login"),
        (f"{PROSE}{CONSENT}", "consent"),
        (f"{PROSE}<form><div data-sitekey='x'></div><button>Write to us</button></form>", "challenge"),
    ],
)
def test_what_lies_beside_the_text_is_seen_and_is_no_wall(body: str, kind: str) -> None:
    assert barriers(page(body)) == [Barrier(kind, is_wall=False)]  # type: ignore[arg-type]
    assert wall(page(body)) is None


@pytest.mark.parametrize(
    "body", [PROSE, "<p>No decisions this week.</p>", "<div id=app></div><script src=/app.js></script>", ""]
)
def test_other_pages_have_none(body: str) -> None:
    assert barriers(page(body)) == []


def test_a_listing_is_no_wall_even_with_a_login_on_it() -> None:
    assert wall(listing(range(1, 60), LOGIN_BOX)) is None
