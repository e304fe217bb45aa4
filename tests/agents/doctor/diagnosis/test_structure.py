"""Two pages are built alike by their templates, not by what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.diagnosis.structure import SAME, same_structure
from lakehouse.fetcher import Page
from tests.agents.doctor.diagnosis.registry_pages import INTRO, RECORDS, framed, html, listing

OTHER = [{"title": f"Someone v. Other {n}", "docket": f"31-X-{n}", "filed": "2031-01-01"} for n in range(30)]
CARDS = framed(INTRO + "".join(f"<article class=card><h3>{r['title']}</h3></article>" for r in RECORDS))


def test_the_same_template_with_other_records_is_the_same() -> None:
    assert same_structure(listing(), listing(OTHER)) >= SAME
    assert same_structure(listing(), listing(RECORDS[:3])) >= SAME


def test_another_template_is_not() -> None:
    assert same_structure(listing(), CARDS) < 0.6


def test_other_class_names_are_another_template() -> None:
    page = html(listing().text.replace("class=list", "class=grid"))
    assert same_structure(listing(), page) < SAME


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        (b'{"n": [{"a": 1, "b": 2}]}', b'{"n": [{"a": 3, "b": 4}, {"a": 5, "b": 6}]}', True),
        (b'{"n": [{"a": 1, "b": 2}]}', b'{"n": [{"id": 1, "at": {"b": 2}}]}', False),
        (b"a,b,c\n1,2,3", b"a,b,c\n4,5,6", True),
        (b"a,b,c\n1,2,3", b"x;y\n4;5", False),
        (b"<?xml version='1.0'?><r><i>1</i></r>", b"<?xml version='1.0'?><r><i>2</i></r>", True),
        (b"<?xml version='1.0'?><r><i>1</i></r>", b"<?xml version='1.0'?><feed><entry/></feed>", False),
    ],
)
def test_data_is_built_by_its_keys(before: bytes, after: bytes, is_same: bool) -> None:
    assert (same_structure(Page("u", before), Page("u", after)) >= SAME) is is_same


def test_html_and_data_share_nothing() -> None:
    assert same_structure(listing(), Page("u", b'{"a": 1}')) == 0


TREES = st.recursive(
    st.sampled_from(["x", "<br>", ""]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", st.sampled_from(["div", "p", "ul"]), st.lists(inner)
    ),
    max_leaves=12,
)


@given(TREES, TREES)
def test_sameness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    before, after = (html(f"<html><body>{each}</body></html>") for each in (one, other))
    found = same_structure(before, after)
    assert 0 <= found <= 1
    assert found == pytest.approx(same_structure(after, before))
    assert same_structure(before, before) == 1
