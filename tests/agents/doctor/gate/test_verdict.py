"""The gate: what is sure is released, what is doubtful goes to a person, and nothing can talk it round."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.doctor.case import Case, Known
from lakehouse.agents.doctor.gate.answer import Answer, agreement, answer
from lakehouse.agents.doctor.gate.measures import MEASURES, OF_RECORDS, OF_SOURCE
from lakehouse.agents.doctor.gate.odds import Question, odds
from lakehouse.agents.doctor.gate.proof import FLOORS, PROVED, Weighed, judge, kind_of, supports, weigh
from lakehouse.agents.doctor.gate.reference import Reference
from lakehouse.agents.doctor.gate.retold import Retold
from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.contract import Contract, Field
from lakehouse.fetcher import Page

TITLES = ["Amber Street", "Blue Harbour", "Cedar Rise", "Dune Walk", "Elm Court", "Fern Hill"]
RECORDS = tuple({"title": title, "price": f"{n}4.50"} for n, title in enumerate(TITLES, 1))


def listing(rows: str = "li", title: str = "b", price: str = "i", records=RECORDS) -> Page:
    items = "".join(
        f"<{rows}><{title}>{r['title']}</{title}> <{price}>{r['price']}</{price}></{rows}>" for r in records
    )
    return Page("https://books.example/", f"<html><body><div>{items}</div></body></html>".encode())


def blueprint(rows: str = "li", title: str = "b", price: str = "i") -> Blueprint:
    fields = (FieldPlan(name="title", selectors=(title,)), FieldPlan(name="price", selectors=(price,)))
    return Blueprint(
        kind="listing", start="https://books.example/", rows=Rows(form="select", selector=rows), fields=fields
    )


def case(failing: Page) -> Case:
    contract = Contract(fields={"title": Field(type="text"), "price": Field(type="text")})
    return Case(blueprint(), contract, (Known(listing(), RECORDS),), (failing,))


def weighed(failing: Page, plan: Blueprint, score: float = 1.0) -> Weighed:
    fits: dict[str, float] = {"title": score, "price": score}
    return weigh(Reference(case(failing)), Proposal("test", plan, fits, score))


def test_a_candidate_that_gives_the_known_records_on_the_new_page_is_released() -> None:
    page = listing("p", "em", "s")
    assert judge(case(page), [weighed(page, blueprint("p", "em", "s"))]).verdict == "release"


def test_without_any_record_there_is_nothing_to_release() -> None:
    page = listing("p", "em", "s")
    proof = judge(case(page), [weighed(page, blueprint())])
    assert proof.verdict == "refuse"
    assert "no rung found anything" in proof.why[0]


def test_without_any_proposal_it_refuses() -> None:
    assert judge(case(listing()), []).verdict == "refuse"


def test_a_field_that_is_gone_is_named_and_keeps_a_candidate_from_release() -> None:
    page = listing("p", "em", "s")
    proof = judge(case(page), [weighed(page, blueprint("p", "em", "u"))])
    assert proof.verdict != "release"
    assert any("`price`" in reason for reason in proof.why)


def test_swapped_fields_are_not_released() -> None:
    page = listing("p", "em", "s")
    assert judge(case(page), [weighed(page, blueprint("p", "s", "em"))]).verdict != "release"


def test_a_rival_that_says_something_else_calls_for_a_person() -> None:
    page = listing("p", "em", "s")
    best = weighed(page, blueprint("p", "em", "s"))
    other = replace(best, answer=Answer(tuple({"title": "x", "price": "1"} for _ in RECORDS), len(RECORDS)))
    proof = judge(case(page), [best, other])
    assert proof.verdict == "review"
    assert any("says something else" in reason for reason in proof.why)


@pytest.mark.parametrize(("kept", "is_proved"), [(1.0, True), (0.5, False)])
def test_known_records_among_rows_that_lack_a_field_prove_nothing(kept: float, is_proved: bool) -> None:
    page = listing("p", "em", "s")
    measures = dict.fromkeys(MEASURES, 0.0) | dict.fromkeys(FLOORS, 1.0) | {"fill_kept": kept}
    told = Retold(5, True, {"title": 1.0, "price": 0.9})
    best = judge(case(page), [replace(weighed(page, blueprint("p", "em", "s")), measures=measures, retold=told)]).best
    assert best is not None
    assert (best.chance >= PROVED) is is_proved


def test_two_that_tell_what_was_known_are_no_rivals_in_what_is_left() -> None:
    page = listing("p", "em", "s")
    best = replace(weighed(page, blueprint("p", "em", "s")), retold=Retold(5, True, {"title": 1.0, "price": 0.9}))
    records = tuple({**record, "place": f"hall {n}", "hour": "9"} for n, record in enumerate(RECORDS))
    other = replace(best, answer=Answer(records, len(records)))
    assert judge(case(page), [best, other]).verdict == "release"
    fewer = replace(other, answer=Answer(records[:5], 5))
    assert judge(case(page), [best, fewer]).verdict == "review"


def test_the_same_data_in_another_wrapper_is_no_rival() -> None:
    page = listing("p", "em", "s")
    best = weighed(page, blueprint("p", "em", "s"))
    assert judge(case(page), [best, weighed(page, blueprint("div p", "em", "s"))]).verdict == "release"


QUESTIONS: list[tuple[str, Question]] = [(k, q) for k in ("listing", "detail", "data") for q in ("source", "records")]


@pytest.mark.parametrize(("kind", "question"), QUESTIONS)
@given(measures=st.fixed_dictionaries({name: st.floats(0, 1) for name in MEASURES}), gain=st.floats(0, 1))
def test_a_better_measure_never_lowers_the_odds(
    kind: str, question: Question, measures: dict[str, float], gain: float
) -> None:
    learned = odds(kind, question)
    for name, value in measures.items():
        better = measures | {name: min(1.0, value + gain)}
        assert learned.of(better) >= learned.of(measures) - 1e-12


@pytest.mark.parametrize(("kind", "question"), QUESTIONS)
def test_release_asks_for_more_than_review_and_weights_are_never_negative(kind: str, question: Question) -> None:
    learned = odds(kind, question)
    assert 0 < learned.review < learned.release < 1
    assert min(learned.weights.values()) >= 0
    assert set(learned.weights) == set(OF_SOURCE if question == "source" else OF_RECORDS)


records = st.lists(st.dictionaries(st.sampled_from("abc"), st.text("xyz ", max_size=3), max_size=3), max_size=6)


@given(records, records)
def test_agreement_is_mutual_and_whole_for_the_same(one: list[dict[str, str]], other: list[dict[str, str]]) -> None:
    assert agreement(one, other) == agreement(other, one)
    assert agreement(one, one) == 1.0
    assert 0.0 <= agreement(one, other) <= 1.0


@given(st.binary(max_size=300))
def test_no_page_makes_an_answer_raise(body: bytes) -> None:
    json_plan = blueprint().model_copy(update={"rows": Rows(form="json", selector="items[]")})
    for plan in (blueprint(), json_plan):
        assert answer(plan, [Page("https://books.example/", body)]).items >= 0


def test_one_known_record_makes_a_detail_page_and_several_a_listing() -> None:
    assert kind_of(case(listing())) == "listing"
    single = replace(case(listing()), known=(Known(listing(), RECORDS[:1]),))
    assert kind_of(single) == "detail"


def test_rungs_that_keep_the_old_selectors_do_not_support_one_another() -> None:
    page = listing("p", "em", "s")
    best = weighed(page, blueprint("p", "em", "s"))
    unchanged, values, regions = (
        replace(best, proposal=replace(best.proposal, rung=rung)) for rung in ("unchanged", "values", "regions")
    )
    assert supports([unchanged, values]) == [0.0, 0.0]
    assert supports([unchanged, regions]) == [1.0, 1.0]


def test_on_the_next_day_a_candidate_that_contradicts_known_records_goes_to_a_person() -> None:
    page = listing("p", "em", "s", tuple({**r, "price": f"{n}9.75"} for n, r in enumerate(RECORDS, 1)))
    own = replace(case(page), recent=True)
    fits: dict[str, float] = {"title": 1.0, "price": 1.0}
    proof = judge(own, [weigh(Reference(own), Proposal("test", blueprint("p", "em", "s"), fits, 1.0))])
    assert proof.verdict != "release"
    assert any("`price` says something else" in reason for reason in proof.why)
