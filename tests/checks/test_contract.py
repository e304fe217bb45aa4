"""The contract check: odd rows pass, a broken template does not."""

from __future__ import annotations

from typing import Any

import pytest

from lakehouse.checks.contract import check_contract
from lakehouse.checks.result import CheckResult, Evidence
from lakehouse.contract import Split
from lakehouse.profile import DayStats, Profile
from tests.checks.evidence import changed, counted, verdicts
from tests.profile.days import SOURCE, parts_of, records

NOTHING = parts_of([])


def verdict(stats: DayStats, usual: float = 0.0, split: Split = NOTHING) -> CheckResult:
    return check_contract(Evidence(SOURCE, "2026-01-30", stats, split, Profile(days=3, reject_share=usual)))


@pytest.mark.parametrize(
    ("rows", "rejects", "usual"),
    [(100, 0, 0), (0, 0, 0), (2, 1, 0), (99, 1, 0), (95, 5, 0), (10_000, 500, 0), (80, 20, 0.2), (9, 1, 0)],
)
def test_a_usual_share_of_rejects_passes(rows: int, rejects: int, usual: float) -> None:
    assert verdict(counted(rows, rejects), usual).passed


@pytest.mark.parametrize(
    ("rows", "rejects", "usual"),
    [(0, 1, 0), (1, 1, 0), (0, 100, 0), (80, 20, 0), (9_000, 1_000, 0), (60, 40, 0.2), (40, 60, 0.9), (6, 4, 0)],
)
def test_an_unusual_share_of_rejects_fails(rows: int, rejects: int, usual: float) -> None:
    result = verdict(counted(rows, rejects), usual)
    assert not result.passed
    assert f"{rejects} of {rows + rejects}" in result.message


def test_a_failed_page_weighs_as_much_as_its_rows() -> None:
    whole = DayStats(rows=900, rejects=0, pages=10, failed_pages=1)
    assert not verdict(whole).passed
    assert verdict(whole).message == "The fetcher failed on 1 of 10 pages."
    assert verdict(whole).actual == "10 % (0 of 900, 1 failed pages)"
    assert verdict(DayStats(rows=990, rejects=0, pages=100, failed_pages=1)).passed


def test_when_most_pages_failed_the_message_speaks_of_pages() -> None:
    result = verdict(DayStats(rows=0, rejects=0, pages=4, failed_pages=4))
    assert not result.passed
    assert result.message == "The fetcher failed on 4 of 4 pages."


def test_the_field_at_fault_is_named_and_five_rejects_are_shown() -> None:
    def without_docket(row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "docket": None}

    result = verdicts(changed(without_docket, 0.4))["contract"]
    assert not result.passed
    assert "most of them because of `docket`" in result.message
    assert len(result.examples) == 5
    assert result.examples[0]["reasons"] == ["docket: required, was empty"]
    assert result.command == (
        "lakehouse sql \"select reasons, raw from silver.opinions__rejects where day = '2026-01-30' limit 20\""
    )


def test_one_odd_row_among_good_ones_passes() -> None:
    assert verdicts([*records(30, 3), {**records(30, 1)[0], "docket": None}], days=0)["contract"].passed
