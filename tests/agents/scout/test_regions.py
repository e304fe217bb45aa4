"""Regions: what repeats on a page, in every way in which rows are formed; the list comes first."""

from __future__ import annotations

import pytest

from lakehouse.agents.scout.outline import outline
from lakehouse.agents.scout.region_rank import rank
from lakehouse.agents.scout.regions import regions
from tests.agents.scout import pages


def ranked(page):
    tree = outline(page.html.nodes[0])
    return rank(tree, regions(tree))


@pytest.mark.parametrize(
    ("build", "form"),
    [
        (pages.table, "select"),
        (pages.cards, "select"),
        (pages.headed, "runs"),
        (pages.framed, "select"),
        (pages.broken, "segments"),
    ],
)
def test_some_region_has_a_row_for_each_book(build, form):
    forms = {
        region.form
        for region in ranked(build())
        if [any(title in row.text for title in pages.TITLES) for row in region.rows].count(True) == 6
        and all(sum(title in row.text for title in pages.TITLES) <= 1 for row in region.rows)
    }
    assert form in forms


@pytest.mark.parametrize("build", [pages.table, pages.cards, pages.headed, pages.broken, pages.grouped, pages.framed])
def test_the_best_region_is_the_list_of_books(build):
    best = ranked(build())[0]
    assert all(any(title in row.text for row in best.rows) for title in pages.TITLES)


def test_no_two_regions_have_the_same_rows():
    keys = [region.key for region in ranked(pages.cards())]
    assert len(keys) == len(set(keys))


def test_rows_of_a_region_do_not_stand_inside_one_another():
    for region in ranked(pages.cards()):
        tops = [row.tops[0] for row in region.rows if row.tops and region.form == "select"]
        assert not any(one is not other and one.holds(other) for one in tops for other in tops)


HEAD = "<tr><th>Title</th><th>Count</th><th>Day</th></tr>"


def page(body):
    return pages.Page("https://a.example/", f"<html><body><table>{body}</table></body></html>".encode())


def test_the_row_that_names_the_columns_is_none_of_the_rows_of_a_table():
    rows = "".join(
        f"<tr><td>{title}</td><td>{n}</td><td>2026-03-0{n + 1}</td></tr>" for n, title in enumerate(pages.TITLES)
    )
    of_rows = [
        region for region in ranked(page(HEAD + rows)) if region.kind.endswith(":tr") and region.form == "select"
    ]
    assert of_rows
    assert not any("Count" in row.text for region in of_rows for row in region.rows)


def test_a_table_of_nothing_but_header_cells_keeps_its_rows():
    rows = "".join(f"<tr><th>{title}</th><th>{n}</th></tr>" for n, title in enumerate(pages.TITLES))
    assert any(len(region.rows) == len(pages.TITLES) for region in ranked(page(rows)))


def test_a_page_without_repetition_has_no_regions():
    assert ranked(pages.Page("https://a.example/", b"<p>One paragraph alone.</p>")) == []
