"""Printed values become the contract's types again, whatever way they are written now, and nothing is guessed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.doctor.case import Case, Known
from lakehouse.agents.doctor.repair.retype import Retyped, printed, retype
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.fidelity import printed as as_text
from lakehouse.contract import Contract
from lakehouse.fetcher import Money, Page
from tests.agents.doctor.repair.permits import answer

READERS = {"date": "date", "datetime": "datetime", "decimal": "number", "integer": "number", "money": "money"}
OTHERS = {"boolean": "boolean", "list": "items", "url": "link", "text": "text"}


def column(values: list[Any], first: int = 0) -> Page:
    return answer([{"key": f"K-{first + place}", "value": value} for place, value in enumerate(values)])


def learned(
    kind: str, before: list[Any], now: list[Any], recent: bool = False, **options: Any
) -> tuple[Retyped, list[Any]]:
    """Give what is learned of a field whose values were written like `before` and are written like `now`."""
    plan = FieldPlan(name="value", reader=(READERS | OTHERS)[kind], selectors=("value",), options=options)
    fields = (FieldPlan(name="key", selectors=("key",)), plan)
    old = Blueprint(kind="json", start="https://a.example/", rows=Rows(form="json"), fields=fields, key=("key",))
    contract = Contract.model_validate({"fields": {"key": "text", "value": kind}, "key": ["key"]})
    page, failing = column(before), column(now)
    records = [{name: as_text(value) for name, value in record.items()} for record in extract(printed(old), page)]
    found = retype(Case(old, contract, (Known(page, tuple(records)),), (failing,), recent), printed(old))
    return found, [record["value"] for record in extract(found.blueprint, failing)]


ISO = ["2024-01-31", "2024-02-13", "2024-03-05"]
DAYS = [dt.date(2024, 1, 31), dt.date(2024, 2, 13), dt.date(2024, 3, 5)]


@pytest.mark.parametrize(
    "now",
    [
        ISO,
        ["01/31/2024", "02/13/2024", "03/05/2024"],
        ["31.01.2024", "13.02.2024", "05.03.2024"],
        ["January 31, 2024", "Feb. 13, 2024", "5 March 2024"],
        ["31. Januar 2024", "13. Februar 2024", "5. März 2024"],
        ["31 janvier 2024", "13 février 2024", "5 mars 2024"],
        ["20240131", "20240213", "20240305"],
        ["2024-01-31T00:00:00Z", "2024-02-13T00:00:00Z", "2024-03-05T00:00:00Z"],
        [1706659200, 1707782400, 1709596800],
        ["Wed 31/01/24", "Tue 13/02/24", "Tue 05/03/24"],
    ],
)
def test_days_are_read_in_whatever_form_tells_them(now: list[Any]) -> None:
    found, values = learned("date", ISO, now)
    assert values == DAYS
    assert found.sure["value"] >= 0.5


def test_a_change_of_order_is_told() -> None:
    found, _ = learned("date", ["01/31/2024", "02/13/2024"], ["31/01/2024", "13/02/2024"], order="MDY")
    assert any("DMY" in note and note.startswith("value:") for note in found.notes)


@pytest.mark.parametrize("order", ["MDY", "DMY"])
def test_days_that_may_be_months_keep_their_order_where_they_are_written_as_before(order: str) -> None:
    found, values = learned("date", ["01/02/2024"], ["03/04/2024", "05/06/2024"], order=order)
    assert values[0] == (dt.date(2024, 3, 4) if order == "MDY" else dt.date(2024, 4, 3))
    assert found.sure["value"] == 1


def test_days_that_may_be_months_in_a_new_form_belong_before_a_person() -> None:
    found, values = learned("date", ISO, ["03/04/2024", "05/06/2024"])
    assert not any(values)
    assert found.sure["value"] < 0.5
    assert "day from month" in found.notes[0]


def test_known_records_tell_day_from_month() -> None:
    before, now = ["2024-03-04", "2024-05-06"], ["04/03/2024", "06/05/2024"]
    found, values = learned("date", before, now, recent=True)
    assert values == [dt.date(2024, 3, 4), dt.date(2024, 5, 6)]
    assert found.sure["value"] >= 0.5
    assert learned("date", before, now, recent=False)[0].sure["value"] < 0.5


@given(
    st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12), st.integers(1990, 2030)), min_size=1, max_size=8),
    st.sampled_from(["MDY", "DMY"]),
    st.sampled_from(["/", "-", ".", " "]),
)
def test_an_order_that_nothing_decides_is_never_changed(
    days: list[tuple[int, int, int]], order: str, mark: str
) -> None:
    written = [f"{one:02}{mark}{other:02}{mark}{year}" for one, other, year in days]
    found, _ = learned("date", ["May 3, 2024"], written, order=order)
    assert found.blueprint.fields[1].options.get("order") == order


@given(
    st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)), min_size=1, max_size=8),
    st.sampled_from(["MDY", "DMY"]),
)
def test_days_that_are_read_are_those_that_were_written(days: list[dt.date], order: str) -> None:
    form = "%m/%d/%Y" if order == "MDY" else "%d/%m/%Y"
    found, values = learned(
        "date", [day.isoformat() for day in days], [day.strftime(form) for day in days], recent=True
    )
    assert values == days or found.sure["value"] < 0.5


def test_times_keep_their_zone() -> None:
    found, values = learned("datetime", ["2024-01-31 09:00"], ["31.01.2024 09:00"], tz="Europe/Berlin")
    assert values == [dt.datetime(2024, 1, 31, 8, tzinfo=dt.UTC)]
    assert found.blueprint.fields[1].options["tz"] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("before", "now", "wanted"),
    [
        (["12.50", "1,250.00"], ["12,50", "1.250,00"], ["12.50", "1250.00"]),
        (["12,50", "7,25"], [12.5, 7.25], ["12.5", "7.25"]),
        (["12.50", "7.25"], ["12.50", "7.25"], ["12.50", "7.25"]),
        (["12.50 km", "7.25 km"], ["12,50 km", "7,25 km"], ["12.50", "7.25"]),
    ],
)
def test_numbers_are_read_by_the_mark_that_reads_them_all(before: list[Any], now: list[Any], wanted: list[str]) -> None:
    options: dict[str, Any] = {"decimal": ","} if before[0] == "12,50" else {}
    found, values = learned("decimal", before, now, **options)
    assert values == [Decimal(value) for value in wanted]
    assert found.sure["value"] >= 0.5


def test_a_mark_that_may_part_thousands_or_fractions_belongs_before_a_person() -> None:
    found, _ = learned("decimal", ["12.50", "7.25"], ["1.250", "2.750"])
    assert found.sure["value"] < 0.5
    found, values = learned("decimal", ["1250.00", "2750.00"], ["1.250", "2.750"], recent=True)
    assert values == [Decimal(1250), Decimal(2750)]
    assert found.sure["value"] >= 0.5


def test_amounts_keep_the_currency_that_the_page_named() -> None:
    found, values = learned("money", ["€ 12.50", "€ 7.25"], [12.5, 7.25])
    assert values == [Money(Decimal("12.5"), "EUR"), Money(Decimal("7.25"), "EUR")]
    assert any("EUR" in note for note in found.notes)


@pytest.mark.parametrize(
    ("kind", "before", "now"),
    [
        ("money", ["€12.50", "€7.25"], ["£12.50", "£7.25"]),
        ("money", ["$12.50", "$7.25", "$9.00"], ["$1250", "$725", "$900"]),
        ("decimal", ["12 km", "7 km", "9 km"], ["7.5 mi", "4.3 mi", "5.6 mi"]),
        ("decimal", ["1.2", "0.7", "0.9"], [1200, 700, 900]),
    ],
)
def test_another_unit_is_told_and_nothing_is_converted(kind: str, before: list[Any], now: list[Any]) -> None:
    found, _ = learned(kind, before, now)
    assert found.sure["value"] < 0.5
    assert "nothing was converted" in found.notes[-1]


@pytest.mark.parametrize("now", [["yes", "no"], [True, False], ["Ja", "Nein"], ["1", "0"]])
def test_yes_and_no_are_read_in_usual_words(now: list[Any]) -> None:
    found, values = learned("boolean", ["y", "n"], now)
    assert values == [True, False]
    assert found.sure["value"] >= 0.5


def test_usual_words_in_the_place_of_others_may_mean_the_contrary() -> None:
    words: dict[str, Any] = {"true": ["provisional"], "false": ["verified"]}
    before, now = ["provisional", "verified", "verified"], ["no", "yes", "yes"]
    assert learned("boolean", before, now, **words)[0].sure["value"] < 0.5
    assert learned("boolean", before, now, recent=True, **words)[1] == [True, False, False]


@pytest.mark.parametrize(("heading", "wanted"), [("verified", [False, True]), ("Provisional", [True, False])])
def test_yes_under_a_heading_that_was_a_word_means_that_word(heading: str, wanted: list[bool]) -> None:
    plan = FieldPlan(
        name="state", reader="boolean", selectors=("state",), options={"true": ["provisional"], "false": ["verified"]}
    )
    before, after = (
        answer([{"state": "provisional"}, {"state": "verified"}]),
        answer([{heading: "yes"}, {heading: "no"}]),
    )
    old = Blueprint(kind="json", start="https://a.example/", rows=Rows(form="json"), fields=(plan,))
    known = Known(before, ({"state": "provisional"}, {"state": "verified"}))
    case = Case(old, Contract.model_validate({"fields": {"state": "boolean"}}), (known,), (after,))
    moved = old.model_copy(update={"fields": (plan.model_copy(update={"selectors": (heading,)}),)})
    found = retype(case, printed(moved))
    assert [record["state"] for record in extract(found.blueprint, after)] == wanted
    assert found.sure["state"] >= 0.5


def test_words_for_yes_and_no_are_learned_from_known_records_or_not_at_all() -> None:
    before, now = ["yes", "no", "yes"], ["granted", "denied", "granted"]
    assert learned("boolean", before, now, recent=True)[1] == [True, False, True]
    found, _ = learned("boolean", before, now)
    assert found.sure["value"] < 0.5


@pytest.mark.parametrize("now", [[["a", "b"], ["c"]], ["a; b", "c"], ["a|b", "c"]])
def test_lists_are_parted_where_known_items_stand(now: list[Any]) -> None:
    assert learned("list", [["a", "b"], ["c"]], now)[1] == [["a", "b"], ["c"]]


def test_addresses_and_texts_are_read_as_such() -> None:
    assert learned("url", ["/a/1"], ["/b/1"])[1] == ["https://permits.example/b/1"]
    assert learned("text", ["one"], ["two"])[1] == ["two"]


def test_a_cut_that_leaves_nothing_is_given_up_where_the_whole_text_can_be_read() -> None:
    found, values = learned("date", ["Filed: 2024-01-31"], ["entered on 2024-02-01"], after="Filed: ")
    assert values == [dt.date(2024, 2, 1)]
    assert "after" not in found.blueprint.fields[1].options


def test_retyping_what_is_typed_changes_nothing() -> None:
    once, _ = learned("date", ISO, ["31.01.2024", "13.02.2024"])
    contract = Contract.model_validate({"fields": {"key": "text", "value": "date"}, "key": ["key"]})
    page = column(["31.01.2024", "13.02.2024"])
    case = Case(once.blueprint, contract, (Known(page, ()),), (page,))
    assert retype(case, once.blueprint).blueprint == once.blueprint


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20), min_size=1, max_size=5
    )
)
def test_printed_values_are_exactly_the_text_of_the_page(texts: list[str]) -> None:
    for reader in (*READERS.values(), "boolean", "text"):
        plan = FieldPlan(
            name="value", reader=reader, selectors=("value",), options={"order": "DMY"} if reader == "date" else {}
        )
        blueprint = Blueprint(kind="json", start="https://a.example/", rows=Rows(form="json"), fields=(plan,))
        page = column(texts)
        shown = [" ".join(text.split()) or None for text in texts]
        assert [record["value"] for record in extract(printed(blueprint), page)] == shown


def test_printed_fields_keep_their_cuts() -> None:
    plan = FieldPlan(name="value", reader="date", selectors=("value",), options={"order": "MDY", "after": "on "})
    blueprint = Blueprint(kind="json", start="https://a.example/", rows=Rows(form="json"), fields=(plan,))
    assert printed(blueprint).fields[0].options == {"after": "on "}


def test_the_address_of_a_page_stays_what_it_is() -> None:
    plan = FieldPlan(name="url", reader="page_url", selectors=())
    old = Blueprint(kind="detail", start="https://a.example/", rows=Rows(form="one"), fields=(plan,))
    page = Page("https://a.example/7", b'<html><body><a href="/">home</a></body></html>', "text/html")
    contract = Contract.model_validate({"fields": {"url": "url"}})
    found = retype(Case(old, contract, (Known(page, ({"url": page.url},)),), (page,)), old)
    assert found.blueprint.fields == (plan,)
