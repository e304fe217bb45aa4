"""Nested records as columns."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.formats.leaves import leaves
from lakehouse.fetcher import Page
from lakehouse.fetcher.data import DataNode
from lakehouse.fetcher.paths import find, write_path


def columns(records: list[Any]) -> dict[str, list[Any]]:
    """Give the leaves by their written paths."""
    return {write_path(leaf.path): leaf.values for leaf in leaves(records)}


def test_nested_objects_become_dotted_paths() -> None:
    assert columns([{"a": 1, "b": {"c": "x", "d": {"e": True}}}]) == {"a": [1], "b.c": ["x"], "b.d.e": [True]}


def test_what_a_record_does_not_have_is_none() -> None:
    assert columns([{"a": 1}, {"b": {"c": 2}}]) == {"a": [1, None], "b.c": [None, 2]}


def test_what_no_record_has_is_no_column() -> None:
    assert columns([{"a": None, "b": "", "c": [], "d": {}, "e": 1}]) == {"e": [1]}


def test_a_list_of_texts_stays_one_value() -> None:
    assert columns([{"tags": ["x", "y"]}, {"tags": []}]) == {"tags": [["x", "y"], []]}


def test_a_list_with_one_object_is_that_object() -> None:
    records = [{"files": [{"url": "/1"}]}, {"files": [{"url": "/2"}]}, {"files": []}]
    assert columns(records) == {"files[0].url": ["/1", "/2", None]}


def test_lists_of_several_objects_become_lists_of_their_values() -> None:
    records = [{"by": [{"name": "Roe"}, {"name": "Doe"}]}, {"by": [{"name": "Poe"}]}]
    assert columns(records) == {"by[*].name": [["Roe", "Doe"], ["Poe"]]}


def test_rows_of_a_table_have_places() -> None:
    assert columns([["Rome", 3], ["Oslo"]]) == {"[0]": ["Rome", "Oslo"], "[1]": [3, None]}


def test_the_grammar_of_linked_data_is_no_value() -> None:
    assert columns([{"@type": "Event", "@context": "x", "@id": "e1"}]) == {"@id": ["e1"]}


def test_an_object_with_hundreds_of_keys_is_no_record() -> None:
    assert columns([{"id": 1, "by_day": {f"d{number}": number for number in range(300)}}]) == {"id": [1]}


def test_a_nesting_without_end_ends() -> None:
    deep: dict[str, Any] = {"x": 1}
    for _ in range(50):
        deep = {"in": deep}
    assert columns([{"id": 1, "deep": deep}]) == {"id": [1]}


KEYS = st.text("ab. []\"'é日", min_size=1, max_size=4)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=4), min_size=1, max_size=5))
def test_every_path_leads_a_fetcher_to_the_values_of_its_column(records: list[dict[str, Any]]) -> None:
    page = Page("https://a.example/", b"{}")
    for leaf in leaves(records):
        path = write_path(leaf.path)
        for record, value in zip(records, leaf.values, strict=True):
            if path in record:  # a key that is written like the path wins, by the rules of the language
                continue
            if isinstance(value, list) and None in leaf.path:
                assert [node.value for node in DataNode(page, record).select(path) if node.value in value] == value
            else:
                assert next(find(record, path), None) == value or value is None or isinstance(value, dict | list)
