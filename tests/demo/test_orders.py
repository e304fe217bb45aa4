"""An order is carried out as far as it goes, and nothing else is touched."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from lakehouse.demo.site.control import FaultOrder, Order, _is_loopback
from lakehouse.demo.site.state import Fault, Setting, State


def after(order: dict[str, Any], setting: Setting | None = None) -> Setting:
    state = State(setting)
    Order.model_validate(order).carry_out(state)
    return state.setting


def test_an_empty_order_changes_nothing() -> None:
    assert after({}) == Setting()


def test_an_order_of_one_version_leaves_the_others() -> None:
    versions = after({"version": {"air": 2}}).versions
    assert [name for name, version in versions.items() if version == 2] == ["air"]


def test_a_day_may_go_back() -> None:
    assert after({"day": "2020-02-29"}).day == date(2020, 2, 29)


def test_a_fault_is_for_ever_and_of_one_second_unless_the_order_says_otherwise() -> None:
    assert after({"fault": {"path": "/a", "kind": "slow"}}).faults == (Fault("/a", "slow", None, 1.0),)
    whole = {"path": "/a", "kind": "slow", "times": 2, "seconds": 0}
    assert after({"fault": whole}).faults == (Fault("/a", "slow", 2, 0.0),)


def test_a_fault_of_no_kind_turns_that_of_its_path_off_only() -> None:
    broken = Setting(faults=(Fault("/a", "slow"), Fault("/b", "login")))
    assert after({"fault": {"path": "/a", "kind": None}}, broken).faults == (Fault("/b", "login"),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"path": "/a", "kind": "slow", "seconds": -1},
        {"path": "/a", "kind": "slow", "seconds": "nan"},
        {"path": "/a", "kind": "slow", "seconds": 60.5},
        {"path": "/a", "kind": "slow", "times": -3},
        {"path": "", "kind": "slow"},
        {"path": "/a", "kind": "SLOW"},
        {"path": "/a", "kind": "slow", "hours": 1},
    ],
)
def test_a_fault_that_makes_no_sense_is_no_order(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        FaultOrder.model_validate(wrong)


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("192.168.0.1", False),
        ("127.0.0.1.evil.example", False),
        ("127.1", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_only_an_address_of_this_machine_is_loopback(address: str, loopback: bool) -> None:
    assert _is_loopback(address) is loopback
