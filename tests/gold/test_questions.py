"""The questions of gold: each answer is worked out by hand here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lakehouse.errors import QueryFailed
from lakehouse.gold.merging import merge_envelopes
from lakehouse.gold.questions import FAMILIES, ask, of_family, questions
from lakehouse.gold.rows import RepairRow, SourceHealthRow
from lakehouse.gold.tables import REPAIRS, SOURCE_HEALTH
from lakehouse.lake import Lake
from tests.gold.envelopes import TODAY, envelope, leave

TODAY_TEXT, YESTERDAY = f"{TODAY:%Y-%m-%d}", f"{TODAY - timedelta(days=1):%Y-%m-%d}"


@pytest.fixture
def filled(lake: Lake) -> Lake:
    """Return a lake with four runs of two agents on two days, one of them long ago."""
    leave(
        lake,
        envelope("a", subject="books", seconds=1, costs=(0.25, 0.75), query="digest"),
        envelope("b", subject="books", seconds=3, failed="ValueError: 12 rows", at=TODAY - timedelta(days=1)),
        envelope("c", subject="films", seconds=2, failed="ValueError: 7 rows", agent="scout"),
        envelope("old", subject="films", at=TODAY - timedelta(days=90), costs=(100.0,)),
    )
    merge_envelopes(lake)
    return lake


def rows(lake: Lake, question: str, *columns: str, days: int = 30) -> list[tuple[Any, ...]]:
    """Return some columns of an answer."""
    return ask(lake, question, days=days).select(columns).rows()


def test_there_are_questions_of_all_four_families_with_a_title_each() -> None:
    assert all(len(of_family(family)) >= 3 for family in FAMILIES)
    assert all(question.title and "$since" in question.sql for question in questions())


@pytest.mark.parametrize("question", [one.name for one in questions()])
def test_every_question_can_be_asked_of_a_lake_where_nothing_ever_ran(lake: Lake, question: str) -> None:
    assert ask(lake, question).height == 0


def test_success_rates(filled: Lake) -> None:
    found = rows(filled, "success_rates", "agent", "runs", "succeeded", "failed", "success_rate")
    assert found == [("doctor", 2, 1, 1, 0.5), ("scout", 1, 0, 1, 0.0)]


def test_errors_that_differ_in_numbers_only_are_one(filled: Lake) -> None:
    assert rows(filled, "errors", "agent", "error", "runs") == [
        ("doctor", "ValueError: # rows", 1),
        ("scout", "ValueError: # rows", 1),
    ]


def test_failing_subjects_and_steps(filled: Lake) -> None:
    assert rows(filled, "failing_subjects", "subject", "agent", "runs", "failed", "failure_rate") == [
        ("books", "doctor", 2, 1, 0.5),
        ("films", "scout", 1, 1, 1.0),
    ]
    assert rows(filled, "failing_steps", "agent", "step_name", "steps", "failed") == [
        ("doctor", "look", 2, 1),
        ("scout", "look", 1, 1),
    ]


def test_failing_calls_are_counted_by_provider(filled: Lake) -> None:
    assert sorted(rows(filled, "failing_calls", "provider", "calls", "failed", "refused")) == [
        ("openai", 2, 0, 0),
        ("web", 2, 0, 0),
    ]


def test_latencies(filled: Lake) -> None:
    assert rows(filled, "latency_trend", "day", "agent", "p50_ms") == [
        (YESTERDAY, "doctor", 3000.0),
        (TODAY_TEXT, "doctor", 1000.0),
        (TODAY_TEXT, "scout", 2000.0),
    ]
    assert rows(filled, "slowest_steps", "agent", "steps", "p50_ms", "total_ms") == [
        ("doctor", 2, 2000.0, 4000.0),
        ("scout", 1, 2000.0, 2000.0),
    ]
    assert rows(filled, "call_latency", "provider", "model", "calls", "p50_ms", "p99_ms") == [
        ("openai", "m", 2, 150.0, 199.0),
        ("web", None, 2, 100.0, 100.0),
    ]


def test_usage(filled: Lake) -> None:
    assert rows(filled, "runs_by_day", "day", "agent", "runs", "calls", "cost_usd") == [
        (YESTERDAY, "doctor", 1, 1, 0.0),
        (TODAY_TEXT, "doctor", 1, 2, 1.0),
        (TODAY_TEXT, "scout", 1, 1, 0.0),
    ]
    assert rows(filled, "top_subjects", "subject", "runs", "calls") == [("books", 2, 3), ("films", 1, 1)]
    assert rows(filled, "peak_hours", "hour_utc", "runs") == [(12, 3)]


def test_costs(filled: Lake) -> None:
    assert rows(filled, "by_agent", "agent", "runs", "calls_a_run", "cost_usd") == [
        ("doctor", 2, 1.5, 1.0),
        ("scout", 1, 1.0, 0.0),
    ]
    assert rows(filled, "by_model", "provider", "tokens_in", "tokens_out", "cost_usd") == [
        ("openai", 20, 10, 1.0),
        ("web", None, None, 0.0),
    ]
    assert rows(filled, "runs_by_cost", "run_id", "calls", "cost_usd")[0] == ("a", 2, 1.0)
    assert rows(filled, "expensive_queries", "query", "calls", "cost_usd") == [("digest", 2, 1.0)]


def test_a_query_that_was_paid_for_twice_says_what_keeping_the_answer_would_have_saved(filled: Lake) -> None:
    assert rows(filled, "repeated_queries", "query", "calls", "saved_by_keeping") == [("digest", 2, 0.25)]


def test_what_a_source_costs_is_divided_by_the_rows_that_it_keeps(filled: Lake) -> None:
    for day, kept in ((YESTERDAY, 10), (TODAY_TEXT, 40)):
        SOURCE_HEALTH.merge(filled, SOURCE_HEALTH.frame([(day, health(kept))]))
    assert rows(filled, "by_source", "source", "runs", "rows_kept", "cost_a_row") == [("books", 2, 40, 0.025)]


def test_what_a_repair_cost_is_that_of_the_doctors_runs_between_its_failure_and_its_end(filled: Lake) -> None:
    failed, ended = TODAY - timedelta(minutes=1), TODAY + timedelta(minutes=1)
    REPAIRS.merge(
        filled,
        REPAIRS.frame([(TODAY_TEXT, repair("books", failed, ended)), (TODAY_TEXT, repair("none", failed, None))]),
    )
    assert rows(filled, "by_repair", "source", "runs", "calls", "cost_usd") == [
        ("books", 1, 2, 1.0),
        ("none", 0, 0, 0.0),
    ]


def test_a_longer_look_back_sees_more(filled: Lake) -> None:
    assert rows(filled, "by_agent", "agent", "cost_usd", days=120)[0] == ("doctor", 101.0)


def test_a_question_that_nobody_knows_is_answered_with_the_nearest(lake: Lake) -> None:
    with pytest.raises(QueryFailed, match="Did you mean success_rates"):
        ask(lake, "succes_rate")


def health(kept: int) -> SourceHealthRow:
    """Return a row of health of `books`."""
    return SourceHealthRow(
        source="books", state="active", problem="", cadence="daily", release=1, last_day=None, last_good_day=None,
        days_seen=1, days_failed=0, pages=1, rows=kept, rows_kept=kept, rejects=0, incident=None, warnings=0,
    )  # fmt: skip


def repair(source: str, failed_at: Any, ended_at: Any) -> RepairRow:
    """Return a repair that took from one moment to another."""
    return RepairRow(
        source=source, incident="i1", cause="layout", method="anchors", verdict="release", outcome="healed",
        attempts=1, alone=True, failed_at=failed_at, ended_at=ended_at, seconds=None, days=1, rows=5, release=2,
        failed_again_at=None,
    )  # fmt: skip
