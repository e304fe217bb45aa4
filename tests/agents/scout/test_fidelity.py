"""Fidelity: how exactly a blueprint gives the records that are known."""

from __future__ import annotations

import pytest

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.scout.fidelity import WEIGHT, fidelity, printed
from tests.agents.scout.trees import page_of

NAMES = ["Rip", "Coping", "Fret", "Bow", "Hack"]
PAGE = page_of("<ul>" + "".join(f"<li><b>{name}</b><i>{len(name)}</i></li>" for name in NAMES) + "</ul><li class=x>Ad")
KNOWN = [{"name": name, "size": str(len(name))} for name in NAMES]


def reading(rows="ul > li", size="i"):
    fields = (FieldPlan(name="name", selectors=("b",)), FieldPlan(name="size", selectors=(size,)))
    return Blueprint(kind="listing", start=PAGE.url, rows=Rows(form="select", selector=rows), fields=fields)


def test_exactly_the_known_records_are_the_most():
    assert fidelity(PAGE, reading(), KNOWN) == WEIGHT


@pytest.mark.parametrize(
    "worse", [reading(rows="li"), reading(rows="li:nth-child(-n+4)"), reading(size="u"), reading(size="b")]
)
def test_rows_too_many_or_too_few_and_wrong_fields_are_less(worse):
    assert 0 < fidelity(PAGE, worse, KNOWN) < WEIGHT


def test_half_of_the_fields_are_half_of_the_fidelity():
    assert fidelity(PAGE, reading(size="u"), KNOWN) == pytest.approx(WEIGHT / 2)


def test_a_blueprint_without_rows_is_worth_nothing():
    assert fidelity(PAGE, reading(rows="li.none"), KNOWN) == 0


def test_three_examples_cannot_tell():
    assert fidelity(PAGE, reading(), KNOWN[:3]) == 0


@pytest.mark.parametrize(("value", "text"), [(None, ""), (["a", 1], "a\n1"), (3, "3"), ("x", "x")])
def test_values_are_compared_as_they_are_printed(value, text):
    assert printed(value) == text
