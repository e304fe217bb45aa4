"""The outline of a page: its elements in order, with what the scout asks of them."""

from __future__ import annotations

from lakehouse.agents.scout.outline import outline
from lakehouse.fetcher import Page

PAGE = Page(
    "https://a.example/", b"<body><div class='b a'>one <p>two<script>no</script></p> three</div><p>four</p></body>"
)
TREE = outline(PAGE.html.nodes[0])


def element(tag, text):
    return next(found for found in TREE.elements if found.tag == tag and found.text == text)


def test_elements_stand_in_document_order():
    assert [found.order for found in TREE.elements] == list(range(len(TREE.elements)))
    assert element("div", "one two three").order < element("p", "two").order < element("p", "four").order


def test_scripts_are_left_out():
    assert "script" not in {found.tag for found in TREE.elements}


def test_an_element_holds_what_is_below_it_and_itself():
    outer, inner, other = element("div", "one two three"), element("p", "two"), element("p", "four")
    assert outer.holds(inner)
    assert outer.holds(outer)
    assert not outer.holds(other)


def test_elements_are_found_again_by_their_nodes():
    assert all(TREE.by_node[found.node.mem_id] is found for found in TREE.elements)


def test_what_is_above_comes_nearest_first():
    assert [up.tag for up in element("p", "two").above()][:2] == ["div", "body"]
