"""Headings above rows: what is printed once for several rows, and never what stands in a row itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.heads import heads
from tests.agents.scout.trees import page_of, rows_with, slots_of, tree_of

MONTHS = st.lists(
    st.tuples(st.sampled_from(["May", "June", "July", "August"]), st.integers(1, 4)), min_size=2, max_size=5
)


def heads_of(body, tag="li"):
    tree = tree_of(page_of(body))
    return heads(tree, rows_with(tree, tag))


@given(MONTHS)
def test_the_heading_of_each_group_is_a_value_of_every_row_below_it(groups):
    body = "".join(
        f"<h2>{month}</h2><ul>{''.join(f'<li>row {number}</li>' for number in range(size))}</ul>"
        for month, size in groups
    )
    page = page_of(body)
    rows = rows_with(tree_of(page), "li")
    above = heads(tree_of(page), rows)
    expected = [month for month, size in groups for _ in range(size)]
    assert "h2" in above
    assert expected in [slot.values for slot in slots_of(page, rows, above)]


def test_one_heading_above_all_rows_belongs_to_all():
    assert heads_of("<h1>Saws</h1><ul><li>one<li>two<li>three</ul>") == ["h1"]


def test_a_line_above_all_rows_counts_only_with_a_day_in_it():
    assert "p" in heads_of("<p>Filed on May 3, 2026</p><ul><li>one<li>two</ul>")
    assert "p" not in heads_of("<p>Welcome to our shed</p><ul><li>one<li>two</ul>")


def test_what_stands_inside_a_row_is_no_heading_of_it():
    assert heads_of("<h3>Saws</h3><ul><li><h3>one</h3>a<li><h3>two</h3>b</ul>") == []


def test_a_class_tells_headings_from_like_elements_in_rows():
    body = "<p class=day>Monday</p><ul><li><p>a</p><li><p>b</p></ul><p class=day>Tuesday</p><ul><li><p>c</p></ul>"
    assert heads_of(body) == ["p.day"]


def test_an_element_around_the_rows_is_no_heading():
    assert "div" not in heads_of("<div>Filed on May 3, 2026 <ul><li>one<li>two</ul></div>")


def test_what_comes_after_the_last_row_is_no_heading():
    assert heads_of("<ul><li>one<li>two</ul><h2>Contact</h2><h2>Imprint</h2>") == []


def test_long_text_is_no_heading():
    assert heads_of(f"<h2>{'word ' * 60}</h2><ul><li>one<li>two</ul>") == []


def test_no_rows_have_no_headings():
    assert heads_of("<h2>Saws</h2>") == []


def test_a_day_above_all_rows_is_found_though_its_element_is_like_those_in_rows():
    page = page_of(
        "<table class=feed><thead><tr><td><strong>Decided on May 3, 2026</strong></td></tr></thead></table>"
        "<ul><li><strong>one</strong> a<li><strong>two</strong> b</ul>"
    )
    rows = rows_with(tree_of(page), "li")
    above = heads(tree_of(page), rows)
    assert "strong" not in above
    assert "thead strong" in above
    assert ["Decided on May 3, 2026"] * 2 in [slot.values for slot in slots_of(page, rows, above)]


def test_a_day_is_found_by_its_id():
    body = (
        "<table><tr><td id=printed>May 3, 2026</td></tr></table><table><tr><td>a<td>b</tr><tr><td>c<td>d</tr></table>"
    )
    tree = tree_of(page_of(body))
    assert "#printed" in heads(tree, rows_with(tree, "tr")[1:])
