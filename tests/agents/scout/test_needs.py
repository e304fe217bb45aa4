"""Needs: the fewest fields that tell a record from headings, blank rows and rows of other tables."""

from __future__ import annotations

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.listing import Offer
from lakehouse.agents.scout.needs import with_needs
from lakehouse.agents.scout.region import Region
from tests.agents.scout.trees import page_of, rows_with, tree_of

FIELDS = (
    FieldPlan(name="name", selectors=("td:nth-child(1)",)),
    FieldPlan(name="maker", selectors=("td:nth-child(2)",)),
    FieldPlan(name="url", reader="link", selectors=("a@href",)),
)
TOOLS = "".join(
    f"<tr><td>{name}<td>{maker}<td><a href=/{name}>more</a>" for name, maker in [("rip", "Ann"), ("fret", "Bo")]
)
BLANK = "<tr><td>&nbsp;<td>&nbsp;<td>&nbsp;"
GROUP = "<tr><td colspan=3>Saws"


def needed(rows, names, fields=FIELDS):
    page = page_of(f"<table>{rows}</table>")
    records = [row for row in rows_with(tree_of(page), "tr") if any(word in row.text for word in ("Ann", "Bo"))]
    plan = Rows(form="select", selector="tr")
    blueprint = Blueprint(kind="listing", start=page.url, rows=plan, fields=fields)
    region = Region("select", "table-row:tr", records, [row.tops[0] for row in records])
    return page, with_needs(page, blueprint, Offer(region, plan, 1.0, records, []), names)


def test_headings_between_rows_are_told_by_a_field_that_they_lack():
    page, blueprint = needed(GROUP + TOOLS + GROUP, ["name", "maker"])
    assert blueprint.rows.needs == ("maker",)
    assert [record["name"] for record in extract(blueprint, page)] == ["rip", "fret"]


def test_blank_rows_give_no_records():
    page, blueprint = needed(BLANK + TOOLS + BLANK, ["name", "maker", "url"])
    assert [record["name"] for record in extract(blueprint, page)] == ["rip", "fret"]


def test_one_field_is_needed_even_where_all_rows_are_records():
    _, blueprint = needed(TOOLS, ["name", "maker"])
    assert len(blueprint.rows.needs) == 1


def test_links_are_asked_for_first():
    _, blueprint = needed(TOOLS + BLANK, ["name", "maker", "url"])
    assert blueprint.rows.needs == ("url",)


def test_fields_that_some_records_lack_are_never_needed():
    page, blueprint = needed(GROUP + TOOLS, [])
    assert blueprint.rows.needs == ()
    assert len(extract(blueprint, page)) == 3


def test_two_fields_are_needed_where_one_cannot_tell():
    rows = "<tr><td>only name<td><td>" + TOOLS + "<tr><td><td>only maker<td>"
    page, blueprint = needed(rows, ["name", "maker"], FIELDS[:2])
    assert blueprint.rows.needs == ("name", "maker")
    assert [record["name"] for record in extract(blueprint, page)] == ["rip", "fret"]
