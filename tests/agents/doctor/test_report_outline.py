"""Pages as lines: what a person needs to see what changed, in few lines and of any page."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.report_outline import LONGEST_LINE, MOST_LINES, beside, lines_of
from lakehouse.fetcher import Page

ADDRESS = "http://books.example/"


def lines(text: str) -> list[str]:
    return lines_of(Page(ADDRESS, text.encode()))


def test_an_html_page_is_its_tree_with_its_texts() -> None:
    found = lines("<body><ul class=books><li>One</li></ul><script>alert(1)</script></body>")
    assert found == ["html", "  body", "    ul.books", "      li  One"]


def test_of_many_rows_the_first_are_shown_and_the_others_counted() -> None:
    found = lines("<ul>" + "".join(f"<li class=book>{n}</li>" for n in range(50)) + "</ul>")
    assert found[-4:] == ["      li.book  0", "      li.book  1", "      li.book  2", "      … 47 more li.book"]


def test_json_is_its_document_with_short_lists() -> None:
    found = lines(json.dumps({"items": [{"id": n} for n in range(9)]}))
    assert found[0] == "{"
    assert '    "… 6 more"' in found


def test_json_that_is_cut_off_is_its_text() -> None:
    found = lines('{"items": [1, 2')
    assert "no JSON" in found[0]
    assert found[1:] == ['{"items": [1, 2']


def test_any_other_text_is_its_lines() -> None:
    assert lines("title;price\nOne;1") == ["title;price", "One;1"]


def test_a_pdf_is_only_told() -> None:
    assert lines("%PDF-1.7 whatever") == ["(a PDF of 17 bytes)"]


def test_a_page_of_one_endless_line_stays_short() -> None:
    (line,) = lines("x" * 100_000)
    assert len(line) == LONGEST_LINE


def test_a_page_nested_without_end_stays_short() -> None:
    assert len(lines("<div>" * 5000)) <= MOST_LINES


def test_equal_lines_stand_beside_each_other() -> None:
    pairs = beside(["html", "b", "end"], ["html", "strong", "more", "end"])
    assert [pair.kind for pair in pairs] == ["same", "changed", "new", "same"]
    assert pairs[1][:2] == ("b", "strong")


LINES = st.lists(st.sampled_from(["a", "b", "c", "d"]))


@given(LINES, LINES)
def test_no_line_of_either_page_is_lost_or_moved(before: list[str], after: list[str]) -> None:
    pairs = beside(before, after)
    assert [pair.before for pair in pairs if pair.before] == before
    assert [pair.after for pair in pairs if pair.after] == after


@given(st.binary(max_size=300))
def test_any_bytes_have_lines(body: bytes) -> None:
    found = lines_of(Page(ADDRESS, body))
    assert len(found) <= MOST_LINES
    assert all(len(line) <= LONGEST_LINE for line in found)
