"""A source warns before it breaks, and a steady one keeps quiet."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.status import source_status
from lakehouse.agents.doctor.warning import EarlyWarning, Kind, as_check
from lakehouse.agents.doctor.warning_fill import LEAST_DAYS, fall, lost_fill, sliding_fills
from lakehouse.agents.doctor.warning_structure import SLACK, least_likeness
from lakehouse.agents.doctor.warnings import kept_warnings, warnings_of, watch
from lakehouse.checks import CheckResult
from lakehouse.lake import Lake
from lakehouse.profile import DayStats
from lakehouse.registry import Registry
from tests.agents.doctor.diary import NAME, PASSED, days, keep, noisy, stats

FAILED = replace(PASSED, passed=False)
MENU = "<nav class='menu'><ul><li><a href='/'>Home</a></li></ul></nav>"
NEW_MENU = "<header class='top'><div class='bar'><section class='links'><p><a href='/'>Home</a></p></section></div>"
ADVERT = "<aside class='advert'><div class='frame'><p class='slogan'>Buy</p></div></aside>"


def book_page(seed: int, *, menu: str = MENU, advert: str = "") -> str:
    """Return a list of books, some with a note, some without, as a shop would have it on a day."""
    dice = random.Random(seed)
    rows = "".join(
        f"<li class='book'><h3 class='title'>Book {n}</h3><p class='price'>{n}</p>"
        f"{'<p class=note>new</p>' if dice.random() < 0.5 else ''}</li>"
        for n in range(dice.randint(8, 14))
    )
    return f"<html><body>{menu}{advert}<ul class='books'>{rows}</ul><div class='foot'><p>Us</p></div></body></html>"


def fallback(*fields: str) -> CheckResult:
    examples = tuple({"field": name, "selectors": ["b", "i"], "answers": [0, 5]} for name in fields)
    return CheckResult("fallback", "warn", not fields, "", "", "", examples)


def alarms(told: Sequence[DayStats]) -> list[EarlyWarning]:
    """Return what would have been warned of on any of the days."""
    named = dict(zip(days(len(told)), told, strict=True))
    return [each for n in range(1, len(named) + 1) for each in sliding_fills(dict(list(named.items())[:n]))]


@pytest.mark.parametrize("fill", [0.05, 0.3, 0.6, 0.9, 1.0])
@pytest.mark.parametrize("rows", [1, 20, 200])
def test_thirty_noisy_days_of_a_steady_source_raise_no_alarm(rows: int, fill: float) -> None:
    assert all(not alarms(noisy(seed, rows, fill)) for seed in range(5))


def test_a_field_that_is_empty_every_weekend_does_not_slide() -> None:
    week = [0.9, 0.9, 0.9, 0.9, 0.9, 0.5, 0.4]
    assert alarms([stats(50, price=week[n % 7]) for n in range(30)]) == []


def test_one_poor_day_is_no_trend() -> None:
    assert alarms([stats(50, price=0.4 if n == 20 else 1.0) for n in range(30)]) == []


def test_a_field_that_slides_is_warned_of_since_it_began_to() -> None:
    told = [stats(100, title=1.0, price=1.0 - 0.05 * max(0, n - 7)) for n in range(14)]
    first, *_ = alarms(told)
    assert (first.kind, first.field) == ("fill", "price")
    assert days(14)[7] <= first.since <= days(14)[10]
    assert "`price`" in first.message


def test_a_slide_so_slow_that_the_profile_learns_it_is_seen() -> None:
    assert alarms([stats(300, price=1.0 - 0.02 * n) for n in range(20)])


def test_a_field_that_came_back_is_no_longer_warned_of() -> None:
    named = dict(zip(days(14), [stats(100, price=f) for f in [1.0] * 9 + [0.8, 0.7, 0.6, 0.6, 1.0]], strict=True))
    assert list(sliding_fills(named)) == []


@given(st.lists(st.floats(0, 1), max_size=20), st.integers(1, 500))
def test_what_is_lost_is_never_more_than_there_was(fills: list[float], rows: int) -> None:
    loss = lost_fill(fills, rows)
    assert 0 <= loss <= max(fills, default=0)
    assert loss == 0 or len(fills) >= LEAST_DAYS


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_days_that_never_fall_are_no_fall_and_turned_round_they_are(fills: list[float]) -> None:
    assert fall(sorted(fills)) <= 0 <= fall(sorted(fills, reverse=True))
    assert lost_fill(sorted(fills), 100) == 0


@given(st.lists(st.floats(0, 1), min_size=3, max_size=6))
def test_no_day_within_what_was_seen_is_below_the_band(usual: list[float]) -> None:
    assert least_likeness(usual) <= min(usual) - SLACK


def test_pages_whose_rows_and_adverts_come_and_go_are_as_usual(lake: Lake, registry: Registry) -> None:
    dice = random.Random(7)
    pages = [book_page(n, advert=ADVERT if dice.random() < 0.5 else "") for n in range(30)]
    named = keep(lake, noisy(3, 40, 0.8), pages)
    assert [warnings_of(lake, registry, NAME, day) for day in named[6::4]] == [[]] * 6


def test_a_page_built_in_another_way_is_warned_of_while_its_rows_are_right(lake: Lake, registry: Registry) -> None:
    pages = [book_page(n, menu=MENU if n < 9 else NEW_MENU) for n in range(10)]
    named = keep(lake, [stats(10, title=1.0)] * 10, pages)
    [told] = warnings_of(lake, registry, NAME, named[-1])
    assert (told.kind, told.field, told.since) == ("structure", "", named[-1])
    assert warnings_of(lake, registry, NAME, named[-2]) == []


def test_in_the_first_days_nothing_is_known_of_the_structure(lake: Lake, registry: Registry) -> None:
    named = keep(lake, [stats(10, title=1.0)] * 3, [book_page(1), book_page(2), book_page(3, menu=NEW_MENU)])
    assert warnings_of(lake, registry, NAME, named[-1]) == []


def test_a_fallback_that_answers_is_warned_of_since_the_first_such_day(lake: Lake, registry: Registry) -> None:
    named = days(5)
    verdicts = {day: [PASSED, fallback(*(["price"] if day >= named[3] else []))] for day in named}
    keep(lake, [stats(10, price=1.0)] * 5, checks=verdicts)
    [told] = warnings_of(lake, registry, NAME, named[-1])
    assert (told.kind, told.field, told.since) == ("fallback", "price", named[3])


def test_a_day_that_failed_is_an_incident_and_no_warning(lake: Lake, registry: Registry) -> None:
    named = days(2)
    keep(lake, [stats(10, price=1.0)] * 2, checks={named[-1]: [FAILED, fallback("price")]})
    assert warnings_of(lake, registry, NAME, named[-1]) == []
    assert warnings_of(lake, registry, NAME, "2027-01-01") == []


def test_warnings_stand_beside_the_checks_and_in_the_status(lake: Lake, registry: Registry) -> None:
    named = keep(lake, [stats(10, price=1.0)], [book_page(1)], checks={days(1)[0]: [PASSED, fallback("price")]})
    check = watch(lake, registry, NAME, named[0])
    assert (check.name, check.severity, check.passed, check.fields) == ("early_warning", "warn", False, ("price",))
    assert kept_warnings(lake, NAME, named[0]) == warnings_of(lake, registry, NAME, named[0])
    status = source_status(lake, registry, NAME)
    assert (status.state, [each.field for each in status.warnings]) == ("active", ["price"])


def test_a_day_without_warnings_leaves_the_table_as_it_is(lake: Lake, registry: Registry) -> None:
    named = keep(lake, [stats(10, price=1.0)])
    version = lake.table(f"silver/{NAME}__checks").version()
    assert watch(lake, registry, NAME, named[0]).passed
    assert (lake.table(f"silver/{NAME}__checks").version(), kept_warnings(lake, NAME, named[0])) == (version, [])


def test_a_check_names_every_kind_once() -> None:
    warned = [EarlyWarning(kind, "price", f"{kind}.", "2026-01-01") for kind in (*get_args(Kind), *get_args(Kind))]
    assert as_check("books", warned).actual == "fallback, fill, structure"
    assert as_check("books", []).passed
