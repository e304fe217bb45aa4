"""The checks together: quiet on usual days, loud on broken ones, and never without a word of what to do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.checks import run_checks
from lakehouse.contract import Split, split
from lakehouse.fetcher import Unread
from lakehouse.profile import DayStats, Profile, measure
from tests.checks.evidence import changed, failed, learned, verdicts
from tests.contract.values import EVERY_TYPE, rows
from tests.profile.days import CONTRACT, SOURCE, parts_of, records, stats_of, usual_days

BLOCKING = ["contract", "volume", "coverage", "drift"]


@pytest.mark.parametrize("days", [0, 1, 2, 3, 7, 8, 14])
def test_a_usual_day_passes_every_check(days: int) -> None:
    assert failed(verdicts(records(30), days)) == set()


def test_four_checks_block_and_one_warns() -> None:
    results = verdicts(records(30))
    assert [name for name, result in results.items() if result.severity == "error"] == BLOCKING
    assert [name for name, result in results.items() if result.severity == "warn"] == ["fallback"]


@settings(max_examples=25, deadline=None)
@given(rows(), st.integers(1, 14))
def test_a_day_that_is_like_the_days_before_raises_no_alarm(day: list[dict[str, Any]], times: int) -> None:
    source = SOURCE.model_copy(update={"contract": EVERY_TYPE.model_copy(update={"min_rows": 0})})
    parts = split_good(day)
    stats = stats_of_every_type(parts)
    results = run_checks(stats, parts, Profile.learn([stats] * times), source, day="2026-01-30")
    assert [result.name for result in results if not result.passed] == []


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from([name for name in CONTRACT.fields if name != "docket"]), st.integers(1, 14), st.integers(0, 10**6)
)
def test_a_field_that_is_gone_from_a_whole_day_always_fails_coverage(name: str, days: int, seed: int) -> None:
    rows = [{**row, name: None} for row in records(30, 100, seed)]
    assert "coverage" in failed(verdicts(rows, days))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 14))
def test_a_day_without_rows_always_fails_volume(days: int) -> None:
    assert failed(verdicts([], days)) == {"volume"}


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 14), st.sampled_from(["docket", "title", "filed"]))
def test_a_field_that_cannot_be_read_any_more_always_fails_the_contract(days: int, name: str) -> None:
    rows = [{**row, name: Unread("?", "text", "no reason")} for row in records(30)]
    assert {"contract", "volume"} <= failed(verdicts(rows, days))


def test_what_fails_says_what_to_run_next_and_shows_rows() -> None:
    results = verdicts(changed(lambda row: {**row, "note": None, "docket": None if row["_row"] % 3 else row["docket"]}))
    assert {"contract", "coverage"} <= failed(results)
    for name in ("contract", "coverage"):
        assert results[name].command.startswith("lakehouse ")
        assert 1 <= len(results[name].examples) <= 5
        assert json.loads(json.dumps(results[name].examples)) == list(results[name].examples)


def test_messages_are_sentences() -> None:
    broken = verdicts(changed(lambda row: {**row, "title": None, "link": "https://x.org"}))
    for result in [*broken.values(), *verdicts(records(30)).values()]:
        assert result.message[0].isupper() or result.message[0] in "`0123456789"
        assert result.message.endswith(".")
        assert result.expected
        assert result.actual


def test_what_passes_asks_for_nothing() -> None:
    assert {(result.command, result.examples) for result in verdicts(records(30)).values()} == {("", ())}


def test_checks_are_pure() -> None:
    assert verdicts(records(30)) == verdicts(records(30))
    assert learned(3) == Profile.learn(usual_days(3))


def split_good(day: list[dict[str, Any]]) -> Split:
    parts = split(day, EVERY_TYPE)
    return Split(parts.good, parts.rejects.clear())


def stats_of_every_type(parts: Split) -> DayStats:
    return measure(parts.good, parts.rejects, contract=EVERY_TYPE, pages=1)


def test_the_sizes_of_these_days_are_as_the_tests_say() -> None:
    stats = stats_of(parts_of(records(30)))
    assert (stats.rows, stats.rejects, stats.pages) == (100, 0, 2)
