"""On the next day most records are still there: what a candidate says of them is held against what was known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.gate.retold import common_lines, retold

KNOWN = [{"title": f"Permit for house {n}", "filed": f"2026-03-{n:02}", "fee": f"{n * 7}.50"} for n in range(1, 13)]
NAMES = ["title", "filed", "fee"]


def test_the_same_records_in_another_order_and_print_are_a_proof() -> None:
    given_ = [{**r, "filed": f"March {int(r['filed'][-2:])}, 2026"} for r in reversed(KNOWN)]
    again = retold(KNOWN, given_, NAMES)
    assert (again.matched, again.is_proof, again.contradicted) == (12, True, [])


def test_two_swapped_fields_contradict_what_was_known() -> None:
    swapped = [{"title": r["title"], "filed": r["fee"], "fee": r["filed"]} for r in KNOWN]
    again = retold(KNOWN, swapped, NAMES)
    assert not again.is_proof
    assert again.contradicted == ["filed", "fee"]


def test_a_field_of_the_row_above_contradicts_too() -> None:
    shifted = [{**one, "fee": other["fee"]} for one, other in zip(KNOWN, KNOWN[1:] + KNOWN[:1], strict=True)]
    assert retold(KNOWN, shifted, NAMES).contradicted == ["fee"]


def test_a_field_that_is_gone_is_no_proof() -> None:
    assert not retold(KNOWN, [{"title": r["title"], "filed": r["filed"]} for r in KNOWN], NAMES).is_proof


def test_other_records_prove_and_contradict_nothing() -> None:
    others = [{"title": f"Licence {n}", "filed": f"2019-07-{n:02}", "fee": f"{n}.25"} for n in range(1, 13)]
    again = retold(KNOWN, others, NAMES)
    assert (again.enough, again.is_proof, again.contradicted) == (False, False, [])


def test_two_records_of_many_are_too_few_to_tell() -> None:
    assert not retold(KNOWN, KNOWN[:2], NAMES).is_proof


def test_the_only_known_record_is_proved_by_its_own_values() -> None:
    assert retold(KNOWN[:1], KNOWN[:1], NAMES).is_proof
    changed = [{**KNOWN[0], "fee": "123.45"}]
    assert retold(KNOWN[:1], changed, NAMES).contradicted == ["fee"]
    assert not retold(KNOWN[:1], [{**KNOWN[5], "fee": KNOWN[0]["fee"]}], NAMES).enough


records = st.lists(st.fixed_dictionaries({name: st.text("ab1 ", max_size=4) for name in NAMES}), max_size=8)


@given(records, records)
def test_agreement_is_a_share_whatever_the_records(one: list[dict[str, str]], other: list[dict[str, str]]) -> None:
    again = retold(one, other, NAMES)
    assert 0 <= again.matched <= len(other)
    assert all(0.0 <= share <= 1.0 for share in again.fields.values())


def test_a_number_is_the_same_however_many_zeros_follow() -> None:
    stored = [{**r, "fee": f"{float(r['fee']):.6f}"} for r in KNOWN]
    shown = [{**r, "fee": f"$ {r['fee']}"} for r in KNOWN]
    assert retold(stored, shown, NAMES).is_proof


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2026-11-20T15:28:00Z", "20.11.2026 15:28:00"),
        ("$301,134.00", "301134.00"),
        ("41.9", "41,9"),
        ("Electrical\nStructural", "Structural, Electrical"),
    ],
)
def test_another_print_of_the_same_value_contradicts_nothing(before: str, after: str) -> None:
    known = [{"title": r["title"], "value": before} for r in KNOWN]
    assert retold(known, [{**r, "value": after} for r in known], ["title", "value"]).is_proof


@given(st.text(max_size=30))
def test_every_value_says_what_it_says(value: str) -> None:
    known = [{"title": r["title"], "value": value or "x"} for r in KNOWN]
    assert retold(known, known, ["title", "value"]).is_proof


STEPS = [f"Step {n}: turn the screw number {n}" for n in range(1, 12)]


def test_a_list_with_a_heading_among_its_items_says_the_same() -> None:
    known = {"title": "A shelf of oak", "maker": "Ida Holm", "steps": "\n".join(STEPS)}
    assert retold([known], [{**known, "steps": "\n".join(["How to build", *STEPS])}], [*known]).is_proof


@pytest.mark.parametrize("said", ["\n".join(STEPS[:6]), "\n".join([*STEPS, *STEPS[3:]]), STEPS[0]])
def test_half_of_a_list_or_twice_of_it_says_something_else(said: str) -> None:
    known = {"title": "A shelf of oak", "maker": "Ida Holm", "steps": "\n".join(STEPS)}
    assert retold([known], [{**known, "steps": said}], [*known]).contradicted == ["steps"]


def test_a_short_list_must_be_the_same_throughout() -> None:
    assert common_lines("a\nb\nc", "a\nb\nc") == 0.0


@given(st.lists(st.sampled_from(STEPS)), st.lists(st.sampled_from(STEPS)))
def test_common_lines_are_a_share_and_the_same_from_both_sides(one: list[str], other: list[str]) -> None:
    share = common_lines("\n".join(one), "\n".join(other))
    assert 0.0 <= share <= 1.0
    assert share == common_lines("\n".join(other), "\n".join(one))


@pytest.mark.parametrize(("others", "is_proof"), [(2, True), (4, False)])
def test_a_field_that_differs_in_a_third_of_the_same_records_proves_nothing(others: int, is_proof: bool) -> None:
    given_ = [{**r, "fee": "1.25"} if n < others else r for n, r in enumerate(KNOWN)]
    again = retold(KNOWN, given_, NAMES)
    assert (again.is_proof, again.contradicted) == (is_proof, [])


@pytest.mark.parametrize(("left", "too_few"), [(0, True), (2, True), (4, False), (12, False)])
def test_a_few_days_later_some_known_records_must_be_left(left: int, too_few: bool) -> None:
    others = [
        {"title": f"Licence for boat {n}", "filed": f"2019-07-{n:02}", "fee": f"{n}.25"} for n in range(13 - left)
    ]
    assert retold(KNOWN, [*KNOWN[:left], *others], NAMES).too_few is too_few


def test_records_that_nothing_tells_apart_may_all_be_others() -> None:
    counts = [{"n": str(n), "of": str(n * 3)} for n in range(1, 13)]
    assert not retold(counts, [{"n": str(n), "of": "1"} for n in range(40, 52)], ["n", "of"]).too_few


def test_records_that_come_several_times_prove_nothing() -> None:
    again = retold(KNOWN, [record for record in KNOWN for _ in range(3)], NAMES)
    assert (again.repeated, again.is_proof) == (True, False)


def test_records_that_were_there_twice_may_come_twice() -> None:
    assert retold([*KNOWN, *KNOWN[:2]], [*KNOWN, *KNOWN[:2]], NAMES).is_proof


def test_a_record_that_is_shown_again_above_the_list_is_no_doubt() -> None:
    assert retold(KNOWN, [*KNOWN[:2], *KNOWN], NAMES).is_proof


def test_records_may_come_once_for_each_day_of_their_page() -> None:
    assert retold(KNOWN, [*KNOWN, *KNOWN], NAMES, times=2).is_proof
    assert not retold(KNOWN, [*KNOWN, *KNOWN], NAMES).is_proof
