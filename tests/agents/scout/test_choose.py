"""Which columns a person would want: distinct, filled, clean ones; none twice, and no more than asked for."""

from __future__ import annotations

from lakehouse.agents.scout.choose import choose, rate
from lakehouse.agents.scout.columns import Column, columns
from lakehouse.agents.scout.slots import Slot

ROWS = ["Moss 12-101 home", "Bridges 12-204 home", "Clocks 12-317 home", "Depths 12-422 home"]


def slot(selector, values):
    return Slot([selector], values, tag="td")


def column(selector, values):
    return Column(slot(selector, values), {}, values)


TITLES = column("td.title", ["Moss", "Bridges", "Clocks", "Depths"])
CONSTANT = column("td.home", ["home"] * 4)
SPARSE = column("td.note", [None, None, None, "late"])


def test_different_values_are_wanted_more_than_one_word_that_comes_back():
    assert rate(TITLES, ROWS) > rate(CONSTANT, ROWS)


def test_filled_columns_are_wanted_more_than_sparse_ones():
    assert rate(TITLES, ROWS) > rate(SPARSE, ROWS)


def test_what_says_the_same_is_taken_once():
    again = column("td:nth-child(1)", list(TITLES.values))
    assert len(choose([TITLES, again], ROWS)) == 1


def test_the_best_are_taken_first_and_no_more_than_asked_for():
    assert choose([CONSTANT, SPARSE, TITLES], ROWS, most=1) == [TITLES]


def test_pieces_of_a_slot_are_columns_beside_the_whole():
    whole = slot("td", ["12-101, Moss", "12-204, Bridges", "12-317, Clocks"])
    offered = {tuple(each.values) for each in columns([whole])}
    assert {("12-101", "12-204", "12-317"), ("Moss", "Bridges", "Clocks"), tuple(whole.values)} <= offered


def test_of_two_slots_with_the_same_values_the_steadier_stays():
    steady, brittle = slot("td.title", ["a", "b", "c"]), slot("td:nth-child(3) span", ["a", "b", "c"])
    assert [each.slot for each in columns([brittle, steady])] == [steady]
