"""The tolerant reader of XML."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher.markup import parse_markup

BOMB = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><l>&c;</l>'


def only(text):
    return parse_markup(text).children[0]


def test_elements_attributes_and_text_are_read():
    element = only("""<a x="1" y='2 &amp; 3'>one <b>two</b> three</a>""")
    assert element.attributes == {"x": "1", "y": "2 & 3"}
    assert element.text == "one two three"
    assert [child.name for child in element.children] == ["b"]


def test_entities_and_literal_sections_are_text():
    assert only("<a>&lt;b&gt; &#233; &eacute; &nbsp;<![CDATA[<i>&amp;</i>]]></a>").text == "<b> é é \u00a0<i>&amp;</i>"


def test_entities_of_a_document_are_never_expanded():
    assert only(BOMB).text == "&c;"


def test_comments_and_instructions_are_no_text():
    assert only("<?xml version='1.0'?><!-- <x> --><!DOCTYPE a><a>b<!-- c -->d<?php e ?></a>").text == "bd"


def test_known_namespaces_have_their_usual_prefix_whatever_the_page_calls_them():
    element = only(
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xmlns:q='http://purl.org/dc/elements/1.1/'><q:date/><z:x/></a:feed>"
    )
    assert element.name == "feed"
    assert [child.name for child in element.children] == ["dc:date", "z:x"]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("<a><b>1<c>2</a>", "a(b(c))"),
        ("<a></z><b/></a>", "a(b)"),
        ("<a>1 < 2 <b/>", "a(b)"),
        ("</a>", ""),
        ("a<", ""),
    ],
)
def test_broken_markup_is_read_as_far_as_it_goes(text, shape):
    def written(element):
        inner = " ".join(written(child) for child in element.children)
        return f"{element.name}({inner})" if inner else element.name

    assert " ".join(written(child) for child in parse_markup(text).children).endswith(shape)


def test_deep_nesting_does_not_recurse():
    deep = parse_markup("<a>" * 50_000 + "x")
    assert deep.text == "x"
    assert sum(1 for _ in deep.descendants()) == 50_000


@given(st.text("<>/ab='\"&;![CDATA-?x: ", max_size=60))
def test_no_text_ever_raises(text):
    assert parse_markup(text).name == ""


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_escaped_text_reads_back(text):
    assert only(f"<a b='{escape(text)}'>{escape(text)}</a>").text == text.strip()
    assert only(f"<a b='{escape(text)}'/>").attributes == {"b": text}
