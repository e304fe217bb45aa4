"""Readers of text and of lists of text, and the cutters that all readers share."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import Page, date, items, link, number, text
from lakehouse.fetcher.cut import cut


def html(markup):
    return Page("https://a.example/", markup.encode()).one()


def data(value):
    page = Page("https://a.example/", b"{}", "application/json")
    page.document = value
    return page.one()


def test_selectors_are_tried_in_order_and_empty_text_does_not_answer():
    row = html("<p class=a> </p><p class=b>B</p><p class=c>C")
    assert text(row, ".zzz", ".a", ".b", ".c") == "B"


def test_only_the_first_element_of_a_selector_counts():
    assert text(html("<td></td><p></p><p>second</p>"), "p") is None


def test_without_a_selector_the_node_itself_is_read():
    assert text(html("<p>x</p>")) == "x"


def test_a_default_stands_in_where_nothing_was_there():
    assert text(html("<p></p>"), "p", default="none") == "none"
    assert text(html("<p></p>"), "p") is None


@pytest.mark.parametrize(
    ("options", "value"),
    [
        ({"after": "No. "}, "12-3, filed 2024-01-31 | open"),
        ({"after": "No. ", "before": ","}, "12-3"),
        ({"before": "zzz"}, "Case No. 12-3, filed 2024-01-31 | open"),
        ({"separator": "|", "part": 1}, "open"),
        ({"separator": "|", "part": -2, "after": "filed"}, "2024-01-31"),
        ({"separator": "|"}, "Case No. 12-3, filed 2024-01-31"),
        ({"pattern": r"(\d+)-\d+"}, "12"),
        ({"pattern": r"\d+-\d+"}, "12-3"),
        ({"after": "zzz"}, None),
        ({"separator": "|", "part": 7}, None),
        ({"pattern": "zzz"}, None),
        ({"pattern": "(zzz)?Case"}, None),
    ],
)
def test_a_cutter_takes_a_value_out_of_longer_text(options, value):
    assert text(html("<p>Case No. 12-3,\n filed 2024-01-31 | open"), "p", **options) == value


def test_every_reader_of_single_values_can_cut():
    node = html("<p>Case No. 12, filed 2024-01-31")
    assert date(node, "p", after="filed") == dt.date(2024, 1, 31)
    assert number(node, "p", after="No.", before=",") == Decimal(12)


def test_a_cut_that_finds_nothing_lets_the_next_selector_answer():
    assert text(html("<p>x</p><b>No. 5</b>"), "p", "b", after="No.") == "5"


@given(st.text("ab |"), st.text("ab |", min_size=1), st.text("ab |"))
def test_what_stands_between_frames_is_cut_out(left, value, right):
    assert cut(f"{left}<<{value}>>{right}", {"after": "<<", "before": ">>"}) == value.strip()


def test_text_of_json_values_is_one_line():
    node = data({"s": " a \n b", "n": 5, "d": Decimal("1.50"), "t": True, "l": ["a", None, 2], "o": {"k": "é"}})
    assert [text(node, key) for key in "sndtlo"] == ["a b", "5", "1.50", "true", "a, 2", '{"k": "é"}']


def test_items_gives_each_as_its_own_text():
    node = html("<ul><li>a <b>1</b><li> <li>b<br>2</ul><p>x; y;z")
    assert items(node, "li") == ["a 1", "b 2"]
    assert items(node, ".zzz", "p", separator=";") == ["x", "y", "z"]
    assert items(node, ".zzz") is None


def test_items_of_a_json_list_whatever_path_leads_to_it():
    node = data({"tags": ["a", "b"], "authors": [{"name": "X"}, {"name": "Y"}], "one": "a, b"})
    assert items(node, "tags") == ["a", "b"]
    assert items(node, "authors[*].name") == ["X", "Y"]
    assert items(node, "one", separator=",") == ["a", "b"]


def test_links_are_absolute():
    node = html("<a id=r href='../x y?q=1#f'>x</a><img id=i src=/p.png><p><a id=e href='//b.example/'>y</a></p>")
    assert link(node, "#r") == "https://a.example/x%20y?q=1#f"
    assert link(node, "#i") == "https://a.example/p.png"
    assert link(node, "p") == "https://b.example/"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        (r"..\docs\1.pdf", "https://a.example/docs/1.pdf"),
        (r"\\b.example\1.pdf", "https://b.example/1.pdf"),
        (r"x?path=c:\docs#a\b", r"https://a.example/x?path=c:\docs#a\b"),
    ],
)
def test_a_backslash_in_a_path_is_a_slash_as_in_browsers(href, address):
    assert link(html(f"<a href='{href}'>x</a>"), "a") == address


@pytest.mark.parametrize(
    "href", ["", " ", "#", "#top", "javascript:void(0)", " JavaScript:x", "mailto:a@b.example", "tel:1", "data:,x"]
)
def test_what_leads_to_no_page_is_no_link(href):
    assert link(html(f"<a href='{href}'>x</a>"), "a") is None


def test_the_next_selector_answers_where_the_first_leads_nowhere():
    assert link(html("<a href='#'>x</a><b><a href=/y>y</a></b>"), "a", "b a") == "https://a.example/y"


def test_the_base_of_a_page_is_where_links_start():
    page = Page("https://a.example/x/", b"<base href='/deep/er/'><a href=p>x</a>")
    assert link(page.one(), "a") == "https://a.example/deep/er/p"


def test_an_address_that_cannot_be_one_is_unread():
    found = link(html("<a href='http://[bad'>x</a>"), "a")
    assert found is not None
    assert not found


def test_links_in_json_are_joined_to_the_page():
    assert link(data({"url": "/x"})) == "https://a.example/x"
    assert link(data({"u": "y"}), "u") == "https://a.example/y"
    assert link(data({"u": 5}), "u") is None
