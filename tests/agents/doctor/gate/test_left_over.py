"""Items that are built as the rows are and that nobody reads: a list split in two loses a part in silence."""

from __future__ import annotations

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.doctor.case import Case, Known
from lakehouse.agents.doctor.gate.answer import answer
from lakehouse.agents.doctor.gate.left_over import left_over
from lakehouse.contract import Contract, Field
from lakehouse.fetcher.page import Page

FIELDS = (FieldPlan(name="title", selectors=("h4",)), FieldPlan(name="docket", selectors=("b",)))
CONTRACT = Contract(fields={"title": Field(type="text"), "docket": Field(type="text")})


def cards(first: int, last: int) -> str:
    """Return a list of cards."""
    rows = (
        f"<div class=card><h4>Estate of the family {n}</h4><b>No. 24-{n * 37}</b></div>" for n in range(first, last)
    )
    return f"<section>{''.join(rows)}</section>"


def page(*parts: str) -> Page:
    """Return a page of some parts."""
    return Page("http://a.example/", f"<body><h1>Sales</h1>{''.join(parts)}".encode(), "text/html")


def reading(rows: str) -> Blueprint:
    """Return what reads rows by a selector."""
    return Blueprint(kind="listing", start="http://a.example/", rows=Rows(form="select", selector=rows), fields=FIELDS)


def case(now: Page, before: Page) -> Case:
    """Return a case whose known page was read whole."""
    plan = reading("section:last-of-type .card")
    return Case(plan, CONTRACT, (Known(before, answer(plan, [before]).records),), (now,))


def test_the_other_half_of_a_split_list_is_counted() -> None:
    split = page("<h2>Today</h2>", cards(20, 26), "<h2>Earlier</h2>", cards(0, 15))
    found = case(split, page(cards(0, 20)))
    assert left_over(found, reading("section:last-of-type .card")) == 6
    assert left_over(found, reading(".card")) == 0


def test_another_list_that_always_stood_there_is_none_of_it() -> None:
    both = page("<h2>Other counties</h2>", cards(40, 50), "<h2>Ours</h2>", cards(0, 12))
    before = page("<h2>Other counties</h2>", cards(60, 70), "<h2>Ours</h2>", cards(0, 12))
    assert left_over(case(both, before), reading("section:last-of-type .card")) == 0


def test_an_item_or_two_are_no_list() -> None:
    now = page(cards(20, 22), cards(0, 6))
    assert left_over(case(now, page(cards(0, 6))), reading("section:last-of-type .card")) == 0


def test_pages_of_one_record_and_of_data_are_not_counted() -> None:
    data = Page("http://a.example/", b'[{"title": "a"}]', "application/json")
    plan = Blueprint(kind="json", start="", rows=Rows(form="json", selector="[*]"), fields=FIELDS)
    assert left_over(Case(plan, CONTRACT, (Known(data, ()),), (data,)), plan) == 0
    one = page("<h4>Estate of one</h4><b>No. 1</b>")
    assert left_over(case(one, one), reading("body")) == 0
