"""A value that holds a whole list is found, however right the other rows are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.gate.swallowed import swallowed

KNOWN = [{"name": f"Permit {n}", "note": "x" * 20 * n} for n in range(1, 9)]
NAMES = ["name", "note"]


def test_one_value_that_holds_the_list_is_enough() -> None:
    outer = {"name": "Permit 1", "note": " ".join(record["note"] for record in KNOWN) * 4}
    assert swallowed(KNOWN, [*KNOWN, outer], NAMES) == ["note"]


def test_a_longer_text_of_the_same_kind_is_none() -> None:
    assert (
        swallowed(KNOWN, [{"name": "Permit for the old harbour, the pier and the park", "note": "y" * 1_100}], NAMES)
        == []
    )


def test_a_long_text_where_long_texts_were_known_is_none() -> None:
    assert swallowed([{"note": "z" * 5_000}], [{"note": "z" * 40_000}], ["note"]) == []


texts = st.lists(st.fixed_dictionaries({name: st.text("ab ", max_size=40) for name in NAMES}), max_size=5)


@given(texts)
def test_what_was_known_never_swallows(records: list[dict[str, str]]) -> None:
    assert swallowed(records, records, NAMES) == []
