"""A table wants each fact once, in its type."""

from __future__ import annotations

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.scout import scout
from lakehouse.agents.scout.tidy import is_composite, tidy
from tests.agents.builder.pages import PERMITS, URL


def offered(*fields: FieldPlan) -> Blueprint:
    rows = Rows(form="select", selector="table.permits tbody tr")
    return Blueprint(kind="listing", start=URL, rows=rows, fields=fields)


def names(blueprint: Blueprint) -> list[str]:
    return [field.name for field in blueprint.fields]


def test_dates_and_money_get_their_readers() -> None:
    found = tidy(
        offered(FieldPlan(name="issued", selectors=("td.issued",)), FieldPlan(name="fee", selectors=("td.fee",))),
        PERMITS,
    )
    assert [field.reader for field in found.fields] == ["date", "money"]


def test_a_column_that_repeats_another_goes() -> None:
    again = FieldPlan(name="again", selectors=("td:nth-child(2)",))
    found = tidy(offered(FieldPlan(name="applicant", selectors=("td.applicant",)), again), PERMITS)
    assert names(found) == ["applicant"]


def test_a_column_that_strings_others_together_goes() -> None:
    whole = FieldPlan(name="row", selectors=("",))
    found = tidy(
        offered(
            whole,
            FieldPlan(name="permit", selectors=("td.permit",)),
            FieldPlan(name="applicant", selectors=("td.applicant",)),
        ),
        PERMITS,
    )
    assert names(found) == ["permit", "applicant"]


def test_a_column_that_says_the_same_in_every_row_goes() -> None:
    found = tidy(
        offered(
            FieldPlan(name="heading", selectors=("preceding(h1)",)), FieldPlan(name="permit", selectors=("td.permit",))
        ),
        PERMITS,
    )
    assert names(found) == ["permit"]


def test_the_address_behind_a_text_stays_beside_it() -> None:
    found = tidy(
        offered(
            FieldPlan(name="permit", selectors=("td.permit",)),
            FieldPlan(name="url", reader="link", selectors=("td.permit a",)),
        ),
        PERMITS,
    )
    assert names(found) == ["permit", "url"]


def test_what_rows_are_told_by_stays() -> None:
    fields = (
        FieldPlan(name="heading", selectors=("preceding(h1)",)),
        FieldPlan(name="permit", selectors=("td.permit",)),
    )
    rows = Rows(form="select", selector="table.permits tbody tr", needs=("heading",))
    found = tidy(Blueprint(kind="listing", start=URL, rows=rows, fields=fields), PERMITS)
    assert names(found) == ["permit", "heading"]


def test_what_the_scout_offers_becomes_a_table_of_four_facts_and_their_link() -> None:
    found = tidy(scout(PERMITS), PERMITS)
    readers = sorted(field.reader for field in found.fields)
    assert readers == ["date", "link", "money", "text", "text"]


def test_a_part_of_one_other_column_makes_no_composite() -> None:
    columns = {"whole": ["Smith v. Jones", "Wu v. Ortiz", "Levy v. Kaya"], "first": ["Smith", "Wu", "Levy"]}
    assert not is_composite("whole", columns)
    assert is_composite("whole", columns | {"second": ["Jones", "Ortiz", "Kaya"]})


def test_a_word_that_is_the_same_in_every_row_is_no_part() -> None:
    columns = {"title": ["Book 1", "Book 2", "Book 3"], "word": ["Book"] * 3, "number": ["1", "2", "3"]}
    assert not is_composite("title", columns)
