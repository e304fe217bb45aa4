"""Records that are still there: what they lost or say otherwise shows before statistics can tell."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.checks import CheckResult, run_checks
from lakehouse.checks.kept import Kept, kept_records
from lakehouse.contract import Contract, split
from lakehouse.profile import Profile, measure
from lakehouse.source import Source
from tests.checks.evidence import failed

FIELDS: dict[str, Any] = {"name": "text", "maker": "text", "price": "text", "seen": "date", "parts": "list"}
STAMP = {"_capture": "page", "_release": 1}

Rows = list[dict[str, Any]]


def things(count: int, first: int = 0) -> Rows:
    return [
        {
            "name": f"Thing number {n}",
            "maker": f"Maker {n} & Sons",
            "price": f"{n + 3}.50",
            "seen": f"2026-01-{1 + n % 28:02}",
            "parts": [f"bolt {n}", f"nut {n}", "oil"],
        }
        for n in range(first, first + count)
    ]


def changed(rows: Rows, **change: Any) -> Rows:
    return [row | {k: v(row) if callable(v) else v for k, v in change.items()} for row in rows]


def frame(rows: Rows, contract: Contract, release: int = 1) -> pl.DataFrame:
    stamped = [{**row, **STAMP, "_row": n, "_release": release} for n, row in enumerate(rows)]
    return split(stamped, contract).good


def kept(before: Rows, today: Rows, key: str = "") -> Kept:
    contract = Contract(fields=FIELDS, key=(key,) if key else ())
    return kept_records(frame(before, contract), frame(today, contract), contract)


def checked(before: Rows, today: Rows, release: int = 1) -> dict[str, CheckResult]:
    source = Source(name="things", start="https://things.example", contract=Contract(fields=FIELDS))
    contract = source.contract
    good = split([{**row, **STAMP, "_row": n} for n, row in enumerate(before)], contract)
    parts = split([{**row, **STAMP, "_row": n, "_release": release} for n, row in enumerate(today)], contract)
    stats, usual = (measure(each.good, each.rejects, contract=contract, pages=1) for each in (parts, good))
    told = run_checks(stats, parts, Profile.learn([usual]), source, day="2026-01-30", before=good.good)
    return {result.name: result for result in told}


def test_a_page_of_one_record_that_lost_a_field_is_found_on_the_second_day() -> None:
    result = checked(things(1), changed(things(1), maker=None))["coverage"]
    assert not result.passed
    assert result.fields == ("maker",)


def test_a_page_of_another_record_that_lacks_a_field_is_left_alone() -> None:
    assert failed(checked(things(1), changed(things(1, 1), maker=None))) == set()


def test_a_record_that_is_still_there_may_change() -> None:
    today = changed(things(1), price="9.99", seen="2026-02-01")
    assert failed(checked(things(1), today)) == set()


def test_a_few_records_that_all_lost_a_field_are_found() -> None:
    assert checked(things(4), changed(things(4), price=None))["coverage"].fields == ("price",)


def test_single_records_that_lost_a_field_are_left_alone() -> None:
    today = changed(things(2), price=None) + things(8, 2)
    assert "coverage" not in failed(checked(things(10), today))


def test_a_mark_that_only_new_records_bear_may_go_from_the_old_ones() -> None:
    before = changed(things(6), price="new!")
    assert "coverage" not in failed(
        checked(before, changed(things(6, 6), price="new!") + changed(things(6), price=None))
    )


@pytest.mark.parametrize("key", ["", "name"])
def test_records_are_found_again_by_their_key_or_by_values_that_no_other_has(key: str) -> None:
    found = kept(things(8), changed(things(8, 3), maker=None), key)
    assert found.had["maker"] == found.lost["maker"] == 5


def test_records_that_agree_in_one_value_only_are_others() -> None:
    today = changed(things(5, 50), name=lambda row: f"Thing number {int(row['name'].split()[-1]) - 50}")
    assert kept(things(5), today).had == {}
    assert kept(things(5), today, "name").had["name"] == 5


def test_a_record_whose_list_has_more_items_is_still_the_same() -> None:
    today = changed(things(1), parts=["bolt 0", "nut 0", "oil", "wax"], price="1.00", seen=None, maker="Another")
    assert kept(things(1), today).lost["seen"] == 1


def test_half_of_the_fields_gone_at_once_is_no_chance_even_in_another_record() -> None:
    today = changed(things(1, 7), maker=None, price=None, parts=None)
    assert checked(things(1), today)["coverage"].fields == ("maker", "price", "parts")


def test_one_of_two_fields_gone_is_half_of_them() -> None:
    pair = [{name: row[name] for name in ("name", "maker")} for row in things(2)]
    assert checked(pair[:1], changed(pair[1:], maker=None))["coverage"].fields == ("maker",)
    assert failed(checked(pair[:1], pair[1:])) == set()


def test_half_of_the_fields_gone_that_were_not_always_there_is_chance() -> None:
    before = things(1) + changed(things(1, 1), maker=None, price=None, parts=None)
    assert failed(checked(before, changed(things(1, 7), maker=None, price=None, parts=None))) == set()


WITH_MORE = {"a label came along": "By {}", "a tail came along": "{} | Shop", "twice": "{0} {0}"}


@pytest.mark.parametrize("form", WITH_MORE.values(), ids=WITH_MORE.keys())
def test_texts_of_the_same_records_that_are_cut_otherwise_are_found(form: str) -> None:
    today = changed(things(6), maker=lambda row: form.format(row["maker"]))
    result = checked(things(6), today)["drift"]
    assert result.fields == ("maker",)
    assert checked(today, things(6))["drift"].fields == ("maker",)


def test_another_release_may_cut_texts_otherwise() -> None:
    today = changed(things(6), maker=lambda row: f"By {row['maker']}")
    assert "drift" not in failed(checked(things(6), today, release=2))


def test_other_texts_and_counts_that_grew_are_news() -> None:
    today = changed(things(6), maker="Sold to Smith", price=lambda row: f"1{row['price']}")
    assert "drift" not in failed(checked(things(6), today))


def test_columns_of_another_type_are_not_compared() -> None:
    old = Contract.model_validate({"fields": {**FIELDS, "price": "decimal"}})
    found = kept_records(frame(things(3), old), frame(things(3), Contract(fields=FIELDS)), Contract(fields=FIELDS))
    assert found.had["name"] == 3
    assert "price" not in found.had


@given(st.integers(0, 12), st.integers(0, 12), st.integers(1, 12))
def test_the_records_of_two_good_days_lose_nothing_and_say_the_same(first: int, second: int, count: int) -> None:
    found = kept(things(count, first), things(count, second))
    assert found.had["name"] == max(0, count - abs(first - second))
    assert sum(found.lost.values()) == sum(found.recut.values()) == 0


def test_a_field_that_tells_records_apart_and_says_something_else_of_all_is_drift() -> None:
    rows = things(8)
    result = checked(rows, changed(rows, maker=lambda row: f"{row['price']} EUR"))["drift"]
    assert (result.passed, result.fields) == (False, ("maker",))
    assert "something else" in result.actual


def test_a_count_of_hours_or_a_rank_may_change_in_all_records() -> None:
    rows = changed(things(8), maker=lambda row: f"{len(row['name'])}{row['price'][0]} hours ago")
    assert kept(rows, changed(rows, maker=lambda row: row["maker"].replace("hours", "weeks"))).other["maker"] == 0


def test_what_says_something_else_from_a_new_release_on_is_no_drift() -> None:
    rows = things(8)
    assert checked(rows, changed(rows, maker=lambda row: f"{row['price']} EUR"), release=2)["drift"].passed
