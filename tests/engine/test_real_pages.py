"""Pages of real sites go through bronze and silver, and silver says what the pages say."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from benchmarks.real_pages import (
    FETCHERS,
    FEWEST_CASES,
    GOOD,
    MOMENTS,
    Outcome,
    cases_folder,
    days_of,
    figures_of,
    ingest,
    names,
)
from lakehouse.lake import Lake
from lakehouse.sandbox import check_module
from lakehouse.source import load_source

CASES = cases_folder()
FEW = ["grimgrains_com_9dc242", "iowa_0850dd", "miss_737b9c"]
MORE = sorted(set(names()) - set(FEW))[: FEWEST_CASES - len(FEW)]
"""With those few as many as are wanted; the benchmark takes all."""

with_cases = pytest.mark.skipif(
    not CASES.is_dir(), reason=f"there are no real pages in {CASES}; LAKEHOUSE_CASES may name their folder"
)


def page(case: str, moment: str, f1: float, *failed: str) -> Outcome:
    return Outcome(case, moment, f1, rows=1, rejects=0, failed=failed)


def holds(cases: Path, name: str, work: Path) -> None:
    """Check that the page the fetcher was written for is told rightly, and the one of the next day not lost."""
    before, after = ingest(name, cases, work)
    assert before.f1 >= GOOD
    assert before.failed == ()
    assert after.rows > 0
    lake = Lake.open(str(work / name))
    case = cases / "drift_none" / name.replace("_", "-")
    captures = lake.table(f"bronze/{name}").read().sort("day")
    assert captures["day"].to_list() == list(days_of(case).values())
    assert [lake.bodies.get(sha) for sha in captures["sha256"]] == [
        (case / f"{moment}.html").read_bytes() for moment in MOMENTS
    ]


@with_cases
@pytest.mark.parametrize("name", FEW)
def test_a_listing_and_a_detail_page_are_told_rightly(name: str, tmp_path: Path) -> None:
    holds(CASES, name, tmp_path)


@with_cases
@pytest.mark.slow
@pytest.mark.parametrize("name", MORE)
def test_more_pages_are_told_rightly(name: str, tmp_path: Path) -> None:
    holds(CASES, name, tmp_path)


@pytest.mark.parametrize("name", names())
def test_every_fetcher_passes_the_static_check_and_its_contract_is_sound(name: str) -> None:
    code = (FETCHERS / f"{name}.py").read_text()
    check_module(code)
    contract = (FETCHERS / f"{name}.yaml").read_text()
    source = load_source(f"name: {name}\nstart: http://site.example/\n{contract}")
    assert set(source.contract.fields) == set(yaml.safe_load(contract)["contract"]["fields"])
    assert all(f'"{field}":' in code for field in source.contract.fields)


def test_there_are_enough_fetchers() -> None:
    assert len(names()) >= FEWEST_CASES
    assert set(FEW) <= set(names())


def test_an_alarm_is_right_where_values_were_lost_and_false_where_not() -> None:
    outcomes = [page("a", "before", 1.0), page("b", "before", 1.0), page("c", "before", 1.0)]
    outcomes += [page("a", "after", 0.5, "drift"), page("b", "after", 1.0, "volume"), page("c", "after", 0.5)]
    figures, _ = figures_of(outcomes)
    assert figures["right_alarms"] == {"a": ("drift",)}
    assert figures["false_alarms"] == {"b": ("volume",)}
    assert figures["losses_unnoticed"] == {"c": 0.5}
    assert figures["after_good"] == pytest.approx(1 / 3, abs=0.001)


def test_a_page_told_wrongly_on_the_day_its_fetcher_was_written_is_a_miss() -> None:
    _, misses = figures_of([page("a", "before", 0.89, "contract"), page("a", "after", 1.0)])
    assert misses[0].startswith("a: F1 0.89")
    assert "contract failed on its first day" in misses[1]
    assert f"{FEWEST_CASES} are wanted" in misses[2]


def test_the_days_of_a_case_are_as_far_apart_as_its_captures(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text('{"days_between": 30}')
    assert days_of(tmp_path) == {"before": "2026-10-19", "after": "2026-11-18"}
    (tmp_path / "meta.json").write_text('{"days_between": 0}')
    assert days_of(tmp_path)["before"] == "2026-11-17"


def test_the_folder_of_cases_is_named_by_the_argument_or_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAKEHOUSE_CASES", "/some/cases")
    assert cases_folder() == Path("/some/cases")
    assert cases_folder("/other") == Path("/other")
