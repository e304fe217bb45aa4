"""Which links of the rows lead to the records' own pages."""

from __future__ import annotations

import pytest

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.scout.detail_links import are_details, detail_links
from lakehouse.fetcher import Page
from tests.agents.scout.formats.answers import answer
from tests.agents.scout.listings import START, blueprint, listing

HERE = Page(START, b"<p>")


def test_the_rows_main_link_is_found_for_the_whole_page() -> None:
    page = listing(range(1, 6))
    found = detail_links(page, blueprint())
    assert found == ["li.case h3 a"]
    assert [request.url for request in page.links(found[0])] == [f"https://a.example/case/{n}" for n in range(1, 6)]


def test_it_is_found_where_no_field_reads_it() -> None:
    plan = blueprint().model_copy(update={"fields": (FieldPlan(name="by", selectors=(".by",)),)})
    assert detail_links(listing(range(1, 6)), plan) == ["li.case h3 a"]


def test_a_list_of_selectors_for_rows_keeps_its_meaning() -> None:
    plan = blueprint().model_copy(update={"rows": Rows(form="select", selector="li.case, li.other")})
    assert detail_links(listing(range(1, 6)), plan) == [":is(li.case, li.other) h3 a"]


def test_records_of_json_have_theirs_by_a_path() -> None:
    page = answer({"items": [{"n": n, "url": f"/case/{n}"} for n in range(4)]}, "https://a.example/api")
    plan = Blueprint(
        kind="json",
        start=page.url,
        rows=Rows(form="json", selector="items"),
        fields=(FieldPlan(name="url", reader="link", selectors=("url",)),),
    )
    assert detail_links(page, plan) == ["items[*].url"]
    assert len(list(page.links("items[*].url"))) == 4


@pytest.mark.parametrize(
    "addresses",
    [
        [f"https://elsewhere.example/{n}" for n in range(5)],
        [f"https://a.example/files/{n}.pdf" for n in range(5)],
        ["https://a.example/one"] * 5,
        [START] * 5,
        [
            "https://a.example/1",
            "https://a.example/x/y/z",
            "https://a.example/",
            "https://a.example/q/w",
            "https://a.example/?a=1",
        ],
        ["https://a.example/case/1"],
        [],
    ],
    ids=["another host", "files", "all the same", "the listing itself", "of many forms", "few", "none"],
)
def test_other_links_are_no_details(addresses: list[str]) -> None:
    assert not are_details(HERE, addresses, 5)


def test_details_share_the_form_of_their_address() -> None:
    assert are_details(HERE, [f"https://a.example/case/{n}" for n in range(5)], 5)
    assert are_details(HERE, [f"https://a.example/show?id={n}" for n in range(5)], 5)
    assert are_details(HERE, [f"https://a.example/2024/0{n}/a-story-{n}" for n in range(1, 6)], 5)
