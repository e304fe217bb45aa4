"""From columns to fields: names that say what they hold, readers that fit, options that can be stored."""

from __future__ import annotations

import json

import pytest

from lakehouse.agents.extract import resolve
from lakehouse.agents.scout.columns import Column
from lakehouse.agents.scout.plans import name_of, plan, plan_fields, written
from lakehouse.agents.scout.slots import Slot
from lakehouse.fetcher.marks import CODE, DATE


def column(selector="b", options=None, **slot):
    values: list[str | None] = ["Rip", "Fret"]
    return Column(Slot([selector], values, **slot), options or {}, values)


@pytest.mark.parametrize(
    ("given_column", "name"),
    [
        (column(label="Date Filed"), "date_filed"),
        (column("a@href", hint="more"), "url"),
        (column("img@src"), "image"),
        (column("img@data-src"), "image"),
        (column("p", {"pattern": DATE}, hint="when"), "date"),
        (column("b", hint="toolName big"), "tool_name"),
        (column("b", hint="tool-name"), "tool_name"),
        (column("a", tag="a"), "title"),
        (column("time", tag="time"), "date"),
        (column("td", tag="td"), "text"),
        (column("td", tag="td", hint="value cell amount-due"), "amount_due"),
        (column("a@href", label="Documents"), "url"),
        (column("b", label="Größe"), "grosse"),
    ],
)
def test_a_column_is_named_after_its_label_its_class_or_its_kind(given_column, name):
    assert name_of(given_column) == name


def test_columns_of_one_name_are_numbered_from_the_second():
    fields = plan_fields([column(hint="maker"), column(hint="price"), column(hint="maker"), column(hint="maker")])
    assert [field.name for field in fields] == ["maker", "price", "maker_2", "maker_3"]


def test_a_second_address_is_named_after_its_column():
    fields = plan_fields([column("a@href"), column("a.file@href", label="Minutes"), column("a.more@href")])
    assert [field.name for field in fields] == ["url", "minutes_url", "url_2"]


def test_addresses_are_read_as_links_and_all_else_as_text():
    assert [plan(column(selector), "x").reader for selector in ("a@href", "img@src", "b", "time@datetime")] == [
        "link",
        "link",
        "text",
        "text",
    ]


def test_the_two_next_best_selectors_are_fallbacks():
    slot = Slot(["b.name", "b", "h3 b", "td:nth-child(2)"], ["Rip"])
    assert plan(Column(slot, {}, ["Rip"]), "name").selectors == ("b.name", "b", "h3 b")


@pytest.mark.parametrize(
    "options",
    [{}, {"after": DATE, "before": ", "}, {"pattern": CODE}, {"separator": ", ", "part": -1}, {"pattern": r"^(\d+)$"}],
)
def test_cuts_come_back_from_json_as_they_were(options):
    assert resolve(json.loads(json.dumps(written(options)))) == options


def test_text_in_braces_that_names_no_mark_stays_text():
    assert resolve({"after": "{NOTE}"}) == {"after": "{NOTE}"}
