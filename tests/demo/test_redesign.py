"""Version 2 of each source: the same records in another dress, which the first fetcher cannot read."""

from __future__ import annotations

from typing import Any
from urllib.error import HTTPError

import pytest

from lakehouse.demo.site import CATALOGUE, FIRST_DAY, SOURCE_NAMES, DemoSite, SourceName
from lakehouse.fetcher import PageError
from tests.demo.ask import ask
from tests.demo.crawl import bring, crawl, plain, redesigned_code

MOVED: list[SourceName] = ["opinions", "inspections", "news"]


def read_in_vain(code: str, source: SourceName) -> list[dict[str, Any]]:
    try:
        return crawl(code, bring(source))
    except (HTTPError, PageError):
        return []


@pytest.mark.parametrize("source", SOURCE_NAMES)
def test_a_redesigned_source_holds_the_same_records(city: DemoSite, source: SourceName) -> None:
    city.set_version(source, 2)
    assert crawl(redesigned_code(city, source), bring(source)) == city.records(source, FIRST_DAY)


@pytest.mark.parametrize("source", SOURCE_NAMES)
def test_a_redesign_leaves_the_first_fetcher_without_one_good_record(city: DemoSite, source: SourceName) -> None:
    city.set_version(source, 2)
    found = read_in_vain(city.fetcher_code(source), source)
    assert [record for record in found if record in city.records(source, FIRST_DAY)] == []


@pytest.mark.parametrize("source", SOURCE_NAMES)
def test_a_redesign_of_one_source_leaves_the_others_alone(city: DemoSite, source: SourceName) -> None:
    others: list[SourceName] = [name for name in SOURCE_NAMES if name != source]
    city.set_version(source, 2)
    assert all(ask(city, CATALOGUE[name].dresses[1].data).status == 200 for name in others)
    assert city.state.setting.versions == {name: 2 if name == source else 1 for name in SOURCE_NAMES}


def test_the_old_address_of_the_opinions_leads_to_the_new_one(city: DemoSite) -> None:
    city.set_version("opinions", 2)
    said = ask(city, "/opinions?page=2")
    assert said.status == 301
    assert said.headers["location"] == "/court/decisions/page/2"
    assert ask(city, said.headers["location"]).status == 200


def test_a_redirect_is_not_led_astray_by_the_query(city: DemoSite) -> None:
    city.set_version("opinions", 2)
    said = ask(city, "/opinions?page=//evil.example/%0d%0aX-Bad:1")
    assert said.status == 301
    assert said.headers["location"].startswith("/court/decisions/page/%2F%2Fevil")
    assert "x-bad" not in said.headers


@pytest.mark.parametrize(("source", "old"), [("inspections", "/inspections"), ("news", "/news/feed.xml")])
def test_the_old_address_of_the_others_is_gone(city: DemoSite, source: SourceName, old: str) -> None:
    assert ask(city, old).status == 200
    city.set_version(source, 2)
    assert ask(city, old).status == 404


@pytest.mark.parametrize("source", MOVED)
def test_the_sitemap_knows_the_new_address_and_not_the_old(city: DemoSite, source: SourceName) -> None:
    old = city.start_url(source)
    city.set_version(source, 2)
    new = city.start_url(source)
    listed = [entry.first("loc") for entry in plain(f"{city.url}/sitemap.xml").sitemap()]
    addresses = [loc.text for loc in listed if loc]
    assert new != old
    assert new in addresses
    assert old not in addresses


@pytest.mark.parametrize("source", ["opinions", "inspections"])
def test_the_menu_of_every_page_leads_to_the_new_address(city: DemoSite, source: SourceName) -> None:
    city.set_version(source, 2)
    menu = [request.url for request in plain(f"{city.url}/fees").links("nav a")]
    assert city.start_url(source) in menu


def test_the_page_of_the_news_tells_the_new_feed(city: DemoSite) -> None:
    city.set_version("news", 2)
    feeds = plain(f"{city.url}/news").links("link[rel=alternate][type='application/atom+xml']")
    assert [request.url for request in feeds] == [city.start_url("news")]


def test_a_new_address_does_not_exist_before_the_redesign(city: DemoSite) -> None:
    for path in ("/court/decisions", "/food-safety", "/feeds/news.atom", "/transit/board.json"):
        assert ask(city, path).status == 404


def test_the_records_keep_their_own_addresses_through_a_redesign(city: DemoSite) -> None:
    url = city.records("opinions", FIRST_DAY)[0]["url"]
    city.set_version("opinions", 2)
    assert ask(city, url.removeprefix(city.url)).status == 200


def test_the_csv_changes_its_delimiter_its_columns_and_its_decimals(city: DemoSite) -> None:
    first = plain(city.start_url("air")).text.splitlines()
    city.set_version("air", 2)
    second = plain(city.start_url("air")).text.splitlines()
    assert first[0] == "station,measured_at_utc,pm25,no2,aqi,status"
    assert second[0] == "Time (UTC);AQI;Nitrogen dioxide;Fine dust;Site;Verified"
    assert second[1].split(";")[2] == first[1].split(",")[3].replace(".", ",")


@pytest.mark.parametrize("version", [1, 2])
def test_the_fee_schedule_is_a_pdf_of_two_pages_that_is_always_the_same_file(city: DemoSite, version: int) -> None:
    import pypdfium2

    city.set_version("fees", version)
    body = ask(city, "/documents/fee-schedule.pdf").body
    document = pypdfium2.PdfDocument(body)
    try:
        assert len(document) == 2
    finally:
        document.close()
    assert ask(city, "/documents/fee-schedule.pdf").body == body
