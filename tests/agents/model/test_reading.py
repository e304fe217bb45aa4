"""Pages that the scout cannot read: a model labels them, and what is built is our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from lakehouse.agents.extract import extract
from lakehouse.agents.model.labelling import labelled, learned
from lakehouse.agents.model.reading import read_with_model
from lakehouse.errors import FetcherRaised, FetcherRefused
from lakehouse.fetcher.page import Page
from tests.llm.doors import door_to
from tests.llm.scripted import Says, Scripted

CASES = ["Smith v. Jones", "Roe v. Wade", "Doe v. Poe", "Bolling v. Sharpe"]
PAGE = Page(
    "http://a.example/",
    "".join(
        ["<h1>Minutes</h1>", *(f"<div><i>{name}</i> <b>No. 1{n}-{n * 3}</b></div>" for n, name in enumerate(CASES, 2))]
    ).encode(),
    "text/html",
)
PARSE = """
def parse(page):
    for row in page.select("div"):
        yield {"title": row.first("i").text, "docket": row.first("b").text}
"""
START = "def start():\n    yield from ()\n\n"


def test_what_the_code_of_a_model_reads_is_learned_by_our_own_induction(tmp_path: Path) -> None:
    with Scripted([Says({"code": PARSE})]) as server:
        found, why = read_with_model(door_to(server, tmp_path), PAGE, ["title", "docket"])
    assert why == ""
    records = extract(found[0], PAGE)
    assert {"title": "Smith v. Jones", "docket": "No. 12-6"} in records
    assert len(records) == 4


def test_where_it_cannot_be_learned_one_line_says_so(tmp_path: Path) -> None:
    invented = 'def parse(page):\n    yield {"title": "nowhere on the page", "docket": "xyz"}\n'
    with Scripted([Says({"code": invented})]) as server:
        found, why = read_with_model(door_to(server, tmp_path), PAGE, [])
    assert found == []
    assert "could not be learned" in why


def test_where_nobody_can_be_asked_one_line_says_so(tmp_path: Path) -> None:
    found, why = read_with_model(door_to("http://127.0.0.1:9", tmp_path), PAGE, [])
    assert found == []
    assert "went on without" in why


def test_names_that_a_model_makes_up_are_names_of_columns_or_left_out() -> None:
    code = 'def parse(page):\n    yield {"title": "a", "Page Title": "b", "DROP TABLE": "c", "x" * 50: "d"}\n'
    assert labelled(START + code, [PAGE], [], "a").records == ({"title": "a"},)


def test_what_the_sandbox_refuses_is_raised() -> None:
    with pytest.raises(FetcherRefused):
        labelled(START + "import os\ndef parse(page):\n    yield {}\n", [PAGE], [], "a")
    with pytest.raises(FetcherRaised):
        labelled(START + 'def parse(page):\n    yield {"a": 1 / 0}\n', [PAGE], [], "a")


def test_nothing_is_learned_from_no_labels() -> None:
    assert learned(labelled(START + "def parse(page):\n    yield from ()\n", [PAGE], [], "a"), [PAGE]) is None
