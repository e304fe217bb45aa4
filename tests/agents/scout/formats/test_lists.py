"""Where records lie in a JSON value, however deep."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.formats.json_api import json_findings
from lakehouse.agents.scout.formats.lists import homogeneity, record_lists
from lakehouse.fetcher import Page
from tests.agents.scout.formats.answers import RECORDS


def paths(document: Any) -> list[str]:
    """Give the paths of all lists of records."""
    return [found.path for found in record_lists(document)]


def test_a_list_at_the_top_has_the_empty_path() -> None:
    assert paths(RECORDS) == [""]


def test_lists_in_objects_are_found_by_their_keys() -> None:
    assert paths({"meta": {"n": 1}, "data": {"items": RECORDS}}) == ["data.items"]


def test_lists_in_every_record_are_one_list() -> None:
    days = [{"day": "2024-01-01", "events": RECORDS[:2]}, {"day": "2024-01-02", "events": RECORDS[2:]}]
    found = record_lists({"days": days})
    assert [each.path for each in found] == ["days", "days[*].events"]
    assert [len(each.records) for each in found] == [2, len(RECORDS)]
    assert found[1].nested == len(RECORDS) / 2


def test_objects_named_by_ids_are_a_list() -> None:
    assert paths({"byId": {f"k{number}": record for number, record in enumerate(RECORDS)}}) == ["byId[*]"]


def test_an_object_of_unlike_objects_is_no_list() -> None:
    assert (
        paths(
            {
                "config": {
                    "size": {"w": 1, "h": 2},
                    "user": {"name": "x", "age": 3},
                    "theme": {"dark": True, "font": "y"},
                }
            }
        )
        == []
    )


def test_rows_of_a_table_are_records_and_coordinates_are_none() -> None:
    assert paths({"rows": [["a", 1, "x"], ["b", 2, "y"]]}) == ["rows"]
    assert paths({"line": [[1.5, 2.5], [3.5, 4.5]]}) == []


def test_lists_of_texts_and_numbers_are_no_records() -> None:
    assert paths({"tags": ["a", "b"], "counts": [1, 2, 3]}) == []


def test_records_with_the_same_keys_are_alike() -> None:
    assert homogeneity([{"a": 1, "b": 2}, {"a": 3, "b": 4}]) == 1
    assert homogeneity([{"a": 1}, {"b": 1}, {"c": 1}]) == 0
    assert 0 < homogeneity([{"a": 1, "b": 2}, {"a": 1, "c": 2}, {"a": 1, "b": 3}]) < 1


STEPS = st.lists(st.text("abc_.[]\" '日", min_size=1, max_size=6), max_size=5)
FILLING = st.dictionaries(
    st.sampled_from(["count", "page", "ok", "note"]),
    st.one_of(st.integers(), st.booleans(), st.text(max_size=9)),
    max_size=3,
)


@given(STEPS, st.lists(FILLING, min_size=5, max_size=5))
def test_records_are_found_in_any_nesting_and_read_whole(steps: list[str], fillings: list[dict[str, Any]]) -> None:
    document: Any = RECORDS
    for step, filling in zip(steps, fillings, strict=False):
        document = {**filling, step: document}
    best = json_findings(Page("https://a.example/api", json.dumps(document).encode()))[0]
    assert best.evidence.rows == len(RECORDS)
    assert {"id", "title", "filed", "judge_name"} <= {field.name for field in best.fields}
    assert best.key == ("id",)


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4)),
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=3), inner, max_size=4)),
        max_leaves=25,
    )
)
def test_any_value_is_searched_without_a_fault(document: Any) -> None:
    for found in record_lists(document):
        assert len(found.records) > 1
        assert 0 <= found.homogeneity <= 1
