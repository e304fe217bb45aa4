"""How the days of a column are read: their order from those that can only be one, or from how they run."""

from __future__ import annotations

import pytest

from lakehouse.agents.scout.formats.days import day_reading


def test_one_day_over_twelve_tells_the_order_of_all() -> None:
    assert day_reading(["01/02/2024", "01/31/2024"]) == ("date", {"order": "MDY"})
    assert day_reading(["01/02/2024", "31/01/2024"]) == ("date", {"order": "DMY"})


def test_two_digits_of_a_year_stand_last() -> None:
    assert day_reading(["31/01/24", "01/02/24"]) == ("date", {"order": "DMY"})
    assert day_reading(["1/31/24", "2/1/24"]) == ("date", {"order": "MDY"})


def test_days_that_run_one_way_tell_the_order() -> None:
    assert day_reading(["03/01/2024", "04/01/2024", "05/01/2024", "01/02/2024"]) == ("date", {"order": "DMY"})
    assert day_reading(["01/03/2024", "01/04/2024", "01/05/2024", "02/01/2024"]) == ("date", {"order": "MDY"})


def test_days_that_lie_close_together_tell_the_order() -> None:
    assert day_reading(["05/03/2024", "05/01/2024", "05/02/2024"]) == ("date", {"order": "MDY"})


def test_an_order_that_nothing_tells_is_not_guessed() -> None:
    assert day_reading(["01/02/2024", "03/04/2024", "02/01/2024"]) is None


def test_days_that_read_the_same_either_way_need_no_order_to_be_told() -> None:
    found = day_reading(["05/05/2024", "06/06/2024"])
    assert found is not None
    assert found[0] == "date"


@pytest.mark.parametrize(
    ("texts", "locale"),
    [
        (["3. März 2024", "14. Oktober 2024"], "de"),
        (["3 février 2024", "14 août 2024"], "fr"),
        (["3 de enero de 2024"], "es"),
    ],
)
def test_the_language_of_months_is_found(texts: list[str], locale: str) -> None:
    assert day_reading(texts) == ("date", {"locale": locale})


def test_a_day_with_its_time_is_a_time() -> None:
    assert day_reading(["31.01.2024 10:15", "01.02.2024 11:00"]) == ("datetime", {"order": "DMY"})


def test_a_day_of_the_week_may_stand_beside() -> None:
    assert day_reading(["Wednesday, January 31, 2024"]) == ("date", {})


def test_characters_of_east_asia_are_read() -> None:
    assert day_reading(["2024年1月31日", "2024年12月1日"]) == ("date", {})


@pytest.mark.parametrize(
    "text", ["", "no day", "31.02.2024", "2024-01-01 to 2024-01-05", "version 1.2.3", "a" * 60 + " 2024-01-01"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_reading([text]) is None
