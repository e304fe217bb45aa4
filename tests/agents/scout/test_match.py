"""When two printed values say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.match import address_key, agree, bare, days, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Smith v.  Jones", "smith v. jones."),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("\u201cquoted\u201d", '"quoted"'),
        ("May 3, 2021", "2021-05-03"),
        ("05/03/2021", "May 3, 2021"),
        ("3-May-21", "2021-05-03"),
        ("/docs/a%20b.pdf", "https://x.example/docs/a b.pdf"),
    ],
)
def test_the_same_in_other_words_agrees(one, other):
    assert agree(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Smith", "Smithe"), ("May 3, 2021", "May 4, 2021"), ("/a/b.pdf", "/a/c.pdf"), ("x", None), ("", "")],
)
def test_what_differs_does_not_agree(one, other):
    assert not agree(one, other)


def test_the_same_words_are_liker_than_the_same_day():
    assert (
        likeness("May 3, 2021", "May 3, 2021")
        > likeness("May 3, 2021", "2021-05-03")
        > likeness("May 3, 2021", "May 4, 2021")
    )


def test_a_longer_text_that_holds_a_day_is_no_day():
    assert days("The hearing of May 3, 2021 was put off to the week after") == set()


def test_addresses_meet_by_their_end():
    assert address_key("https://a.example/x/y.pdf#page=2") == address_key("../y.pdf")


@given(st.text())
def test_every_value_says_the_same_as_itself(value):
    assert agree(value, value) == bool(value)
    assert bare(bare(value)) == bare(bare(bare(value)))
