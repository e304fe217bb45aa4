"""CSS for rows: exactly these elements, by what is likely to stay."""

from __future__ import annotations

import pytest

from lakehouse.agents.scout.outline import outline
from lakehouse.agents.scout.row_css import brittleness, row_css
from lakehouse.fetcher import Page


def tree(body):
    return outline(Page("https://a.example/", f"<body>{body}</body>".encode()).html.nodes[0])


def chosen(page, test):
    return row_css(page, [element for element in page.elements if test(element)])


@pytest.mark.parametrize(
    ("body", "wanted", "css"),
    [
        (
            "<div class=card>one</div><div class=card>two</div><div>three</div>",
            lambda e: "card" in e.classes,
            "div.card",
        ),
        ("<ul><li>one</ul><ul class=list><li>two<li>three</ul>", lambda e: e.text in ("two", "three"), "ul.list > li"),
        ("<ul><li>one</ul><ul id=news><li>two<li>three</ul>", lambda e: e.text in ("two", "three"), "#news > li"),
        (
            "<p itemprop=item>one<p itemprop=item>two<p>three",
            lambda e: "itemprop" in e.attributes,
            'p[itemprop="item"]',
        ),
    ],
)
def test_names_are_taken_before_positions(body, wanted, css):
    assert chosen(tree(body), wanted) == (css, 1.0)


def test_rows_without_any_name_are_told_by_what_they_hold():
    page = tree("<table><tr><th>Day<tr><td><a href=/1>one</a><tr><td><a href=/2>two</a></table>")
    css, fit = chosen(page, lambda e: e.tag == "tr" and "a" in {child.tag for child in e.below()})
    assert ":has(" in css
    assert fit == 1.0


def test_elements_without_text_do_not_spoil_a_simple_selector():
    page = tree("<ul><li>one</li><li></li><li>two</li></ul>")
    css, fit = chosen(page, lambda e: e.tag == "li" and bool(e.text))
    assert ":" not in css
    assert fit == 1.0


def test_hashed_classes_and_numbered_ids_are_not_used():
    css, _ = chosen(
        tree("<div id=row-12345><p class=css-1a2b3c4>one<p class=css-1a2b3c4>two</div>"), lambda e: e.tag == "p"
    )
    assert "css-" not in css
    assert "12345" not in css


def test_an_absence_is_more_brittle_than_a_presence_and_that_than_a_name():
    assert brittleness("tr:not(:has(span))") > brittleness("tr:has(td)") > brittleness("tr.row")
