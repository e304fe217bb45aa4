"""What is told of a page is told once, and forgotten with the page."""

from __future__ import annotations

import gc
import weakref

import pytest

from lakehouse.agents.doctor.repair.sightings import sightings_of
from lakehouse.agents.once import told_once
from lakehouse.agents.scout.outline import outline_of
from lakehouse.agents.scout.reading import reading_of
from lakehouse.agents.scout.regions import regions
from lakehouse.fetcher import Page
from lakehouse.fetcher.html import HtmlNode

BODY = b"<ul><li><b>Oak</b> <i>1</i></li><li><b>Elm</b> <i>2</i></li><li><b>Ash</b> <i>3</i></li></ul>"


def page():
    return Page("https://trees.example/", BODY, "text/html")


def test_the_same_page_is_looked_at_once_and_another_of_its_address_again():
    looked = []

    @told_once
    def length(page):
        looked.append(page.url)
        return len(page.body)

    one, other = page(), page()
    assert [length(one), length(one), length(other)] == [len(BODY)] * 3
    assert looked == [one.url, other.url]


def test_what_breaks_is_asked_again():
    said = iter([ValueError("not yet"), "told"])

    @told_once
    def tell(_page):
        if isinstance(each := next(said), Exception):
            raise each
        return each

    one = page()
    with pytest.raises(ValueError, match="not yet"):
        tell(one)
    assert tell(one) == "told"


def test_all_who_look_at_a_page_share_its_outline_its_regions_and_its_sightings():
    one = page()
    assert outline_of(one) is outline_of(one)
    assert regions(outline_of(one)) is regions(outline_of(one))
    assert sightings_of(one) is sightings_of(one)
    assert sightings_of(one).of("Elm")[0] in outline_of(one).elements


def test_a_page_goes_with_all_that_was_told_of_it():
    one = page()
    tree = outline_of(one)
    region = regions(tree)[0]
    reading_of(one).value(HtmlNode(one, region.rows[0].nodes[0]), "b")
    sightings_of(one).of("Oak")
    gone = [weakref.ref(one), weakref.ref(tree), weakref.ref(region)]
    del one, tree, region
    gc.collect()
    assert [each() for each in gone] == [None] * len(gone)
