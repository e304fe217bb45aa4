"""Which column gives a field: the one that says what was shown, as a whole rather than as a piece."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.assign import assign, shape, with_date_mark
from lakehouse.agents.scout.columns import Column
from lakehouse.agents.scout.slots import Slot
from lakehouse.fetcher.marks import DATE

WORDS = st.text(alphabet="abcdefgh", min_size=2, max_size=8)


def column(selector, values, options=None):
    return Column(Slot([selector], values), options or {}, values)


def test_the_column_that_says_what_was_shown_is_taken():
    saws, makers = column("b.name", ["Rip", "Coping", "Fret"]), column("b.maker", ["Ann", "Bob", "Cy"])
    choice = assign([saws, makers], [(0, "ann"), (2, "Cy.")], 2)
    assert choice is not None
    assert (choice.column, choice.hits) == (makers, 1.0)


def test_the_steadier_of_two_columns_with_the_same_values_is_taken():
    steady, brittle = column("b.name", ["Rip", "Fret"]), column("li:nth-of-type(2) b", ["Rip", "Fret"])
    choice = assign([brittle, steady], [(0, "Rip")], 1)
    assert choice is not None
    assert choice.column is steady


def test_a_column_that_goes_on_below_the_examples_is_taken_before_one_that_ends():
    short, full = column("b.one", ["Rip", "Fret", None, None]), column("b.two", ["Rip", "Fret", "Bow", "Hack"])
    choice = assign([short, full], [(0, "Rip"), (1, "Fret")], 2)
    assert choice is not None
    assert choice.column is full


def test_a_field_that_examples_lack_is_one_that_rows_lack():
    some, every = column("b.one", ["new", None, "new", None]), column("b.two", ["new", "all", "new", "all"])
    choice = assign([every, some], [(0, "new"), (2, "new")], 4)
    assert choice is not None
    assert choice.column is some


def test_a_piece_that_no_column_offers_is_learned_from_the_examples():
    whole = column("p", ["by Ann Lee (maker)", "by Bo Ray (maker)", "by Cy Fox (maker)"])
    choice = assign([whole], [(0, "Ann Lee"), (1, "Bo Ray")], 2)
    assert choice is not None
    assert choice.column.values == ["Ann Lee", "Bo Ray", "Cy Fox"]


def test_what_no_column_holds_has_no_choice():
    assert assign([column("b", ["Rip", "Fret"])], [(0, "Anvil")], 1) is None


def test_addresses_are_never_cut():
    links = column("a@href", ["/saws/rip-x.html", "/saws/fret-x.html"])
    assert assign([links], [(0, "rip"), (1, "fret")], 2) is None


@given(st.lists(st.tuples(WORDS, WORDS), min_size=3, max_size=6, unique=True), st.integers(0, 1))
def test_the_chosen_column_gives_all_that_was_shown(pairs, wanted):
    offered = [column("b.one", [one for one, _ in pairs]), column("b.two", [two for _, two in pairs])]
    choice = assign(offered, [(row, pair[wanted]) for row, pair in enumerate(pairs)], len(pairs))
    assert choice is not None
    assert [choice.column.values[row] for row in range(len(pairs))] == [pair[wanted] for pair in pairs]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("B-101", "QX-7", True), ("May 3, 2024", "June 14, 2025", True), ("B-101", "B 101", False), ("Ann", "12", False)],
)
def test_values_of_one_shape_have_the_same_kinds_of_characters(one, other, alike):
    assert (shape(one) == shape(other)) is alike


def test_where_only_printed_days_are_wanted_the_day_alone_is_read():
    days = column("i", ["May 3, 2024", "lent May 4, 2024 to Ann"])
    marked = with_date_mark(days, [(0, "2024-05-03")])
    assert marked.options == {"pattern": DATE}
    assert marked.values == ["May 3, 2024", "May 4, 2024"]


def test_a_column_of_other_text_keeps_all_of_it():
    mixed = column("i", ["lent May 4, 2024", "May 3, 2024"])
    assert with_date_mark(mixed, [(0, "lent May 4, 2024")]) is mixed


def test_a_printed_day_is_cut_by_its_mark_rather_than_by_what_stands_around_it():
    whole = column("h2", ["Filed on May 3, 2026", "Filed on June 4, 2026", "Corrected on July 8, 2026"])
    choice = assign([whole], [(0, "May 3, 2026"), (1, "June 4, 2026")], 2)
    assert choice is not None
    assert choice.column.options == {"pattern": DATE}
    assert choice.column.values[2] == "July 8, 2026"


def test_a_day_that_mostly_stands_alone_is_cut_where_it_does_not():
    values = ["May 3, 2026", "June 4, 2026", "June 9, 2026", "Corrections of July 8, 2026"]
    choice = assign([column("h2", values)], [(0, "May 3, 2026"), (3, "July 8, 2026")], 2)
    assert choice is not None
    assert choice.column.values == ["May 3, 2026", "June 4, 2026", "June 9, 2026", "July 8, 2026"]
