"""The pages behind the rows of a listing become one good table: a record each, with its own address."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from decimal import Decimal

from lakehouse.agents.blueprint import DETAIL, Blueprint, DetailPart, FieldPlan, Follow, Rows
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.behind import SAMPLE, behind, details_of
from lakehouse.errors import NotFeasible
from lakehouse.fetcher import Money, Page
from tests.agents.scout.shop import NAMES, address, blueprint, detail, listing

PAGES = [detail(number) for number in range(4)]


def found(**changes: object) -> DetailPart:
    part = behind(blueprint().model_copy(update=changes), listing(), PAGES)
    assert part is not None
    return part


def read(part: DetailPart, number: int) -> dict[str, object]:
    (record,) = extract(blueprint().model_copy(update={"details": part}), detail(number))
    return record


def test_a_page_gives_one_record_with_all_that_it_says() -> None:
    record = read(found(), 4)
    assert record == {
        "url": address(4),
        "name": "Ember lamp",
        "price": Money(Decimal("24.50"), "USD"),
        "since": dt.date(2026, 5, 30),
        "watts": Decimal(33),
        "colour": "white",
        "parts": ["grate of Ember", "tray of Ember"],
        "maker": "made by Beacon and sons",
    }


def test_what_the_row_says_too_keeps_its_name() -> None:
    names = [field.name for field in found().fields]
    assert names[:3] == ["url", "name", "price"]


def test_a_selector_that_is_right_on_one_page_only_is_not_kept() -> None:
    twins = [detail(number) for number in range(3)]
    body = twins[0].body.replace(b"Free delivery", b"Aurora lamp")
    part = behind(blueprint(), listing(), [Page(address(0), body, "text/html", {"page": DETAIL}), *twins[1:]])
    assert part is not None
    name = next(field for field in part.fields if field.name == "name")
    assert "p.note" not in name.selectors
    assert read(part, 5)["name"] == "Flare lamp"


def test_what_all_pages_have_is_no_field() -> None:
    said = " ".join(str(value) for value in read(found(), 2).values())
    assert "Free delivery" not in said
    assert "All lamps" not in said


def test_a_label_is_a_field_though_it_says_the_same_everywhere() -> None:
    assert "colour" in {field.name for field in found().fields}


def test_examples_name_the_only_fields() -> None:
    example = {"name": "Aurora lamp", "power": "5", "from": "2026-03-14"}
    part = behind(blueprint(), listing(), PAGES, [example])
    assert part is not None
    assert read(part, 3) == {
        "url": address(3),
        "name": "Dusk lamp",
        "power": Decimal(26),
        "from": dt.date(2026, 5, 7),
    }


def test_pages_of_json_give_their_keys() -> None:
    rows = [{"id": n, "url": f"/lamp/{n}"} for n in range(3)]
    api = Page("https://shop.example/api", json.dumps(rows).encode(), "application/json")
    plan = Blueprint(
        kind="json", start=api.url, rows=Rows(form="json"), fields=(FieldPlan(name="id", selectors=("id",)),),
        follow=Follow(details="[*].url"),
    )  # fmt: skip
    pages = [
        Page(
            address(n), json.dumps({"id": n, "name": NAMES[n], "size": {"cm": 9 * n + 1}}).encode(), "application/json"
        )
        for n in range(3)
    ]
    part = behind(plan, api, pages)
    assert part is not None
    page = Page(address(5), b'{"id": 5, "name": "Flare", "size": {"cm": 46}}', "application/json", {"page": DETAIL})
    (record,) = extract(plan.model_copy(update={"details": part}), page)
    assert record["url"] == address(5)
    assert set(map(str, record.values())) >= {"Flare", "46"}


def test_pages_that_say_nothing_give_no_table() -> None:
    blank = [Page(address(n), b"<html><body><p>Soon</p></body></html>", "text/html") for n in range(3)]
    assert behind(blueprint(), listing(), blank) is None
    assert behind(blueprint(), listing(), []) is None


def test_the_listing_itself_gives_no_records_then() -> None:
    whole = blueprint().model_copy(update={"details": found()})
    assert extract(whole, listing()) == []
    assert len(extract(blueprint(), listing())) == 6


def test_a_few_pages_are_fetched_those_at_hand_first() -> None:
    asked: list[str] = []

    async def fetch(url: str) -> Page:
        asked.append(url)
        if url == address(2):
            raise NotFeasible("there is no page at this address.", url=url, reason="missing")
        return detail(int(url.rpartition("/")[2]))

    pages = asyncio.run(details_of(listing(), blueprint(), fetch, [detail(0), detail(1)]))
    assert [page.url for page in pages] == [address(n) for n in (0, 1, 3, 4, 5)]
    assert len(pages) == SAMPLE
    assert asked == [address(n) for n in (2, 3, 4, 5)]
    assert all(page.meta == {"page": DETAIL} for page in pages)
