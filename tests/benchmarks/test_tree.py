"""Pages as trees that can be changed: what is not changed stays as fetchers see it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.stream import Stream
from benchmarks.tree import Tree, texts_of
from lakehouse.fetcher import Page
from tests.benchmarks.listing import TITLES, blueprint, page, records

TAGS = st.sampled_from(["div", "p", "ul", "li", "table", "tr", "td", "span", "b", "script", "br"])
WORDS = st.text(alphabet="abc é&<>\"' \n", max_size=8)
MARKUP = st.recursive(
    WORDS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.builds(
        lambda tag, name, parts: f'<{tag} class="{len(name)}">{"".join(parts)}</{tag}>',
        TAGS,
        WORDS,
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


def page_of(markup: str) -> Page:
    return Page("https://a.example/", f"<html><body>{markup}</body></html>".encode())


@given(MARKUP)
@settings(max_examples=60, deadline=None)
def test_a_page_that_was_not_changed_reads_as_before(markup: str) -> None:
    before = page_of(markup)
    after = Tree.of(before).page()
    assert after.html.text == before.html.text
    assert [n.attr("class") for n in after.select("div")] == [n.attr("class") for n in before.select("div")]


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/a b.pdf ">x</a>',
        '<a href="?a=1&amp;b=\u00e9&quot;">x</a>',
        "<pre>\n\nx</pre>",
        "<textarea>\n\na &amp; b</textarea>",
        "<script>if (1 < 2 && a) '<b>'</script>",
        "<br><img src='/x y.png' alt=''><p>a &lt;b&gt; \u00a0c",
        "<ul><li>a<li>b</ul>",
        "<svg><path d='M0 0'/></svg>z",
    ],
)
def test_addresses_and_odd_elements_are_written_letter_by_letter(markup: str) -> None:
    before = page_of(markup)
    after = Tree.of(before).page()
    assert after.html.select("body")[0].html == before.html.select("body")[0].html  # type: ignore[attr-defined]


def test_the_rows_of_a_blueprint_are_found_in_the_tree() -> None:
    before = page(records(TITLES, 3))
    tree = Tree.of(before)
    rows = tree.nodes(blueprint(), before)
    assert [tree.texts(nodes)[0].text for nodes in rows] == list(TITLES)
    assert {element.tag for element in tree.inner(rows[0])} == {"tr", "td", "a"}


def test_texts_of_scripts_are_no_texts_and_all_others_come_in_order() -> None:
    tree = Tree.of(page_of("<div>one<b>two<script>no</script>three</b>four</div><p>five</p>"))
    assert [slot.text for slot in texts_of(tree.root)] == ["one", "two", "three", "four", "five"]


def test_deeply_nested_pages_cost_no_recursion() -> None:
    tree = Tree.of(page_of("<div>" * 3000 + "deep" + "</div>" * 3000))
    assert "deep" in [slot.text for slot in texts_of(tree.root)]


def stream_of(markup: str) -> tuple[Tree, Stream]:
    tree = Tree.of(page_of(markup))
    return tree, Stream(list(texts_of(tree.root)))


@pytest.mark.parametrize(
    ("markup", "value", "text"),
    [
        ("<p>Case A-12, filed</p>", "A-12", "Case X, filed"),
        ("<p>In re <i>Smith</i> and Jones</p>", "In re Smith and Jones", "X"),
        ("<p>Smith\n   and Jones, 2026</p>", "Smith and Jones", "X, 2026"),
        ("<p>112 and 12</p>", "12", "112 and X"),
        ("<p>12 of 12</p>", "12", "X of X"),
        ("<p>Smithson</p>", "Smith", "Smithson"),
    ],
)
def test_a_value_is_replaced_wherever_it_stands_as_a_whole(markup: str, value: str, text: str) -> None:
    tree, stream = stream_of(markup)
    stream.replace(value, "X")
    stream.write()
    assert tree.page().html.text.strip() == text


def test_a_place_that_was_claimed_is_not_written_twice() -> None:
    tree, stream = stream_of("<p>Smith v. Jones, 12</p>")
    assert stream.replace("Smith v. Jones, 12", "Brown v. Green, 7") == 1
    assert stream.replace("12", "99") == 0
    assert stream.holds("12")
    stream.write()
    assert tree.page().html.text.strip() == "Brown v. Green, 7"
