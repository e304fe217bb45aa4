"""The ladder ends where its time is out: what was found by then is judged, and the proof tells that there was more."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.doctor.case import Case, Known
from lakehouse.agents.doctor.ladder import climb, unchanged
from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.repair.anchors import anchors
from lakehouse.agents.thinking import go_on
from lakehouse.contract import Contract
from lakehouse.fetcher import Page
from tests.agents.doctor.shop import WORDS

URL = "https://shop.example/all"
BLUEPRINT = Blueprint(
    kind="listing",
    start=URL,
    rows=Rows(form="select", selector="li.book"),
    fields=(
        FieldPlan(name="title", selectors=("h3.title",)),
        FieldPlan(name="price", reader="number", selectors=("span.price",)),
    ),
)
CONTRACT = Contract.model_validate({"key": "title", "fields": {"title": "text", "price": "decimal"}})
MUCH, LITTLE = 3600.0, 0.5


def page(row: str, rows: int = 12) -> Page:
    said = (row.format(title=f"The {WORDS[n % 12]}, volume {n}", price=f"{n * 3 + 4}.{n + 10}") for n in range(rows))
    return Page(URL, f"<title>Lantern Books</title><h1>All our volumes</h1><ul>{''.join(said)}</ul>".encode())


def case(failing: Page) -> Case:
    old = page('<li class="book"><h3 class="title">{title}</h3><span class="price">{price}</span></li>')
    records = tuple({"title": f"The {WORDS[n % 12]}, volume {n}", "price": f"{n * 3 + 4}.{n + 10}"} for n in range(12))
    return Case(BLUEPRINT, CONTRACT, (Known(old, records),), (failing,), recent=True)


NEW = page('<li class="item"><b class="name">{title}</b> <i class="cost">{price}</i></li>')


def endless(case: Case) -> Iterator[Proposal]:
    """Propose what is right, and never come to an end."""
    yield from anchors(case)
    while True:
        go_on()


def never(_case: Case) -> Iterator[Proposal]:
    raise AssertionError("no time is left for this")
    yield


def test_what_was_found_before_time_was_out_is_judged_and_nothing_more_is_asked() -> None:
    proof = climb(case(NEW), ((unchanged, endless, never), (never,)), (never,), LITTLE)
    assert {each.proposal.rung for each in proof.weighed} == {"unchanged", "anchors"}
    assert proof.best is not None
    assert len(proof.best.answer.records) == 12
    assert proof.failures == (proof.why[-1],)
    assert "ended after 0.5 s of computing" in proof.why[-1]


def test_a_search_that_was_cut_short_releases_only_what_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    assert climb(case(NEW), ((unchanged, endless),), seconds=LITTLE).verdict == "release"
    monkeypatch.setattr("lakehouse.agents.doctor.ladder.SURE", 1.1)
    assert climb(case(NEW), ((unchanged, anchors),), seconds=MUCH).verdict == "release"
    assert climb(case(NEW), ((unchanged, endless),), seconds=LITTLE).verdict == "review"


def wide() -> Page:
    cells = "".join(f"<td class=c{n}>{n * 7 % 97}.{n % 90 + 10}</td>" for n in range(400))
    return page(f"<table><tr><td>{{title}}</td><td>{{price}}</td>{cells}</tr></table>", rows=30)


def long() -> Page:
    return page("<p><a href=/b>{title}</a> <em>{price}</em> left <u>in stock</u></p>", rows=3000)


@pytest.mark.parametrize("hostile", [wide, long])
def test_a_page_that_is_much_to_look_at_ends_the_search_and_not_the_healer(hostile: Callable[[], Page]) -> None:
    proof = climb(case(hostile()), seconds=0.02)
    assert "ended after 0.02 s of computing" in proof.why[-1]
    assert proof.weighed[0].proposal.rung == "unchanged"
