"""The module that a model's code becomes: where pages come from is ours to say."""

from __future__ import annotations

import pytest

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Follow, Rows, Turn
from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.model.module import module_of
from lakehouse.errors import FetcherRefused
from lakehouse.sandbox import PageInput, Worker, check_module

PLAN = Blueprint(
    kind="listing",
    start="http://a.example/list",
    rows=Rows(form="select", selector="li"),
    fields=(FieldPlan(name="title", selectors=("h3",)),),
    follow=Follow(next_page="a[rel=next]", turn=Turn(parameter="page")),
)
OURS = fetcher_code(PLAN, "a")
PARSE = 'ROWS = "p"\n\ndef parse(page):\n    for row in page.select(ROWS):\n        yield {"title": row.text}\n'
PAGE = PageInput(
    "http://a.example/list", b"<ul><li>a</li></ul><p>one</p><p>two</p><a rel=next href='?page=2'>more</a>", "text/html"
)


def test_it_parses_as_the_model_says_and_fetches_as_we_say() -> None:
    with Worker(module_of(PARSE, OURS, "a")) as worker:
        assert [request.url for request in worker.start()] == ["http://a.example/list"]
        parsed = worker.handle(PAGE)
    assert parsed.records == [{"title": "one"}, {"title": "two"}]
    assert {request.url for request in parsed.requests} == {"http://a.example/list?page=2"}


def test_a_constant_of_the_model_is_not_taken_for_ours() -> None:
    # ROWS of ours finds list items, of which the turn of pages wants one; the model's finds paragraphs.
    without = PAGE.body.replace(b"<li>a</li>", b"").replace(b"<a rel=next href='?page=2'>more</a>", b"")
    with Worker(module_of(PARSE, OURS, "a")) as worker:
        assert worker.handle(PageInput(PAGE.url, without, "text/html")).requests == []


def test_what_the_model_says_of_start_and_follow_is_left_out() -> None:
    code = module_of(f"def start():\n    yield 1\n\ndef follow(page):\n    yield 2\n\n{PARSE}", OURS, "a")
    assert "yield 1" not in code
    assert "yield 2" not in code


@pytest.mark.parametrize(
    "line",
    [
        "start = 1",
        "follow = lambda page: []",
        "def Request(url): return url",
        "class Request: pass",
        "from lakehouse.fetcher import text as start",
        "from lakehouse.fetcher import text as Request",
        "OUR_ROWS = 'p'",
        "for start in (1,): pass",
        "[start := 1]",
    ],
)
def test_a_name_of_ours_is_not_the_models_to_set(line: str) -> None:
    with pytest.raises(FetcherRefused):
        module_of(f"{line}\n{PARSE}", OURS, "a")


@pytest.mark.parametrize("code", ["", "x = 1", "def pars(page): yield {}", "def parse(page:", "\x00", "(" * 5000])
def test_what_is_no_code_or_has_no_parse_is_refused(code: str) -> None:
    with pytest.raises(FetcherRefused):
        module_of(code, OURS, "a")


def test_what_comes_out_has_passed_the_static_check() -> None:
    check_module(module_of(PARSE, OURS, "a"))
    with pytest.raises(FetcherRefused, match="import"):
        module_of(f"import os\n{PARSE}", OURS, "a")
