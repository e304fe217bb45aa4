"""Values in another form, in rows that stayed where they were."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.doctor.case import Case, Known
from lakehouse.agents.doctor.repair.retype import printed, retype
from lakehouse.agents.doctor.repair.retype_kept import values
from lakehouse.agents.extract import extract
from lakehouse.fetcher import Page
from tests.agents.doctor.repair.permits import CONTRACT, answer, case, permits, read

OLD, NEW = permits(), permits(first=4)


def days_apart(record: dict[str, str]) -> dict[str, Any]:
    """Give a record with its values in another form: other days, comma, holder inside an object."""
    filed = dt.date.fromisoformat(record["filed"])
    return {
        **record,
        "holder": {"name": record["holder"], "since": "1999"},
        "filed": filed.strftime("%d.%m.%Y"),
        "fee": record["fee"].replace(".", ","),
    }


def test_another_form_of_the_values_is_read_by_the_old_paths() -> None:
    page = answer([days_apart(record) for record in NEW])
    found = case(answer(OLD), page)
    proposal = next(iter(values(found)))
    typed = extract(retype(found, proposal.blueprint).blueprint, page)
    assert [record["filed"].isoformat() for record in typed] == [record["filed"] for record in NEW]
    assert [record["fee"] for record in typed] == [Decimal(record["fee"]) for record in NEW]
    assert [record["holder"] for record in typed] == [record["holder"] for record in NEW]
    assert proposal.blueprint.rows == found.blueprint.rows
    assert proposal.rung == "values"


def test_a_field_that_went_under_another_name_is_found_in_the_same_rows() -> None:
    page = answer([{("holderName" if name == "holder" else name): value for name, value in r.items()} for r in NEW])
    proposal = next(iter(values(case(answer(OLD), page))))
    assert read(proposal.blueprint, page) == NEW
    assert any("holderName" in note for note in proposal.notes)


def html(label: str, first: int) -> Page:
    rows = "".join(
        f"<tr><td class=n>{r['number']}</td><td class=d>{label}{r['filed']} at the office</td></tr>"
        for r in permits(first)
    )
    return Page("https://permits.example/list", f"<html><body><table>{rows}</table></body></html>".encode())


@pytest.mark.parametrize("label", ["entered on ", "Filed on: ", ""])
def test_a_label_that_changed_is_cut_off_another_way(label: str) -> None:
    fields = (
        FieldPlan(name="number", selectors=("td.n",)),
        FieldPlan(name="filed", reader="date", selectors=("td.d",), options={"after": "Filed: ", "before": " at"}),
    )
    before, after = html("Filed: ", 0), html(label, 4)
    old = Blueprint(kind="table", start=before.url, rows=Rows(form="select", selector="tr"), fields=fields)
    found = Case(old, CONTRACT, (Known(before, tuple(read(printed(old), before))),), (after,))
    proposal = next(iter(values(found)))
    assert read(proposal.blueprint, after) == [{name: r[name] for name in ("number", "filed")} for r in permits(4)]


@pytest.mark.parametrize(
    "page", [answer({"items": NEW}), answer([]), Page("https://permits.example/", b"<html></html>")]
)
def test_where_the_rows_are_gone_the_rung_says_nothing(page: Page) -> None:
    assert list(values(case(answer(OLD), page))) == []
