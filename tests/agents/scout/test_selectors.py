"""Selectors for the parts of a row: each leads back to its element, and the steadiest comes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.rows import Row
from lakehouse.agents.scout.selectors import cost, numbered, own_selectors, row_selectors
from lakehouse.fetcher.html import HtmlNode
from tests.agents.scout.trees import all_of, page_of, rows_with, tree_of

LEAF = st.sampled_from(["b", "span", "em", "p", "time"])
NAMES = st.sampled_from(["", "name", "price tag", "maker", "odd"])
PARTS = st.recursive(
    st.builds(lambda tag, names: f'<{tag} class="{names}">x</{tag}>', LEAF, NAMES),
    lambda inner: st.builds(
        lambda names, parts: f'<div class="{names}">{"".join(parts)}</div>',
        NAMES,
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


def element_of(body, tag):
    return all_of(tree_of(page_of(body)), lambda element: element.tag == tag)[0]


@given(st.lists(PARTS, min_size=1, max_size=4))
def test_every_selector_of_a_row_finds_the_element_it_is_meant_for(parts):
    page = page_of(f"<section>{''.join(parts)}</section>")
    row = rows_with(tree_of(page), "section")[0]
    node = HtmlNode(page, row.nodes[0])
    for element, selector in row_selectors(row):
        found = [hit.nodes[0].mem_id for hit in node.select(selector) if isinstance(hit, HtmlNode)]
        assert element.node.mem_id in found, selector


@given(st.lists(LEAF, min_size=1, max_size=6), st.integers(0, 5))
def test_the_number_of_an_element_is_its_own_among_its_siblings(tags, place):
    page = page_of(f"<section>{''.join(f'<{tag}>x</{tag}>' for tag in tags)}</section>")
    section = rows_with(tree_of(page), "section")[0].tops[0]
    child = section.children[place % len(tags)]
    found = HtmlNode(page, section.node).select(numbered(child))
    assert [hit.nodes[0].mem_id for hit in found if isinstance(hit, HtmlNode)] == [child.node.mem_id]


@pytest.mark.parametrize(
    ("body", "tag", "selectors"),
    [
        ('<b itemprop="name label" class=big>x</b>', "b", ['[itemprop="name"]', "b.big", "b"]),
        ('<i data-role="price">x</i>', "i", ['i[data-role="price"]', "i"]),
        ('<i data-role="4711">x</i>', "i", ["i"]),
        ("<table><tr><td>a<td class=fee>b</table>", "td", ["td:nth-child(1)"]),
        ("<a href=/x.pdf>x</a>", "a", ['a[href$=".pdf"]', "a"]),
        ("<a href=/x.pdf?v=1>x</a>", "a", ["a"]),
    ],
)
def test_an_element_is_named_by_what_means_something_first(body, tag, selectors):
    assert list(own_selectors(element_of(body, tag))) == selectors


def test_an_element_that_is_a_row_by_itself_is_not_sought_below_itself():
    row = rows_with(tree_of(page_of("<li class=x><b>one</b></li>")), "li")[0]
    assert {element.tag for element, _ in row_selectors(row)} == {"b"}


def test_the_parts_of_a_run_are_told_by_their_order_too():
    tree = tree_of(page_of("<div><h2>a</h2><p>b</p><p>c</p></div>"))
    div = all_of(tree, lambda element: element.tag == "div")[0]
    given_by = {element.text: selector for element, selector in row_selectors(Row(div.children, div))}
    assert (given_by["b"], given_by["c"]) == ("h2 + p", "h2 + p + p")


@pytest.mark.parametrize(
    ("steadier", "more_brittle"),
    [
        ('[itemprop="name"]', "b.name"),
        ('td[headers="fee"]', "td:nth-child(3)"),
        ("b.name", "b"),
        ("b", "b:nth-of-type(2)"),
        ("b:nth-of-type(2)", "div:nth-of-type(1) b:nth-of-type(2)"),
        ("label(Fee)", "line(2)"),
        ("p own()", "p line(1)"),
    ],
)
def test_what_means_something_costs_less_than_where_it_stands(steadier, more_brittle):
    assert cost(steadier) < cost(more_brittle)
