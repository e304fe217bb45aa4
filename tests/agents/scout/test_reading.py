"""A page's reading: what the fetcher would read at its selectors, each element read once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.reading import Reading, reading_of
from lakehouse.fetcher.group import GroupNode
from lakehouse.fetcher.html import HtmlNode
from tests.agents.scout.trees import page_of, rows_with, tree_of

SELECTORS = (
    "", "b", "i", "p", "a@href", "p line(1)", "p line(2)", "p line(-1)", "p line(9)", "line(1)", "line(-1)", "own()",
    "p own()", "label(No)", "preceding(h2)", "b, i", "li > b", "nothing",
)  # fmt: skip
WORDS = st.text(alphabet="abc ", max_size=4)


def told(node, selector):
    """What the fetcher itself reads."""
    hit = node.first(selector) if selector else node
    return (hit.text or None) if hit is not None else None


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4))
def test_it_reads_what_the_fetcher_reads_also_when_asked_again(pairs):
    rows = "".join(f"<li><b>{a}</b> No: {b}<p>{b}<br>{a} <i>x</i></p><a href='/{a}'>{a}</a></li>" for a, b in pairs)
    page = page_of(f"<h2>Head</h2><ul>{rows}</ul>")
    found = rows_with(tree_of(page), "li")
    nodes = [HtmlNode(page, row.nodes[0]) for row in found] + [GroupNode(page, row.nodes) for row in found]
    for selector in SELECTORS:
        wanted = [told(node, selector) for node in nodes]
        assert [reading_of(page).value(node, selector) for node in nodes] == wanted
        assert [reading_of(page).value(node, selector) for node in nodes] == wanted


def test_a_text_that_two_selectors_find_is_read_once(monkeypatch: pytest.MonkeyPatch):
    page = page_of("<ul><li><b class=name>Oak</b></li></ul>")
    node = HtmlNode(page, rows_with(tree_of(page), "li")[0].nodes[0])
    reading, read = Reading(), []
    text = HtmlNode.text.fget
    assert text is not None
    monkeypatch.setattr(HtmlNode, "text", property(lambda self: read.append(self.tag) or text(self)))
    assert [reading.value(node, selector) for selector in ("b", "b.name", "li b", "b")] == ["Oak", "Oak", "Oak", "Oak"]
    assert read == ["b"]
