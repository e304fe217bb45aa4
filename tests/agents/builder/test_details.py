"""A fetcher that reads the pages behind a listing asks for them as such, and takes records from nowhere else."""

from __future__ import annotations

import subprocess
import sys

from lakehouse.agents.blueprint import Blueprint, Turn
from lakehouse.agents.builder import fetcher_code, fit
from lakehouse.agents.builder.contract import contract_of
from lakehouse.agents.builder.fit import MOST_LINES, lines
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.behind import behind
from lakehouse.fetcher import Page
from lakehouse.sandbox import PageInput, Worker
from tests.agents.scout.shop import START, address, blueprint, detail, listing

DETAILS = [detail(number) for number in range(5)]


def whole(**changes: object) -> Blueprint:
    plain = blueprint()
    part = behind(plain, listing(), DETAILS)
    return plain.model_copy(update={"details": part, **changes})


def asked(code: str, page: Page) -> list[tuple[str, dict[str, object]]]:
    with Worker(code) as worker:
        requests = worker.follow(PageInput(page.url, page.body, page.content_type, page.meta))
    return [(request.url, dict(request.meta)) for request in requests]


def test_the_module_reads_like_one_that_was_written_by_hand() -> None:
    short = whole()
    kept = tuple(field for field in short.of_records.fields if field.name in ("url", "watts"))
    code = fetcher_code(short.with_records(kept), "lamps")
    assert (
        code
        == '''"""Fetcher of `lamps`, written by the builder."""

from lakehouse.fetcher import Request, number


def start():
    yield Request("https://shop.example/lamps")


def follow(page):
    if page.meta.get("page") == "detail":
        return
    for behind in page.links("li.lamp a"):
        yield Request(behind.url, meta={"page": "detail"})


def parse(page):
    if page.meta.get("page") != "detail":
        return
    row = page.one()
    yield {
        "url": page.url,
        "watts": number(row, "label(Watts)"),
    }
'''
    )


def test_in_the_sandbox_the_listing_gives_links_and_the_details_give_records() -> None:
    code = fetcher_code(whole(), "lamps")
    assert asked(code, listing()) == [(address(n), {"page": "detail"}) for n in range(6)]
    assert asked(code, detail(0)) == []
    with Worker(code) as worker:
        for page in (listing(), *DETAILS):
            given = worker.parse(PageInput(page.url, page.body, page.content_type, page.meta)).records
            assert given == extract(whole(), page)


def test_pages_that_are_turned_are_turned_as_long_as_they_have_rows() -> None:
    follow = whole().follow.model_copy(update={"turn": Turn(parameter="page")})
    code = fetcher_code(whole(follow=follow), "lamps")
    assert asked(code, listing())[-1] == (f"{START}?page=2", {})
    assert asked(code, Page(f"{START}?page=9", b"<html><body>none</body></html>", "text/html")) == []


def test_it_has_no_more_lines_than_others_and_nothing_to_correct() -> None:
    fields = whole().of_records.fields
    many = tuple(field.model_copy(update={"name": f"{field.name}_{n}"}) for n in range(6) for field in fields)
    fitted = fit(whole().with_records(many), listing(), DETAILS)
    assert lines(fitted) <= MOST_LINES
    assert fitted.of_records.fields == many[: len(fitted.of_records.fields)]
    code = fetcher_code(fitted, "lamps")
    command = [sys.executable, "-m", "ruff", "check", "--quiet", "-"]
    assert subprocess.run(command, input=code, capture_output=True, text=True, check=False).stdout == ""


def test_its_contract_is_that_of_the_details_keyed_by_their_address() -> None:
    records = [record for page in DETAILS for record in extract(whole(), page)]
    contract = contract_of(whole(), records)
    assert contract.key == ("url",)
    types = {name: field.type for name, field in contract.fields.items()}
    assert types["url"] == "url"
    assert (types["price"], types["since"], types["watts"], types["parts"]) == ("money", "date", "integer", "list")
