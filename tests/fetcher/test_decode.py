"""Bytes become text: mark, header, declaration inside, UTF-8, windows-1252."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import Page
from lakehouse.fetcher.decode import CHARSETS, decode


def test_a_byte_order_mark_wins_over_the_header():
    assert decode(codecs.BOM_UTF8 + "é".encode(), "text/html; charset=latin-1") == "é"
    assert decode(codecs.BOM_UTF16_LE + "é".encode("utf-16-le")) == "é"
    assert decode(codecs.BOM_UTF32_BE + "é".encode("utf-32-be")) == "é"


def test_the_header_wins_over_the_declaration_inside():
    body = '<meta charset="utf-8"><p>ё'.encode("koi8-r")
    assert decode(body, 'text/html; charset="KOI8-R"').endswith("ё")


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="windows-1251">',
        "<META http-equiv=Content-Type content='text/html; charset=cp1251'>",
        '<?xml version="1.0" encoding="windows-1251"?>',
    ],
)
def test_a_declaration_inside_the_page_is_followed(head):
    assert decode(f"{head}<p>привет".encode("cp1251")).endswith("привет")


def test_latin_1_is_read_as_windows_1252_as_browsers_do():
    assert decode(b"\x93quoted\x94 \x80", "text/html; charset=iso-8859-1") == "“quoted” €"


def test_without_any_declaration_utf_8_is_tried_before_windows_1252():
    assert decode("żółw".encode()) == "żółw"
    assert decode(b"caf\xe9") == "café"


def test_bytes_that_do_not_fit_become_replacement_characters():
    assert decode(b"a\xffb", "text/html; charset=utf-8") == "a\ufffdb"
    assert decode(b"a\x81", "text/html; charset=shift_jis") == "a\ufffd"


@pytest.mark.parametrize("label", ["rot13", "zlib", "hex", "idna", "no-such-charset", "utf-16", "unicode_escape"])
def test_a_label_that_is_no_charset_of_pages_is_passed_over(label):
    assert decode(f'<meta charset="{label}">é'.encode()).endswith("é")


@given(st.binary(max_size=300), st.text(max_size=40))
def test_no_bytes_and_no_header_ever_raise(body, content_type):
    assert isinstance(decode(body, content_type), str)


@given(st.sampled_from(sorted(CHARSETS)), st.text("abc <>xyz0123", min_size=1))
def test_every_charset_reads_back_plain_text(charset, written):
    body = written.encode(charset)
    assert decode(body, f"text/plain; charset={charset}").removeprefix("\ufeff") == written


def test_a_page_gives_its_text_decoded():
    assert Page("https://a.example/", "naïve".encode("cp1252")).text == "naïve"
