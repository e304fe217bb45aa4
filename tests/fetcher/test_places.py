"""Places in text and in the page: own text, lines, and what stands above a node."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import Page, items, text
from lakehouse.fetcher.places import split_place

HTML = b"""<h2>May</h2><ul><li>a</li><li>b</li></ul>
<h2>June</h2><ul><li>c <b>bold</b> d<br>second<p>third</p></li></ul><pre>x\ny</pre>"""


def page(body=HTML):
    return Page("https://a.example/", body)


@pytest.mark.parametrize(
    ("selector", "value"),
    [
        ("li:has(b) own()", "c d second"),
        ("li:has(b) line(1)", "c bold d"),
        ("li:has(b) line(2)", "second"),
        ("li:has(b) line(-1)", "third"),
        ("li:has(b) line(9)", None),
        ("pre line(2)", "y"),
        ("h5 own()", None),
    ],
)
def test_a_place_gives_part_of_the_text(selector, value):
    assert text(page().one(), selector) == value


def test_all_lines_of_an_element_are_items():
    assert items(page().one(), "li:has(b) lines()") == ["c bold d", "second", "third"]


def test_lines_are_those_of_every_element_that_is_found():
    assert items(page().one(), "ul lines()") == ["a", "b", "c bold d", "second", "third"]


def test_lines_may_be_those_beside_a_label():
    listed = page(b"<b>Parts:</b><ul><li>leek<li>salt</ul>")
    assert items(listed.one(), "label(Parts) lines()") == ["leek", "salt"]


def test_each_row_has_the_nearest_heading_above():
    assert [text(row, "preceding(h2)") for row in page().select("li")] == ["May", "May", "June"]


def test_a_node_with_nothing_above_has_no_heading():
    assert text(page().select("h2")[0], "preceding(h2)") is None


def test_headings_of_markup_inside_a_value_are_found_in_that_markup():
    inner = Page("https://a.example/", b'{"body": "<h4>Inner</h4><p>x</p>"}').json("body")[0].as_html()
    assert text(inner.select("p")[0], "preceding(h4)") == "Inner"


def test_plain_css_is_no_place():
    assert split_place("li:has(b)") is None


@given(st.lists(st.text(alphabet="abc", min_size=1), min_size=1, max_size=6))
def test_lines_are_what_breaks_part(parts):
    node = page(f"<p>{'<br>'.join(parts)}</p>".encode()).select("p")[0]
    assert items(node, "lines()") == parts
