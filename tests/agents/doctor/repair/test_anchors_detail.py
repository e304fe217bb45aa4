"""A page of one record is read again where the values of a known record stand now."""

from __future__ import annotations

from lakehouse.agents.doctor.case import Case, Known
from lakehouse.agents.doctor.ladder import climb
from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.repair.anchors import anchors
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.fidelity import printed
from lakehouse.agents.scout.induce import induce
from lakehouse.contract import Contract, Field
from lakehouse.fetcher import Page
from tests.agents.doctor.repair.test_detail import NEW, OLD, RECORD, STEPS, listed, page

TEASERS = (
    '<ul class="teasers"><li>4 pine boards, 60 cm</li><li>12 steel screws</li><li>1 rope, 3 m</li></ul>'
    "<p class=by>by Per Lund</p>"
)


def case_of(after: Page) -> Case:
    contract = Contract(fields={name: Field(type="text") for name in RECORD}, min_rows=1)
    return Case(induce(OLD, [RECORD]), contract, (Known(OLD, (RECORD,)),), (after,), recent=True)


def rebuilt(record: dict[str, str] = RECORD, *, maker: str = "<em>{maker}</em>", more: str = "") -> Page:
    parts, steps = (listed("div", record[name].split("\n")) for name in ("parts", "steps"))
    return page(
        f"<header>Plans</header>{TEASERS}<h2>{record['title']}</h2>{maker.format(**record)}{more}"
        f'<section id="p">{parts}</section><section id="s">{steps}</section>'
    )


def proposed(after: Page) -> list[Proposal]:
    return list(anchors(case_of(after)))


def read(proposal: Proposal, after: Page) -> dict[str, str]:
    (record,) = extract(proposal.blueprint, after)
    return {name: printed(value) for name, value in record.items()}


def test_a_known_record_shows_where_its_fields_stand() -> None:
    (proposal,) = proposed(rebuilt())
    assert read(proposal, rebuilt()) == RECORD
    assert proposal.notes == ("4 values of a known record were found again",)


def test_the_places_hold_for_another_record_too() -> None:
    (proposal,) = proposed(rebuilt())
    assert read(proposal, rebuilt(NEW)) == NEW


def test_a_value_that_changed_meanwhile_is_read_where_such_values_stand() -> None:
    today = {**RECORD, "maker": "Bo Wiik"}
    label = "<dl><dt>Maker</dt><dd>{maker}</dd></dl>"
    (proposal,) = proposed(rebuilt(today, maker=label))
    assert read(proposal, rebuilt(today, maker=label)) == today


def test_a_page_of_another_record_gives_no_anchor() -> None:
    assert proposed(rebuilt(NEW)) == []
    assert proposed(page("<h1>Not found</h1>")) == []


def test_one_value_alone_may_stand_there_by_chance() -> None:
    assert proposed(page(f"<h1>Small shelf</h1><p>by {NEW['maker']}</p><ul>{listed('li', STEPS[:1])}</ul>")) == []


def test_a_record_that_is_told_again_is_released() -> None:
    proof = climb(case_of(rebuilt()))
    assert (proof.verdict, proof.best and proof.best.proposal.rung) == ("release", "anchors")
