"""Data pages that changed in every usual way are read again, exactly."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.doctor.case import Case, Known
from lakehouse.agents.doctor.repair.data import data
from lakehouse.agents.doctor.repair.retype import retype
from lakehouse.agents.extract import extract
from lakehouse.contract import Contract
from lakehouse.fetcher import Page
from lakehouse.sandbox import check_module
from tests.agents.doctor.repair.permits import NAMES, answer, case, permits, read, table
from tests.agents.scout.formats.test_pdf_table import pdf

OLD, NEW = permits(), permits(first=6)
RENAMED = {
    "number": "permitNo",
    "holder": "holderName",
    "filed": "FILED_ON",
    "expires": "expiryDate",
    "fee": "feeAmount",
    "url": "permalink",
}


def renamed(record: dict[str, str]) -> dict[str, Any]:
    return {other: record[name] for name, other in RENAMED.items()}


def nested(record: dict[str, str]) -> dict[str, Any]:
    return {
        "id": 7,
        "permit": {"number": record["number"], "links": {"self": {"url": record["url"]}}},
        "holder": {"name": record["holder"]},
        "dates": {"filed": {"iso": record["filed"]}, "expires": {"iso": record["expires"]}},
        "fee": {"value": record["fee"], "unit": "USD"},
    }


@pytest.mark.parametrize("recent", [False, True])
@pytest.mark.parametrize(
    "document",
    [
        [renamed(record) for record in NEW],
        {"data": NEW},
        {"meta": {"count": 12}, "response": {"result": {"items": NEW}}},
        {"items": [nested(record) for record in NEW]},
        {"byNumber": {record["number"]: renamed(record) for record in NEW}},
        {"rows": [list(NAMES), *[list(record.values()) for record in NEW]]},
        {"columns": list(RENAMED.values()), "rows": [list(record.values()) for record in NEW]},
        {
            "permits": [dict(reversed(record.items())) for record in NEW],
            "offices": [{"city": "Dell", "phone": "1"}] * 9,
        },
    ],
    ids=["renamed", "wrapped", "deeper", "nested", "keyed", "arrays", "columns", "reordered"],
)
def test_an_answer_that_changed_its_form_is_read_again(document: object, recent: bool) -> None:
    page = answer(document)
    found = next(iter(data(case(answer(OLD), page, recent=recent))))
    assert read(found.blueprint, page) == NEW
    assert found.rung == "data"


def test_an_answer_that_lost_its_wrapper_is_read_again() -> None:
    page = answer(NEW)
    found = next(iter(data(case(answer({"data": OLD}), page, Rows(form="json", selector="data")))))
    assert read(found.blueprint, page) == NEW


def test_columns_that_say_nothing_by_their_names_are_told_by_their_values() -> None:
    names = dict(zip(NAMES, ("a1", "a2", "a3", "a4", "a5", "a6"), strict=True))
    page = answer([{names[name]: value for name, value in record.items()} for record in NEW])
    found = next(iter(data(case(answer(OLD), page, recent=True))))
    assert read(found.blueprint, page) == NEW


def test_two_columns_of_one_kind_that_changed_their_names_crosswise_are_told_by_known_records() -> None:
    crossed = [{**record, "filed": record["expires"], "expires": record["filed"]} for record in NEW]
    page = answer(crossed)
    found = next(iter(data(case(answer(OLD), page, recent=True))))
    assert read(found.blueprint, page) == NEW


def test_a_header_among_rows_of_arrays_is_no_record() -> None:
    page = answer([list(NAMES), *[list(record.values()) for record in NEW]])
    found = next(iter(data(case(answer(OLD), page))))
    assert len(read(found.blueprint, page)) == len(NEW)
    assert found.blueprint.rows.needs


def test_a_table_read_by_its_header_is_read_by_the_new_one() -> None:
    headed = Rows(form="json", options={"header": True})
    old = answer([list(NAMES), *[list(record.values()) for record in OLD]])
    page = answer({"rows": [list(RENAMED.values()), *[list(record.values()) for record in NEW]]})
    found = next(iter(data(case(old, page, headed, recent=True))))
    assert read(found.blueprint, page) == NEW
    assert found.blueprint.rows == Rows(form="json", selector="rows", options={"header": True})


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("above", ["", "Office of Permits\nprinted today\n\n"])
def test_a_table_with_other_columns_in_another_order_is_read_again(delimiter: str, above: str) -> None:
    order = ["fee", "url", "holder", "number", "expires", "filed"]
    rows = [[RENAMED[name] for name in order], *[[record[name] for name in order] for record in NEW]]
    page = table(rows, delimiter, above)
    old = table([list(NAMES), *[list(record.values()) for record in OLD]])
    found = next(iter(data(case(old, page, Rows(form="csv"), "csv"))))
    assert read(found.blueprint, page) == NEW


def test_a_table_that_became_an_answer_is_read_again() -> None:
    old = table([list(NAMES), *[list(record.values()) for record in OLD]])
    page = answer({"permits": [renamed(record) for record in NEW]})
    found = next(iter(data(case(old, page, Rows(form="csv"), "csv"))))
    assert read(found.blueprint, page) == NEW


def test_columns_of_a_pdf_that_moved_are_read_again() -> None:
    order = ["filed", "expires", "number", "fee"]
    small = [{name: record[name] for name in order} for record in NEW]
    old = pdf(list(NAMES[:5]), *[[record[name] for name in NAMES[:5]] for record in OLD])
    page = pdf(["Filed on", "Expires on", "No.", "Fee"], *[list(record.values()) for record in small])
    found = next(iter(data(case(old, page, Rows(form="pdf"), "pdf"))))
    assert [{name: record[name] for name in order} for record in read(found.blueprint, page)] == small


def feed(form: str, records: list[dict[str, str]]) -> Page:
    if form == "json":
        items = [
            {"id": r["number"], "title": r["holder"], "url": r["url"], "date_published": r["filed"]} for r in records
        ]
        return answer({"version": "https://jsonfeed.org/version/1.1", "items": items})
    dated, item = ("pubDate", "item") if form == "rss" else ("published", "entry")
    told = "".join(
        f"<{item}><title>{r['holder'].replace('&', '&amp;')}</title><link>{r['url']}</link><id>{r['number']}</id>"
        f"<{dated}>{r['filed']}</{dated}></{item}>"
        for r in records
    )
    whole = f"<rss><channel>{told}</channel></rss>" if form == "rss" else f"<feed>{told}</feed>"
    return Page("https://permits.example/feed", f"<?xml version='1.0'?>{whole}".encode(), "application/xml")


@pytest.mark.parametrize(("before", "after"), [("rss", "atom"), ("atom", "json"), ("json", "rss")])
def test_a_feed_of_another_format_is_read_again(before: str, after: str) -> None:
    page = feed(after, NEW)
    paths = {"number": "id", "holder": "title", "filed": "published", "url": "link"}
    found = next(iter(data(case(feed(before, OLD), page, Rows(form="feed"), "feed", paths=paths))))
    assert read(found.blueprint, page) == [{name: record[name] for name in paths} for record in NEW]


def html(script: str) -> Page:
    return Page(
        "https://permits.example/", f"<html><body><div id=app></div>{script}</body></html>".encode(), "text/html"
    )


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NEXT_DATA__" type="application/json">{}</script>',
        "<script>window.state = {};</script>",
    ],
    ids=["state", "assignment"],
)
def test_data_that_appeared_in_the_scripts_of_a_page_is_read(script: str) -> None:
    page = html(script.replace("{}", json.dumps({"props": {"permits": [renamed(record) for record in NEW]}})))
    found = next(iter(data(case(answer(OLD), page))))
    assert found.blueprint.rows.form == "embedded"
    assert read(found.blueprint, page) == NEW


def test_linked_data_is_read_without_the_other_things_that_a_page_tells_of_itself() -> None:
    things = [{"@type": "Permit", "permitNumber": r["number"], **renamed(r)} for r in NEW]
    page = linked(*things)
    found = next(iter(data(case(answer(OLD), page))))
    assert read(found.blueprint, page) == NEW


def test_the_rung_is_silent_on_plain_html() -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{value}</td>' for value in record.values())}</tr>" for record in NEW)
    page = Page("https://permits.example/", f"<html><body><table>{rows}</table></body></html>".encode(), "text/html")
    assert list(data(case(answer(OLD), page))) == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"{}", b'{"error": "busy"}', b"%PDF-1.4 broken", b"\x00\xff", b"null"]
)
def test_pages_without_records_give_no_proposal_and_no_error(body: bytes) -> None:
    page = Page("https://permits.example/api", body, "")
    assert list(data(case(answer(OLD), page))) == []


def test_a_single_record_on_the_failing_page_is_enough() -> None:
    page = answer({"items": [renamed(NEW[0])]})
    found = next(iter(data(case(answer(OLD), page))))
    assert read(found.blueprint, page) == NEW[:1]


def one_each(pages: list[Page], old: list[Page]) -> Case:
    """Give the case of a source whose pages have one record each."""
    found = case(old[0], pages[0], Rows(form="one"))
    known = tuple(Known(page, tuple(read(found.blueprint, page))) for page in old)
    return Case(found.blueprint, found.contract, known, tuple(pages))


@pytest.mark.parametrize(
    "made",
    [
        lambda record: answer({"permit": nested(record), "office": {"name": "Dell", "phone": "555"}}),
        lambda record: linked({"@type": "Permit", **renamed(record)}),
        lambda record: html(f"<script>window.state = {json.dumps({'permit': renamed(record)})};</script>"),
    ],
    ids=["answer", "linked", "state"],
)
def test_pages_of_one_record_each_are_read_again(made: Callable[[dict[str, str]], Page]) -> None:
    pages = [made(record) for record in NEW[:4]]
    found = next(iter(data(one_each(pages, [answer(record) for record in OLD[:6]]))))
    assert [record for page in pages for record in read(found.blueprint, page)] == NEW[:4]


def linked(*things: dict[str, Any]) -> Page:
    office = {"@type": "Organization", "name": "Office of Permits", "url": "https://permits.example"}
    return html(f'<script type="application/ld+json">{json.dumps([office, *things])}</script>')


def test_one_page_of_an_error_among_others_does_not_matter() -> None:
    page = answer([renamed(record) for record in NEW])
    broken = Page("https://permits.example/api?page=2", b"<html><body>Busy</body></html>", "text/html")
    found = case(answer(OLD), page)
    many = Case(found.blueprint, found.contract, found.known, (broken, page, answer([])))
    assert read(next(iter(data(many))).blueprint, page) == NEW


def test_a_value_that_is_part_of_a_longer_one_now_is_cut_out_of_it() -> None:
    page = answer([{**record, "number": None, "holder": f"{record['number']} - {record['holder']}"} for record in NEW])
    found = next(iter(data(case(answer(OLD), page))))
    assert read(found.blueprint, page) == NEW


def test_words_above_words_are_a_record() -> None:
    rows = [[record["holder"].split(",")[0], street] for record, street in zip(NEW, "ABCDEFGHIJKL", strict=True)]
    fields = {"fields": {"holder": "text", "street": "text"}}
    plans = tuple(FieldPlan(name=name, selectors=(name,)) for name in ("holder", "street"))
    before = answer([{"holder": f"Mr {one}", "street": other} for one, other in rows])
    old = Blueprint(kind="json", start=before.url, rows=Rows(form="json"), fields=plans)
    page = answer(rows[:6])
    known = Known(before, tuple(read(old, before)))
    found = next(iter(data(Case(old, Contract.model_validate(fields), (known,), (page,)))))
    assert len(read(found.blueprint, page)) == 6


KEYS = st.text(st.characters(codec="ascii", categories=["Ll", "Lu"]), min_size=1, max_size=8)


@settings(max_examples=25)
@given(
    st.lists(KEYS, min_size=6, max_size=6, unique_by=str.casefold),
    st.permutations(range(6)),
    st.lists(KEYS, max_size=3),
    st.sets(st.integers(0, 5)),
)
def test_any_names_order_and_nesting_of_known_records_are_seen_through(
    keys: list[str], order: list[int], around: list[str], inner: set[int]
) -> None:
    def changed(record: dict[str, str]) -> dict[str, Any]:
        pairs = [(keys[place], record[NAMES[place]], place in inner) for place in order]
        return {key: {"value": value} if inside else value for key, value, inside in pairs}

    document: Any = [changed(record) for record in NEW]
    for key in around:
        document = {key: document}
    page = answer(document)
    found = next(iter(data(case(answer(OLD), page, recent=True))))
    assert read(found.blueprint, page) == NEW


@settings(max_examples=40)
@given(
    st.sampled_from([b"", b"{", b"[", b"<html><script>a = ", b"<rss>", b"%PDF-1.4", b"a,b\n", b"<urlset><url>"]),
    st.binary(max_size=200),
)
def test_no_page_makes_the_rung_raise(start: bytes, rest: bytes) -> None:
    page = Page("https://permits.example/api", start + rest, "")
    assert all(0 <= found.score <= 1 for found in data(case(answer(OLD), page)))


def test_a_proposal_can_be_written_as_a_fetcher_that_passes_the_static_check() -> None:
    page = answer([list(NAMES), *[list(record.values()) for record in NEW]])
    found = case(answer(OLD), page)
    blueprint = retype(found, next(iter(data(found))).blueprint).blueprint
    check_module(fetcher_code(blueprint, "permits"))
    assert len(extract(blueprint, page)) == len(NEW)
