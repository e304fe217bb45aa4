"""What every record of an API says tells two of its sources apart."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, Rows
from lakehouse.agents.doctor.case import Case, Known
from lakehouse.agents.doctor.gate.constants import constants, contradicted
from lakehouse.contract import Contract, Field
from lakehouse.fetcher import Page

URL = "https://rolls.example/api"


def page(rows: list[dict[str, Any]], envelope: str = "") -> Page:
    body: Any = {envelope: rows} if envelope else rows
    return Page(URL, json.dumps(body).encode(), "application/json")


def rolls(office: str, count: int = 6, **more: Any) -> list[dict[str, Any]]:
    return [{"number": f"{n}-A", "holder": f"Holder {n}", "office": office, **more} for n in range(count)]


def said(known: Page, failing: Page) -> list[str]:
    blueprint = Blueprint(kind="json", start=URL, rows=Rows(form="json"), fields=())
    contract = Contract(fields={"number": Field(type="text")})
    return list(contradicted(Case(blueprint, contract, (Known(known, ()),), (failing,))))


def test_the_data_of_another_office_at_the_same_api_contradicts_the_known() -> None:
    (sentence,) = said(page(rolls("Harbour Office")), page(rolls("Forest Office"), "items"))
    assert "Forest Office" in sentence
    assert "Harbour Office" in sentence


def test_the_same_office_in_another_envelope_and_print_does_not() -> None:
    assert said(page(rolls("Harbour Office")), page(rolls("HARBOUR OFFICE"), "items")) == []


@pytest.mark.parametrize("value", ["2026-03-04T00:00:00", 17, True, None, "A", "x" * 200])
def test_days_numbers_and_long_texts_may_be_the_same_by_chance(value: Any) -> None:
    known = page(rolls("Harbour Office", stamp=value))
    assert said(known, page(rolls("Harbour Office", stamp="2026-03-05"))) == []


def test_what_differs_in_one_known_record_is_no_constant() -> None:
    rows = rolls("Harbour Office")
    rows[0]["office"] = "Forest Office"
    assert said(page(rows), page(rolls("Forest Office"))) == []


def test_a_handful_of_records_is_too_few() -> None:
    assert said(page(rolls("Harbour Office", 4)), page(rolls("Forest Office", 4))) == []


def test_a_page_of_markup_says_nothing() -> None:
    assert constants(Page(URL, b"<html><p>office: Harbour</p></html>")) == {}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=30,
)


@given(json_values)
def test_any_document_is_read_and_never_contradicts_itself(value: Any) -> None:
    document = Page(URL, json.dumps(value).encode(), "application/json")
    assert said(document, document) == []
