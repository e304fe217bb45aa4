"""Charts of characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.gold.charts import BARS, sparkline


def test_the_highest_value_has_the_full_bar() -> None:
    assert sparkline([0, 5, 10]) == "▁▅█"


@given(st.lists(st.floats(0, 1e12), max_size=40))
def test_there_is_one_bar_a_value_and_higher_ones_are_no_lower(values: list[float]) -> None:
    chart = sparkline(values)
    assert len(chart) == len(values)
    assert [BARS.index(bar) for _, bar in sorted(zip(values, chart, strict=True))] == sorted(map(BARS.index, chart))
