"""Two fields of one look are told apart by how they stand to each other."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.doctor.candidate import candidate_of
from lakehouse.agents.doctor.case import Case, Known
from lakehouse.agents.doctor.exchanged import exchanged
from lakehouse.agents.doctor.gate.answer import answer
from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.repair.retype import printed
from lakehouse.contract import Contract
from lakehouse.fetcher import Money, Page

DAY = date(2026, 1, 1)
CONTRACT = {"key": "docket", "fields": {"docket": "text", "filed": "date", "decided": "date"}}


def cases(count: int = 8, **more: Any) -> list[dict[str, Any]]:
    """Give decisions, each some weeks after its filing."""
    filed = [DAY + timedelta(days=n * 5) for n in range(count)]
    return [{"filed": day, "decided": day + timedelta(days=30 + day.day), **more} for day in filed]


def turned(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**each, "filed": each["decided"], "decided": each["filed"]} for each in records]


def test_dates_that_stand_the_other_way_round_are_told() -> None:
    assert exchanged(cases(), turned(cases())) == [("filed", "decided")]
    assert exchanged(turned(cases()), cases()) == [("decided", "filed")]


def test_a_few_records_tell_nothing() -> None:
    assert exchanged(cases(4), turned(cases())) == []
    assert exchanged([], turned(cases())) == []
    assert exchanged(cases(), []) == []


@pytest.mark.parametrize("kind", [Decimal, int, lambda n: Money(Decimal(n), "EUR")])
def test_amounts_are_told_too(kind: Any) -> None:
    net = [{"net": kind(n), "gross": kind(n + 2)} for n in range(1, 9)]
    assert exchanged(net, [{"net": each["gross"], "gross": each["net"]} for each in net]) == [("net", "gross")]


def test_fields_of_which_now_the_one_and_now_the_other_was_greater_say_nothing() -> None:
    mixed = cases() + turned(cases())
    assert exchanged(mixed, turned(cases())) == []


@given(st.lists(st.tuples(st.dates(), st.dates()), max_size=30))
def test_the_known_records_themselves_are_never_called_exchanged(pairs: list[tuple[date, date]]) -> None:
    records = [{"filed": one, "decided": other} for one, other in pairs]
    assert exchanged(records, records) == []


def page(rows: str) -> Page:
    return Page("https://court.example/", f"<!doctype html><table>{rows}</table>".encode(), "text/html")


def plan(filed: int, decided: int) -> Blueprint:
    """Give the reading of a table by the numbers of its columns."""
    dated = {"filed": filed, "decided": decided}
    fields = [
        FieldPlan(name=n, reader="date", selectors=(f"td:nth-child({c})",), options={"order": "YMD"})
        for n, c in dated.items()
    ]
    return Blueprint(
        kind="listing",
        start="https://court.example/",
        rows=Rows(form="select", selector="tr"),
        fields=(FieldPlan(name="docket", selectors=("td",)), *fields),
    )


def test_a_candidate_that_exchanges_two_fields_waits_for_a_person() -> None:
    def shown(first: int) -> Page:
        rows = enumerate(cases(8), first)
        return page("".join(f"<tr><td>N-{n}<td>{each['filed']}<td>{each['decided']}</tr>" for n, each in rows))

    old, contract = plan(2, 3), Contract.model_validate(CONTRACT)
    known = Known(shown(100), answer(printed(old), [shown(100)]).records)
    case = Case(old, contract, (known,), (shown(200),))
    right, wrong = (candidate_of(case, Proposal("test", printed(each)), "cases", "test") for each in (old, plan(3, 2)))
    assert right.doubts == ()
    assert wrong.doubts == ("`filed` was always less than `decided`, and is greater now: they may be exchanged",)
