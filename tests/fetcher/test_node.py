"""What every node has, whatever the page is made of."""

from __future__ import annotations

import pytest

from lakehouse.fetcher import Page, SelectorError, items, link, text
from lakehouse.fetcher.data import EmptyNode
from lakehouse.fetcher.node import Node

RSS = b"<rss><channel><item><title>A</title><link>/a</link><category>x</category><category>y</category></item></rss>"
KINDS = {
    "html": (b"<div title=A><title>A</title><b href=/a>x</b></div>", lambda page: page.one("div"), "@title"),
    "json": (b'{"title": "A", "url": "/a", "tags": ["x", "y"]}', lambda page: page.one(), "title"),
    "csv": (b"title,url\nA,/a\n", lambda page: page.csv()[0], "title"),
    "feed": (RSS, lambda page: page.feed()[0], "title"),
    "script": (b'<script id=s>{"title": "A", "url": "/a"}</script>', lambda page: page.embedded("s")[0], "title"),
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> tuple[Node, str]:
    body, find, selector = KINDS[request.param]
    return find(Page("https://a.example/", body)), selector


def test_the_same_readers_read_every_kind(kind: tuple[Node, str]) -> None:
    node, selector = kind
    assert text(node, selector) == "A"
    assert items(node, selector) == ["A"]
    assert text(node, "nothing", default="none") == "none"


def test_the_first_is_the_first_of_all_that_are_selected(kind: tuple[Node, str]) -> None:
    node, selector = kind
    first = node.first(selector)
    assert first is not None
    assert [first.value] == [found.value for found in node.select(selector)]
    assert node.first("nothing") is None
    assert node.select("nothing") == []


def test_an_attribute_that_is_not_there_is_none(kind: tuple[Node, str]) -> None:
    node, _ = kind
    assert node.attr("title") == "A"
    assert node.attr("nothing") is None


def test_every_node_knows_its_page_and_shows_itself_in_short(kind: tuple[Node, str]) -> None:
    node, _ = kind
    assert node.page.url == "https://a.example/"
    assert all(child.page is node.page for child in node)
    assert 10 < len(repr(node)) < 150


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ('"/a"', "/a"),
        ('{"url": "/a", "link": "/b"}', "/a"),
        ('{"url": "", "link": "/b"}', "/b"),
        ('{"href": "/c"}', "/c"),
        ('{"@id": "/d"}', "/d"),
        ('{"url": {"href": "/e"}}', None),
        ("5", None),
        ('["/a"]', None),
        ("null", None),
    ],
)
def test_the_address_of_a_json_value_is_text_or_one_of_the_usual_keys(value: str, address: str | None) -> None:
    node = Page("https://a.example/", f'{{"v": {value}}}'.encode()).one().first("v")
    assert node is not None
    assert node.address == address


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ("<a href=/a>x</a>", "/a"),
        ("<img src=/b.png>", "/b.png"),
        ("<meta content=/c>", "/c"),
        ("<div data-href=/d><a href=/x>x</a></div>", "/d"),
        ("<form action=/e></form>", "/e"),
        ("<div><p><a>no</a><a href=/f>x</a></p></div>", "/f"),
        ("<a href=''><a href=/g>x</a></a>", None),
        ("<div>x</div>", None),
    ],
)
def test_the_address_of_an_element_is_its_own_or_that_of_the_first_link_inside(markup: str, address: str) -> None:
    tag = markup[1:].split(" ", maxsplit=1)[0].split(">", maxsplit=1)[0]
    found = Page("https://a.example/", markup.encode()).one(tag)
    assert found.address == address


@pytest.mark.parametrize("value", ["null", "5", "[]", '""', '"a & b"', '"<p>x"', "true"])
def test_any_value_can_be_taken_for_markup(value: str) -> None:
    node = Page("https://a.example/dir/", f'{{"v": {value}}}'.encode()).one().first("v")
    assert node is not None
    markup = node.as_html()
    assert markup.page is node.page
    assert markup.as_html() is markup
    assert (markup.first("p") is not None) == ("<p>" in value)


def test_links_inside_of_markup_in_a_value_start_at_the_page() -> None:
    node = Page("https://a.example/dir/", b'{"v": "<base href=https://evil.example/><a href=b>x</a>"}').one().first("v")
    assert node is not None
    assert link(node.as_html(), "a") == "https://a.example/dir/b"


def test_a_piece_that_is_not_there_is_a_node_without_anything() -> None:
    node = Page("https://a.example/", b"<p>x").one("article")
    assert isinstance(node, EmptyNode)
    assert (node.value, node.text, node.address, node.attr("x"), list(node)) == (None, "", None, None, [])
    assert text(node.as_html()) is None


@pytest.mark.parametrize("selector", ["> ", "p >", "::text", "p[", "//p", "p:unknown", "label(Filed"])
def test_a_selector_of_no_known_kind_is_an_error_and_never_nothing(selector: str) -> None:
    with pytest.raises(SelectorError):
        Page("https://a.example/", b"<p>x").one().first(selector)


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("li:is(.a, .b):not(:last-child)", "1 2"),
        ("li:nth-child(2n+1)", "1 3"),
        ("li:nth-child(-n+2)", "1 2"),
        ("li:nth-last-child(2 of .a)", "1"),
        ("ul:has(> li.b) > li:first-child", "1"),
        ("li:has(a[href^='/x'], a[href$='y'])", "2 3"),
        ("li:not(:has(a))", "1"),
        ("li:empty", ""),
        ("li.a ~ li", "2 3"),
        ("li[data-n='2']", "2"),
        ("LI.a", "1 3"),
        ("li:only-child", ""),
    ],
)
def test_selectors_that_count_look_inside_or_look_beside(css: str, found: str) -> None:
    markup = b"<ul><li class=a>1<li class=b data-n=2><a href=/xa>2</a><li class='a b'><a href=/y>3</a></ul>"
    assert " ".join(node.text for node in Page("https://a.example/", markup).select(css)) == found
