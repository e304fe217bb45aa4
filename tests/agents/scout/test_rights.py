"""Terms and licences as pages tell them."""

from __future__ import annotations

import json

import pytest

from lakehouse.agents.scout.rights import licences, terms_link
from lakehouse.fetcher import Page

BY = "https://creativecommons.example/by/4.0/"


def page(body: str) -> Page:
    """Give a page of HTML."""
    return Page("https://a.example/list", f"<html>{body}</html>".encode(), "text/html")


@pytest.mark.parametrize(
    "link",
    [
        '<a rel="terms-of-service" href="/t">x</a>',
        '<a href="/t">Terms of Use</a>',
        '<a href="/t">Nutzungsbedingungen</a>',
        '<a href="/t">Mentions légales</a>',
        '<a href="/t">利用規約</a>',
    ],
)
def test_the_link_to_the_terms_is_found(link: str) -> None:
    assert terms_link(page(f'<a href="/about">About</a>{link}')) == "https://a.example/t"


def test_an_address_may_tell_of_terms_where_words_do_not() -> None:
    assert terms_link(page('<a href="/legal"><img></a>')) == "https://a.example/legal"


def test_pages_without_terms_have_none() -> None:
    assert (
        terms_link(page('<a href="/about">In terms that everybody understands, and too long to be a link to them</a>'))
        is None
    )
    assert terms_link(Page("https://a.example/", b'{"terms": "/t"}')) is None


@pytest.mark.parametrize(
    "body",
    [
        f'<a rel="license" href="{BY}">CC</a>',
        f'<link rel="license" href="{BY}">',
        f'<meta name="license" content="{BY}">',
        f'<meta name="dcterms.rights" content="{BY}">',
        f'<span itemprop="license">{BY}</span>',
        f'<script type="application/ld+json">{json.dumps({"@type": "Dataset", "license": BY})}</script>',
        f'<script type="application/ld+json">{json.dumps({"@type": "Dataset", "license": {"url": BY}})}</script>',
    ],
)
def test_a_licence_is_found_wherever_it_stands(body: str) -> None:
    found = licences(page(body))
    assert found in ((BY,), ("https://a.example/list",)) or BY in found


def test_answers_of_json_may_tell_their_licence() -> None:
    told = Page(
        "https://a.example/", json.dumps({"meta": {"license": "CC BY 4.0"}, "rows": [{"license": "no"}]}).encode()
    )
    assert licences(told) == ("CC BY 4.0", "no")
    assert licences(Page("https://a.example/", b'[{"a": 1}]')) == ()


def test_no_licence_is_made_up() -> None:
    assert licences(page("<p>The driving license office is open.</p>")) == ()
