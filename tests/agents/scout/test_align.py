"""Which region holds given records, and which row is which record."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.agents.scout.align import Hay, Sought, align
from lakehouse.agents.scout.regions import regions
from tests.agents.scout.trees import page_of, region_with, rows_with, tree_of

WORDS = st.text(alphabet="abcdefgh", min_size=4, max_size=9)


def listing(words, tag="li"):
    return region_with(tree_of(page_of("".join(f"<{tag}><b>{word}</b></{tag}>" for word in words))), tag)


@settings(max_examples=40)
@given(st.lists(WORDS, min_size=3, max_size=8, unique=True), st.randoms(use_true_random=False))
def test_each_record_finds_its_own_row_in_whatever_order(words, random):
    marked = [f"{word}-{number}." for number, word in enumerate(words)]
    order = list(range(len(marked)))
    random.shuffle(order)
    found = align([listing(marked)], [{"name": marked[place]} for place in order])
    assert found[0].rows == order
    assert found[0].held == len(words)


def test_two_records_never_share_a_row():
    assert align([listing(["rip", "fret", "rip"])], [{"name": "rip"}, {"name": "rip"}])[0].rows == [0, 2]


def test_a_record_that_is_nowhere_has_no_row():
    assert align([listing(["rip", "fret"])], [{"name": "rip"}, {"name": "anvil"}])[0].rows == [0, None]


def test_the_row_that_holds_most_of_a_record_is_its_row():
    region = listing(["rip", "rip old 12", "fret"])
    assert align([region], [{"name": "rip", "state": "old", "number": "12"}])[0].rows == [1]


def test_a_region_that_holds_nothing_is_left_out():
    assert align([listing(["rip", "fret"])], [{"name": "anvil"}]) == []


def test_a_region_with_fewer_rows_than_records_is_left_out():
    assert align([listing(["rip"])], [{"name": "rip"}, {"name": "fret"}]) == []


def test_of_two_regions_that_hold_as_much_the_tighter_comes_first():
    tree = tree_of(page_of("<section><li>rip</li> and more</section><section><li>fret</li> and more</section>"))
    wide, tight = region_with(tree, "section"), region_with(tree, "li")
    assert [each.region for each in align([wide, tight], [{"n": "rip"}, {"n": "fret"}])] == [tight, wide]


def test_days_and_addresses_are_held_in_other_forms():
    row = rows_with(tree_of(page_of("<li><a href='../tools/rip%20saw.html'>Rip</a> May 3, 2024</li>")), "li")[0]
    hay = Hay.of(row)
    assert hay.holds(Sought.of("2024-05-03"))
    assert hay.holds(Sought.of("https://shed.example/tools/rip saw.html"))
    assert not hay.holds(Sought.of("2024-05-04"))
    assert not hay.holds(Sought.of("https://shed.example/tools/fret.html"))


def test_a_page_without_regions_aligns_with_nothing():
    assert align(regions(tree_of(page_of("<p>One tool alone</p>"))), [{"name": "tool"}]) == []


def test_a_row_that_holds_what_is_its_own_goes_before_one_that_holds_the_day():
    body = "<li>06-17-2016<li>15-3496 Roe<li>15-1779 Doe"
    region = region_with(tree_of(page_of(body)), "li")
    found = align([region], [{"day": "06-17-2016", "no": "15-3496"}, {"day": "06-17-2016", "no": "15-1779"}])
    assert found[0].rows == [1, 2]
