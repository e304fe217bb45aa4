"""Paths into JSON-like values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import SelectorError
from lakehouse.fetcher.paths import find, parse_path, write_path

VALUE = {"a": {"b": [{"c": 1}, {"c": 2}]}, "x.y": 3, "weird key": 4, "No.": 5, "n": [[1, 2], [3]]}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", [VALUE]),
        ("a.b[0].c", [1]),
        ("a.b[-1].c", [2]),
        ("a.b[*].c", [1, 2]),
        ("a.b", [[{"c": 1}, {"c": 2}]]),
        ('["x.y"]', [3]),
        ("['weird key']", [4]),
        ("weird key", [4]),
        ("No.", [5]),
        ("n[*][*]", [1, 2, 3]),
        ("a[*]", [[{"c": 1}, {"c": 2}]]),
        ("a.zzz", []),
        ("a.b[7]", []),
        ("a.b.c", []),
        ("a[0]", []),
    ],
)
def test_a_path_finds(path, found):
    assert list(find(VALUE, path)) == found


def test_a_key_that_is_there_as_written_wins_over_its_steps():
    assert list(find({"a.b": 1, "a": {"b": 2}}, "a.b")) == [1]


@pytest.mark.parametrize("path", ["a..b", "a[", "a[b]", 'a["b]', ".a", "a]", "a.", "a[1.5]", 'a["\\x"]', "a[0]b"])
def test_a_malformed_path_is_named_in_the_error(path):
    with pytest.raises(SelectorError) as error:
        parse_path(path)
    assert error.value.selector == path
    assert repr(path) in str(error.value)


steps = st.lists(st.text(max_size=8) | st.integers(-9, 9) | st.none(), max_size=5).map(tuple)


@given(steps)
def test_a_written_path_reads_back_as_its_steps(path):
    assert parse_path(write_path(path)) == path


@given(st.dictionaries(st.text(max_size=5), st.integers(), min_size=1))
def test_every_key_can_be_reached(value):
    for key, wanted in value.items():
        assert list(find([value], write_path((0, key)))) == [wanted]
