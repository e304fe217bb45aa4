"""Lines as a person sees them: blocks, cells and breaks begin new ones, words inside a line do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import Page, items, text
from lakehouse.fetcher.html import HtmlNode
from lakehouse.fetcher.lines import visible_lines
from lakehouse.fetcher.places import labelled, own_text

WORD = st.text(alphabet="abcdefgh", min_size=1, max_size=5)


def body(markup):
    node = Page("https://shed.example/", f"<body>{markup}</body>".encode()).one("body")
    assert isinstance(node, HtmlNode)
    return node


def lines(markup):
    return visible_lines(body(markup).nodes)


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("one <b>two</b> <i>three</i>", ["one two three"]),
        ("one<div>two</div>three", ["one", "two", "three"]),
        ("<p>one\n  two</p><p>three</p>", ["one two", "three"]),
        ("<table><tr><td>one<td>two<tr><td>three</table>", ["one", "two", "three"]),
        ("<ul><li>one<ul><li>two</ul></ul>", ["one", "two"]),
        ("one<br><br><br>two", ["one", "two"]),
        ("<pre>one\n\ntwo  words</pre>", ["one", "two words"]),
        ("one<script>no()</script><style>p{}</style>", ["one"]),
        ("one<!-- no --> two", ["one two"]),
        ("<p> \n </p>", []),
    ],
)
def test_a_line_is_what_stands_beside_each_other(markup, seen):
    assert lines(markup) == seen


@given(st.lists(st.lists(WORD, min_size=1, max_size=4), min_size=1, max_size=5), st.sampled_from(["p", "div", "li"]))
def test_blocks_are_lines_however_their_words_are_dressed(blocks, tag):
    markup = "".join(f"<{tag}>{' '.join(f'<b>{word}</b>' for word in words)}</{tag}>" for words in blocks)
    assert lines(markup) == [" ".join(words) for words in blocks]


@given(st.lists(WORD, min_size=1, max_size=5), st.integers(1, 6))
def test_lines_are_counted_from_one_and_from_the_end(words, number):
    node = body("".join(f"<p>{word}</p>" for word in words))
    there = number <= len(words)
    assert text(node, f"line({number})") == (words[number - 1] if there else None)
    assert text(node, f"line(-{number})") == (words[-number] if there else None)


@given(st.lists(st.tuples(WORD, WORD), min_size=1, max_size=5, unique_by=lambda pair: pair[0]))
def test_the_value_of_each_label_is_the_rest_of_its_line(pairs):
    node = body("".join(f"<p>{label}: {value}</p>" for label, value in pairs))
    assert [labelled(node.nodes, label) for label, _ in pairs] == [[value] for _, value in pairs]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("Fee:<br>3 EUR", ["3 EUR"]),
        ("<p>Fee</p><p>3 EUR</p>", ["3 EUR"]),
        ("FEE : 3 EUR", ["3 EUR"]),
        ("Fee\uff1a3 EUR", ["3 EUR"]),
        ("Fees: 4 EUR<br>Fee: 3 EUR", ["3 EUR"]),
        ("Fee 3 EUR", []),
        ("No fee: 3 EUR", []),
        ("Fee:", []),
    ],
)
def test_a_label_begins_its_line_and_ends_with_a_colon_or_the_line(markup, found):
    assert labelled(body(markup).nodes, "Fee:") == found


def test_own_text_keeps_words_apart_that_an_element_parted():
    assert own_text(body("one<b>two</b>three").nodes) == "one three"


def test_all_lines_of_neighbouring_elements_are_lines_of_their_run():
    page = Page("https://shed.example/", b"<h2>Rip</h2>12 in<p>Ann</p><h2>Fret</h2><p>Bo<br>new</p>")
    assert [items(run, "lines()") for run in page.runs("h2")] == [["Rip", "12 in", "Ann"], ["Fret", "Bo", "new"]]
