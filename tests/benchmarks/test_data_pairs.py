"""Written pairs of data: the halves are one document, and only its keys change."""

from __future__ import annotations

from typing import Any

from benchmarks.data_pairs import halves, respelled, shortened

DOCUMENT = {"meta": {"tags": [{"a": 1}]}, "itemList": [{"caseName": f"name {n}", "no": n} for n in range(6)]}


def values(document: Any) -> list[Any]:
    if isinstance(document, dict):
        return [inner for value in document.values() for inner in values(value)]
    return [inner for value in document for inner in values(value)] if isinstance(document, list) else [document]


def test_the_halves_of_the_longest_list_share_no_item() -> None:
    cut = halves(DOCUMENT)
    assert cut is not None
    one, other = cut
    assert one["itemList"] + other["itemList"] == DOCUMENT["itemList"]
    assert one["meta"] == other["meta"] == DOCUMENT["meta"]


def test_a_document_without_a_list_worth_cutting_is_left_out() -> None:
    assert halves({"items": [{"a": 1}]}) is None


def test_other_keys_keep_every_value() -> None:
    assert values(respelled(DOCUMENT)) == values(DOCUMENT)
    assert respelled(DOCUMENT)["item_list_"][0]["case_name_"] == "name 0"
    assert [value for value in values(DOCUMENT) if value not in values(shortened(DOCUMENT))] == []
    assert "itemList" not in shortened(DOCUMENT)["result"]["payload"]
