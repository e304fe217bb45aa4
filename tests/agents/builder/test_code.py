"""A blueprint becomes a module that a person would have written, and that gives just what the blueprint gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Follow, Rows, Turn
from lakehouse.agents.builder import fetcher_code, fit
from lakehouse.agents.builder.code import quoted
from lakehouse.agents.extract import extract
from lakehouse.agents.scout import scout
from lakehouse.fetcher import Page
from lakehouse.sandbox import PageInput, Record, Worker, check_module
from tests.agents.builder.pages import PERMITS, URL, table

ROOT = Path(__file__).parents[3]


def run(code: str, page: Page) -> list[Record]:
    with Worker(code) as worker:
        return worker.parse(PageInput(page.url, page.body, page.content_type)).records


def by_hand(**changes: object) -> Blueprint:
    plain = Blueprint(
        kind="listing",
        start=URL,
        rows=Rows(form="select", selector="table.permits tbody tr"),
        fields=(
            FieldPlan(name="permit", selectors=("td.permit", "td:nth-child(1)")),
            FieldPlan(name="url", reader="link", selectors=("td.permit a",)),
            FieldPlan(name="issued", reader="date", selectors=("td.issued",), options={"order": "MDY"}),
            FieldPlan(name="fee", reader="money", selectors=("td.fee",)),
        ),
    )
    return plain.model_copy(update=changes)


def test_the_module_reads_like_one_that_was_written_by_hand() -> None:
    assert (
        fetcher_code(by_hand(), "permits")
        == '''"""Fetcher of `permits`, written by the builder."""

from lakehouse.fetcher import Request, date, link, money, text

ROWS = "table.permits tbody tr"


def start():
    yield Request("https://town.example/permits")


def parse(page):
    for row in page.select(ROWS):
        yield {
            "permit": text(row, "td.permit", "td:nth-child(1)"),
            "url": link(row, "td.permit a"),
            "issued": date(row, "td.issued", order="MDY"),
            "fee": money(row, "td.fee"),
        }
'''
    )


def test_it_gives_what_the_blueprint_gives() -> None:
    records = run(fetcher_code(by_hand(), "permits"), PERMITS)
    assert records == extract(by_hand(), PERMITS)
    assert [record["permit"] for record in records] == ["B-1041", "B-1042", "B-1043", "B-1044", "B-1045"]


def test_a_row_that_lacks_what_it_needs_is_left_out() -> None:
    page = table([("B-1", "Ana", "May 3, 2026", "$1"), ("B-2", "Bo", "", "$2")])
    blueprint = by_hand(rows=Rows(form="select", selector="table.permits tbody tr", needs=("issued",)))
    records = run(fetcher_code(blueprint, "permits"), page)
    assert [record["permit"] for record in records] == ["B-1"]
    assert records == extract(blueprint, page)


def test_links_to_the_next_page_and_to_details_are_followed() -> None:
    code = fetcher_code(by_hand(follow=Follow(next_page="a[rel=next]", details="td.permit a")), "permits")
    with Worker(code) as worker:
        asked = worker.follow(PageInput(URL, PERMITS.body + b"<a rel=next href='?page=2'>more</a>", "text/html"))
    assert [request.url for request in asked][:2] == [f"{URL}?page=2", "https://town.example/permits/B-1041"]


@pytest.mark.parametrize(
    ("address", "turn", "following"),
    [
        (URL, Turn(parameter="page"), [f"{URL}?page=2"]),
        (f"{URL}?page=2&size=9", Turn(parameter="page"), [f"{URL}?size=9&page=3"]),
        (f"{URL}?offset=20", Turn(parameter="offset", step=20, first=0), [f"{URL}?offset=40"]),
        (URL, Turn(parameter="offset", step=20, first=0), [f"{URL}?offset=20"]),
    ],
)
def test_a_parameter_that_counts_turns_the_pages(address: str, turn: Turn, following: list[str]) -> None:
    code = fetcher_code(by_hand(follow=Follow(turn=turn)), "permits")
    with Worker(code) as worker:
        asked = worker.follow(PageInput(address, PERMITS.body, "text/html"))
        empty = worker.follow(PageInput(address, b"<p>Nothing more", "text/html"))
    assert [request.url for request in asked] == following
    assert empty == []


def test_a_token_turns_the_pages_until_there_is_none() -> None:
    turn = Turn(parameter="cursor", cursor="meta.next")
    blueprint = by_hand(
        kind="json",
        rows=Rows(form="json", selector="items"),
        fields=(FieldPlan(name="id", selectors=("id",)),),
        follow=Follow(turn=turn),
    )
    with Worker(fetcher_code(blueprint, "permits")) as worker:
        body = b'{"items": [{"id": "a"}], "meta": {"next": "x y"}}'
        asked = worker.follow(PageInput("https://town.example/api?size=1", body, "application/json"))
        last = worker.follow(PageInput("https://town.example/api", b'{"items": [{"id": "a"}], "meta": {}}', ""))
    assert [request.url for request in asked] == ["https://town.example/api?size=1&cursor=x+y"]
    assert last == []


def test_a_built_module_passes_the_linter_and_the_formatter_as_it_is(tmp_path: Path) -> None:
    blueprint = fit(scout(PERMITS), PERMITS)
    awkward = by_hand(
        fields=(FieldPlan(name="it", selectors=('td[title="a\'b"]', "td.x\u2013y"), options={"after": "\u2116 "}),)
    )
    for number, each in enumerate((blueprint, awkward, by_hand())):
        (tmp_path / f"fetcher_{number}.py").write_text(fetcher_code(each, "permits"))
    settings = ["--config", str(ROOT / "pyproject.toml")]
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *settings, str(tmp_path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


@given(st.text(max_size=40))
def test_any_text_comes_back_from_its_literal(text: str) -> None:
    literal = quoted(text)
    assert eval(literal) == text
    assert literal.isprintable()


WORDS = st.text(
    st.characters(codec="ascii", categories=("L", "N"), include_characters=" -,.()"), min_size=1, max_size=20
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), min_size=3, max_size=8))
def test_whatever_a_table_holds_module_and_blueprint_agree(rows: list[tuple[str, str, str, str]]) -> None:
    page = table(rows)
    blueprint = fit(scout(page), page)
    code = fetcher_code(blueprint, "permits")
    check_module(code)
    assert len(code.splitlines()) <= 40
    assert run(code, page) == extract(blueprint, Page(page.url, page.body, page.content_type))
