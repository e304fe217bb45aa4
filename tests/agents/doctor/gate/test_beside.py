"""What candidates are beside one another: a part of another one, or no better than the old fetcher."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.gate.answer import Answer, lines_agree, share_in
from lakehouse.agents.doctor.gate.proof import Weighed, judge, wholes
from tests.agents.doctor.gate.test_verdict import RECORDS, blueprint, case, listing, weighed

PAGE = listing("p", "em", "s")


def giving(records: tuple[dict[str, str], ...], rung: str = "regions") -> Weighed:
    best = weighed(PAGE, blueprint("p", "em", "s"))
    return replace(best, answer=Answer(records, len(records)), proposal=replace(best.proposal, rung=rung))


def test_a_candidate_that_reads_half_of_what_another_reads_is_half_of_it() -> None:
    assert wholes([giving(RECORDS), giving(RECORDS[:3])]) == [1.0, 0.5]


def test_the_whole_list_is_taken_before_a_part_of_it() -> None:
    part, whole = giving(RECORDS[:4]), giving(RECORDS)
    assert judge(case(PAGE), [part, whole]).best is not None
    assert len(judge(case(PAGE), [part, whole]).weighed[0].answer.records) == len(RECORDS)


def test_one_that_adds_poorer_rows_makes_no_part_of_another() -> None:
    rows = (*RECORDS, {"title": "Contact"}, {"title": "Imprint"})
    poorer = replace(giving(rows), measures={**giving(rows).measures, "fill_kept": 0.75})
    assert wholes([giving(RECORDS), poorer]) == [1.0, 1.0]


def test_a_page_of_one_record_gets_no_new_code_for_a_line_of_a_long_field() -> None:
    record = {"title": "Soup", "price": "\n".join(f"{n} carrots, finely cut" for n in range(20))}
    longer = {**record, "price": record["price"] + "\nserve hot"}
    own = replace(case(PAGE), known=(Known(listing(), (record,)),))
    old = replace(
        giving((record,), "unchanged"), proposal=replace(giving((record,)).proposal, rung="unchanged", fits={})
    )
    proof = judge(own, [old, giving((longer,), "details")])
    assert proof.best is not None
    assert proof.best.proposal.rung == "unchanged"


def test_a_field_that_the_old_fetcher_lost_is_more_than_a_line() -> None:
    record = {"title": "Soup", "price": "\n".join(f"{n} carrots, finely cut" for n in range(20))}
    assert lines_agree([record], [{"price": record["price"]}]) <= 0.5


values = st.lists(st.dictionaries(st.sampled_from("ab"), st.text("xy\n", max_size=4)), max_size=5)


@given(values, values)
def test_shares_are_between_0_and_1_and_whole_of_itself(one: list[dict[str, str]], other: list[dict[str, str]]) -> None:
    assert 0.0 <= share_in(one, other) <= 1.0
    assert 0.0 <= lines_agree(one, other) <= 1.0
    assert lines_agree(one, one) == 1.0
