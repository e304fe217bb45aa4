"""Rows that are no single element: runs of siblings and segments of a text read like elements."""

import pytest

from lakehouse.fetcher import Page, link, text
from lakehouse.fetcher.errors import SelectorError

RUNS = b"""<div class=c><p>intro</p><h3><a href=/1>One</a></h3><p>a <b>first</b></p>tail 1
<h3><a href=/2>Two</a></h3><p>b</p><p>c</p></div>"""
BROKEN = b"""<div class=t><a href=/1>One</a><br>May 3<br><br>\n <a href=/2>Two</a><br>May 4<hr>Three</div>"""


def page(body):
    return Page("https://a.example/", body)


def test_a_run_goes_from_one_starter_to_the_next():
    assert [run.text for run in page(RUNS).runs("h3")] == ["One a first tail 1", "Two b c"]


def test_selectors_find_the_starter_itself_and_all_below_the_run():
    first, second = page(RUNS).runs("h3")
    assert (text(first, "h3"), text(first, "b"), link(second, "h3 a")) == ("One", "first", "https://a.example/2")
    assert [node.text for node in second.select("p")] == ["b", "c"]


def test_attributes_labels_lines_and_headings_work_on_runs():
    run = page(b"<h2>May</h2><h3 id=x>One</h3><p>Fee: 3</p>").runs("h3")[0]
    assert (text(run, "h3@id"), text(run, "label(Fee)"), text(run, "line(2)"), text(run, "preceding(h2)")) == (
        "x",
        "3",
        "Fee: 3",
        "May",
    )


@pytest.mark.parametrize(
    ("separator", "parts"),
    [
        ("br", ["One", "May 3", "Two", "May 4", "Three"]),
        ("br br", ["OneMay 3", "TwoMay 4", "Three"]),
        ("hr", ["OneMay 3 TwoMay 4", "Three"]),
    ],
)
def test_segments_are_parted_at_breaks_blank_lines_or_rules(separator, parts):
    found = page(BROKEN).segments("div.t", separator)
    assert ["".join(segment.text.split()) for segment in found] == ["".join(part.split()) for part in parts]


def test_own_text_of_a_segment_is_what_stands_outside_of_elements():
    assert text(page(BROKEN).segments("div.t", "br br")[0], "own()") == "May 3"


def test_a_selector_that_finds_nothing_gives_no_runs():
    assert page(RUNS).runs("h5") == []


def test_iterating_a_run_gives_its_elements():
    assert [node.text for node in page(RUNS).runs("h3")[0]] == ["One", "a first"]


@pytest.mark.parametrize(
    "selector",
    ["", "h3", "p", "p b", "h3, b", "a@href", "p line(1)", "own()", "label(No)", "preceding(h2)", "u"],
)
def test_the_first_of_a_selector_is_the_first_of_all_that_it_finds(selector):
    body = "<h2>Top</h2><h3>Oak</h3><p>No: 1 <b>x</b></p><h3>Elm</h3><p><a href=/2>2</a><b>y</b><b>z</b></p>"
    page = Page("https://trees.example/", body.encode())
    for node in [*page.runs("h3"), *page.select("h3"), *page.select("p"), page.html]:
        every, first = node.select(selector), node.first(selector)
        assert (first.value if first else None) == (every[0].value if every else None)
        assert type(first) is (type(every[0]) if every else type(None))


def test_the_first_and_all_refuse_what_is_no_css():
    page = Page("https://trees.example/", b"<h3>Oak</h3><p>1</p><h3>Elm</h3><p>2</p>")
    for run in page.runs("h3"):
        with pytest.raises(SelectorError):
            run.first("p[")
        with pytest.raises(SelectorError):
            run.select("p[")
