"""From Python: open a lakehouse, look at an address, add it, run it."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import lakehouse
from lakehouse import Lakehouse, Scout, Wish
from lakehouse.engine import fetch_day, parse_day
from lakehouse.engine.fixture import check_fixture
from lakehouse.errors import AlreadyAdded, NotFeasible, NothingFound, RobotsDisallowed
from lakehouse.lake import Lake
from tests.little_site import Answer, LittleSite


@pytest.fixture
def house(lake: Lake) -> Lakehouse:
    return Lakehouse(lake)


@pytest.fixture
def wish(site: LittleSite) -> Wish:
    return Wish(private_hosts=[site.host], delay=0)


@pytest.mark.parametrize("module", ["lakehouse", "scout.analyze", "builder.builder", "wish"])
def test_the_examples_in_the_docstrings_are_true(module: str, tmp_path: Path, site: LittleSite, wish: Wish) -> None:
    there = {"site": site, "wish": wish, "folder": str(tmp_path), "lake": Lake.open(str(tmp_path)), "Scout": Scout}
    result = doctest.testmod(import_module(f"lakehouse.agents.{module}"), extraglobs=there)
    assert result.attempted > 0
    assert result.failed == 0


def test_a_day_can_be_run_without_dagster(house: Lakehouse, wish: Wish, site: LittleSite) -> None:
    house.add(site.url("/books"), wish=wish)
    report = house.run("books")
    assert (report.rows, report.passed) == (10, True)
    assert house.status("books").state == "active"


def test_the_package_offers_its_faces_and_nothing_else() -> None:
    assert all(hasattr(lakehouse, name) for name in lakehouse.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        lakehouse.nonsense  # noqa: B018


def test_an_address_becomes_a_source_that_reads_every_page(house: Lakehouse, wish: Wish, site: LittleSite) -> None:
    release = house.add(site.url("/books"), wish=wish)
    assert (release.source, release.number) == ("books", 1)
    today = release.created_at.date().isoformat()
    fetch_day(house.lake, house.registry, "books", today)
    report = parse_day(house.lake, house.registry, "books", today)
    assert (report.pages, report.rows, report.rejects) == (2, 10, 0)
    titles = house.lake.table("silver/books").read([today])
    assert {f"Book {n}" for n in range(1, 11)} <= {str(value) for column in titles for value in column}
    assert house.status("books").state == "active"


def test_looking_registers_nothing(house: Lakehouse, wish: Wish, site: LittleSite) -> None:
    found = house.look(site.url("/books"), wish)
    assert found.best.evidence is not None
    assert found.report.is_feasible
    assert house.sources() == []


def test_the_same_address_twice_is_refused_by_the_name_of_the_first(
    house: Lakehouse, wish: Wish, site: LittleSite
) -> None:
    house.add(site.url("/books"), "novels", wish)
    with pytest.raises(AlreadyAdded, match="lakehouse status novels"):
        house.add(site.url("/books"), "others", wish)
    assert house.sources() == ["novels"]


def test_a_page_with_nothing_on_it_registers_nothing(house: Lakehouse, wish: Wish, site: LittleSite) -> None:
    site.pages["/empty"] = Answer(b"<!doctype html><title>Nothing</title><p>", headers={"Content-Type": "text/html"})
    with pytest.raises((NothingFound, NotFeasible)):
        house.add(site.url("/empty"), wish=wish)
    assert house.sources() == []


def test_what_robots_forbids_is_not_added(house: Lakehouse, wish: Wish, site: LittleSite) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /books\n", headers={"Content-Type": "text/plain"})
    with pytest.raises((NotFeasible, RobotsDisallowed)):
        house.add(site.url("/books"), wish=wish)
    assert house.sources() == []


def test_examples_say_which_values_are_wanted(house: Lakehouse, site: LittleSite) -> None:
    examples = [{"title": "Book 1", "price": "1.50"}, {"title": "Book 2", "price": "2.50"}]
    wish = Wish(examples, private_hosts=[site.host], delay=0)
    release = house.add(site.url("/books"), "books", wish)
    fields = house.registry.source("books").contract.fields
    assert set(fields) == {"title", "price"}
    assert release.proof["rows"] == 10


def test_fields_keep_only_what_is_named(house: Lakehouse, wish: Wish, site: LittleSite) -> None:
    offered = [field.name for field in house.look(site.url("/books"), wish).best.fields]
    chosen = Wish(fields=offered[:1], private_hosts=[site.host], delay=0)
    house.add(site.url("/books"), "books", chosen)
    assert list(house.registry.source("books").contract.fields) == offered[:1]
    with pytest.raises(NothingFound, match=offered[0]):
        house.look(site.url("/books"), Wish(fields=["nonsense"], private_hosts=[site.host], delay=0))


def test_the_fixture_of_a_release_is_parsed_again_without_the_site(
    house: Lakehouse, wish: Wish, site: LittleSite
) -> None:
    house.add(site.url("/books"), "books", wish)
    asked = len(site.asked)
    results = check_fixture(house.lake, house.registry, "books")
    assert [(each.expected, each.records, each.same) for each in results] == [(5, 5, True), (5, 5, True)]
    assert len(site.asked) == asked
