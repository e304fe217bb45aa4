"""What can be told about columns and regions without knowing what they mean."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.columns import Column, columns, covered
from lakehouse.agents.scout.features import features
from lakehouse.agents.scout.region_features import Setting, region_features
from lakehouse.agents.scout.slots import Slot
from lakehouse.agents.scout.weights import weights
from tests.agents.scout.trees import page_of, region_with, tree_of

CELLS = st.one_of(st.none(), st.text(min_size=1, max_size=20))


def column(values, selector="b", options=None):
    return Column(Slot([selector], values), options or {}, values)


def told(values, selector="b", options=None):
    return features(column(values, selector, options), [value or "" for value in values])


@pytest.mark.parametrize(
    ("name", "values", "value"),
    [
        ("fill", ["a", None, "b", None], 0.5),
        ("sparse", ["a", None, None, None], 1.0),
        ("constant", ["new", "new", "new"], 1.0),
        ("constant", ["new", "old", "new"], 0.0),
        ("date", ["May 3, 2024", "2024-05-04"], 1.0),
        ("holds_date", ["lent to Ann on May 3, 2024", "lent to Bo on May 4, 2024"], 1.0),
        ("code", ["B-101", "B-204"], 1.0),
        ("unbalanced", ["Rip (old", "Fret"], 0.5),
        ("dangling", ["saws of", "files"], 0.5),
        ("labelled", ["Fee: 3", "Fee: 4"], 1.0),
        ("capital", ["Rip", "fret"], 0.5),
        ("phrase", ["a very old saw", "12 very old saws"], 0.5),
    ],
)
def test_values_tell_what_they_are(name, values, value):
    assert told(values)[name] == value


@pytest.mark.parametrize(
    ("selector", "name"),
    [
        ("a@href", "link"),
        ("img@src", "image"),
        ("i@title", "attribute"),
        ("p own()", "own"),
        ("line(2)", "line"),
        ("label(Fee)", "label"),
        ("preceding(h2)", "above"),
        ("", "whole_row"),
    ],
)
def test_selectors_tell_where_a_value_comes_from(selector, name):
    kinds = ("link", "image", "attribute", "own", "line", "label", "above", "whole_row")
    found = told(["/a", "/b"], selector)
    assert [kind for kind in kinds if found[kind]] == [name]


@given(st.lists(CELLS, min_size=1, max_size=8).filter(any))
def test_features_of_any_values_are_numbers_within_bounds(values):
    found = told(values)
    assert all(math.isfinite(value) and -1 <= value <= 20 for value in found.values())
    assert found["fill"] == sum(value is not None for value in values) / len(values)


def test_every_learned_weight_is_of_a_feature_that_is_told():
    tree = tree_of(page_of("<ul><li>Rip<li>Fret<li>Bow</ul>"))
    region = region_features(region_with(tree, "li"), Setting.of(tree))
    assert weights("regions").keys() <= region.keys()
    assert weights("columns").keys() <= told(["a", "b"]).keys()


def test_a_region_in_a_navigation_differs_from_the_same_in_the_text():
    tree = tree_of(page_of("<nav><li>Rip saw<li>Fret saw</nav><main><p>Rip saw<p>Fret saw</main>"))
    setting = Setting.of(tree)
    assert region_features(region_with(tree, "li"), setting) != region_features(region_with(tree, "p"), setting)


def test_a_slot_is_covered_by_the_smaller_ones_inside_it():
    whole = Slot(["li"], ["Rip saw 12", "Fret saw 34"])
    parts = [Slot(["b"], ["Rip saw", "Fret saw"]), Slot(["i"], ["12", "34"])]
    assert covered(whole, []) == 0
    assert 0 < covered(whole, parts[1:]) < covered(whole, parts) < 1


def test_addresses_are_offered_whole_only():
    found = columns([Slot(["a@href"], ["/saws, rip", "/saws, fret", "/saws, bow"])])
    assert [each.options for each in found] == [{}]


def test_constant_text_is_not_cut():
    found = columns([Slot(["i"], ["tools, new", "tools, new", "tools, new"])])
    assert [each.options for each in found] == [{}]
