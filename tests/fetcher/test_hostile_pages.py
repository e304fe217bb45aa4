"""A page may be made to make its parser work for ever: every reader reads a long one, or refuses it, in one pass.

No time is measured here: what is not linear takes hours at these lengths, and is ended.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.fetcher import Page, PageError, Unread, boolean, date, datetime, items, link, money, number, text
from lakehouse.fetcher.literals import balanced, parse_loose
from lakehouse.fetcher.markup import parse_markup

pytestmark = pytest.mark.timeout(30)

LONG = 300_000

ONE_VALUE: dict[str, Callable[..., Any]] = {"date": date, "datetime": datetime, "number": number, "money": money}


def page(body: str, content_type: str = "") -> Page:
    return Page("https://a.example/list", body.encode(), content_type)


def long(piece: str, length: int = LONG) -> str:
    return piece * (length // len(piece))


def value(written: object) -> Any:
    return page(json.dumps({"v": written})).one()


@pytest.mark.parametrize(
    "piece",
    [
        "2024-01-01 ",
        "2024-01-01 10:00 ",
        "1 May ",
        "11,",
        "1.",
        "(",
        "( ",
        "$",
        "a",
        "EUR ",
        "-",
        "1 - ",
        "12:",
        "\u00a01",
    ],
)
@pytest.mark.parametrize("reader", ONE_VALUE)
def test_a_single_value_is_not_looked_for_in_a_long_text(reader: str, piece: str) -> None:
    found = ONE_VALUE[reader](value(long(piece)), "v")
    assert isinstance(found, Unread)
    assert "longer than 10000 characters" in found.reason
    assert len(found.raw) == 10_000


def test_a_value_is_cut_out_of_a_long_text() -> None:
    node = value(long("2024-01-01 ") + "Filed: 2024-05-06; " + long("a"))
    assert str(date(node, "v", after="Filed: ", before=";")) == "2024-05-06"
    assert number(node, "v", pattern=r"Filed: (\d+)") == 2024


def test_text_and_lists_have_any_length() -> None:
    node = value([long("a b "), "c"])
    assert len(text(node, "v") or "") == LONG + 2
    assert len(items(node, "v") or []) == 2


@settings(max_examples=12)
@given(st.sampled_from(["2024-01-01 ", "1,11", "1 May", "(1", "1:2 ", "$1 ", "e9"]), st.text(max_size=20))
def test_a_value_as_long_as_readers_take_is_read_by_all_of_them(piece: str, end: str) -> None:
    node = value(long(piece, 9_900) + end)
    for reader in ONE_VALUE.values():
        assert reader(node, "v") is not None
    assert isinstance(boolean(node, "v"), Unread)


@pytest.mark.parametrize("written", ["1e5000", "1e99999999999999999999", "1e-5000", "9" * 101, "0." + "0" * 101 + "1"])
@pytest.mark.parametrize("reader", [number, money])
def test_a_number_that_no_table_holds_is_unread(reader: Callable[..., Any], written: str) -> None:
    for node in (value(written), page(f'{{"v": {written}}}').one()):
        found = reader(node, "v")
        assert isinstance(found, Unread)
        assert found.reason in {"the number has more than 100 digits", "the number is not finite"}


@pytest.mark.parametrize(
    "written", ["NaN", "Infinity", "-Infinity", "1e999999", "1e999999999", "1e99999999999999999999"]
)
@pytest.mark.parametrize("reader", [date, datetime])
def test_an_epoch_outside_of_every_calendar_is_unread(reader: Callable[..., Any], written: str) -> None:
    found = reader(page(f'{{"v": {written}}}').one(), "v")
    assert isinstance(found, Unread)
    assert found.reason == "the number is no time"


@pytest.mark.parametrize("depth", [480, 900])
@pytest.mark.parametrize(("left", "right", "shown"), [("[", "]", "1"), ('{"a":', "}", '{"a": {"a": ')])
def test_a_deep_value_is_shown_without_recursion(left: str, right: str, shown: str, depth: int) -> None:
    assert (text(page(f'{{"v": {left * depth}1{right * depth}}}').one(), "v") or "").startswith(shown)


@pytest.mark.parametrize(
    "body",
    [
        long(" ") + "!",
        "a([])" + long(" ") + "x",
        "a([" + long("])") + "x",
        "/*" + long("*/") + "x",
        ")]}'" + long(" ") + "x",
        long("["),
        '{"v": ' + "1" * 5_000 + "}",
    ],
    ids=["blank", "tail", "brackets", "comments", "guard", "open", "digits"],
)
def test_what_only_looks_like_json_is_refused(body: str) -> None:
    with pytest.raises(PageError, match="no JSON"):
        page(body, "application/json").json()


@pytest.mark.parametrize(
    "piece",
    ["<a", "<a ", '<a "', "<a b='", "<!a", "<![", "<![a]", "<!--", "<?", "<![CDATA[", "</a", "</", "<a b=", "& ", "]>"],
)
def test_markup_that_never_ends_is_read_in_one_pass(piece: str) -> None:
    root = parse_markup("<rss>" + long(piece))
    assert root.children[0].name == "rss"
    assert parse_markup(f"<rss {long('b')}>").children[0].attributes == {"b" * LONG: ""}


def test_tags_that_nothing_closes_and_tags_that_close_nothing_are_read_in_one_pass() -> None:
    root = parse_markup("<rss>" + long("<a>", 150_000) + long("</b>", 200_000) + "<c/>")
    assert sum(1 for _ in root.descendants()) == 50_002


def test_entries_inside_of_entries_do_not_hold_each_other_s_text() -> None:
    entries = page("<rss>" + long("<item><x>aaaaaaaa", 85_000)).feed()
    assert len(entries) == 5_000
    assert sum(len(text(entry, "x") or "") for entry in entries) < 5_000_000


@pytest.mark.parametrize("reference", ["&#" + "1" * 5_000 + ";", "&#x" + "f" * 5_000, "&#1114112;"])
def test_a_reference_to_no_character_is_a_replacement_character(reference: str) -> None:
    feed = page(f'<rss><item a="{reference}"><title>{reference}</title></item></rss>').feed()
    assert text(feed[0], "title") == "\ufffd"


@pytest.mark.parametrize("piece", ['\\"', "\\'", "/*", "/* */,", "//", "\"'", "[", "{a:", ",//\n", "a ", "\\"])
@pytest.mark.parametrize("start", ['{"', "{a: 1, ", "['", "[1,/*"])
def test_a_literal_that_never_ends_is_nothing(start: str, piece: str) -> None:
    script = start + long(piece, 300_000)
    assert balanced(script, 0) == ""
    assert parse_loose(script) is None


def test_a_ruler_of_slashes_in_a_script_is_a_comment() -> None:
    ruler = long("/", 10_000)
    assert parse_loose(f"{{a: 1, {ruler}\n b: [2, {ruler}\n], {ruler}\n}}") == {"a": 1, "b": [2]}


@pytest.mark.parametrize("piece", ["x=[", "x={x:", 'x=["', "x:JSON.parse('", "x =", 'x="', "x:{/*"])
def test_assignments_that_never_end_are_given_up(piece: str) -> None:
    assert page(f"<script>{long(piece, 300_000)}</script>").embedded("x") == []


def test_an_assignment_is_found_behind_broken_ones_and_not_again_inside_of_itself() -> None:
    script = "var x = {a: [1}; " * 10 + "x = {x: {x: [1]}}"
    assert [node.value for node in page(f"<script>{script}</script>").embedded("x")] == [{"x": {"x": [1]}}]


@pytest.mark.parametrize("cell", ["", "a", "1", "a_2"])
def test_a_header_of_a_hundred_thousand_columns_is_named(cell: str) -> None:
    rows = page(f"{cell}," * 100_000 + "a\n" + "x," * 100_000 + "y").csv()
    assert len(rows[0].value) == 100_001


@pytest.mark.parametrize("charset", ["<meta" * 39 + "charset=" + " " * 3_800, "<?xml encoding" + " " * 4_000])
def test_a_declaration_of_blanks_declares_nothing(charset: str) -> None:
    assert page(charset, "text/html; charset=" + long(" ")).text == charset


def test_a_label_in_ten_thousand_elements_is_found() -> None:
    assert text(page("<div>" + "<i>" * 10_000 + "Filed" + "</i>" * 10_000 + " today").one(), "label(Filed)") == "today"
    assert len(page("<p>" + "<b>Filed</b>" * 10_000).one().select("label(Filed)")) == 9_999


def test_a_heading_over_ten_thousand_rows_is_found_from_each() -> None:
    listing = page("<h2>Monday</h2><ul>" + "<li><b>a</b><i>b</i>" * 10_000 + "</ul>")
    rows = listing.select("li")
    assert {text(row, "preceding(h2)") for row in rows} == {"Monday"}
    assert {text(row, "preceding(h3)") for row in rows} == {None}


def test_the_list_around_ten_thousand_rows_is_found_from_each() -> None:
    rows = page("<ul>" + "<li><b>a</b>" * 10_000 + "</ul>").select("li")
    assert len({row.closest("ul") for row in rows}) == 1  # pyright: ignore[reportAttributeAccessIssue]
    assert not any(row.closest("ol") or row.matches("b") for row in rows)  # pyright: ignore[reportAttributeAccessIssue]


def test_headings_of_one_piece_of_markup_are_not_taken_for_those_of_the_next() -> None:
    bodies = ["<h2>A</h2><p>x</p>", *["<div><i>z</i></div><p>x</p>"] * 20]
    rows = page(json.dumps([{"body": body} for body in bodies])).json()
    assert [text(row.first("body").as_html(), "p") for row in rows] == ["x"] * 21  # pyright: ignore
    paragraphs = (row.first("body").as_html().first("p") for row in rows)  # pyright: ignore
    assert [text(paragraph, "preceding(h2)") for paragraph in paragraphs] == ["A"] + [None] * 20  # pyright: ignore


@pytest.mark.parametrize("mark", ["data-selector-scope", 'data-selector-scope=""', 'data-selector-scope="1"'])
def test_no_page_can_pass_for_the_node_that_a_selector_starts_at(mark: str) -> None:
    listing = page(f"<ul id=list><li>a<ul {mark}><li>forged</li></ul></li><li>b</li></ul>").one("#list")
    assert [node.first("ul") is not None for node in listing.select("> li")] == [True, False]


def test_half_a_surrogate_pair_is_no_address_and_no_markup() -> None:
    node = page('{"url": "/a\\ud800", "body": "<p>a\\udc00</p>"}').one()
    assert isinstance(link(node, "url"), Unread)
    assert list(node.page.links("url")) == []
    assert text(node.first("body").as_html(), "p") == "a?"  # pyright: ignore[reportOptionalMemberAccess]


def test_an_address_longer_than_any_server_takes_is_unread() -> None:
    listing = page(f"<a href='/{long('a', 70_000)}'>long</a><a href='/b'>b</a>")
    assert isinstance(link(listing.one(), "a"), Unread)
    assert [request.url for request in listing.links("a")] == ["https://a.example/b"]


@settings(max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["items", "author", "authors", "name", "title", "tags", "url", "id"]), inner
            )
        ),
    )
)
def test_json_of_any_shape_is_a_feed_or_a_page_error(document: Any) -> None:
    try:
        entries = page(json.dumps(document), "application/json").feed()
    except PageError:
        entries = []
    assert all(isinstance(text(entry, "author"), str | None) for entry in entries)
    assert len(entries) <= json.dumps(document).count("{")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "iso-2022-jp", "gb18030", "shift_jis", "euc-kr"])
@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00\xd8\x00", b"\x00\xd8<\x00p\x00>\x00", b"\x1b$B\xff<p>", b"<p>\x00a\x00"]
)
def test_bytes_of_another_encoding_than_was_said_are_text_of_some_kind(body: bytes, encoding: str) -> None:
    given_page = Page("https://a.example/", body, f"text/html; charset={encoding}")
    assert given_page.text.encode()
    assert isinstance(text(given_page.one()), str | None)
