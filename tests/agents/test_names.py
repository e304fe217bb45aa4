"""A source gets a name from its address that its tables can have and no other source has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.names import name_of, queryable
from lakehouse.source.names import source_name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://courts.example.gov/opinions", "opinions"),
        ("https://courts.example.gov/opinions/index.html", "opinions"),
        ("https://town.example/data/air-quality.csv", "air_quality"),
        ("https://town.example/api/v2/permits?page=1", "permits"),
        ("https://www.markets.example/", "markets"),
        ("https://town.example/2024/05/", "town"),
        ("https://town.example/caf%C3%A9s", "caf_s"),
        ("https://9lives.example/", "source_9lives"),
        ("https://town.example/prices_daily", "prices"),
    ],
)
def test_the_last_telling_part_of_the_address_is_the_name(url: str, name: str) -> None:
    assert name_of(url, []) == name


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert name_of("https://town.example/permits", ["permits", "permits_2"]) == "permits_3"


@given(st.text(max_size=80))
def test_whatever_the_path_the_name_can_be_used(path: str) -> None:
    name = name_of(f"https://town.example/{path}", [])
    assert source_name(name) == name


def test_fields_named_like_words_of_sql_get_another_name_everywhere() -> None:
    fields = (FieldPlan(name="case"), FieldPlan(name="order", reader="link"), FieldPlan(name="filed"))
    rows = Rows(form="select", selector="tr", needs=("case",))
    blueprint = Blueprint(kind="listing", start="https://x.example/", rows=rows, fields=fields, key=("order",))
    renamed = queryable(blueprint)
    assert [field.name for field in renamed.fields] == ["case_text", "order_link", "filed"]
    assert (renamed.rows.needs, renamed.key) == (("case_text",), ("order_link",))
