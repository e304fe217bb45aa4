"""A failure has one cause, told with its signs; what contradicts itself goes to a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis import Facts, Failing, diagnose, readable
from lakehouse.agents.doctor.diagnosis.treatments import SIGNS, TREATMENTS
from lakehouse.agents.doctor.incident import REPAIRABLE, Class, FailedCheck
from lakehouse.fetcher import Page
from lakehouse.profile import DayStats
from tests.agents.doctor.diagnosis.more_walls import MORE, UNSEEN
from tests.agents.doctor.diagnosis.registry_pages import (
    ADDRESS,
    EMPTY,
    INTRO,
    KNOWN,
    LOST,
    RECORDS,
    SILENT,
    framed,
    html,
    listing,
)  # fmt: skip
from tests.agents.doctor.diagnosis.walls import CHALLENGES, CONSENTS, LOGINS, SOFT_404

BLUEPRINT = Blueprint(
    kind="listing",
    start=ADDRESS,
    rows=Rows(form="select", selector="table.list tr:has(td)"),
    fields=tuple(FieldPlan(name=name) for name in ("title", "docket", "filed")),
)
USUAL = DayStats(rows=12, rejects=0, pages=1)
REDESIGN = framed(INTRO + "".join(f"<article><h3>{r['title']}</h3><p>{r['docket']}</p></article>" for r in RECORDS))
WALLS = [*CHALLENGES.values(), *CONSENTS.values(), *LOGINS.values()]
TRACEBACK = "Traceback (most recent call last):\n  ...\nTypeError: 'NoneType' object is not subscriptable"


def failing(page: Page | None = None, status: int | None = 200, url: str = ADDRESS, **more: object) -> Failing:
    """Give a failing capture."""
    return Failing(url, page, status, **more)  # type: ignore[arg-type]


def facts(*captures: Failing, rows: int | None = 0, rejects: int = 0, checks: str = "volume", **more: object) -> Facts:
    """Give facts of a day with this outcome."""
    failed = tuple(FailedCheck(check=check, day="2026-11-20", message="It failed.") for check in checks.split())
    stats = None if rows is None else DayStats(rows=rows, rejects=rejects, pages=len(captures))
    known: object = {"known": (KNOWN,), "blueprint": BLUEPRINT, "usual": USUAL, "stats": stats, "failed_checks": failed}
    return Facts(failing=captures, **{**known, **more})  # type: ignore[dict-item]


def cause(*captures: Failing, **more: object) -> Class:
    """Give the class of a failure."""
    return diagnose(facts(*captures, **more)).cause  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [(500, {}, "transient"), (502, {}, "transient"), (503, {}, "transient"), (503, {"retry-after": "60"}, "limited"),
     (429, {}, "limited"), (408, {}, "transient"), (401, {}, "blocked"), (403, {}, "blocked"), (451, {}, "blocked"),
     (404, {}, "moved"), (410, {}, "moved"), (400, {}, "unknown")],
)  # fmt: skip
def test_a_status_speaks_for_itself(status: int, headers: dict[str, str], expected: Class) -> None:
    page = html(f"<html><body><h1>Sorry</h1><p>Status {status}</p></body></html>")
    assert cause(failing(page, status, headers=headers), rows=None) == expected


@pytest.mark.parametrize("text", WALLS)
@pytest.mark.parametrize("status", [200, 403, 503, 429, 404])
def test_a_wall_is_blocked_whatever_its_status_and_whatever_the_fetcher_made_of_it(text: str, status: int) -> None:
    assert cause(failing(html(text), status), traceback=TRACEBACK) == "blocked"
    assert readable(facts(failing(html(text), status))) == ()


@pytest.mark.parametrize("text", SOFT_404.values(), ids=SOFT_404)
def test_an_error_page_at_200_is_moved(text: str) -> None:
    assert cause(failing(html(text))) == "moved"


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, pages in MORE.items() for name in pages])
def test_what_stands_in_the_place_of_records_is_never_repaired(kind: str, name: str) -> None:
    expected = {"challenge": {"blocked", "unknown", "moved"}, "soft_404": {"moved"}}.get(kind, {"blocked"})
    assert cause(failing(html(MORE[kind][name]))) in expected


@pytest.mark.parametrize("text", [text for pages in UNSEEN.values() for text in pages.values()])
def test_builds_that_no_detector_knows_go_to_a_person_or_to_the_search_for_an_address(text: str) -> None:
    assert cause(failing(html(text))) in {"unknown", "blocked", "moved"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [("403 Forbidden", "blocked"), ("502 Bad Gateway", "transient"), ("429 Too many", "limited"), ("404", "moved")],
)
def test_a_page_that_calls_itself_by_a_status_is_taken_at_its_word(said: str, expected: Class) -> None:
    assert (
        cause(failing(html(f"<html><head><title>{said}</title></head><body><h1>{said}</h1></body></html>"))) == expected
    )


def test_a_redirect_to_another_place_is_moved_and_tells_where() -> None:
    found = diagnose(facts(failing(html(REDESIGN.text, "https://registry.example/rulings/2026"))))
    assert (found.cause, found.address) == ("moved", "https://registry.example/rulings/2026")
    assert len(readable(facts(failing(html(REDESIGN.text, "https://registry.example/rulings/2026"))))) == 1


@pytest.mark.parametrize("where", ["http://registry.example/decisions/", "https://www.registry.example/decisions?p=1"])
def test_a_redirect_to_the_same_place_is_not_moved(where: str) -> None:
    assert cause(failing(html(REDESIGN.text, where))) == "layout"


def test_a_redirect_that_was_there_on_the_good_day_is_not_moved() -> None:
    there = "https://registry.example/decisions/2026"
    known = Known(html(KNOWN.page.text, there), RECORDS)
    assert cause(failing(html(REDESIGN.text, there)), known=(known,)) == "layout"


@pytest.mark.parametrize("page", EMPTY.values(), ids=EMPTY)
def test_a_page_that_says_that_there_is_nothing_is_quiet(page: Page) -> None:
    assert cause(failing(page)) == "quiet"


@pytest.mark.parametrize("page", SILENT.values(), ids=SILENT)
def test_an_empty_place_of_which_nothing_is_said_goes_to_a_person(page: Page) -> None:
    assert cause(failing(page)) == "unknown"


@pytest.mark.parametrize("page", LOST.values(), ids=LOST)
def test_a_loss_is_never_quiet(page: Page) -> None:
    assert cause(failing(page)) != "quiet"


def test_a_day_on_which_one_page_says_nothing_and_another_does_not_say_so_goes_to_a_person() -> None:
    other = html(REDESIGN.text, f"{ADDRESS}?page=2")
    assert cause(failing(EMPTY["a note in place of the table"]), failing(other, url=f"{ADDRESS}?page=2")) == "unknown"


def test_a_page_that_scripts_bring_now_goes_to_a_person() -> None:
    shell = "<html><head><title>R</title></head><body><div id=root></div><script src=/a.js></script></body></html>"
    found = diagnose(facts(failing(html(shell))))
    assert found.cause == "unknown"
    assert any("render" in sentence for sentence in found.because)


def test_fewer_rows_are_quiet_where_the_page_has_no_more_items() -> None:
    assert cause(failing(listing(RECORDS[:4])), rows=4) == "quiet"


def test_fewer_rows_are_a_layout_where_the_page_has_more_items_than_were_read() -> None:
    assert cause(failing(listing()), rows=4) == "layout"


def test_fewer_rows_are_not_quiet_where_a_next_page_was_not_fetched() -> None:
    assert cause(failing(listing(RECORDS[:4])), rows=4, unfollowed=True) == "layout"


def test_fewer_rows_are_not_quiet_where_pages_are_missing_and_the_last_one_is_full() -> None:
    assert cause(failing(listing()), rows=12, usual=DayStats(rows=36, rejects=0, pages=3)) == "layout"
    assert cause(failing(listing(RECORDS[:5])), rows=5, usual=DayStats(rows=36, rejects=0, pages=3)) == "quiet"


@pytest.mark.parametrize("checks", ["volume", "contract volume", "coverage", "volume coverage drift"])
def test_a_page_of_another_build_is_a_layout(checks: str) -> None:
    assert cause(failing(REDESIGN), checks=checks) == "layout"


def test_a_fetcher_that_raises_on_a_page_of_another_build_is_a_layout() -> None:
    assert cause(failing(REDESIGN), rows=None, traceback=TRACEBACK) == "layout"


def test_a_fetcher_that_raises_on_a_page_that_has_not_changed_is_code() -> None:
    found = diagnose(facts(failing(listing(RECORDS[:9])), rows=None, traceback=TRACEBACK))
    assert found.cause == "code"
    assert "TypeError" in found.because[0]


def test_a_page_that_the_fetcher_failed_on_counts_as_raised() -> None:
    reasons = ("page: the fetcher raised KeyError: 'x' on https://registry.example/decisions.",)
    assert cause(failing(listing()), reject_reasons=reasons, checks="contract volume") == "code"


def test_a_fetcher_that_raises_on_a_day_without_records_is_quiet() -> None:
    assert cause(failing(EMPTY["a note in place of the table"]), rows=None, traceback=TRACEBACK) == "quiet"


def test_a_release_that_no_longer_reads_the_known_pages_is_code() -> None:
    assert cause(failing(REDESIGN), reads_known=False) == "code"


def test_a_careless_release_is_code_and_one_beside_a_redesign_goes_to_a_person() -> None:
    assert cause(failing(listing()), rows=3, checks="coverage volume", release_changed=True) == "code"
    assert cause(failing(REDESIGN), release_changed=True) == "unknown"
    assert cause(failing(REDESIGN), release_changed=True, reads_known=True) == "layout"


def test_rejects_for_one_field_are_values() -> None:
    reasons = ("filed: '20.11.2026' is no date in the order YMD",) * 12
    found = diagnose(facts(failing(listing()), rows=0, rejects=12, checks="contract volume", reject_reasons=reasons))
    assert found.cause == "values"
    assert "`filed`" in found.because[0]


def test_rejects_for_all_fields_on_another_build_are_a_layout() -> None:
    reasons = ("filed: no date", "title: missing", "docket: missing") * 4
    assert cause(failing(REDESIGN), rows=0, rejects=12, checks="contract", reject_reasons=reasons) == "layout"


def test_values_that_drift_on_pages_of_the_same_build_are_values_and_else_a_layout() -> None:
    assert cause(failing(listing()), rows=12, checks="drift") == "values"
    assert cause(failing(REDESIGN), rows=12, checks="drift") == "layout"


def test_a_field_of_data_that_turned_empty_is_values() -> None:
    known = Known(Page(ADDRESS, b'[{"a": "one"}, {"a": "two"}]', "application/json"), ({"a": "one"}, {"a": "two"}))
    page = Page(ADDRESS, b'[{"b": "five"}, {"b": "four"}]', "application/json")
    usual = DayStats(rows=2, rejects=0, pages=1)
    assert cause(failing(page), rows=2, checks="coverage", known=(known,), usual=usual) == "values"


def test_a_body_that_broke_off_is_transient() -> None:
    text = KNOWN.page.text
    assert cause(failing(html(text[: len(text) // 2]))) == "transient"


def test_a_few_lost_pages_of_many_do_not_hide_what_is_wrong_with_the_others() -> None:
    captures = [failing(html(REDESIGN.text, f"{ADDRESS}?page={n}"), url=f"{ADDRESS}?page={n}") for n in range(20)]
    found = diagnose(facts(*captures, failing(None, 500, url=f"{ADDRESS}?page=21")))
    assert found.cause == "layout"
    assert "1 of 21 pages did not come" in found.because[-1]


def test_lost_pages_keep_a_day_from_being_quiet() -> None:
    addresses = [f"{ADDRESS}?page={n}" for n in range(20)]
    captures = [failing(html(listing(RECORDS[:3]).text, url), url=url) for url in addresses]
    lost = failing(None, 404, url=f"{ADDRESS}?page=21")
    assert cause(*captures, rows=60) == "quiet"
    assert cause(*captures, lost, rows=60) == "unknown"


def test_the_start_page_decides_for_those_that_hang_on_it() -> None:
    others = [failing(html(listing().text, f"{ADDRESS}/{n}"), url=f"{ADDRESS}/{n}") for n in range(3)]
    assert cause(failing(html(WALLS[0]), 403), *others) == "blocked"


def test_walls_and_missing_pages_on_one_day_go_to_a_person() -> None:
    captures = [failing(html(WALLS[0]), 403, url=f"{ADDRESS}/a"), failing(html("<p>Gone"), 404, url=f"{ADDRESS}/b")]
    assert cause(*captures) == "unknown"


def test_a_host_that_limits_and_fails_is_limited() -> None:
    page = html("<html><body>busy</body></html>")
    assert cause(failing(page, 429, url=f"{ADDRESS}/a"), failing(page, 502, url=f"{ADDRESS}/b")) == "limited"


def test_without_a_page_only_the_code_can_be_at_fault() -> None:
    assert cause(traceback=TRACEBACK, rows=None) == "code"
    assert cause(rows=None, checks="freshness") == "unknown"


def test_a_day_of_which_nothing_is_known_goes_to_a_person() -> None:
    assert cause(failing(listing()), known=(), stats=None, checks="", blueprint=None) == "unknown"


def test_every_class_has_signs_and_a_treatment_and_only_four_change_code() -> None:
    assert set(SIGNS) == set(TREATMENTS) == set(Class.__args__)  # type: ignore[attr-defined]
    assert {name for name, said in TREATMENTS.items() if "proved" in said} == REPAIRABLE


@given(
    text=st.text(alphabet="<>/abd= \"'!-{}[]0,:", max_size=80),
    status=st.sampled_from([None, 200, 204, 404, 429, 500]),
    rows=st.sampled_from([None, 0, 3]),
)
def test_any_page_has_a_diagnosis_and_nonsense_is_never_quiet(text: str, status: int | None, rows: int | None) -> None:
    found = diagnose(facts(failing(html(text), status), rows=rows))
    assert found.because
    assert found.cause != "quiet"
