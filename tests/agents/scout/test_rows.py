"""Rows: the text, the elements and the links of one element or of neighbouring ones."""

from __future__ import annotations

import pytest

from lakehouse.agents.scout.rows import Row, leads
from lakehouse.agents.scout.runs import segments
from tests.agents.scout.trees import all_of, page_of, rows_with, tree_of


def div_of(body):
    return all_of(tree_of(page_of(f"<div>{body}</div>")), lambda element: element.tag == "div")[0]


def test_the_text_of_a_row_is_that_of_its_parts_and_what_stands_between_them():
    div = div_of("<b>Rip</b>  saw <i>12\n in</i>")
    assert Row(div.content, div).text == "Rip saw 12 in"


def test_elements_come_in_document_order_with_those_inside_them():
    div = div_of("<p><b>x</b></p> and <ul><li>y</ul>")
    assert [element.tag for element in Row(div.content, div).elements] == ["p", "b", "ul", "li"]


def test_only_elements_are_tops_and_every_part_is_a_node():
    div = div_of("one <b>two</b> three")
    row = Row(div.content, div)
    assert ([top.text for top in row.tops], len(row.nodes)) == (["two"], 3)


def test_links_of_a_row_lead_somewhere():
    row = rows_with(tree_of(page_of("<li><a href=/1>a</a><a href='#top'>b</a><a>c</a><a href=' '>d</a></li>")), "li")[0]
    assert [link.text for link in row.links] == ["a"]


@pytest.mark.parametrize("href", ["#", "javascript:void(0)", "JavaScript:go()", "mailto:a@shed.example", "tel:+1", ""])
def test_what_opens_no_page_does_not_lead(href):
    assert not leads(all_of(tree_of(page_of(f'<a href="{href}">x</a>')), lambda element: element.tag == "a")[0])


@pytest.mark.parametrize(
    ("separator", "texts"),
    [("br", ["a", "b", "", "c", "d"]), ("br br", ["a b", "c", "d"]), ("hr", ["a b c", "d"])],
)
def test_segments_end_at_each_break_each_blank_line_or_each_rule(separator, texts):
    div = div_of("a<br>b<br><br>c<hr>d")
    assert [row.text for row in segments(div, separator)] == texts
