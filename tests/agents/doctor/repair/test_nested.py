"""Rows that hold other rows are no records, and the repair reads those inside."""

from __future__ import annotations

import pytest

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.doctor.repair.anchors import anchors
from lakehouse.agents.doctor.repair.nested import innermost
from lakehouse.agents.extract import extract
from lakehouse.fetcher import Page
from tests.agents.doctor.repair.listings import case_of, read, records, table


def page(markup: str) -> Page:
    return Page("https://court.example/list", f"<html><body>{markup}</body></html>".encode())


def blueprint(selector: str) -> Blueprint:
    plan = FieldPlan(name="number", selectors=("td.n",))
    return Blueprint(
        kind="listing", start="https://court.example/list", rows=Rows(form="select", selector=selector), fields=(plan,)
    )


INNER = "".join(f"<tr><td class=n>24-{n}</td></tr>" for n in range(3))
NESTED = page(f"<table><tr><td><table>{INNER}</table></td></tr></table>")


def test_the_rows_inside_are_taken() -> None:
    found = innermost(NESTED, blueprint("tr:has(td.n)"))
    assert [record["number"] for record in extract(found, NESTED)] == ["24-0", "24-1", "24-2"]
    assert len(extract(blueprint("tr:has(td.n)"), NESTED)) == 4


@pytest.mark.parametrize("selector", ["table table tr", "tr:not(:has(tr))", "td.n, tr"])
def test_rows_side_by_side_and_lists_of_selectors_stay_as_they_are(selector: str) -> None:
    assert innermost(NESTED, blueprint(selector)) == blueprint(selector)


def test_records_found_again_in_a_table_within_a_table_give_no_row_for_the_whole() -> None:
    rows = records(2022)
    cells = "<tr><td class=t><b>{number}</b></td><td><a href='{url}'>{title}</a></td><td class=t>{filed}</td></tr>"
    inner = "".join(cells.format(**row) for row in rows)
    after = f"<table><tr><td class=t>Opinions</td><td><table>{inner}</table></td></tr></table>"
    case = case_of(table(rows), rows, after)
    (proposal,) = anchors(case)
    assert len(read(proposal.blueprint, case.failing[0])) == len(rows)
