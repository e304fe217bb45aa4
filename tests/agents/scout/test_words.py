"""Class names that stay, and those that a machine or the looks of one row made."""

from __future__ import annotations

import pytest

from lakehouse.agents.scout.words import is_steady, steady_classes


@pytest.mark.parametrize("name", ["title", "case-name", "views-field-title", "list__item", "DateFiled"])
def test_words_stay(name):
    assert is_steady(name)


@pytest.mark.parametrize(
    "name", ["css-1x2y3z", "sc-bdVaJa", "row-12", "post-48213", "odd", "item-first", "active", "x:y", "9lives"]
)
def test_hashes_numbers_and_looks_do_not(name):
    assert not is_steady(name)


def test_the_order_of_classes_does_not_matter():
    assert steady_classes("b a odd") == steady_classes("a even b") == ("a", "b")
