"""The pages of a bad day are made without a server, and none of them shows what it should hide."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from jinja2 import UndefinedError

from lakehouse.demo.site import CATALOGUE, FAULT_KINDS, FIRST_DAY, FaultKind
from lakehouse.demo.site.answer import Asked, MenuItem
from lakehouse.demo.site.faults import faulty_answer, not_found
from lakehouse.demo.site.rendering import american, long_date, page
from lakehouse.demo.site.state import Fault

SPOILERS = ("slow", "truncated", "empty")
ASKED = Asked("/opinions", CATALOGUE["opinions"].records(FIRST_DAY), menu=[MenuItem("Fish & <chips>", "/fish")])


@pytest.mark.parametrize("kind", FAULT_KINDS)
def test_a_fault_either_answers_itself_or_spoils_the_page(kind: FaultKind) -> None:
    assert (faulty_answer(Fault("/opinions", kind), ASKED) is None) == (kind in SPOILERS)


@pytest.mark.parametrize("kind", [kind for kind in FAULT_KINDS if kind not in SPOILERS])
def test_a_wall_shows_no_record(kind: FaultKind) -> None:
    said = faulty_answer(Fault("/opinions", kind), ASKED)
    assert said is not None
    assert not [opinion.docket for opinion in ASKED.records if opinion.docket in said.body.decode()]


def test_only_a_page_with_too_many_visitors_says_when_to_come_again() -> None:
    answers = [(kind, faulty_answer(Fault("/", kind, seconds=4.2), ASKED)) for kind in FAULT_KINDS]
    told = {kind: said.headers["Retry-After"] for kind, said in answers if said and "Retry-After" in said.headers}
    assert told == {"retry_after": "5"}


def test_a_page_that_is_not_there_has_the_menu_with_its_marks_escaped() -> None:
    said = not_found(ASKED)
    assert said.status == 404
    assert b"Fish &amp; &lt;chips&gt;" in said.body
    assert b"<chips>" not in said.body


def test_a_template_that_lacks_a_value_fails_and_leaves_no_gap() -> None:
    with pytest.raises(UndefinedError, match="opinion"):
        page("opinion.html", ASKED, base="v1/base.html")


@pytest.mark.parametrize(
    ("day", "first", "second"),
    [
        (date(2026, 11, 8), "11/08/2026", "8 November 2026"),
        (date(2027, 1, 31), "01/31/2027", "31 January 2027"),
        (datetime(2026, 2, 3, 23, 59), "02/03/2026", "3 February 2026"),
    ],
)
def test_days_are_written_in_two_ways(day: date, first: str, second: str) -> None:
    assert (american(day), long_date(day)) == (first, second)
