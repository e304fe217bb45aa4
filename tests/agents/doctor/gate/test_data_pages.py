"""The gate on pages of data: other keys are the same source, another site's data is not."""

from __future__ import annotations

import json

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.doctor.case import Case, Known
from lakehouse.agents.doctor.gate.proof import judge, kind_of
from lakehouse.agents.doctor.ladder import climb
from lakehouse.contract import Contract, Field
from lakehouse.fetcher import Page

URL = "https://permits.example/api/permits"
STREETS = ["Amber Street", "Blue Harbour", "Cedar Rise", "Dune Walk", "Elm Court", "Fern Hill", "Gull Lane", "Hay Yard"]


def permits(first: int, keys: tuple[str, str, str], envelope: str) -> Page:
    rows = [
        {
            keys[0]: f"BP-2026-{1000 + first + place}",
            keys[1]: f"{place + first} {street}, Harbour Town",
            keys[2]: f"2026-0{1 + first // 8}-{10 + place}",
            "office": "Building Department of Harbour Town",
        }
        for place, street in enumerate(STREETS)
    ]
    return Page(URL, json.dumps({envelope: rows}).encode(), "application/json")


BEFORE = ("permitNumber", "siteAddress", "issuedOn")
FIELDS = ("number", "address", "issued")


def case(failing: Page) -> Case:
    known = permits(0, BEFORE, "permits")
    plans = tuple(FieldPlan(name=n, selectors=(key,)) for n, key in zip(FIELDS, BEFORE, strict=True))
    plan = Blueprint(kind="json", start=URL, rows=Rows(form="json", selector="permits[]"), fields=plans)
    rows = json.loads(known.text)["permits"]
    records = tuple({n: row[key] for n, key in zip(FIELDS, BEFORE, strict=True)} for row in rows)
    contract = Contract(fields={name: Field(type="text") for name in FIELDS})
    return Case(plan, contract, (Known(known, records),), (failing,))


def strange() -> Page:
    rows = [{"sku": f"K{n}77", "product": f"Copper kettle no. {n}", "added": f"{n}/7/2021"} for n in range(1, 9)]
    body = {"shop": "Kettles of Vienna", "home": "https://kettles.example.at/", "products": rows}
    return Page(URL, json.dumps(body).encode(), "application/json")


def test_a_page_that_is_no_markup_is_judged_as_data() -> None:
    assert kind_of(case(strange())) == "data"


def test_renamed_keys_in_another_envelope_are_released() -> None:
    proof = climb(case(permits(8, ("permit_no", "address_of_site", "date_issued"), "results")))
    assert proof.verdict == "release", proof.why
    assert proof.best is not None
    assert proof.best.answer.records[0]["number"] == "BP-2026-1008"


def test_two_new_records_of_data_are_no_doubt_of_the_reading() -> None:
    page = permits(8, ("permit_no", "address_of_site", "date_issued"), "results")
    short = Page(URL, json.dumps({"results": json.loads(page.text)["results"][:2]}).encode(), "application/json")
    assert not any("came down" in reason for reason in climb(case(short)).why)


def test_the_data_of_another_site_at_the_address_is_not_taken() -> None:
    proof = climb(case(strange()))
    assert proof.verdict == "refuse"


def test_without_a_proposal_data_is_refused() -> None:
    assert judge(case(strange()), []).verdict == "refuse"
