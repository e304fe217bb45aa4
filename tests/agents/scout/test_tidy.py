"""A table wants each fact once, in its type."""

from __future__ import annotations

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.extract import extract
from lakehouse.agents.scout import induce, scout
from lakehouse.agents.scout.tidy import is_composite, retyped, tidy
from lakehouse.fetcher import Page
from tests.agents.builder.pages import PERMITS, URL, table


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


def houses(*lines: str) -> tuple[Blueprint, Page]:
    body = "".join(
        f"<li><b>{letter}</b><small>{line}</small></li>" for letter, line in zip("abcdef", lines, strict=False)
    )
    fields = (
        FieldPlan(name="name", selectors=("b",)),
        FieldPlan(name="code", selectors=("small",), options={"pattern": "{CODE}"}),
        FieldPlan(name="rest", selectors=("small",), options={"after": "{CODE}"}),
    )
    blueprint = Blueprint(kind="listing", start=URL, rows=Rows(form="select", selector="li"), fields=fields)
    return blueprint, Page(URL, f"<ul>{body}</ul>".encode())


def test_the_number_of_a_house_stays_with_its_street() -> None:
    blueprint, page = houses("1 Alder Street", "27 Birch Lane", "140 Cedar Road", "8 Dune Way")
    found = tidy(blueprint, page)
    assert [record["code"] for record in extract(found, page)][:2] == ["1 Alder Street", "27 Birch Lane"]
    assert names(found) == ["name", "code"]


def test_a_code_that_leads_a_text_is_a_field_of_its_own() -> None:
    blueprint, page = houses("22-101 Roe v. Wade", "22-7 Smith v. Jones", "21-16 In re Snow", "20-9 Ash v. Elm")
    found = tidy(blueprint, page)
    assert [record["code"] for record in extract(found, page)] == ["22-101", "22-7", "21-16", "20-9"]


def test_numbers_as_long_as_each_other_tell_things_apart() -> None:
    blueprint, page = houses(
        "46512 State v. Allen", "46790 Vig v. Gerdes", "46524 State v. Dewitt", "46594 Ex parte Ash"
    )
    assert {field.name for field in tidy(blueprint, page).fields} >= {"code", "rest"}


def test_by_example_fields_are_typed_and_nothing_else_changes() -> None:
    examples = [{"who": "Ana Ortiz", "when": "May 3, 2026", "cost": "$120.00"}]
    learned = induce(PERMITS, examples)
    assert [field.reader for field in learned.fields] == ["text", "text", "text"]
    found = retyped(learned, PERMITS)
    assert [(field.name, field.reader) for field in found.fields] == [
        ("who", "text"), ("when", "date"), ("cost", "money"),
    ]  # fmt: skip
    assert (found.rows, found.follow) == (learned.rows, learned.follow)


def test_a_value_that_no_reader_reads_leaves_its_field_text() -> None:
    page = table([("B-1", "Ana", "May 3, 2026", "$1"), ("B-2", "Bo", "soon", "$2"), ("B-3", "Cy", "May 5, 2026", "$3")])
    found = retyped(offered(FieldPlan(name="issued", selectors=("td.issued",))), page)
    assert found.fields[0].reader == "text"
