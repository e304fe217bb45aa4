"""How columns of data become a finding: which are kept, what tells records apart, what speaks for it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Rows
from lakehouse.agents.scout.formats.leaves import Leaf, leaves
from lakehouse.agents.scout.formats.offer import LONGEST_SAMPLE, MOST, SAMPLES, best, key_of, offer, plan, weight
from tests.agents.scout.formats.answers import answer

BOATS = ["Alma", "Bertha", "Carina", "Dora", "Elsa"]


def keyed(records: list[dict[str, Any]]) -> tuple[str, ...]:
    """Give the key that records get."""
    columns = leaves(records)
    return key_of(plan(columns), columns)


def test_rows_that_hold_nothing_are_no_finding() -> None:
    assert offer(answer([{"a": None}, {"a": ""}]), "json", Rows(form="json")) is None
    assert offer(answer([]), "json", Rows(form="json")) is None


def test_of_two_columns_that_say_the_same_the_one_with_the_shorter_path_is_kept() -> None:
    twice = [Leaf(("boat", "meta", "label"), BOATS), Leaf(("name",), BOATS), Leaf(("berth",), [3, 1, 4, 1, 5])]
    assert [leaf.path for leaf in best(twice)] == [("name",), ("berth",)]


def test_truths_and_small_numbers_may_agree_by_chance() -> None:
    alike = [Leaf(("afloat",), [True, True, True]), Leaf(("insured",), [True, True, True])]
    assert best(alike) == alike
    few = [Leaf(("crew",), [1, 2, 1]), Leaf(("masts",), [1, 2, 1])]
    assert best(few) == few


def test_of_too_many_columns_those_that_say_most_are_kept_in_their_order() -> None:
    idle = [Leaf((f"flag_{number}",), [0, 0, 0, number, 0]) for number in range(MOST)]
    telling = [Leaf(("boat",), BOATS), Leaf(("home",), [f"{boat} harbour in the north" for boat in BOATS])]
    found = best([telling[0], *idle, telling[1]])
    assert len(found) == MOST
    assert (found[0], found[-1]) == tuple(telling)


def test_a_column_weighs_more_the_more_of_it_is_there_and_differs() -> None:
    full = weight(Leaf(("a",), BOATS))
    assert weight(Leaf(("a",), [*BOATS[:2], None, None, None])) < full
    assert weight(Leaf(("a",), ["Alma"] * 5)) < full
    assert weight(Leaf(("a",), [f"The good ship {boat}" for boat in BOATS])) > full


@pytest.mark.parametrize(
    ("records", "key"),
    [
        ([{"name": boat, "id": place} for place, boat in enumerate(BOATS)], ("id",)),
        ([{"name": boat, "hull_no": place} for place, boat in enumerate(BOATS)], ("hull_no",)),
        ([{"name": boat, "page": f"https://a.example/{boat}"} for boat in BOATS], ("page",)),
        ([{"length": place * 1.5, "name": boat} for place, boat in enumerate(BOATS)], ("name",)),
        ([{"length": place * 1.5, "depth": 7 - place} for place in range(4)], ()),
        ([{"id": 1, "name": "Alma"}], ()),
        ([{"id": 1, "flag": "red"}, {"id": None, "flag": "red"}, {"id": 3, "flag": "blue"}], ()),
    ],
    ids=["id", "number", "address", "text", "measures only", "one record", "gaps"],
)
def test_the_key_is_what_every_record_has_for_itself(records: list[dict[str, Any]], key: tuple[str, ...]) -> None:
    assert keyed(records) == key


def test_only_the_key_is_required() -> None:
    finding = offer(answer([{"id": n, "name": boat} for n, boat in enumerate(BOATS)]), "json", Rows(form="json"))
    assert finding is not None
    assert {field.name: field.required for field in finding.fields} == {"id": True, "name": False}


def test_names_for_columns_that_have_numbers_are_taken_where_there_are_enough() -> None:
    columns = leaves([["Alma", 7], ["Dora", 8]])
    assert [field.name for field in plan(columns, ["Boat", "Hull No."])] == ["boat", "hull_no"]
    assert [field.selectors for field in plan(columns, ["Boat"])] == [field.selectors for field in plan(columns)]
    assert "boat" not in [field.name for field in plan(columns, ["Boat"])]


def test_samples_are_few_and_short() -> None:
    finding = offer(answer([{"log": f"{n} " + "calm sea " * 99} for n in range(9)]), "json", Rows(form="json"))
    assert finding is not None
    samples = finding.evidence.samples["log"]
    assert [sample[:2] for sample in samples] == ["0 ", "1 ", "2 "]
    assert len(samples) == SAMPLES
    assert {len(sample) for sample in samples} == {LONGEST_SAMPLE}


VALUES = st.one_of(st.none(), st.booleans(), st.integers(0, 9), st.sampled_from([*BOATS, "", "2025-01-02", "/x"]))


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["id", "name", "Name", "na-me", "url", "meta"]), VALUES, max_size=6),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_the_records_the_finding_is_whole(records: list[dict[str, Any]]) -> None:
    finding = offer(answer(records), "json", Rows(form="json"))
    if finding is None:
        assert all(value in (None, "") for record in records for value in record.values())
        return
    names = [field.name for field in finding.fields]
    assert len(set(names)) == len(names)
    assert set(finding.key) <= set(names)
    assert set(finding.evidence.fill) == set(finding.evidence.samples) == set(names)
    assert all(0 < share <= 1 for share in finding.evidence.fill.values())
    assert 0 < finding.evidence.score < 1
    assert finding.evidence.rows == len(records)


@given(st.lists(st.sampled_from(BOATS), min_size=2, max_size=8))
def test_a_key_is_proposed_only_where_it_tells_all_records_apart(names: list[str]) -> None:
    assert keyed([{"name": name} for name in names]) == (("name",) if len(set(names)) == len(names) else ())
