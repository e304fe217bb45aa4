"""Changes of pages: each does what it says, and leaves the records true."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from benchmarks.mutating import KINDS
from benchmarks.mutating.judge import outcome, precision_recall
from benchmarks.mutating.sheet import Sheet, sheet_of
from benchmarks.mutating.shop import SHOPS
from benchmarks.mutations import Specimen, Trial, figures_of, in_turn, specimen_of, trials
from benchmarks.treating import Treated
from lakehouse.fetcher import Page
from tests.benchmarks.listing import TITLES, blueprint, page, records

KEEP_TEXT = {"rename_classes", "hash_classes", "wrap", "unwrap", "to_cards"}


@cache
def shops() -> list[Specimen]:
    found = [specimen_of(*each) for each in SHOPS[:4]]
    assert all(found)
    return [each for each in found if each]


def kind(name: str) -> Callable[[Sheet], bool]:
    return next(each for each in KINDS if each.__name__ == name)


def own_page() -> Page:
    return page(records(TITLES, 3))


def changed(name: str, source: Page | None = None) -> tuple[Sheet, Page]:
    sheet = sheet_of(source or own_page(), blueprint())
    assert sheet is not None
    assert kind(name)(sheet)
    return sheet, sheet.tree.page()


def words(found: Page) -> list[str]:
    return sorted(found.html.text.split())


def test_there_are_at_least_twelve_kinds() -> None:
    assert len({each.__name__ for each in KINDS}) >= 12


@pytest.mark.parametrize("name", sorted(KEEP_TEXT - {"unwrap"}))
def test_a_change_of_build_keeps_every_word(name: str) -> None:
    assert words(changed(name)[1]) == words(own_page())


@pytest.mark.parametrize("each", KINDS, ids=lambda each: each.__name__)
def test_what_is_true_of_a_changed_page_stands_on_it(each: Callable[[Sheet], bool]) -> None:
    done = 0
    for found in shops():
        made = found.changed(each)
        if made is None:
            continue
        done += 1
        case, sheet = made
        text = "".join(case.failing[0].html.text.split())
        values = [value for record in sheet.records for name, value in record.items() if name != "url"]
        assert all("".join(value.split()) in text for value in values)
        assert case.failing[0].body != found.page.body
    assert done


@pytest.mark.parametrize("name", ["rename_classes", "hash_classes"])
def test_no_class_keeps_its_name_and_the_same_stays_the_same(name: str) -> None:
    _, after = changed(name)
    assert not after.select(".permit, .permits, .t, .d, .f, #all")
    assert len({node.attr("class") for node in after.select("tr")}) == 1


def test_the_parts_of_a_row_are_turned_around() -> None:
    _, after = changed("reorder")
    assert [node.attr("class") for node in after.select("tr")[0].select("td")] == ["f", "d", "t"]


def test_a_table_becomes_cards() -> None:
    _, after = changed("to_cards")
    assert not after.select("table, tr, td")
    assert len(after.select(".card")) == len(TITLES)
    assert after.select(".card .card-2")[0].text == "03/10/2026"


def test_wrappers_stand_around_parts_and_list() -> None:
    _, after = changed("wrap")
    assert after.select("div.wrapper > table.permits")
    assert len(after.select("td > div")) == 3 * len(TITLES)


def test_a_field_is_gone_from_page_and_truth() -> None:
    sheet, after = changed("delete_field")
    assert sheet.deleted == "fee"
    assert "20.50" not in after.text
    assert all("fee" not in record for record in sheet.records)


def test_a_field_is_parted_into_two_elements() -> None:
    sheet, after = changed("split_field")
    assert [node.text for node in after.select("tr")[0].select("a > span")] == ["Amber", "Street garage"]
    assert sheet.records[0]["title"] == TITLES[0]


def test_two_fields_share_one_text() -> None:
    _, after = changed("merge_fields")
    assert after.select("td.t")[0].text == f"{TITLES[0]} | 03/10/2026"
    assert after.select("td.d")[0].text == ""


def test_dates_are_printed_another_way_in_page_and_truth() -> None:
    sheet, after = changed("change_dates")
    assert sheet.records[0]["filed"] == after.select("td.d")[0].text == "2026-03-10"


def test_points_become_commas_in_page_and_truth() -> None:
    sheet, after = changed("change_decimals")
    assert sheet.records[0]["fee"] == after.select("td.f")[0].text == "20,50"


def test_a_second_list_says_other_things_than_the_first() -> None:
    _, after = changed("look_alikes")
    rows = [node.text for node in after.select("tr.permit")]
    assert len(rows) == len(TITLES) + 4
    assert len(set(rows)) == len(rows)


def test_advertisements_stand_between_the_rows_and_tear_nothing_away() -> None:
    _, after = changed("advertisements")
    assert [node.attr("class") for node in after.select("tr")] == ["permit"] * 3 + ["ad-slot"] + ["permit"] * 3 + [
        "ad-slot"
    ]


def test_rows_are_gone_from_page_and_truth() -> None:
    sheet, after = changed("fewer_rows")
    assert len(sheet.records) == len(after.select("tr.permit")) == 3


def test_a_page_of_few_rows_is_no_sheet() -> None:
    assert sheet_of(page(records(TITLES[:4], 3)), blueprint()) is None


def test_an_answer_is_judged_by_pairs_of_records() -> None:
    sheet = sheet_of(own_page(), blueprint())
    assert sheet is not None
    right = [dict(record) for record in sheet.records]
    assert outcome(right, sheet) == "healed"
    assert outcome(right[:4], sheet) == "incomplete"
    swapped = [{**record, "title": record["fee"], "fee": record["title"]} for record in right]
    assert outcome(swapped, sheet) == "wrong"
    assert outcome([], sheet) == "wrong"


def test_values_of_the_wrong_record_are_wrong() -> None:
    wanted = [{"a": str(n), "b": f"b{n}"} for n in range(4)]
    turned = [{"a": str(n), "b": f"b{(n + 1) % 4}"} for n in range(4)]
    assert precision_recall(turned, wanted) == (0.5, 0.5)


def test_a_value_for_a_field_that_is_gone_is_invented() -> None:
    sheet, _ = changed("delete_field")
    assert outcome(sheet.records, sheet) == "healed"
    assert outcome([{**record, "fee": record["filed"]} for record in sheet.records], sheet) == "wrong"


def test_kinds_that_came_up_least_come_first() -> None:
    names = [each.__name__ for each in KINDS]
    assert [each.__name__ for each in in_turn([])] == names
    assert [each.__name__ for each in in_turn([*names, *names[1:]])] == names
    assert [each.__name__ for each in in_turn(names[:3])] == names[3:] + names[:3]


def test_a_page_is_changed_and_treated_as_often_as_wanted() -> None:
    found = shops()[1]
    (trial,) = trials(found, [Trial(each.__name__, "healed", Treated("unchanged"), True) for each in KINDS[:2]], 1)
    assert trial.kind == "wrap"
    assert trial.outcome == "healed"
    assert trial.stood


def test_a_page_that_the_learned_fetcher_does_not_read_is_left_out() -> None:
    wrong = [{"title": f"Not there {n}", "filed": "never"} for n in range(6)]
    assert specimen_of("x", own_page(), wrong) is None
    assert isinstance(specimen_of("x", own_page(), records(TITLES, 3)), Specimen)


def test_wrong_answers_that_no_check_saw_are_told_apart() -> None:
    seen = Trial("wrap", "wrong", Treated("release", checks=("volume",)), False)
    unseen = Trial("wrap", "wrong", Treated("unchanged"), False)
    figures = figures_of([seen, unseen])
    assert (figures["wrong"], figures["unnoticed"], figures["kinds"]) == (2, 1, 1)


def test_what_was_taken_out_of_the_rows_may_be_read_where_the_page_still_says_it() -> None:
    sheet, _ = changed("delete_field")
    true, invented = (
        [{**record, sheet.deleted: said} for record in sheet.records] for said in (next(iter(sheet.gone)), "x")
    )
    assert outcome(true, sheet) == "healed"
    assert outcome(invented, sheet) == "wrong"
