"""From paths to views, and from long lists to pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.demo.site import CATALOGUE, SOURCE_NAMES, SourceName
from lakehouse.demo.site.paging import paged
from lakehouse.demo.site.routing import find_view, match, menu
from lakehouse.demo.site.state import Setting


@pytest.mark.parametrize(
    ("pattern", "path", "words"),
    [
        ("/a", "/a", {}),
        ("/a", "/b", None),
        ("/a", "/a/", None),
        ("/a/{x}", "/a/b", {"x": "b"}),
        ("/a/{x}", "/a", None),
        ("/a/{x}/{y}", "/a/1/2", {"x": "1", "y": "2"}),
        ("/a/{x}/c", "/a/b/d", None),
    ],
)
def test_a_pattern_names_the_parts_of_its_paths(pattern: str, path: str, words: dict[str, str] | None) -> None:
    assert match(pattern, path) == words


@given(st.lists(st.text(st.characters(exclude_characters="/{}"), min_size=1), min_size=1))
def test_a_path_without_names_matches_itself_only(parts: list[str]) -> None:
    path = "/" + "/".join(parts)
    assert match(path, path) == {}
    assert match(path, path + "/more") is None


@pytest.mark.parametrize("source", SOURCE_NAMES)
@pytest.mark.parametrize("version", [1, 2])
def test_the_addresses_of_a_dress_lead_to_its_own_source(source: SourceName, version: int) -> None:
    setting = Setting(versions=dict.fromkeys(SOURCE_NAMES, version))
    dress = CATALOGUE[source].dresses[version]
    for path in (dress.home, dress.data, *dress.details(CATALOGUE[source].records(setting.day))):
        found = find_view(setting, path)
        assert found is not None
        assert found[0] == source


def test_the_menu_has_an_entry_for_each_source() -> None:
    assert [item.title for item in menu(Setting())] == [CATALOGUE[name].title for name in SOURCE_NAMES]


@given(st.lists(st.integers(), max_size=200), st.integers(1, 30))
def test_the_pages_of_a_list_hold_each_item_once_and_in_order(numbers: list[int], size: int) -> None:
    found, page = [], paged(numbers, "1", size)
    while page is not None:
        assert len(page.records) <= size
        assert page.total == len(numbers)
        found += page.records
        page = paged(numbers, str(page.after), size) if page.after else None
    assert found == numbers


@pytest.mark.parametrize("number", ["0", "-1", "4", "x", "", "1.5", "²"])
def test_a_page_that_does_not_exist_is_none(number: str) -> None:
    assert paged(range(30), number, 10) is None


def test_an_empty_list_has_one_empty_page() -> None:
    page = paged([], "1", 10)
    assert page is not None
    assert (list(page.records), page.count, page.before, page.after) == ([], 1, None, None)
