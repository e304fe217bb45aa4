"""Faults on demand: each does what its name says, where it was asked for, and no longer."""

from __future__ import annotations

from http.client import IncompleteRead
from urllib.request import Request, urlopen

import pytest

from lakehouse.demo.site import FAULT_KINDS, FIRST_DAY, DemoSite, FaultKind, SourceName
from lakehouse.demo.site.state import Fault
from tests.demo.ask import ask
from tests.demo.crawl import crawl, plain

STATUSES: dict[FaultKind, int] = {
    "retry_after": 429,
    "consent": 200,
    "server_error": 500,
    "login": 200,
    "challenge": 403,
    "slow": 200,
    "empty": 200,
    "not_found": 404,
    "moved": 301,
}


@pytest.mark.parametrize("kind", [kind for kind in FAULT_KINDS if kind != "truncated"])
def test_a_fault_answers_with_its_status(city: DemoSite, kind: FaultKind) -> None:
    city.fault("/opinions", kind, seconds=0)
    assert ask(city, "/opinions").status == STATUSES[kind]


@pytest.mark.parametrize("kind", FAULT_KINDS)
def test_a_fault_is_over_when_it_is_cleared(city: DemoSite, kind: FaultKind) -> None:
    before = ask(city, "/opinions")
    city.fault("/opinions", kind)
    city.clear_fault("/opinions")
    assert ask(city, "/opinions").body == before.body


@pytest.mark.parametrize("kind", ["consent", "login", "challenge", "server_error", "not_found", "retry_after", "empty"])
def test_a_fault_takes_the_records_away(city: DemoSite, kind: FaultKind) -> None:
    city.fault("/opinions", kind)
    assert "Lindqvist" not in ask(city, "/opinions").text


def test_a_fault_leaves_other_pages_alone(city: DemoSite) -> None:
    city.fault("/opinions", "server_error")
    assert ask(city, "/inspections").status == 200
    assert ask(city, "/opinions").status == 500
    assert ask(city, "/opinions?page=2").status == 500


def test_a_fault_with_a_star_strikes_all_pages_below(city: DemoSite) -> None:
    city.fault("/inspections/*", "not_found")
    detail = next(plain(f"{city.url}/inspections").links("ul.places a")).url.removeprefix(city.url)
    assert ask(city, "/inspections").status == 200
    assert ask(city, detail).status == 404


def test_a_fault_can_pass_after_a_number_of_requests(city: DemoSite) -> None:
    city.fault("/opinions", "retry_after", times=2)
    assert [ask(city, "/opinions").status for _ in range(3)] == [429, 429, 200]
    assert city.state.setting.faults == ()


def test_a_later_fault_of_a_path_takes_the_place_of_the_earlier(city: DemoSite) -> None:
    city.fault("/opinions", "server_error")
    city.fault("/opinions", "consent")
    assert ask(city, "/opinions").status == 200
    assert len(city.state.setting.faults) == 1


@pytest.mark.parametrize(("seconds", "header"), [(0, "0"), (2, "2"), (1.5, "2")])
def test_too_many_requests_tells_in_whole_seconds_when_to_come_again(
    city: DemoSite, seconds: float, header: str
) -> None:
    city.fault("/api/permits", "retry_after", seconds=seconds)
    said = ask(city, "/api/permits")
    assert said.status == 429
    assert said.headers["retry-after"] == header


def test_a_consent_wall_is_a_whole_page_that_asks_about_cookies(city: DemoSite) -> None:
    city.fault("/opinions", "consent")
    said = ask(city, "/opinions")
    assert "cookies" in said.text
    assert said.page.select("form button")


def test_a_login_wall_asks_for_a_password(city: DemoSite) -> None:
    city.fault("/opinions", "login")
    assert ask(city, "/opinions").page.select("input[type=password]")


def test_a_challenge_wants_proof_of_being_human(city: DemoSite) -> None:
    city.fault("/opinions", "challenge")
    assert "verify that you are human" in ask(city, "/opinions").text


def test_a_moved_page_leads_home(city: DemoSite) -> None:
    city.fault("/opinions", "moved")
    assert ask(city, "/opinions").headers["location"] == "/"


def test_an_empty_page_is_whole_and_says_that_there_is_nothing(city: DemoSite) -> None:
    city.fault("/opinions", "empty")
    said = ask(city, "/opinions")
    assert "No opinions were found" in said.text
    assert said.text.rstrip().endswith("</html>")
    assert crawl(city.fetcher_code("opinions"), plain) == []


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("source", ["inspections", "permits", "news", "air", "departures"])
def test_every_kind_of_page_can_be_empty(city: DemoSite, source: SourceName, version: int) -> None:
    city.set_version(source, version)
    path = city.start_url(source).removeprefix(city.url)
    city.fault(path, "empty")
    assert ask(city, path).status == 200


@pytest.mark.parametrize("version", [1, 2])
def test_an_empty_fee_schedule_is_still_a_pdf(city: DemoSite, version: int) -> None:
    city.set_version("fees", version)
    city.fault("/documents/fee-schedule.pdf", "empty")
    assert ask(city, "/documents/fee-schedule.pdf").body.startswith(b"%PDF-")


@pytest.mark.parametrize("path", ["/opinions", "/api/permits", "/documents/fee-schedule.pdf", "/data/air-quality.csv"])
def test_a_truncated_body_ends_before_its_promised_length(city: DemoSite, path: str) -> None:
    whole = ask(city, path).body
    city.fault(path, "truncated")
    with pytest.raises(IncompleteRead) as caught:
        ask(city, path)
    assert 0 < len(caught.value.partial) < len(whole)
    assert whole.startswith(caught.value.partial)


def test_a_slow_page_comes_too_late_for_the_impatient(city: DemoSite) -> None:
    city.fault("/opinions", "slow", seconds=30)
    with pytest.raises(TimeoutError), urlopen(Request(f"{city.url}/opinions"), timeout=0.2) as answer:
        answer.read()


def test_a_slow_page_is_the_page_itself(city: DemoSite) -> None:
    city.fault("/opinions", "slow", seconds=0)
    assert crawl(city.fetcher_code("opinions"), plain) == city.records("opinions", FIRST_DAY)


def test_a_faulty_answer_carries_no_validators(city: DemoSite) -> None:
    etag = ask(city, "/opinions").headers["etag"]
    city.fault("/opinions", "server_error")
    said = ask(city, "/opinions", headers={"If-None-Match": etag})
    assert said.status == 500
    assert "etag" not in said.headers


@pytest.mark.parametrize(
    ("pattern", "path", "strikes"),
    [
        ("/a", "/a", True),
        ("/a", "/a/b", False),
        ("/a", "/ab", False),
        ("/a/*", "/a/b", True),
        ("/a/*", "/a", False),
        ("/*", "/anything", True),
    ],
)
def test_a_fault_knows_its_paths(pattern: str, path: str, strikes: bool) -> None:
    assert Fault(pattern, "slow").strikes(path) is strikes
