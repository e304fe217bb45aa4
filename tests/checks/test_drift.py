"""The drift check: values that no longer look like themselves fail, new values of the old kind do not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lakehouse.fetcher import Money
from tests.checks.evidence import Change, changed, failed, verdicts
from tests.profile.days import records

BREAKS: dict[str, Change] = {
    "a text is another one's": lambda row: {**row, "docket": f"{row['title']} {row['docket']}"},
    "a number replaced words": lambda row: {**row, "court": str(row["_row"])},
    "a label came along": lambda row: {**row, "docket": f"Docket No.: {row['docket']}"},
    "the whole row was read": lambda row: {**row, "title": f"{row['title']} | {row['docket']} | " + "and so on " * 12},
    "cents instead of dollars": lambda row: {**row, "fee": Money(row["fee"].amount * 100, "USD")},
    "thousands instead of ones": lambda row: {**row, "pages": row["pages"] * 1_000},
    "another date": lambda row: {**row, "filed": date(1970, 1, 1)},
    "day and month changed places": lambda row: {**row, "filed": date(2026, 1 + row["_row"] % 12, 1)},
    "the same cell for every row": lambda row: {**row, "link": "https://courts.example.gov/opinions/1.pdf"},
    "items in one": lambda row: {**row, "tags": ["Civil, appeal; 2026"]},
}


@pytest.mark.parametrize("days", [1, 3, 14])
@pytest.mark.parametrize("change", BREAKS.values(), ids=BREAKS.keys())
def test_a_change_of_form_is_found(change: Change, days: int) -> None:
    assert "drift" in failed(verdicts(changed(change), days))


@pytest.mark.parametrize("change", BREAKS.values(), ids=BREAKS.keys())
def test_a_tenth_of_odd_values_is_no_drift(change: Change) -> None:
    assert "drift" not in failed(verdicts(changed(change, 0.1)))


NEWS: dict[str, Change] = {
    "a new court": lambda row: {**row, "court": "Eleventh Circuit"},
    "a month later": lambda row: {**row, "filed": row["filed"] + timedelta(days=31)},
    "twice as dear": lambda row: {**row, "fee": Money(row["fee"].amount * 2, "USD")},
    "another spelling of numbers": lambda row: {**row, "docket": row["docket"].replace("24-", "126-")},
    "notes on everything": lambda row: {**row, "note": "sealed"},
    "shorter titles": lambda row: {**row, "title": row["title"].split(" v. ")[0]},
}


@pytest.mark.parametrize("change", NEWS.values(), ids=NEWS.keys())
def test_news_of_the_old_kind_is_no_drift(change: Change) -> None:
    assert "drift" not in failed(verdicts(changed(change)))


def test_a_few_values_prove_nothing() -> None:
    rows: list[dict[str, Any]] = [{**row, "docket": f"#{row['docket']}", "pages": 10**6} for row in records(30, 4)]
    assert "drift" not in failed(verdicts(rows))


def test_nothing_learned_is_nothing_to_drift_from() -> None:
    assert "drift" not in failed(verdicts(changed(BREAKS["another date"]), days=0))


def test_the_drift_is_told_with_both_forms_and_rows_that_show_it() -> None:
    result = verdicts(changed(BREAKS["a label came along"]))["drift"]
    assert result.message == "Values of `docket` no longer look like themselves."
    assert result.expected == "docket: forms such as `9-a-9`"
    assert result.actual == "docket: forms such as `w Aa.: 9-a-9`"
    assert len(result.examples) == 5


def test_an_amount_of_nothing_has_no_magnitude_to_lose() -> None:
    free = [{**row, "fee": Money(Decimal(0), "USD")} for row in records(30)]
    assert "drift" in failed(verdicts(free))
    assert verdicts(free, days=0)["drift"].passed
