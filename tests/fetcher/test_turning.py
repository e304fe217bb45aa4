"""The next page's address: one parameter of the query counts on or takes a token, the others stay."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher.turning import counted_on, with_parameter

URL = "https://shed.example/tools"
WORDS = st.text(alphabet="abc &=%/ü", min_size=1, max_size=6)
QUERIES = st.dictionaries(st.sampled_from(["q", "sort", "page", "x y"]), WORDS, max_size=4)


def query(url):
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


@pytest.mark.parametrize(
    ("url", "following"),
    [
        (f"{URL}?page=3", f"{URL}?page=4"),
        (f"{URL}?page=9&q=saw", f"{URL}?q=saw&page=10"),
        (URL, f"{URL}?page=2"),
        (f"{URL}?page=", f"{URL}?page=2"),
        (f"{URL}?page=last", f"{URL}?page=2"),
        (f"{URL}?page=-4", f"{URL}?page=2"),
        (f"{URL}?page={'9' * 16}", f"{URL}?page=2"),
        (f"{URL}?page=1#list", f"{URL}?page=2"),
    ],
)
def test_a_page_counts_on_from_where_it_is_or_from_the_first(url, following):
    assert counted_on(url, "page", 1, 1) == following


def test_offsets_grow_by_the_size_of_a_page():
    assert counted_on(counted_on(URL, "start", 25, 0), "start", 25, 0) == f"{URL}?start=50"


def test_digits_of_other_scripts_do_not_count():
    assert counted_on(f"{URL}?page=\u0663", "page", 1, 1) == f"{URL}?page=2"


@given(QUERIES, WORDS)
def test_one_parameter_is_set_and_the_others_stay_in_order(others, token):
    url = URL
    for name, value in others.items():
        url = with_parameter(url, name, value)
    assert query(with_parameter(url, "cursor", token)) == [*others.items(), ("cursor", token)]


@given(WORDS, WORDS)
def test_setting_twice_is_setting_the_second(first, second):
    assert with_parameter(with_parameter(URL, "t", first), "t", second) == with_parameter(URL, "t", second)


@given(st.integers(0, 10**9), st.integers(1, 100), st.integers(0, 9))
def test_counting_on_visits_each_page_once(start, step, turns):
    url = with_parameter(URL, "page", str(start))
    for _ in range(turns):
        url = counted_on(url, "page", step, 1)
    assert query(url) == [("page", str(start + turns * step))]
