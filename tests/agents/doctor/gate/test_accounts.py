"""Accounts of a site at networks and shops tell it apart; links to share a page do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.gate.accounts import accounts
from lakehouse.agents.doctor.gate.identity import known_marks
from lakehouse.fetcher.page import Page


def page(markup: str) -> Page:
    return Page("https://mill.example/", f"<html><body>{markup}</body></html>".encode())


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ('<a href="https://www.instagram.com/old.mill/">', "instagram/old.mill"),
        ('<a href="//facebook.com/pages/OldMill/123456">', "facebook/oldmill"),
        ('<a href="https://x.com/oldmill">', "twitter/oldmill"),
        ('<a href="https://twitter.com/OldMill?lang=en">', "twitter/oldmill"),
        ('<a href="https://www.youtube.com/@oldmill/videos">', "youtube/oldmill"),
        ('<a href="https://www.linkedin.com/company/old-mill/">', "linkedin/old-mill"),
        ('{"sameAs":["https:\\/\\/www.pinterest.de\\/oldmill\\/"]}', "pinterest/oldmill"),
        ('<meta name="apple-itunes-app" content="app-id=123456789">', "123456789"),
        ('<script data-ad-client="ca-pub-1234567890123456">', "1234567890123456"),
        ("<script>fbq('init', '987654321012')</script>", "987654321012"),
        ('<meta name="google-site-verification" content="abcdefghijklmnopqrstuvwx">', "abcdefghijklmnopqrstuvwx"),
    ],
)
def test_an_account_is_found_however_it_is_written(markup: str, name: str) -> None:
    assert list(accounts(markup)) == [name]


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="https://www.facebook.com/sharer/sharer.php?u=https://mill.example">',
        '<a href="https://www.facebook.com/sharer.php?u=x">',
        '<a href="https://twitter.com/intent/tweet?text=x">',
        '<a href="https://www.linkedin.com/shareArticle?mini=true">',
        '<a href="https://pinterest.com/pin/create/button/">',
        '<iframe src="https://www.youtube.com/embed/abc123">',
        '<script src="https://connect.facebook.net/en_US/sdk.js">',
        '<html xmlns:fb="http://www.facebook.com/2008/fbml">',
        '<a href="https://www.instagram.com/">',
        '<a href="https://notfacebook.com/oldmill">',
        "my facebook.com friends",
    ],
)
def test_what_any_site_may_link_to_is_no_account(markup: str) -> None:
    assert list(accounts(markup)) == []


def test_a_site_is_known_by_its_account_after_a_redesign() -> None:
    old = page('<a href="https://twitter.com/oldmill">Follow us</a>')
    new = page('<footer><a class="icon" href="https://x.com/OldMill/"></a></footer>')
    other = page('<a href="https://twitter.com/newmill">Follow us</a>')
    assert known_marks(old, new) == 1.0
    assert known_marks(old, other) == 0.0


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert all(name and "//" not in name for name in accounts(f"//facebook.com/{text} {text}"))
