"""What the site is set to changes in one place, and one setting never changes under its reader."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import takewhile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.demo.site import FIRST_DAY, SOURCE_NAMES
from lakehouse.demo.site.state import Fault, Setting, State

paths = st.sampled_from(["/", "/a", "/a/b", "/*", "/a/*"])
faults = st.builds(Fault, paths, st.sampled_from(["slow", "login"]), st.none() | st.integers(1, 3))


def state(*faults: Fault) -> State:
    return State(Setting(faults=faults))


def test_a_new_site_shows_its_first_day_in_its_first_design_without_faults() -> None:
    setting = State().setting
    assert setting == Setting(day=FIRST_DAY, versions=dict.fromkeys(SOURCE_NAMES, 1), faults=())


def test_two_sites_share_no_versions() -> None:
    one, other = State(), State()
    one.set_version("news", 2)
    assert other.setting.versions["news"] == 1


def test_whoever_holds_a_setting_keeps_it_as_it_was() -> None:
    site = State()
    held = site.setting
    site.set_day(date(2027, 1, 1))
    site.set_version("news", 2)
    site.add_fault(Fault("/a", "slow"))
    assert held == Setting()
    assert site.setting.versions["news"] == 2


@pytest.mark.parametrize("version", [0, 3, -1])
def test_a_version_that_does_not_exist_is_refused_with_the_sources_there_are(version: int) -> None:
    site = State()
    with pytest.raises(ValueError, match=f"no version {version} of 'news'; the sources are opinions, "):
        site.set_version("news", version)
    assert site.setting == Setting()


def test_a_source_that_does_not_exist_is_refused() -> None:
    name: Any = "books"
    with pytest.raises(ValueError, match="of 'books'"):
        State().set_version(name, 1)


def test_clearing_what_is_not_there_changes_nothing() -> None:
    site = state(Fault("/a", "slow"))
    site.clear_fault("/b")
    assert site.setting.faults == (Fault("/a", "slow"),)


def test_clearing_a_path_leaves_the_pages_below_it_broken() -> None:
    site = state(Fault("/a", "slow"), Fault("/a/*", "login"))
    site.clear_fault("/a")
    assert site.setting.faults == (Fault("/a/*", "login"),)


def test_the_fault_that_was_ordered_first_strikes_first() -> None:
    assert state(Fault("/a/*", "slow"), Fault("/a/b", "login")).strike("/a/b") == Fault("/a/*", "slow")
    assert state(Fault("/a/b", "login"), Fault("/a/*", "slow")).strike("/a/b") == Fault("/a/b", "login")


def test_a_fault_that_is_used_up_lets_the_next_one_strike() -> None:
    site = state(Fault("/a", "slow", times=1), Fault("/*", "login"))
    kinds = [fault.kind for fault in (site.strike("/a"), site.strike("/a")) if fault]
    assert kinds == ["slow", "login"]


def test_a_request_elsewhere_does_not_count_a_fault_down() -> None:
    site = state(Fault("/a", "slow", times=1))
    assert site.strike("/b") is None
    assert site.setting.faults == (Fault("/a", "slow", times=1),)


@given(st.integers(1, 20))
def test_a_fault_strikes_as_often_as_it_was_ordered(times: int) -> None:
    site = state(Fault("/a", "slow", times))
    struck = list(takewhile(bool, (site.strike("/a") for _ in range(times + 5))))
    assert len(struck) == times
    assert site.setting.faults == ()


@given(st.lists(faults, max_size=8))
def test_a_path_has_one_fault_which_is_the_last_that_was_ordered(orders: list[Fault]) -> None:
    site = State()
    for order in orders:
        site.add_fault(order)
    assert {fault.path: fault for fault in site.setting.faults} == {order.path: order for order in orders}
    assert len(site.setting.faults) == len({order.path for order in orders})


@given(st.lists(faults, max_size=8), paths)
def test_a_fault_that_strikes_is_one_that_was_ordered_for_the_path(orders: list[Fault], path: str) -> None:
    site = State()
    for order in orders:
        site.add_fault(order)
    struck = site.strike(path)
    assert (struck is None) == (not any(order.strikes(path) for order in orders))
    assert struck is None or struck in orders


def test_requests_at_once_do_not_use_a_fault_twice() -> None:
    site = state(Fault("/a", "slow", times=50))
    with ThreadPoolExecutor(8) as threads:
        struck = list(threads.map(lambda _: site.strike("/a"), range(80)))
    assert sum(fault is not None for fault in struck) == 50


def test_changes_at_once_are_not_lost() -> None:
    site = State()
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda name: site.set_version(name, 2), SOURCE_NAMES))
    assert set(site.setting.versions.values()) == {2}


def test_putting_back_keeps_the_day_and_forgets_the_counts() -> None:
    site = state(Fault("/a", "slow"))
    site.set_day(date(2027, 1, 1))
    site.set_version("news", 2)
    site.answered["/a", 200] += 1
    site.reset()
    assert site.setting == Setting(day=date(2027, 1, 1))
    assert not site.answered
