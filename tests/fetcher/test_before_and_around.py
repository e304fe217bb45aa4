"""Where a node stands among all that a selector finds: under a heading, inside of something, or one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import Page, SelectorError
from lakehouse.fetcher.html import HtmlNode

TREE = "<section id=s><h2 id=a>A</h2><div id=b><h2 id=c>B</h2><p id=d>1</p></div><p id=e>2</p></section><p id=f>3</p>"


def by_id(markup: str, name: str) -> HtmlNode:
    found = Page("https://a.example/", markup.encode()).html.first(f"#{name}")
    assert isinstance(found, HtmlNode)
    return found


def name(node: HtmlNode | None) -> str | None:
    return node.attr("id") if node else None


@pytest.mark.parametrize(
    ("start", "css", "nearest"),
    [
        ("d", "h2", "c"),
        ("e", "h2", "c"),
        ("f", "h2", "c"),
        ("b", "h2", "a"),
        ("c", "h2", "a"),
        ("a", "h2", None),
        ("d", "div", "b"),
        ("d", "section > h2", "a"),
        ("f", "section", "s"),
        ("d", "p", None),
        ("f", "h2, p", "e"),
        ("f", "h3", None),
    ],
)
def test_the_nearest_that_begins_before_is_found_at_any_depth(start: str, css: str, nearest: str | None) -> None:
    assert name(by_id(TREE, start).preceding(css)) == nearest


@pytest.mark.parametrize("order", ["abcdefs", "sfedcba", "fffaaa"])
def test_the_answer_does_not_depend_on_who_asked_before(order: str) -> None:
    page = Page("https://a.example/", TREE.encode())
    asked = {start: name(page.html.first(f"#{start}").preceding("h2")) for start in order}  # pyright: ignore
    alone = {start: name(by_id(TREE, start).preceding("h2")) for start in order}
    assert asked == alone


elements = st.recursive(
    st.sampled_from(["<h2>x</h2>", "<p>y</p>", "text"]),
    lambda inner: st.lists(inner, max_size=4).map(lambda parts: f"<div>{''.join(parts)}</div>"),
    max_leaves=12,
)


@given(elements)
def test_every_element_knows_the_heading_that_was_last_in_the_order_of_the_document(markup: str) -> None:
    page = Page("https://a.example/", markup.encode())
    last = None
    for node in page.select("*"):
        assert isinstance(node, HtmlNode)
        assert node.preceding("h2") == last
        last = node if node.tag == "h2" else last


@pytest.mark.parametrize(
    ("start", "css", "around"),
    [
        ("d", "p", "d"),
        ("d", "div", "b"),
        ("d", "section", "s"),
        ("d", "section > div", "b"),
        ("d", "div:has(h2)", "b"),
        ("d", "h2", None),
        ("f", "section", None),
    ],
)
def test_the_closest_is_the_node_itself_or_what_is_around_it(start: str, css: str, around: str | None) -> None:
    assert name(by_id(TREE, start).closest(css)) == around


def test_what_a_node_matches_may_name_what_is_around_it() -> None:
    node = by_id(TREE, "d")
    assert node.matches("section p")
    assert node.matches("div > h2 + p")
    assert not node.matches("section > p")
    assert not by_id(TREE, "b").matches("p")


def test_equal_markup_is_not_the_same_node() -> None:
    first, second = Page("https://a.example/", b"<i>x</i><i>x</i>").select("i")
    assert first.html == second.html  # pyright: ignore[reportAttributeAccessIssue]
    assert first != second
    assert first == first.page.select("i")[0]
    assert len({first, second, *first.page.select("i")}) == 2


def test_a_selector_that_cannot_be_read_is_named_by_whatever_asked() -> None:
    node = by_id(TREE, "d")
    for ask in (node.preceding, node.closest, node.matches):
        with pytest.raises(SelectorError, match="'p:contains"):
            ask("p:contains(x)")
