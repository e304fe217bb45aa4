"""Which column of a region each field gets."""

import pytest

from lakehouse.agents.doctor.repair.companions import companions_of
from lakehouse.agents.doctor.repair.fit import fit
from lakehouse.agents.doctor.repair.glance import promise, promising
from lakehouse.agents.doctor.repair.looks import look_of, looks_of
from lakehouse.agents.doctor.repair.measured import whole_score
from lakehouse.agents.doctor.repair.view import View, stand_together, view
from lakehouse.agents.scout.outline import outline
from lakehouse.agents.scout.regions import regions
from tests.agents.doctor.repair.listings import case_of, menu, page_of, records, table

OLD, NEW = records(2019), records(2022)
LOOKS = [look_of(name, OLD) for name in OLD[0]]


def seen(markup: str, tag: str) -> View:
    page = page_of(markup)
    tree = outline(page.html.nodes[0])
    found = [each for each in regions(tree) if each.form == "select" and each.starters[0].tag == tag]
    return view(page, tree, max(found, key=lambda region: len(region.rows)))


def items(form: str) -> str:
    return f"<ul>{''.join('<li>' + form.format(**record) + '</li>' for record in NEW)}</ul>"


def column_of(form: str, field: str) -> list[str | None]:
    return fit(seen(items(form), "li"), LOOKS, {}).chosen[field].column.values


def wanted(field: str) -> list[str]:
    return [record[field] for record in NEW]


def test_each_field_gets_a_column_of_its_own():
    chosen = fit(seen(items("<a href='{url}'>{title}</a> <b>{number}</b> <i>{filed}</i>"), "li"), LOOKS, {}).chosen
    assert {name: each.column.values for name, each in chosen.items()} == {name: wanted(name) for name in OLD[0]}


@pytest.mark.parametrize(
    "form", ["No. {number}, {title} ({filed})", "{filed}: {title} - {number}", "{title} | {number} | {filed}"]
)
def test_codes_and_dates_are_cut_out_of_longer_text(form):
    assert column_of(form, "number") == wanted("number")
    assert column_of(form, "filed") == wanted("filed")


def test_what_frames_every_value_is_cut_away():
    assert column_of("<b>Opinion: {title}</b> <i>{number}</i>", "title") == wanted("title")


def test_a_value_is_not_cut_at_a_word_that_it_may_have():
    form = "<b>{title} of Iowa et al</b> <i>{number}</i>"
    assert all((value and " of Iowa" in value) or " et al" not in str(value) for value in column_of(form, "title"))


def test_an_address_is_looked_for_where_it_stood_before():
    form = "<a href='/people/{number}'>Judge</a> <a href='/x/{number}'>{title}</a> {filed}"
    region = seen(items(form), "li")
    assert str(fit(region, LOOKS, {"url": "title"}).chosen["url"].column.values[0]).startswith("/x/")


def test_companions_are_told_by_the_known_pages():
    assert companions_of(case_of(table(OLD), OLD)) == {"url": "title"}


def test_a_region_that_lacks_a_field_fits_less():
    whole = fit(seen(items("<a href='{url}'>{title}</a> <b>{number}</b> <i>{filed}</i>"), "li"), LOOKS, {})
    less = fit(seen(items("<a href='{url}'>{title}</a> <b>{number}</b>"), "li"), LOOKS, {})
    assert less.score < whole.score


def test_a_box_of_several_records_fits_less_than_its_rows():
    row = "<p><a href='{url}'>{title}</a> <b>{number}</b> <i>{filed}</i></p>"
    rows = [row.format(**record) for record in [*NEW, *records(2023)]]
    markup = "".join(f"<section>{''.join(rows[start : start + 5])}</section>" for start in range(0, 20, 5))
    assert fit(seen(markup, "section"), LOOKS, {}).score < fit(seen(markup, "p"), LOOKS, {}).score


def test_the_first_glance_is_at_regions_that_may_hold_the_records():
    tree = outline(page_of(menu() + table(NEW)).html.nodes[0])
    found = promising(regions(tree), LOOKS, 5)
    assert len(found) <= 5
    assert found[0].starters[0].tag == "tr"
    assert promise(found[0], LOOKS) >= promise(found[-1], LOOKS)


def test_a_heading_is_the_further_the_more_stands_between():
    markup = "<h2>May 1, 2022</h2><div>" + "<p>text</p>" * 20 + "<h3>May 2, 2022</h3>" + items("{title}") + "</div>"
    region = seen(markup, "li")
    away = {slot.selectors[0]: region.distance(slot) for slot in region.slots}
    assert away["preceding(h3)"] < away["preceding(h2)"]
    assert all(gap == 0 for selector, gap in away.items() if "preceding" not in selector)


def test_elements_stand_together_where_one_holds_the_other():
    tree = outline(page_of("<a><b>x</b></a><i>y</i>").html.nodes[0])
    link, bold, other = (next(e for e in tree.elements if e.tag == tag) for tag in "abi")
    assert stand_together([link, link], [bold, other]) == 0.5
    assert stand_together([None], [bold]) == 0


def test_missing_mandatory_fields_and_few_rows_cost():
    looks = looks_of(case_of(table(OLD), OLD))
    full = dict.fromkeys(OLD[0], 0.9)
    assert whole_score(looks, full, 20) > whole_score(looks, full, 2)
    assert whole_score(looks, full, 20) > whole_score(looks, {"title": 0.9}, 20)
    assert whole_score(looks, {}, 20) == 0


def test_a_link_that_shows_a_file_of_the_known_kind_is_taken_before_one_that_does_not():
    looks = [look_of(name, [{**r, "url": f"/files/{r['number']}.pdf"} for r in OLD]) for name in OLD[0]]
    form = (
        "<h3><a href='/case/{number}'>{title}</a></h3> {number} <i>{filed}</i> <img alt='PDF'><a href='{url}'>Get</a>"
    )
    assert fit(seen(items(form), "li"), looks, {}).chosen["url"].column.values == wanted("url")
