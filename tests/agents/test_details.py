"""From an address to a table of the pages behind it, on real sites and through the sandbox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lakehouse import Lakehouse, Wish
from lakehouse.agents.builder import Builder
from lakehouse.demo.site import DemoSite
from lakehouse.engine.fixture import check_fixture
from lakehouse.errors import NothingFound
from lakehouse.lake import Lake
from tests.agents.scout.shop import DAYS, detail_html, listing_html
from tests.little_site import LittleSite, html

SEVERAL = range(6)


@pytest.fixture
def shop() -> Iterator[LittleSite]:
    """Return a running shop of two pages of three lamps, each with its own page."""
    with LittleSite() as site:
        site.pages["/lamps"] = html(listing_html(range(3), '<a rel="next" href="/lamps?p=2">more</a>'))
        site.pages["/lamps?p=2"] = html(listing_html(range(3, 6)))
        site.pages |= {f"/lamp/{n}": html(detail_html(n)) for n in SEVERAL}
        yield site


def wish(site: LittleSite, *, details: bool = True) -> Wish:
    return Wish(private_hosts=[site.host], delay=0, details=details)


def test_a_day_reads_the_page_of_every_record_on_every_page(lake: Lake, shop: LittleSite) -> None:
    house = Lakehouse(lake)
    house.add(shop.url("/lamps"), wish=wish(shop))
    report = house.run("lamps")
    assert (report.pages, report.rows, report.rejects, report.passed) == (8, 6, 0, True)
    frame = lake.table("silver/lamps").read()
    assert {str(day) for day in frame["since"]} == set(DAYS)
    assert set(frame["url"]) == {shop.url(f"/lamp/{n}") for n in SEVERAL}


def test_the_fixture_knows_which_of_its_pages_are_details(lake: Lake, shop: LittleSite) -> None:
    house = Lakehouse(lake)
    release = house.add(shop.url("/lamps"), wish=wish(shop))
    results = check_fixture(lake, house.registry, "lamps")
    assert all(each.same for each in results)
    assert sum(each.records for each in results) == release.proof["rows"] > 0


def test_without_being_asked_for_they_are_only_told(lake: Lake, shop: LittleSite) -> None:
    found = Lakehouse(lake).look(shop.url("/lamps"), wish(shop, details=False))
    assert found.best.details is None
    assert found.report.notes[-1].message == "3 records have pages of their own; --details reads them."
    told = Lakehouse(lake).look(shop.url("/lamps"), wish(shop))
    assert told.report.notes == ()
    assert told.report.requests_a_day > found.report.requests_a_day


def test_a_listing_whose_rows_lead_nowhere_has_no_details(lake: Lake, shop: LittleSite) -> None:
    for number in SEVERAL:
        del shop.pages[f"/lamp/{number}"]
    with pytest.raises(NothingFound, match="without --details"):
        Lakehouse(lake).look(shop.url("/lamps"), wish(shop))


def test_only_some_of_their_fields_may_be_kept(lake: Lake, shop: LittleSite) -> None:
    chosen = Wish(fields=["title", "watts"], private_hosts=[shop.host], delay=0, details=True)
    found = Lakehouse(lake).look(shop.url("/lamps"), chosen)
    assert [list(record) for record in found.records] == [["title", "watts"]] * 3


def test_the_builder_fetches_the_pages_that_it_was_not_given(lake: Lake, shop: LittleSite) -> None:
    found = Lakehouse(lake).look(shop.url("/lamps"), wish(shop))
    release = Builder(lake).build(found.best, name="lamps", **wish(shop).source_keys())
    assert release.proof["rows"] == 4


def test_the_inspections_of_the_demo_are_read_from_their_own_pages(lake: Lake) -> None:
    with DemoSite() as city:
        house = Lakehouse(lake)
        host = city.url.removeprefix("http://").rstrip("/")
        house.add(city.start_url("inspections"), "inspections", Wish(private_hosts=[host], delay=0, details=True))
        report = house.run("inspections")
        truth = city.records("inspections", city.day)
    assert (report.rows, report.rejects, report.passed) == (len(truth), 0, True)
    frame = lake.table("silver/inspections").read()
    assert set(frame["permit_number"]) == {record["permit"] for record in truth}
    assert set(frame["last_inspected"]) == {record["inspected"] for record in truth}
    assert sorted(frame["score"]) == sorted(record["score"] for record in truth)
