"""The first of many lists is a header where it names what stands below it, and a record where it is like the others."""

from __future__ import annotations

from typing import Any

import pytest

from lakehouse.agents.scout.formats.first_row import first_row

FRUIT = [["Figs", 9.5, "2026-01-02"], ["Plums", 3.25, "2026-01-03"], ["Pears", 2.4, "2026-01-09"]]


@pytest.mark.parametrize(
    "header", [["fruit", "price", "picked"], ["Fruit", "Price (EUR)", "Day"], ["F1", "price", "day"]]
)
def test_names_above_figures_are_a_header(header: list[str]) -> None:
    assert first_row([header, *FRUIT]) == tuple(header)


def test_a_column_may_have_gaps() -> None:
    assert first_row([["fruit", "price"], ["Figs", None], ["Plums", 3.25]]) == ("fruit", "price")


@pytest.mark.parametrize(
    "records",
    [
        [],
        FRUIT[:1],
        FRUIT,
        [["fruit", 5, "picked"], *FRUIT],
        [["fruit", "price", "price"], *FRUIT],
        [["fruit", "price", ""], *FRUIT],
        [["Figs", "price", "picked"], *FRUIT],
        [["fruit 5", "price", "picked"], *FRUIT],
        [["Figs", "green"], ["Plums", "blue"], ["Pears", "yellow"]],
        [{"fruit": "Figs"}, {"fruit": "Plums"}],
    ],
)
def test_a_record_among_its_like_is_none(records: list[Any]) -> None:
    assert first_row(records) == ()
