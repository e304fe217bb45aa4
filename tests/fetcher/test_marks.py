"""Marks in running text: printed dates and identifiers, and what is left of a text when they are cut away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import CODE, DATE, Page, text
from lakehouse.fetcher.marks import trim


@pytest.mark.parametrize(
    "day", ["2026-05-03", "3/5/2026", "05.03.26", "May 3, 2026", "Sept. 3rd, 2026", "3 May 2026", "3-May-26"]
)
def test_a_printed_date_is_found(day):
    assert DATE.findall(f"filed {day} by hand") == [day]


@pytest.mark.parametrize("words", ["May be", "22-123", "1.2.3.4.5", "12/345/6"])
def test_what_only_looks_like_a_date_is_none(words):
    assert DATE.fullmatch(words) is None


@pytest.mark.parametrize("code", ["22-1234", "A-17-0042", "AB 1234", "2026:17", "SC12-263"])
def test_an_identifier_is_found(code):
    assert CODE.findall(f"in {code}, today") == [code]


@pytest.mark.parametrize(
    ("options", "value"),
    [
        ({"before": DATE}, "No. 12-3, Smith"),
        ({"after": DATE}, "late"),
        ({"pattern": DATE}, "May 3, 2026"),
        ({"after": CODE, "before": DATE}, "Smith"),
        ({"pattern": CODE}, "12-3"),
    ],
)
def test_marks_frame_values(options, value):
    node = Page("https://a.example/", b"<p>No. 12-3, Smith (May 3, 2026), late</p>").select("p")[0]
    assert text(node, **options) == value


def test_where_the_mark_is_missing_before_keeps_all_and_after_nothing():
    node = Page("https://a.example/", b"<p>plain words</p>").select("p")[0]
    assert (text(node, before=DATE), text(node, after=DATE)) == ("plain words", None)


@given(st.text())
def test_trimming_twice_is_trimming_once(value):
    assert trim(trim(trim(value))) == trim(trim(value))


@pytest.mark.timeout(30)
@pytest.mark.parametrize("piece", ["(", "; )", "()", "-"])
def test_a_million_brackets_are_trimmed_at_once(piece):
    filler = piece * (1_000_000 // len(piece))
    node = Page("https://a.example/", f"<p>{filler} 2026-05-03 {filler}</p>".encode()).select("p")[0]
    for found in (text(node, before=DATE), text(node, after=DATE)):
        assert found is None or len(found) > 100_000


@pytest.mark.timeout(30)
@pytest.mark.parametrize("mark", [CODE, DATE])
@pytest.mark.parametrize(
    "piece", ["A", "A-", "A1-", "A1.", "1", "1-", "1/1/", "May 1", "May 1, ", "1 May ", "AB ", "A1--"]
)
def test_marks_are_looked_for_in_a_long_text_in_one_pass(mark, piece):
    node = Page("https://a.example/", f"<p>{piece * (300_000 // len(piece))}!</p>".encode()).select("p")[0]
    assert isinstance(text(node, before=mark, default=""), str)


@pytest.mark.parametrize(
    ("part", "left"),
    [
        ("(civil)", "civil"),
        ("Smith (", "Smith"),
        (") late", "late"),
        ("a (b) c", "a (b) c"),
        ("(a) (b)", "(a) (b)"),
        ("((a)", "((a)"),
        (" - | ; ", ""),
        ("(", ""),
        ("f(x)", "f(x)"),
    ],
)
def test_only_brackets_that_lost_their_partner_go(part, left):
    assert trim(part) == left
