"""Neighbours: rows that are cut askew show in values that belong to the record beside."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.gate.neighbours import unmixed

NUMBERS = ["16-0775", "16-1938", "17-0017", "17-0442", "18-1104"]
NAMES = ("number", "link")


def records(shift: int) -> list[dict[str, str]]:
    links = [f"/cases/{number.replace('-', '')}.pdf" for number in NUMBERS]
    return [{"number": one, "link": link} for one, link in zip(NUMBERS, links[shift:] + links[:shift], strict=True)]


def test_records_that_keep_their_own_values_are_unmixed() -> None:
    assert unmixed(records(0), NAMES) == 1.0


def test_records_with_the_values_of_the_next_are_mixed() -> None:
    assert unmixed(records(1), NAMES) <= 0.2


def test_what_all_records_share_mixes_none() -> None:
    shared = [{"number": "Springfield", "link": f"/springfield/{place}"} for place in range(5)]
    assert unmixed(shared, NAMES) == 1.0


def test_two_records_are_too_few_to_tell() -> None:
    assert unmixed(records(1)[:2], NAMES) == 1.0


rows = st.lists(st.dictionaries(st.sampled_from(NAMES), st.text("0123ab-", max_size=12)), max_size=8)


@given(rows)
def test_it_is_between_0_and_1_for_any_records(found: list[dict[str, str]]) -> None:
    assert 0.0 <= unmixed(found, NAMES) <= 1.0
