"""What the checks found on several days is one result for each check, which names the days at fault."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import dagster as dg
import pytest

from assets.checks import BLOCKING, CHECKS, check_specs, worst_results
from lakehouse.checks.result import CheckResult, Severity
from lakehouse.engine.silver import ParseReport

KEY = dg.AssetKey(["silver", "books"])
GOOD = CheckResult("volume", "error", passed=True, expected="90 to 110", actual="100", message="As many as usual.")
BAD = replace(GOOD, passed=False, actual="3", message="Too few.")


def report(day: str, *checks: CheckResult) -> ParseReport:
    return ParseReport("books", day, release=1, pages=1, rows=1, rejects=0, checks=checks)


def results(*reports: ParseReport) -> dict[str, dg.AssetCheckResult]:
    return {str(result.check_name): result for result in worst_results("books", KEY, list(reports))}


def shown(result: dg.AssetCheckResult, name: str) -> Any:
    return result.metadata[name].value


def test_every_check_is_declared_with_what_it_means() -> None:
    specs = check_specs(KEY)
    assert [spec.name for spec in specs] == list(CHECKS)
    assert {spec.asset_key for spec in specs} == {KEY}
    assert [spec.description for spec in specs] == list(CHECKS.values())


def test_only_a_check_that_may_block_is_declared_as_blocking() -> None:
    assert {spec.name for spec in check_specs(KEY) if spec.blocking} == BLOCKING
    assert "fallback" not in BLOCKING


def test_every_check_has_a_result_even_where_nothing_was_checked() -> None:
    empty = results()
    assert list(empty) == list(CHECKS)
    assert all(result.passed and not result.metadata for result in empty.values())


def test_a_day_that_passed_shows_what_was_expected_and_what_was_there() -> None:
    volume = results(report("2026-11-18", GOOD))["volume"]
    assert volume.passed
    assert volume.description == "As many as usual."
    assert (shown(volume, "day"), shown(volume, "source")) == ("2026-11-18", "books")
    assert (shown(volume, "expected"), shown(volume, "actual")) == ("90 to 110", "100")
    assert shown(volume, "failed days") == "none"


def test_of_days_that_all_passed_the_last_is_shown() -> None:
    volume = results(report("2026-11-18", GOOD), report("2026-11-19", replace(GOOD, actual="101")))["volume"]
    assert (shown(volume, "day"), shown(volume, "actual")) == ("2026-11-19", "101")


def test_one_bad_day_among_good_ones_fails_the_check_and_is_shown() -> None:
    days = [report("2026-11-17", GOOD), report("2026-11-18", BAD), report("2026-11-19", GOOD)]
    volume = results(*days)["volume"]
    assert not volume.passed
    assert (shown(volume, "day"), volume.description) == ("2026-11-18", "Too few.")


def test_of_several_bad_days_the_first_is_shown_and_all_are_named() -> None:
    days = [report("2026-11-18", BAD), report("2026-11-19", GOOD), report("2026-11-20", BAD)]
    volume = results(*days)["volume"]
    assert shown(volume, "day") == "2026-11-18"
    assert shown(volume, "failed days") == "2026-11-18, 2026-11-20"


def test_a_failed_check_does_not_colour_the_others() -> None:
    drift = replace(GOOD, name="drift")
    found = results(report("2026-11-18", BAD, drift))
    assert [name for name, result in found.items() if not result.passed] == ["volume"]


def test_a_check_that_dagster_does_not_know_is_not_reported() -> None:
    assert list(results(report("2026-11-18", replace(BAD, name="mood")))) == list(CHECKS)


@pytest.mark.parametrize("severity", get_args(Severity))
def test_severity_is_that_of_the_check(severity: Severity) -> None:
    volume = results(report("2026-11-18", replace(BAD, severity=severity)))["volume"]
    assert volume.severity == dg.AssetCheckSeverity[severity.upper()]


def test_the_next_command_is_shown_as_code() -> None:
    volume = results(report("2026-11-18", replace(BAD, command="lakehouse sql x")))["volume"]
    assert shown(volume, "run next") == "`lakehouse sql x`"


def test_examples_are_shown_as_json() -> None:
    volume = results(report("2026-11-18", replace(BAD, examples=({"title": "Dune"},))))["volume"]
    assert shown(volume, "examples") == [{"title": "Dune"}]


def test_what_a_check_does_not_say_is_not_shown() -> None:
    assert not {"run next", "examples"} & results(report("2026-11-18", BAD))["volume"].metadata.keys()
