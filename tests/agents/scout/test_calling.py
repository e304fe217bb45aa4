"""Where a page says nothing of what a value is, the value itself tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.calling import content_name, names_for
from lakehouse.agents.scout.columns import Column
from lakehouse.agents.scout.slots import Slot
from lakehouse.contract.model import RESERVED_FIELDS


@pytest.mark.parametrize(
    ("values", "name"),
    [
        (["May 3, 2026", "June 14, 2026"], "date"),
        (["$12.00", "$1,300.50"], "amount"),
        (["12", "1,300.5"], "value"),
        (["yes", "no"], "flag"),
        (["ada@a.example", "mailto:bo@b.example"], "email"),
        (["(555) 010-9988", "+49 30 901820"], "phone"),
        (["22-1234", "A-17-0042"], "code"),
        (["https://a.example/1", "https://a.example/2"], "url"),
        (["The council heard the report of the harbour master and took note of it."] * 2, "description"),
        (["Ada", "Bo"], "text"),
        ([None, ""], "text"),
        ([None, "22-1234", ""], "code"),
    ],
)
def test_values_tell_what_they_are(values: list[str | None], name: str) -> None:
    assert content_name(values) == name


def test_one_odd_value_changes_no_name() -> None:
    assert content_name(["22-1234", "22-1235", "22-1236", "22-1237", "none yet"]) == "code"


def test_a_class_that_says_only_that_something_stands_there_is_no_name() -> None:
    slot = Slot(["td.cell"], ["22-1234", "22-1235"], hint="cell value", tag="td")
    assert list(names_for(Column(slot, {}, slot.values))) == ["code"]


def test_addresses_of_mail_are_no_pages() -> None:
    slot = Slot(["a@href"], ["mailto:ada@a.example", "mailto:bo@b.example"], tag="a")
    assert list(names_for(Column(slot, {}, slot.values))) == ["email"]


@given(
    label=st.text(max_size=20), hint=st.text(max_size=20), values=st.lists(st.text(max_size=30), min_size=1, max_size=5)
)
def test_every_column_has_a_name_that_a_table_can_have(label: str, hint: str, values: list[str]) -> None:
    slot = Slot(["td"], list(values), hint=hint, label=label, tag="td")
    names = list(names_for(Column(slot, {}, slot.values)))
    assert names
    assert all(name == name.lower() and not name[0].isdigit() and name not in RESERVED_FIELDS for name in names)
