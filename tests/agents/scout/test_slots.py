"""Slots: every place in the rows where a value stands, once, with all the selectors that find it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.agents.scout.selectors import cost
from lakehouse.agents.scout.slots import LONGEST
from lakehouse.fetcher.html import HtmlNode
from tests.agents.scout.trees import page_of, rows_with, slots_of, tree_of

WORDS = st.text(alphabet="abcdefgh", min_size=1, max_size=8)


def found(body, tag="li"):
    page = page_of(body)
    return slots_of(page, rows_with(tree_of(page), tag))


def read(node, selector):
    hit = node.first(selector) if selector else node
    return (hit.text or None) if hit is not None else None


def slot_with(slots, values):
    return next((slot for slot in slots if slot.values == values), None)


def test_several_selectors_of_one_place_are_one_slot_the_steadiest_first():
    slot = slot_with(found("<li><b class=name>x</b><i>1</i></li><li><b class=name>y</b><i>2</i></li>"), ["x", "y"])
    assert slot is not None
    assert {"b", "b.name", "b:nth-of-type(1)"} <= set(slot.selectors)
    assert slot.selectors[0] == "b.name"


def test_attributes_are_slots_and_know_which_they_read():
    slot = slot_with(found("<li><a href=/1>x</a></li><li><a href=/2>y</a></li>"), ["/1", "/2"])
    assert slot is not None
    assert slot.attribute == "href"


def test_text_has_no_attribute():
    slot = slot_with(found("<li><b>x</b> 1</li><li><b>y</b> 2</li>"), ["x", "y"])
    assert slot is not None
    assert slot.attribute == ""


def test_a_labelled_line_is_a_slot_that_knows_its_label():
    slot = slot_with(found("<li>Saw<br>Fee: 3</li><li>File<br>Fee: 4</li>"), ["3", "4"])
    assert slot is not None
    assert slot.selectors[0] == "label(Fee)"
    assert slot.label == "Fee"


def test_text_between_elements_is_a_slot_of_its_own():
    assert slot_with(found("<li><p><b>x</b> one</p></li><li><p><b>y</b> two</p></li>"), ["one", "two"])


def test_a_link_is_known_for_all_that_stands_in_it():
    slots = found("<li><a href=/1><b>x</b></a><i>1</i></li><li><a href=/2><b>y</b></a><i>2</i></li>")
    inside, outside = slot_with(slots, ["x", "y"]), slot_with(slots, ["1", "2"])
    assert inside is not None
    assert outside is not None
    assert (inside.in_link, outside.in_link) == (True, False)


def test_what_one_of_many_rows_has_is_no_slot():
    rows = "".join(f"<li><b>{number}</b></li>" for number in range(5)) + "<li><b>6</b><u>rare</u></li>"
    assert not any("rare" in slot.values for slot in found(rows))


def test_a_value_that_some_rows_lack_is_none_there():
    assert slot_with(found("<li><b>x</b><u>1</u></li><li><b>y</b></li><li><b>z</b><u>3</u></li>"), ["1", None, "3"])


def test_endless_text_is_no_slot():
    long = "x" * (LONGEST + 1)
    assert not any(long in slot.values for slot in found(f"<li><b>a</b><p>{long}</p></li><li><b>b</b><p>c</p></li>"))


def test_a_slot_that_says_the_same_everywhere_is_constant():
    slots = found("<li><b>x</b><u>new</u></li><li><b>y</b><u>new</u></li>")
    assert {slot.is_constant for slot in slots if slot.values == ["new", "new"]} == {True}
    assert {slot.is_constant for slot in slots if slot.values == ["x", "y"]} == {False}


@settings(max_examples=30)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=2, max_size=6))
def test_every_selector_of_a_slot_reads_its_values(pairs):
    page = page_of("".join(f"<li><a href='/{b}'>{a}</a> <p class=note>{b}<br>{a}{b}</p></li>" for a, b in pairs))
    rows = rows_with(tree_of(page), "li")
    slots = slots_of(page, rows)
    nodes = [HtmlNode(page, row.nodes[0]) for row in rows]
    for slot in slots:
        assert slot.selectors == sorted(slot.selectors, key=cost)
        assert all([read(node, selector) for node in nodes] == slot.values for selector in slot.selectors)
    assert len({tuple(slot.values) for slot in slots}) == len(slots)
