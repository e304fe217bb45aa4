"""Data nested beyond any parser is told as that, and never as a site that is down for a while."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.diagnose import diagnose
from lakehouse.agents.doctor.diagnosis.facts import Facts, Failing
from lakehouse.agents.doctor.diagnosis.page_cause import page_cause
from lakehouse.agents.doctor.diagnosis.too_deep import too_deep
from lakehouse.fetcher import Page

URL = "https://data.example/list"
KNOWN = Known(Page(URL, b'[{"a": "one"}, {"a": "two"}]', "application/json"), ({"a": "one"}, {"a": "two"}))
DEEP = 200_000


def page(text: str) -> Page:
    return Page(URL, text.encode(), "application/json")


@pytest.mark.parametrize("text", ["[" * DEEP + "]" * DEEP, '{"a":' * DEEP + "1" + "}" * DEEP])
def test_data_that_is_nested_too_deep_is_put_before_a_person(text: str) -> None:
    cause = page_cause(Failing(URL, page(text), 200), KNOWN)
    assert (cause.cause, cause.says) == (
        "unknown",
        f"{URL} came whole, and its JSON is nested too deep to be read by any fetcher.",
    )
    assert diagnose(Facts((Failing(URL, page(text), 200),), (KNOWN,))).cause == "unknown"


def test_deep_data_that_broke_off_is_fetched_again() -> None:
    cause = page_cause(Failing(URL, page("[" * DEEP), 200), KNOWN)
    assert cause.cause == "transient"


@given(st.recursive(st.none() | st.integers(), lambda inner: st.lists(inner, max_size=3), max_leaves=20))
def test_what_can_be_read_is_not_too_deep(value: object) -> None:
    assert too_deep(page(str(value).replace("None", "null"))) is None
