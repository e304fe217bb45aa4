"""HTML nodes: selectors, attributes, neighbours."""

import pytest

from lakehouse.fetcher import Page, SelectorError, link, text
from lakehouse.fetcher.html import HtmlNode


def html(markup):
    return Page("https://a.example/list/", markup.encode()).html


def element(markup, css):
    found = html(markup).first(css)
    assert isinstance(found, HtmlNode)
    return found


LIST = "<ul id=u><li class=a><b>1</b> one<li><i>2</i><li class='a c'>3<ul><li>3.1</ul></ul>"


@pytest.mark.parametrize(
    ("css", "texts"),
    [
        ("li.a", ["1 one", "3 3.1"]),
        ("li:has(b)", ["1 one"]),
        ("li:has(> i)", ["2"]),
        ("li:has(+ .c)", ["2"]),
        (":is(b, i)", ["1", "2"]),
        (":where(b)", ["1"]),
        ("li:not(:has(b), :has(i)) li", ["3.1"]),
        ("#u > li:nth-child(2)", ["2"]),
        ("#u > li:nth-child(odd)", ["1 one", "3 3.1"]),
        ("#u > li:nth-last-child(1)", ["3 3.1"]),
        ("#u > li:nth-child(2 of .a)", ["3 3.1"]),
        ("b + li, i", ["2"]),
        ("[class~=c]", ["3 3.1"]),
        ("[class*=A i]", ["1 one", "3 3.1"]),
        ("li:lexbor-contains('one')", ["1 one"]),
        ("li:first-of-type > b", ["1"]),
    ],
)
def test_css_that_works(css, texts):
    assert [node.text for node in html(LIST).select(css)] == texts


@pytest.mark.parametrize(
    "css", ["li[", "//li", "li::text", "li:contains('x')", "li:foo", ">", "li >", ")", "preceding(["]
)
def test_css_that_cannot_be_read_is_named_in_the_error(css):
    with pytest.raises(SelectorError) as error:
        html(LIST).select(css)
    assert error.value.selector
    assert repr(error.value.selector) in str(error.value)


def test_each_element_is_found_once_and_in_document_order():
    assert [node.text for node in html("<p>1</p><b>2</b><p class=x>3").select("b, p, p.x, :is(p, b)")] == [
        "1",
        "2",
        "3",
    ]


def test_an_element_does_not_find_itself():
    outer = html("<div id=o><div id=i>x</div></div>").first("#o")
    assert outer is not None
    assert [node.attr("id") for node in outer.select("div")] == ["i"]


def test_a_selector_may_start_at_the_node():
    top = html(LIST).first("#u")
    assert top is not None
    assert [n.text for n in top.select("> li > i")] == ["2"]
    assert [n.text for n in top.select(":scope > li > b")] == ["1"]
    assert top.select(":scope") == [top]
    assert "data-selector-scope" not in html(LIST).html


def test_a_selector_may_end_in_an_attribute():
    page = html("<time datetime=2024-01-31>x</time><a href=/p data-Id=7>y</a><input checked>")
    assert text(page, "time@datetime") == "2024-01-31"
    assert text(page, "a@data-id", "a @DATA-ID") == "7"
    assert [node.value for node in page.select("input@checked")] == [""]
    assert page.select("a@title") == []


def test_an_attribute_alone_is_the_node_s_own():
    anchor = html("<a href='x?a=b@c'>y</a>").first("a")
    assert anchor is not None
    assert text(anchor, "@href") == "x?a=b@c"
    assert link(anchor) == "https://a.example/list/x?a=b@c"


def test_an_at_sign_inside_brackets_is_no_attribute():
    assert text(html("<a href='mailto:x@y.example'>m</a>"), "a[href='mailto:x@y.example']") == "m"


def test_neighbours_can_be_walked():
    node = element("<h2>A</h2>t<p>1</p><!-- c --><p>2</p><h2>B</h2>", "p")
    assert node.text == "1"
    assert node.next is not None
    assert node.next.text == "2"
    assert node.next.previous == node
    assert node.parent is not None
    assert [child.tag for child in node.parent] == ["h2", "p", "p", "h2"]


def test_the_first_has_none_before_it_and_the_root_nothing_around_it():
    assert element("<h2>A</h2>", "h2").previous is None
    assert element("<h2>A</h2>", "h2").next is None
    assert html("<p>").parent is None


def test_an_element_knows_what_it_matches_and_what_is_around_it():
    node = element("<table><tr class=r><td><a>x</a></table>", "a")
    assert node.matches("td > a")
    assert not node.matches("td")
    row = node.closest("tr.r")
    assert row is not None
    assert row.attr("class") == "r"
    assert not row.matches("a")
    assert node.closest("ul") is None


def test_a_heading_above_several_rows_is_found_from_each_row():
    page = html("<h2>Mon</h2><p>1</p><p>2</p><section><h2>Tue</h2><p>3</p></section><p>4</p>")
    assert [text(row, "preceding(h2)") for row in page.select("p")] == ["Mon", "Mon", "Tue", "Tue"]
    assert text(page.select("h2")[0], "preceding(h2)") is None


def test_markup_inside_a_value_is_read_as_html():
    page = Page("https://a.example/", b'{"body": "<p>One <b>bold</b></p>"}', "application/json")
    body = page.one("body").as_html()
    assert text(body, "b") == "bold"


def test_a_page_without_any_markup_is_an_empty_page():
    assert html("").select("p") == []
    assert html("").text == ""


def test_deep_nesting_neither_crashes_nor_recurses():
    deep = html("<div>" * 20_000 + "x" + "</div>" * 20_000)
    assert deep.text == "x"
    assert deep.select("div")[-1].text == "x"
    assert text(deep.select("div")[-1], "preceding(body)") == "x"
