"""Fitting: a blueprint loses what it can spare until its module is short, and reads the page as before."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.builder.fit import MOST_LINES, fit, lines
from lakehouse.agents.extract import extract
from tests.agents.builder.pages import PERMITS, URL

IDLE = ("div.applicant-of-the-permit > span.name", "section.people-who-applied p.applicant-in-full")


def field(name: str, *selectors: str) -> FieldPlan:
    return FieldPlan(name=name, selectors=selectors)


def blueprint(*fields: FieldPlan, needs: tuple[str, ...] = ()) -> Blueprint:
    rows = Rows(form="select", selector="table.permits tbody tr", needs=needs)
    return Blueprint(kind="listing", start=URL, rows=rows, fields=fields)


def many(count: int, *more: str) -> list[FieldPlan]:
    return [field(f"field_{number:02}", "td.applicant", *more) for number in range(count)]


def names(fitted: Blueprint) -> list[str]:
    return [each.name for each in fitted.fields]


def test_a_short_module_keeps_even_its_idle_fallbacks() -> None:
    short = blueprint(field("permit", "td.permit", *IDLE), field("applicant", "td.applicant", *IDLE))
    assert fit(short, PERMITS) == short


def test_idle_fallbacks_go_before_any_field() -> None:
    wide = blueprint(*many(12, *IDLE))
    assert lines(wide) > MOST_LINES
    fitted = fit(wide, PERMITS)
    assert names(fitted) == names(wide)
    assert extract(fitted, PERMITS) == extract(wide, PERMITS)


def test_a_fallback_that_answers_stays() -> None:
    working = field("fee", IDLE[0], IDLE[1], "td.fee")
    fitted = fit(blueprint(*many(11, *IDLE), working), PERMITS)
    assert [each.selectors for each in fitted.fields if each.name == "fee"] == [working.selectors]


def test_the_last_fields_go_first() -> None:
    fitted = fit(blueprint(*many(60)), PERMITS)
    assert names(fitted) == [f"field_{number:02}" for number in range(len(fitted.fields))]
    assert lines(fitted) == MOST_LINES


def test_needed_fields_stay_wherever_they_stand() -> None:
    fitted = fit(blueprint(*many(60), field("permit", "td.permit"), needs=("permit",)), PERMITS)
    assert "permit" in names(fitted)
    assert fitted.rows.needs == ("permit",)


def test_needs_never_name_a_field_that_is_gone() -> None:
    fields = many(60)
    fitted = fit(blueprint(*fields, needs=tuple(each.name for each in fields)), PERMITS)
    assert set(fitted.rows.needs) <= set(names(fitted))
    assert len(extract(fitted, PERMITS)) == 5


def test_fitting_twice_is_fitting_once() -> None:
    once = fit(blueprint(*many(30, *IDLE)), PERMITS)
    assert fit(once, PERMITS) == once


@settings(max_examples=25)
@given(st.lists(st.sampled_from([(), IDLE[:1], IDLE, (*IDLE, "td.fee")]), min_size=1, max_size=40))
def test_what_stays_reads_as_before_and_is_short(fallbacks: list[tuple[str, ...]]) -> None:
    wide = blueprint(*(field(f"f{number}", "td.issued", *more) for number, more in enumerate(fallbacks)))
    fitted = fit(wide, PERMITS)
    kept = names(fitted)
    assert lines(fitted) <= MOST_LINES
    assert extract(fitted, PERMITS) == [{name: record[name] for name in kept} for record in extract(wide, PERMITS)]
