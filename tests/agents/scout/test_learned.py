"""Cuts from examples: what stands around a wanted part, or how it is built, leads to it again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.learned import learned_cuts
from lakehouse.fetcher.cut import cut

PAIRS = [
    ("Sept 12, 2019 - 46408 State v. Bowers", "State v. Bowers"),
    ("Sept 9, 2019 - 45801 Hickey v. State", "Hickey v. State"),
]
WORDS = st.text(alphabet="abcdefgh", min_size=3, max_size=9).map(str.title)


def readings(pairs, whole):
    return {cut(whole, options) for options in learned_cuts(pairs)}


def test_the_words_before_a_part_may_differ_in_kind_only():
    assert "State v. Gomez" in readings(PAIRS, "Oct 30, 2020 - 47001 State v. Gomez")


def test_no_frame_holds_the_digits_or_months_of_its_examples():
    frames = [option for options in learned_cuts(PAIRS) for key, option in options.items() if key != "pattern"]
    assert not any(any(map(str.isdigit, str(frame))) or "Sept" in str(frame) for frame in frames)


def test_a_part_with_digits_is_found_by_its_shape():
    pairs = [("Case 22-101 closed", "22-101"), ("Old case 9-7 open", "9-7")]
    assert "123-4" in readings(pairs, "Some case 123-4 pending")


def test_a_part_that_is_not_there_gives_no_cut():
    assert list(learned_cuts([("abc", "xyz")])) == []


@given(st.lists(st.tuples(WORDS, WORDS), min_size=2, max_size=5), WORDS, WORDS)
def test_a_constant_frame_is_always_found(names, first, second):
    pairs = [(f"by {one} {two} (editor)", f"{one} {two}") for one, two in names]
    assert f"{first} {second}" in readings(pairs, f"by {first} {second} (editor)")
