"""Runs and segments of any content: nothing is lost, nothing is read twice, and each finds its own heading."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.fetcher import Page, items, text
from lakehouse.fetcher.group import LONGEST
from lakehouse.fetcher.linked import linked_values, types_of

WORD = st.text(alphabet="abcdefgh", min_size=1, max_size=5)
GROUPS = st.lists(st.tuples(WORD, st.lists(WORD, max_size=4)), min_size=1, max_size=5)


def page(markup):
    return Page("https://shed.example/", f"<body>{markup}</body>".encode())


@settings(max_examples=50)
@given(GROUPS)
def test_runs_part_siblings_without_loss(groups):
    markup = "".join(f"<h3>{head}</h3>{''.join(f'<p>{word}</p>' for word in words)}" for head, words in groups)
    found = page(f"<h2>All</h2><div>{markup}</div>").runs("h3")
    assert [(text(run, "h3"), items(run, "p") or []) for run in found] == groups
    assert {text(run, "preceding(h2)") for run in found} == {"All"}


@settings(max_examples=50)
@given(st.lists(WORD, min_size=1, max_size=6))
def test_segments_part_text_without_loss(words):
    found = page(f"<div>{'<br>'.join(f'<b>{word}</b> x' for word in words)}</div>").segments("div", "br")
    assert [(text(part, "b"), text(part, "own()")) for part in found] == [(word, "x") for word in words]


def test_the_last_run_does_not_swallow_the_page():
    last = page("<h3>Rip</h3>" + "<p>x</p>" * (2 * LONGEST)).runs("h3")[-1]
    assert len(items(last, "p") or []) == LONGEST - 1


def test_a_run_ends_with_its_parent():
    first, second = page("<div><h3>Rip</h3><p>a</p></div><p>between</p><div><h3>Fret</h3></div>").runs("h3")
    assert (first.text, second.text) == ("Rip a", "Fret")


def test_a_run_has_the_first_attribute_and_the_first_address_inside_it():
    run = page("<h3>Rip</h3><p id=one>a <a href=/1>b</a></p><p id=two><a href=/2>c</a></p>").runs("h3")[0]
    assert (run.attr("id"), run.address, run.attr("title")) == ("one", "/1", None)


def test_the_place_of_a_part_is_read_in_the_part():
    run = page("<h3>Rip</h3><p>a<br><b>c</b> d</p>").runs("h3")[0]
    assert (text(run, "p line(2)"), text(run, "p own()"), text(run, "u line(1)")) == ("c d", "a d", None)


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        ("Tool", ["Tool"]),
        ("https://schema.org/Tool", ["Tool"]),
        (["Tool", "http://schema.org/Thing"], ["Tool", "Thing"]),
        (None, []),
        (["", None], []),
    ],
)
def test_types_are_told_without_their_vocabulary(kind, types):
    assert types_of({"@type": kind}) == types


@pytest.mark.parametrize(
    ("entities", "values"),
    [
        ([{"@type": "Tool", "size": ["s", "m"]}], ["s", "m"]),
        ([{"@type": "Tool", "size": 0}], [0]),
        ([{"@type": "Tool", "size": []}, {"@type": "Tool", "size": "l"}], ["l"]),
        ([{"@type": "Shop", "size": "s"}, "Tool", None], []),
        ([], []),
    ],
)
def test_values_are_those_of_the_first_entity_that_has_some(entities, values):
    assert linked_values(entities, "Tool", "size") == values
