"""Known records put into a new page: the page then says what they say, and its truth too."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.healing_graft import graft
from benchmarks.tree import Tree
from lakehouse.fetcher import Page
from tests.benchmarks.listing import OTHERS, TITLES, records

URL = "https://permits.example/new"
LONG = ("January", "February", "March", "April", "May", "June")


def dated(titles: tuple[str, ...], month: int, *, long: bool = False) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for n, record in enumerate(records(titles, month)):
        shown = f"{LONG[month - 1]} {10 + n}, 2026" if long else record["filed"]
        found.append({**record, "filed": shown, "filed__norm": f"2026-{month:02}-{10 + n}"})
    return found


def new_page(found: list[dict[str, Any]], more: str = "") -> Page:
    rows = "".join(
        f'<li><h3><a href="https://permits.example{r["url"]}" title="{r["title"]}">{r["title"]}</a></h3>'
        f'<p>Filed on <time datetime="{r["filed__norm"]}">{r["filed"]}</time>, fee {r["fee"]} EUR</p></li>'
        for r in found
    )
    return Page(URL, f"<!doctype html><html><body><h1>Permits</h1><ul>{rows}</ul>{more}</body></html>".encode())


BEFORE, AFTER = dated(TITLES, 3), dated(OTHERS, 5, long=True)


def test_known_records_stand_in_the_new_page_with_dates_printed_its_way() -> None:
    made = graft(new_page(AFTER), BEFORE, AFTER)
    assert made.share == 1.0
    assert [record["title"] for record in made.truth] == list(TITLES)
    assert [record["filed"] for record in made.truth] == [f"March {10 + n}, 2026" for n in range(6)]
    assert [node.text for node in made.page.select("h3")] == list(TITLES)
    assert [node.attr("datetime") for node in made.page.select("time")] == [r["filed__norm"] for r in BEFORE]
    assert not any(title in made.page.text for title in OTHERS)


def test_addresses_are_put_where_the_page_writes_them_in_full() -> None:
    made = graft(new_page(AFTER), BEFORE, AFTER)
    assert [node.attr("href") for node in made.page.select("h3 a")] == [record["url"] for record in BEFORE]


def test_rows_without_a_known_record_are_taken_away() -> None:
    made = graft(new_page(AFTER), BEFORE[:4], AFTER)
    assert len(made.page.select("li")) == len(made.truth) == 4


def test_more_known_records_than_rows_change_nothing() -> None:
    made = graft(new_page(AFTER[:5]), BEFORE, AFTER[:5])
    assert len(made.truth) == 5
    assert made.share == 1.0


def test_a_value_that_is_not_in_the_row_stays_as_it_is_in_page_and_truth() -> None:
    after = [{**record, "office": "Town Hall"} for record in AFTER]
    before = [{**record, "office": "Annex"} for record in BEFORE]
    made = graft(new_page(AFTER), before, after)
    assert {record["office"] for record in made.truth} == {"Town Hall"}
    assert 0.7 < made.share < 1.0


def test_where_a_value_was_written_over_nobody_knows_what_is_right() -> None:
    after = [{**record, "place": record["title"].rsplit(" ", 1)[0]} for record in AFTER]
    before = [{**record, "place": "Market"} for record in BEFORE]
    assert {record["place"] for record in graft(new_page(AFTER), before, after).truth} == {None}


def test_data_in_scripts_says_what_the_page_says() -> None:
    linked = json.dumps({"@type": "ItemList", "items": [{"name": record["title"]} for record in AFTER]})
    stale = f"<script>var state = {{first: '{OTHERS[0]}'}}</script>"
    kept = "<script>var menu = 1</script>"
    more = f'<script type="application/ld+json">{linked}</script>{stale}{kept}'
    made = graft(new_page(AFTER, more), BEFORE, AFTER)
    assert [item["name"] for item in made.page.linked_data[0]["items"]] == list(TITLES)
    assert len(made.page.select("script")) == 2
    assert "var menu" in made.page.text


def test_a_page_of_one_record_takes_the_lines_of_a_list_one_by_one() -> None:
    body = "<h1>Old soup</h1><ul><li>2 leeks</li><li>1 onion</li></ul>"
    markup = f"<html><head><title>Old soup</title></head><body>{body}</body></html>"
    after, before = (
        {"name": "Old soup", "parts": "2 leeks\n1 onion"},
        {"name": "New stew", "parts": "3 beets\n1 carrot"},
    )
    made = graft(Page(URL, markup.encode()), [before], [after])
    assert made.truth == [before]
    assert [node.text for node in made.page.select("li")] == ["3 beets", "1 carrot"]
    assert Tree.of(made.page).page().select("title")[0].text == "New stew"


SOUP = {"name": "Old soup", "parts": "2 leeks\n1 onion\n1 bay leaf"}
STEW = {"name": "New stew", "parts": "3 beets\n1 carrot"}
ITEMS = "<h1>{name}</h1><ul><li><b>2</b> leeks</li><li>1 onion</li><li>1 bay leaf</li></ul><p>Serves 2</p>"


def soup(more: str = "", record: dict[str, str] = SOUP) -> Page:
    return Page(URL, f"<html><body>{ITEMS.format(**record)}{more}</body></html>".encode())


def test_a_shorter_list_leaves_none_of_the_pages_own_items() -> None:
    made = graft(soup(), [STEW], [SOUP])
    assert made.truth == [STEW]
    assert [node.text for node in made.page.select("li")] == ["3 beets", "1 carrot"]
    assert made.page.select("p")[0].text == "Serves 2"


def test_a_longer_list_gets_more_items_of_the_same_build() -> None:
    long = {**STEW, "parts": "3 beets\n1 carrot\n1 leaf\n2 nuts\n1 egg"}
    made = graft(soup(), [long], [SOUP])
    assert made.truth == [long]
    assert [node.text for node in made.page.select("ul > li")] == long["parts"].split("\n")


def test_a_list_is_put_in_both_places_where_it_stands() -> None:
    made = graft(soup(ITEMS.format(**SOUP)), [STEW], [SOUP])
    assert [node.text for node in made.page.select("li")] == ["3 beets", "1 carrot"] * 2


def test_lists_in_scripts_get_as_many_items() -> None:
    linked = {
        "recipeIngredient": SOUP["parts"].split("\n"),
        "steps": [{"@type": "HowToStep", "text": text} for text in SOUP["parts"].split("\n")],
    }
    made = graft(soup(f'<script type="application/ld+json">{json.dumps(linked)}</script>'), [STEW], [SOUP])
    (data,) = made.page.linked_data
    assert data["recipeIngredient"] == ["3 beets", "1 carrot"]
    assert data["steps"] == [{"@type": "HowToStep", "text": text} for text in STEW["parts"].split("\n")]


def test_a_script_that_has_the_old_list_in_another_way_is_taken_away() -> None:
    after = {**SOUP, "parts": "2 leeks\n1 onion\n1 bay leaf from Laos"}
    body = ITEMS.replace("bay leaf", "bay leaf from Laos").format(**after)
    script = '<script type=\'application/json\'>{"all": "1 bay leaf from Laos, 2 leeks"}</script>'
    made = graft(Page(URL, f"<html><body>{body}{script}</body></html>".encode()), [STEW], [after])
    assert not made.page.select("script")


def test_a_list_that_is_no_run_of_elements_is_changed_item_by_item() -> None:
    page = Page(URL, b"<html><body><h1>Old soup</h1><p>2 leeks, 1 onion, 1 bay leaf</p></body></html>")
    made = graft(page, [STEW], [SOUP])
    assert made.truth == [{"name": "New stew", "parts": "3 beets\n1 carrot\n1 bay leaf"}]
    assert made.page.select("p")[0].text == "3 beets, 1 carrot, 1 bay leaf"
    assert made.fault == "the page keeps its own values of a field"


def days(records: list[dict[str, Any]]) -> Page:
    """Return a page whose records stand under the days that they were filed on."""
    parts, day = [], ""
    for record in records:
        if record["filed"] != day:
            day = record["filed"]
            parts.append(f"</ul><h2>Permits of {day}</h2><ul>")
        parts.append(f'<li><a href="{record["url"]}">{record["title"]}</a> <i>{record["fee"]} EUR</i></li>')
    return Page(URL, f"<html><body><h1>Permits</h1><ul>{''.join(parts)}</ul></body></html>".encode())


def on_days(titles: tuple[str, ...], month: int, numbers: tuple[int, ...]) -> list[dict[str, Any]]:
    return [
        {**record, "filed": f"2026-{month:02}-{number:02}"}
        for record, number in zip(records(titles, month), numbers, strict=True)
    ]


def test_records_under_a_heading_are_those_of_its_day() -> None:
    after, before = on_days(OTHERS, 5, (9, 9, 8, 8, 8, 7)), on_days(TITLES, 3, (6, 5, 5, 4, 4, 4))
    made = graft(days(after), before, after)
    assert made.truth == [before[0], before[1], before[2], before[3]]
    assert made.share == 1.0
    assert [node.text[-10:] for node in made.page.select("h2")] == ["2026-03-06", "2026-03-05", "2026-03-04"]
    assert [node.text for node in made.page.select("a")] == list(TITLES[:4])


def test_records_of_one_day_fill_as_many_headings_as_they_need() -> None:
    after, before = on_days(OTHERS, 5, (9, 9, 8, 8, 8, 7)), on_days(TITLES, 3, (6,) * 6)
    made = graft(days(after), before, after)
    assert made.truth == before
    assert {node.text for node in made.page.select("h2")} == {"Permits of 2026-03-06"}


def test_a_page_that_keeps_its_own_values_of_a_field_is_no_case() -> None:
    after = [{**record, "office": "Town Hall"} for record in AFTER]
    before = [{**record, "office": "Annex"} for record in BEFORE]
    assert graft(new_page(AFTER), before, after).fault == "the page keeps its own values of a field"
    assert graft(new_page(AFTER), BEFORE, AFTER).fault == ""
