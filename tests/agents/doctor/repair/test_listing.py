"""Repairs of listings by the looks of their fields: nothing of the old records is left on the new pages."""

from dataclasses import replace

import pytest

from lakehouse.agents.blueprint import DetailPart
from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.doctor.repair.anchors import anchors
from lakehouse.agents.doctor.repair.listing import regions
from lakehouse.agents.doctor.repair.relaxed import relaxed
from tests.agents.doctor.repair.listings import case_of, menu, page_of, read, records, says, table

OLD, NEW = records(2019), records(2022)


def healed(after, wanted=NEW, before=None, known=OLD):
    case = case_of(before or table(known), known, after)
    proposals = list(regions(case))
    assert proposals
    given = read(proposals[0].blueprint, case.failing[0])
    assert says(given, wanted), given[:3]
    return proposals


def cards(rows):
    return menu() + "".join(
        f"<div class=card><h3><a href='{r['url']}'>{r['title']}</a></h3><p>No. <b>{r['number']}</b></p>"
        f"<time>{r['filed']}</time></div>"
        for r in rows
    )


def test_a_table_that_became_cards_is_read():
    healed(cards(NEW))


def test_renamed_classes_change_nothing():
    healed(table(NEW).replace("class=title", "class=c-17x").replace("class=row", "class=r").replace("list", "tbl9"))


def test_columns_in_another_order_are_told_apart():
    body = "".join(f"<tr><td>{r['filed']}<td>{r['number']}<td><a href='{r['url']}'>{r['title']}</a></tr>" for r in NEW)
    healed(f"<table>{body}</table>")


def test_a_date_above_several_rows_belongs_to_each_of_them():
    wanted = [{**r, "filed": f"May {1 + place // 4}, 2022"} for place, r in enumerate(NEW)]
    body = "".join(
        (f"<h4>{r['filed']}</h4>" if place % 4 == 0 else "")
        + f"<div class=op><a href='{r['url']}'>{r['title']}</a> <span>{r['number']}</span></div>"
        for place, r in enumerate(wanted)
    )
    healed(menu() + body, wanted)


def test_values_are_cut_out_of_one_cell():
    body = "".join(f"<li><a href='{r['url']}'>No. {r['number']}, {r['title']} ({r['filed']})</a></li>" for r in NEW)
    healed(f"{menu()}<ul class=opinions>{body}</ul>")


def test_rows_without_classes_are_found():
    body = "".join(
        f"<div><div><a href='{r['url']}'>{r['title']}</a></div><div>{r['number']}</div><div>{r['filed']}</div></div>"
        for r in NEW
    )
    healed(f"<div><div>{menu()}</div><div>{body}</div></div>")


def test_rows_that_are_only_divided_by_rules_are_found():
    body = "<hr>".join(f"<a href='{r['url']}'>{r['title']}</a><br>{r['number']}<br>{r['filed']}" for r in NEW)
    healed(f"{menu()}<div id=list>{body}</div>")


def test_advertisements_between_rows_are_no_records():
    ad = "<div class=card><h3>Subscribe to our newsletter today</h3></div>"
    rows = cards(NEW).split("<div class=card>")
    healed(rows[0] + "".join(("" if n % 4 else ad) + "<div class=card>" + row for n, row in enumerate(rows[1:])))


def test_a_list_of_news_beside_the_records_is_left_alone():
    news = "".join(
        f"<li><a href='/news/{n}'>The court will sit in town number {n}</a> <i>May {n}, 2022</i>" for n in range(1, 15)
    )
    healed(f"<ul>{news}</ul>{cards(NEW)}")


def test_dates_and_numbers_may_be_printed_in_another_form():
    wanted = [{**r, "filed": f"2022-0{1 + place % 6}-1{place % 10}"} for place, r in enumerate(NEW)]
    healed(cards(wanted), wanted)


def test_several_failing_pages_get_one_fetcher_that_reads_all_of_them():
    later = records(2022, start=10)
    case = case_of(table(OLD), OLD, cards(NEW), cards(later))
    best = next(iter(regions(case)))
    assert [says(read(best.blueprint, page), wanted) for page, wanted in zip(case.failing, (NEW, later), strict=True)]


def test_what_reads_only_one_of_the_failing_pages_is_not_proposed():
    case = case_of(table(OLD), OLD, cards(NEW), "<p>This page is being moved.</p>")
    assert list(regions(case)) == []


def test_a_page_without_anything_alike_gives_no_sure_proposal():
    case = case_of(table(OLD), OLD, menu())
    assert all(proposal.score < 0.5 for proposal in regions(case))


def test_proposals_differ_and_come_best_first():
    proposals = healed(cards(NEW))
    scores = [proposal.score for proposal in proposals]
    assert scores == sorted(scores, reverse=True)
    given = [repr(read(proposal.blueprint, page_of(cards(NEW)))) for proposal in proposals]
    assert len(set(given)) == len(given)


def test_a_proposal_tells_how_well_each_field_fits():
    best = healed(cards(NEW))[0]
    assert set(best.fits) == {"title", "number", "filed", "url"}
    assert all(0 < fit <= 1 for fit in best.fits.values())
    assert 0 < best.score <= 1


def test_a_proposal_can_be_written_as_a_module():
    best = healed(cards(NEW))[0]
    compile(fetcher_code(best.blueprint, "opinions"), "fetcher.py", "exec")


@pytest.mark.parametrize("markup", ["", "<p>", "<table></table>", "<div>" * 300, "\x00"])
def test_broken_pages_raise_nothing(markup):
    assert list(regions(case_of(table(OLD), OLD, markup))) == []


@pytest.mark.parametrize("rung", [relaxed, anchors, regions])
def test_records_on_pages_of_their_own_are_no_matter_of_their_listing(rung):
    case = case_of(table(OLD), OLD, table(OLD))
    details = DetailPart(rows=case.blueprint.rows, fields=case.blueprint.fields)
    apart = replace(case, blueprint=case.blueprint.model_copy(update={"details": details}))
    assert list(rung(case))
    assert list(rung(apart)) == []
