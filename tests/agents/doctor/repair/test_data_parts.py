"""The parts by which columns of data are told: names, assignment, what values say, kinds, tables, choices."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.agents.doctor.repair.data_assign import assign_best
from lakehouse.agents.doctor.repair.data_columns import Column, columns
from lakehouse.agents.doctor.repair.data_kinds import suits, suits_texts
from lakehouse.agents.doctor.repair.data_said import agree, correspondence, matched
from lakehouse.agents.doctor.repair.data_tables import Table, tables
from lakehouse.agents.doctor.repair.data_words import key_likeness, keys_of, name_likeness, words_of
from lakehouse.agents.doctor.repair.retype_choice import decide
from lakehouse.agents.doctor.repair.retype_keys import KnownKeys
from lakehouse.fetcher import Page
from tests.agents.doctor.repair.permits import answer, case, permits


@pytest.mark.parametrize("other", ["filedOn", "FILED_ON", "filed-on", "Filed on", "filedOn."])
def test_a_name_is_the_same_however_it_is_spelled(other: str) -> None:
    assert name_likeness(words_of("filed_on"), words_of(other)) == 1


def test_the_last_key_says_more_than_those_around_it() -> None:
    names = [("judge",)]
    assert key_likeness(names, ["judge"]) > key_likeness(names, ["judge", "code"]) > key_likeness(names, ["court"]) == 0


def test_words_that_tell_only_the_kind_are_neutral() -> None:
    idle = frozenset({"url", "link"})
    one, other = (key_likeness([("download", "url")], [key], idle) for key in ("url", "link"))
    assert one == other > key_likeness([("download", "url")], ["thumbnail"], idle)


def test_a_header_that_is_no_path_is_one_key() -> None:
    assert keys_of("a.b[0].c") == ["a", "b", "c"]
    assert keys_of('Fee ["net') == ['Fee ["net']


@settings(max_examples=50)
@given(st.lists(st.lists(st.floats(0, 1), min_size=4, max_size=4), min_size=1, max_size=4))
def test_no_other_assignment_is_better(fits: list[list[float]]) -> None:
    found = assign_best(fits)
    taken = [column for column in found if column is not None]
    total = sum(fits[row][column] for row, column in enumerate(found) if column is not None)
    best = max(sum(fits[row][column] for row, column in enumerate(way)) for way in permutations(range(4), len(fits)))
    assert len(taken) == len(set(taken))
    assert total == pytest.approx(best)


def test_what_fits_too_little_is_left_out() -> None:
    assert assign_best([[0.9, 0.2], [0.8, 0.1]], least=0.3) == [0, None]
    assert assign_best([]) == []
    assert assign_best([[]]) == [None]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024-01-31", "Jan 31, 2024"),
        ("Fri, 20 Nov 2026 19:16:00 GMT", "2026-11-20T19:16:00Z"),
        ("1,250.50", "1250.5"),
        ("$12.50", "12,5"),
        ("/a/1.pdf", "https://x.example/a/1.pdf"),
        ("Roe  v. Doe", "roe v. doe"),
    ],
)
def test_values_in_other_words_say_the_same(one: str, other: str) -> None:
    assert agree(one, other)


@pytest.mark.parametrize(("one", "other"), [("12.50", "12.51"), ("2024-01-31", "2024-01-30"), ("", ""), ("a", None)])
def test_other_values_do_not(one: str, other: str | None) -> None:
    assert not agree(one, other)


def offered(records: list[Any]) -> list[Column]:
    return columns(Table("json", case(answer(permits()), answer([])).blueprint.rows, tuple(records)))


def test_known_records_are_matched_by_what_tells_them_apart() -> None:
    found = matched(offered(permits(first=8)), permits())
    assert {row: record["number"] for row, record in found.items()} == {row: f"B-{2408 + row}" for row in range(4)}


def test_records_that_share_one_value_by_chance_are_not_matched() -> None:
    others = [{**record, "holder": f"{record['number']} Ltd."} for record in permits(first=100)]
    others[0]["fee"] = permits()[0]["fee"]
    assert matched(offered(others), permits()) == {}


def test_words_for_yes_and_no_correspond_where_each_stands_for_one() -> None:
    states = ["open", "shut", "open", "shut", "shut", "shut"]
    known = {row: {"state": state} for row, state in enumerate(states)}
    good = Column((), ("y", "n", "y", "n", "n", "n"), (), 0)
    assert correspondence(good, "state", known) == 1
    assert correspondence(Column((), ("y", "y", "y", "n", "n", "n"), (), 0), "state", known) == pytest.approx(5 / 6)
    assert correspondence(Column((), ("y",) * 6, (), 0), "state", known) is None


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("date", ["31. Januar 2024", "2024-01-02T00:00:00"], ["Roe v. Doe", "12"]),
        ("decimal", ["1.250,50", "$12"], ["2024-01-31", "12 and 13"]),
        ("url", ["/a/1", "b.pdf"], ["Roe v. Doe", "a"]),
        ("boolean", ["yes", "no"], ["a", "b"]),
        ("text", ["a", "b"], []),
    ],
)
def test_values_suit_their_kind(kind: Any, good: list[str], bad: list[str]) -> None:
    assert suits_texts(good, kind) == 1
    assert suits_texts(bad, kind) == 0


def test_numbers_that_count_seconds_are_times() -> None:
    assert suits(Column((), (1706659200, 1707782400), (), 0), "datetime") == 1
    assert suits(Column((), (17, 18), (), 0), "datetime") == 0


def test_a_list_of_one_record_is_a_table() -> None:
    page = answer({"items": [{"a": "1", "b": "2"}]})
    found = tables([page], case(page, page).blueprint)
    assert (found[0].rows.selector, len(found[0].records), found[0].single) == ("items", 1, False)
    assert found[-1].single


def test_pages_of_the_commonest_kind_come_first() -> None:
    pages = [Page("https://x.example/", b"<html><body>x</body></html>"), answer(permits()), answer(permits())]
    found = tables(pages, case(pages[1], pages[1]).blueprint)
    assert found[0].rows.form == "json"
    assert len(found[0].records) == 24


def test_nothing_is_decided_without_a_reason() -> None:
    both = {"a": [1, 2], "b": [2, 1]}
    assert decide("a", both) == ("a", "none")
    assert decide("b", both) == ("b", "none")
    assert decide("c", both) == ("c", "none")
    assert decide("c", {"a": [1], "b": [1]}) == ("a", "only")
    assert decide("a", {"a": [None, 1], "b": [1, 1]}) == ("b", "only")
    assert decide("a", both, {"a": [False, False], "b": [True, True]}) == ("b", "known")
    assert decide("a", both, {"a": [True], "b": [True]}) == ("a", "none")
    assert decide("a", {"a": [], "b": []}) == ("a", "none")


def test_keys_are_found_however_they_are_written_unless_two_may_be_meant() -> None:
    known = KnownKeys([(("K-1", "2024-03-04"), 1), (("K-1", "2024-05-06"), 2), (("K-2", "2024-04-03"), 3)])
    assert known.find(("k-1", "March 4, 2024")) == (1,)
    assert known.find(("K-1", "06/05/2024")) == (2,)
    assert known.find(("K-3", "2024-03-04")) == ()
    assert known.find(()) == ()
    twice = KnownKeys([(("2024-03-04",), 1), (("2024-04-03",), 2)])
    assert twice.find(("03/04/2024",)) == ()


def test_times_of_one_day_are_other_keys() -> None:
    known = KnownKeys([(("2024-03-20 06:00",), 1), (("2024-03-20 09:00",), 2)])
    assert known.find(("20/03/2024 09:00",)) == (2,)
