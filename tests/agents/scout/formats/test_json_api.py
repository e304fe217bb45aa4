"""JSON answers as findings: the records that a person would want come first, and read as they are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.formats.json_api import json_findings
from lakehouse.fetcher import Page
from lakehouse.sandbox import PageInput, Worker
from tests.agents.scout.formats.answers import RECORDS, answer, many


def best(document: Any) -> str:
    """Give the path of the best finding."""
    return json_findings(answer(document))[0].rows.selector


def test_records_are_read_with_types_and_names() -> None:
    page = answer({"results": RECORDS})
    finding = json_findings(page)[0]
    assert extract(finding, page)[0] == {
        "id": "101",
        "title": "Smith v. Jones",
        "filed": dt.date(2024, 1, 31),
        "judge_id": "5",
        "judge_name": "Roe",
        "tags": ["civil", "appeal"],
        "open": True,
        "fee": Decimal("12.50"),
    }


def test_the_evidence_tells_rows_fill_and_samples() -> None:
    evidence = json_findings(answer(RECORDS))[0].evidence
    assert evidence.rows == 4
    assert evidence.fill["title"] == 1
    assert evidence.fill["judge_name"] == 0.75
    assert evidence.samples["title"] == ["Smith v. Jones", "In re Doe", "Acme v. Board of Works"]
    assert 0 < evidence.score < 1


def test_more_rows_and_more_to_read_score_higher() -> None:
    few, more = (json_findings(answer(many(4 * times)))[0].evidence.score for times in (1, 10))
    thin = json_findings(answer([{"a": record["title"]} for record in RECORDS]))[0].evidence.score
    assert thin < few < more


def test_records_come_before_long_lists_of_choices() -> None:
    choices = [{"label": f"Choice {number}", "count": number % 7} for number in range(60)]
    assert best({"filters": {"court": choices}, "hits": many(12)}) == "hits"


def test_records_come_before_what_hangs_on_them() -> None:
    records = [{**record, "files": [{"name": "a.pdf", "size": 1, "kind": "x"}]} for record in RECORDS]
    assert best({"rows": records}) == "rows"


def test_records_come_before_the_groups_that_hold_them() -> None:
    assert best({"days": [{"day": f"2024-01-0{n}", "cases": many(4, n)} for n in range(1, 4)]}) == "days[*].cases"


def test_records_named_by_ids_are_read() -> None:
    page = answer({"cases": {f"c{record['id']}": record for record in RECORDS}})
    assert [record["title"] for record in extract(json_findings(page)[0], page)] == [
        record["title"] for record in RECORDS
    ]


def test_a_table_takes_its_names_from_a_list_beside_it() -> None:
    page = answer(
        {
            "meta": {"columns": [{"name": "City"}, {"name": "Founded on"}]},
            "data": [["Rome", "0753-04-21"], ["Oslo", "1048-01-01"]],
        }
    )
    assert [field.name for field in json_findings(page)[0].fields] == ["city", "founded_on"]


def test_a_table_without_names_has_numbered_ones() -> None:
    finding = json_findings(answer({"data": [["Rome", "x1"], ["Oslo", "x2"]]}))[0]
    assert [field.name for field in finding.fields] == ["value", "value_2"]


def test_a_lone_object_is_a_finding_of_one_record() -> None:
    page = answer({"temperature": 21.5, "station": {"name": "Harbour"}})
    finding = json_findings(page)[0]
    assert finding.rows.form == "one"
    assert extract(finding, page) == [{"temperature": Decimal("21.5"), "station_name": "Harbour"}]


def test_a_key_that_stands_for_the_record_is_proposed_and_required() -> None:
    finding = json_findings(answer(RECORDS))[0]
    assert finding.key == ("id",)
    assert [field.name for field in finding.fields if field.required] == ["id"]


def test_an_address_is_the_key_where_there_is_no_id() -> None:
    rows = [{"state": "open", "url": f"https://a.example/{number}"} for number in range(5)]
    assert json_findings(answer(rows))[0].key == ("url",)


def test_what_repeats_is_no_key() -> None:
    assert json_findings(answer([{"id": 1, "a": "x"}, {"id": 1, "a": "x"}]))[0].key == ()


def test_text_with_a_constant_frame_is_parted() -> None:
    rows = [
        {"caption": f"{name} - No. {number}-{number * 7} C.D."}
        for number, name in enumerate(["Smith v. Roe", "In re Doe", "Acme v. Poe", "Moe v. Loe"], 20)
    ]
    page = answer(rows)
    first = extract(json_findings(page)[0], page)[0]
    assert {"Smith v. Roe", "20-140 C.D."} <= set(first.values())
    assert first["caption"] == "Smith v. Roe - No. 20-140 C.D."


def test_json_by_lines_and_in_a_call_is_read() -> None:
    lines = Page("https://a.example/", b'{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n')
    called = Page("https://a.example/", b'callback([{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]);', "application/json")
    assert [json_findings(page)[0].evidence.rows for page in (lines, called)] == [2, 2]


def test_what_is_no_json_or_empty_has_no_findings() -> None:
    pages = [
        Page("https://a.example/", body, "application/json")
        for body in (b"{broken", b"[]", b"{}", b"null", b'{"items": []}', b"3")
    ]
    assert [json_findings(page) for page in pages] == [[]] * 6
    assert json_findings(Page("https://a.example/", b"<p>x", "text/html")) == []


def test_a_table_whose_first_list_is_a_header_is_read_by_its_names_every_day() -> None:
    document = {"rows": [["Ship name", "CREW", "arrived"], ["Ida", 12, "2026-03-01"], ["Tove", 7, "2026-03-04"]]}
    page = answer(document)
    finding = json_findings(page)[0]
    wanted = [
        {"ship_name": "Ida", "crew": Decimal(12), "arrived": dt.date(2026, 3, 1)},
        {"ship_name": "Tove", "crew": Decimal(7), "arrived": dt.date(2026, 3, 4)},
    ]
    assert extract(finding, page) == wanted
    assert finding.evidence.rows == 2
    other_day = answer({"rows": [["arrived", "Ship name", "CREW"], ["2026-03-09", "Una", 9]]})
    with Worker(fetcher_code(finding, "ships")) as worker:
        days = [worker.parse(PageInput(day.url, day.body, day.content_type)).records for day in (page, other_day)]
    assert days == [wanted, [{"ship_name": "Una", "crew": Decimal(9), "arrived": dt.date(2026, 3, 9)}]]


def test_a_table_whose_first_list_is_a_record_keeps_it() -> None:
    page = answer([["Ida", 12], ["Tove", 7], ["Una", 9]])
    assert len(extract(json_findings(page)[0], page)) == 3
