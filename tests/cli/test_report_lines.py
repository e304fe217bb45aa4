"""The feasibility report is told in lines that a person reads from top to bottom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lakehouse.agents.scout.feasibility import Feasibility
from lakehouse.agents.scout.look import Robots
from lakehouse.agents.scout.outcome import Note
from lakehouse.agents.scout.survey import Survey
from lakehouse.cli.add import report_lines
from lakehouse.fetcher import Page

PLAIN = Feasibility(
    url="https://a.example/list",
    robots=Robots(allowed=True, delay=0),
    terms=None,
    needs_script=False,
    barriers=(),
    pagination="none",
    pages=1,
    requests_a_day=1,
    licences=(),
    notes=(),
)


def lines(*, rendered: bool = False, **changes: Any) -> list[str]:
    page = Page(PLAIN.url, b"", "text/html")
    return report_lines(Survey(page, (), replace(PLAIN, **changes), rendered))


def told(word: str, *, rendered: bool = False, **changes: Any) -> list[str]:
    """Return what the lines that begin with `word` say."""
    found = [line for line in lines(rendered=rendered, **changes) if line.startswith(word)]
    return [line.removeprefix(word).strip() for line in found]


def test_a_plain_page_is_told_in_four_lines() -> None:
    assert [line.split()[0] for line in lines()] == ["robots.txt", "pages", "JavaScript", "terms"]


def test_what_is_told_stands_in_one_column() -> None:
    everything = lines(
        licences=("https://a.example/by",), barriers=("login",), notes=(Note("charset", "It is UTF-8."),)
    )
    assert len(everything) == 7
    assert {(line[13] == " ", line[14] == " ") for line in everything} == {(True, False)}


@pytest.mark.parametrize(
    ("robots", "said"),
    [
        (Robots(allowed=True, delay=0), "allowed"),
        (Robots(allowed=True, delay=2.5), "allowed, 2.5 s between requests"),
        (Robots(allowed=True, delay=10.0), "allowed, 10 s between requests"),
        (Robots(allowed=False, delay=0, message="/list is closed."), "forbidden: /list is closed."),
    ],
)
def test_robots_txt_comes_first_with_the_pause_that_it_wants(robots: Robots, said: str) -> None:
    assert told("robots.txt", robots=robots) == [said]
    assert lines(robots=robots)[0].endswith(said)


@pytest.mark.parametrize(("requests", "said"), [(1.0, "about 1 "), (0.14, "about 0.14 "), (96, "about 96 ")])
def test_the_cost_of_a_day_is_told_without_empty_decimals(requests: float, said: str) -> None:
    assert said in told("pages", requests_a_day=requests)[0]


def test_how_pages_are_turned_is_told_with_the_cost() -> None:
    assert told("pages", pagination="the parameter page, by 1")[0].startswith("the parameter page, by 1; about 1 ")


def test_a_page_that_was_rendered_needs_javascript() -> None:
    assert told("JavaScript", rendered=True) == ["needed: the page is rendered in a browser"]
    assert told("JavaScript") == ["not needed"]


def test_a_link_to_terms_is_shown_and_its_absence_told() -> None:
    assert told("terms", terms="https://a.example/terms") == ["https://a.example/terms"]
    assert told("terms") == ["no link to terms was seen"]


def test_every_licence_barrier_and_note_has_a_line_of_its_own() -> None:
    changes = {"licences": ("by", "cc0"), "barriers": ("login", "captcha"), "notes": (Note("a", "A."), Note("b", "B."))}
    assert told("licence", **changes) == ["by", "cc0"]
    assert told("seen", **changes) == ["a login", "a captcha"]
    assert told("note", **changes) == ["A.", "B."]
