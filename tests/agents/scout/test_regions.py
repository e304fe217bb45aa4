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


def test_a_page_without_repetition_has_no_regions():
    assert ranked(pages.Page("https://a.example/", b"<p>One paragraph alone.</p>")) == []
