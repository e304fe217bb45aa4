"""Assets carry what a source says of itself, and only tables grow stale."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import dagster as dg
import pytest

from assets.labels import fresh_labels, labels
from lakehouse.source import Source


def source(**changes: Any) -> Source:
    return Source.model_validate(
        {"name": "books", "start": "https://books.example", "contract": {"fields": {"title": "text"}}, **changes}
    )


def windows(**changes: Any) -> tuple[timedelta | None, timedelta]:
    policy: Any = fresh_labels(source(**changes)).get("freshness_policy")
    warn = policy.warn_window
    return warn and warn.to_timedelta(), policy.fail_window.to_timedelta()


def test_group_and_owners_are_those_of_the_source() -> None:
    given = labels(source(group="courts", owners=["team:law", "anna@example.org"]))
    assert given["group_name"] == "courts"
    assert given["owners"] == ["team:law", "anna@example.org"]


def test_a_source_that_names_no_group_or_owner_has_the_common_group_and_no_owner() -> None:
    assert (labels(source())["group_name"], labels(source())["owners"]) == ("sources", [])


def test_its_own_tags_stand_beside_the_name_of_the_source() -> None:
    assert labels(source(tags={"kind": "shop"}))["tags"] == {"kind": "shop", "lakehouse/source": "books"}


def test_code_does_not_age() -> None:
    assert "freshness_policy" not in labels(source())


def test_a_table_has_the_same_labels_and_an_age() -> None:
    given = source(group="courts", owners=["team:law"], tags={"kind": "shop"})
    fresh = fresh_labels(given)
    assert {**labels(given), "freshness_policy": fresh.get("freshness_policy")} == fresh


def test_a_daily_table_warns_after_a_day_and_a_half_and_fails_after_three() -> None:
    assert windows(cadence="daily") == (timedelta(hours=36), timedelta(days=3))


def test_ages_that_a_source_names_are_taken() -> None:
    assert windows(freshness={"warn": "5h", "fail": "7h"}) == (timedelta(hours=5), timedelta(hours=7))


def test_where_warning_and_failure_coincide_there_is_no_warning() -> None:
    assert windows(freshness={"warn": "7h", "fail": "7h"}) == (None, timedelta(hours=7))
    assert windows(freshness={"fail": "12h"}) == (None, timedelta(hours=12))


@pytest.mark.parametrize("cadence", ["hourly", "weekly", "monthly", "*/1 * * * *", "0 0 29 2 *"])
def test_dagster_takes_the_ages_of_every_cadence(cadence: str) -> None:
    warn, fail = windows(cadence=cadence)
    assert warn is not None
    assert warn < fail


def test_dagster_takes_the_labels_for_an_asset() -> None:
    given = source(tags={"kind": "shop"}, owners=["team:law"])
    made = dg.AssetSpec(
        "books", group_name=labels(given)["group_name"], owners=labels(given)["owners"], tags=labels(given)["tags"]
    )
    assert made.tags == {"kind": "shop", "lakehouse/source": "books"}
