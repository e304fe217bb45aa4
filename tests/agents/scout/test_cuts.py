"""Pieces of a slot: a text with a constant frame is parted where its marks stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.cuts import common_marks, pieces
from lakehouse.fetcher.cut import cut
from lakehouse.fetcher.marks import CODE, DATE

LINES = [
    "No. 22-101, Smith v. Jones (filed May 3, 2021)",
    "No. 22-204, Roe v. Wade (filed June 14, 2021)",
    "No. 22-317, Doe v. State (filed July 25, 2021)",
    "No. 22-422, In re Adams (filed August 6, 2021)",
]


def found(values):
    return {tuple(piece.values) for piece in pieces(values, common_marks(values))}


def test_number_name_and_day_are_pieces_of_a_framed_line():
    parts = found(LINES)
    assert ("22-101", "22-204", "22-317", "22-422") in parts
    assert ("Smith v. Jones", "Roe v. Wade", "Doe v. State", "In re Adams") in parts
    assert ("May 3, 2021", "June 14, 2021", "July 25, 2021", "August 6, 2021") in parts


def test_dates_codes_separators_and_constant_words_are_marks():
    marks = common_marks(LINES)
    assert {DATE, CODE, ", ", " (", "No."} <= set(marks)


def test_words_that_only_some_values_have_are_no_marks():
    assert "Smith" not in common_marks(LINES)


def test_what_cannot_be_parted_has_no_pieces():
    assert found(["alpha", "beta", "gamma"]) == set()


def test_prose_is_left_whole():
    assert found(["word " * 200 + str(number) for number in range(4)]) == set()


def test_two_cuts_that_leave_the_same_are_one_piece():
    parts = pieces(LINES, common_marks(LINES))
    assert len({tuple(piece.values) for piece in parts}) == len(parts)


def test_a_missing_value_stays_missing():
    parts = pieces([*LINES, None], common_marks(LINES))
    assert all(piece.values[-1] is None for piece in parts)


@given(st.lists(st.text(alphabet="abc, -():", min_size=1, max_size=30), min_size=1, max_size=8))
def test_every_piece_is_what_its_cut_leaves_of_each_value(values):
    for piece in pieces(values, common_marks(values)):
        assert piece.values == [cut(value, piece.options) or None for value in values]


@given(st.lists(st.text(alphabet="ab1,-() ", min_size=1, max_size=12), min_size=1, max_size=12))
def test_each_piece_is_what_its_cut_leaves_of_each_value(values):
    filled = [value if value.strip() else None for value in values]
    for piece in pieces(filled, common_marks([value for value in filled if value])):
        assert piece.values == [(cut(value, piece.options) or None) if value else None for value in filled]


def test_a_pair_of_marks_is_found_also_where_the_first_ends_a_few_values():
    values = ["Oak, 12 (old)", "Elm, 7 (old)", "Ash, 9 (old)", "Fir,"]
    assert ("12", "7", "9", None) in found(values)
