"""What patterns are learned from coded values, and which values have none."""

import re

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.repair.patterns import is_coded, learned_pattern, nearly_coded, shape

NUMBERS = ["22-101", "22-1", "21-44", "20-107"]

codes = st.lists(st.from_regex(r"\A[A-Z]{1,3}-[0-9]{2,6}\Z"), min_size=1, max_size=30)


def test_a_pattern_finds_later_numbers_inside_longer_text():
    pattern = learned_pattern(NUMBERS)
    assert pattern is not None
    assert [found[0] for found in pattern.finditer("see No. 23-412 and 24-9, not 123-4567890")] == ["23-412", "24-9"]


def test_a_word_that_all_have_belongs_to_the_pattern_and_may_be_missing():
    pattern = learned_pattern([f"No. {number}" for number in NUMBERS])
    assert pattern is not None
    assert is_coded(pattern, "No. 23-7")
    assert is_coded(pattern, "23-7")
    assert not is_coded(pattern, "Nr. 23-7")


def test_codes_of_several_shapes_have_one_pattern():
    pattern = learned_pattern(["A-17", "B-18", "2019 K 4", "2020 K 11", "2021 K 5"])
    assert pattern is not None
    assert is_coded(pattern, "C-19")
    assert is_coded(pattern, "2022 K 6")


def test_words_long_values_and_values_of_any_form_have_no_pattern():
    assert learned_pattern(["Smith v. Jones", "Doe v. Roe"]) is None
    assert learned_pattern([f"{number}{'9' * 40}" for number in NUMBERS]) is None
    assert learned_pattern(["1", "a2", "b-3", "4 c", "5/d", "(6)", "e7f"]) is None
    assert learned_pattern([]) is None


def test_a_code_of_a_slightly_other_form_is_near_and_words_are_far():
    assert nearly_coded("22/101", NUMBERS) > nearly_coded("Jones", NUMBERS)
    assert nearly_coded("1" * 60, NUMBERS) == 0


@given(codes)
def test_a_learned_pattern_has_nearly_all_values_it_was_learned_from(values):
    pattern = learned_pattern(values)
    if pattern is not None:
        assert sum(is_coded(pattern, value) for value in values) >= 0.75 * len(values)


@given(st.lists(st.text(max_size=30), max_size=20))
def test_whatever_the_values_a_pattern_is_one_that_can_be_searched(values):
    pattern = learned_pattern(values)
    assert pattern is None or re.compile(pattern.pattern).search("") is None


@given(st.text(max_size=30))
def test_a_shape_keeps_marks_and_forgets_numbers(value):
    assert shape(value) == shape(re.sub(r"[0-9]+", "7", value))
