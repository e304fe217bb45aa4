"""Walls and soft errors are told by their build, in any language, with and without a known page beside them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.challenge import challenge
from lakehouse.agents.doctor.diagnosis.consent import consent
from lakehouse.agents.doctor.diagnosis.login import login
from lakehouse.agents.doctor.diagnosis.quiet import declared_empty
from lakehouse.agents.doctor.diagnosis.sight import Sight
from lakehouse.agents.doctor.diagnosis.soft_404 import soft_404
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
from tests.agents.doctor.diagnosis.walls import CHALLENGES, CONSENTS, LOGINS, NEED_THE_KNOWN_PAGE, SOFT_404

Detector = Callable[[Sight], str | None]
DETECTORS: list[Detector] = [challenge, login, consent, soft_404]
PAGES = [
    (detector, name, text)
    for detector, group in ((challenge, CHALLENGES), (login, LOGINS), (consent, CONSENTS), (soft_404, SOFT_404))
    for name, text in group.items()
]
BESIDE = {
    "a box to log in": "<form action=/login method=post><input name=u><input type=password name=p><button>In</form>",
    "a banner": "<div role=dialog class=cookie-banner>We use cookies.<button>Yes</button><button>No</button></div>",
    "a puzzle in a form": "<form action=/write><textarea></textarea><div data-sitekey=x></div><button>Send</form>",
    "a link to log in": "<p><a href='/auth/login?returnUrl=/decisions'>Log in for copies</a></p>",
}


def seen(text: str, known: Known | None) -> list[str]:
    """Give the names of the detectors that see something, in the order in which the diagnosis asks them."""
    sight = Sight(html(text), known, ADDRESS, 200)
    return [detector.__name__ for detector in DETECTORS if detector(sight)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("detector", "name", "text"), PAGES, ids=[name for _, name, _ in PAGES])
def test_what_stands_in_the_place_of_the_records_is_seen_beside_the_known_page(
    detector: Detector, name: str, text: str
) -> None:
    assert name
    assert seen(text, KNOWN)[:1] == [detector.__name__]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("detector", "name", "text"), PAGES, ids=[name for _, name, _ in PAGES])
def test_most_of_it_is_seen_without_a_known_page_too(detector: Detector, name: str, text: str) -> None:
    expected = [] if name in NEED_THE_KNOWN_PAGE else [detector.__name__]  # type: ignore[attr-defined]
    assert seen(text, None)[:1] == expected


@pytest.mark.parametrize("text", [text for _, _, text in PAGES], ids=[name for _, name, _ in PAGES])
def test_no_wall_and_no_error_page_is_taken_for_an_empty_day(text: str) -> None:
    assert declared_empty(html(text), KNOWN) is None


@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE)
@pytest.mark.parametrize("known", [KNOWN, None], ids=["known", "alone"])
def test_the_same_things_beside_the_records_are_no_wall(beside: str, known: Known | None) -> None:
    assert seen(listing(below=beside).text, known) == []
    assert seen(listing(RECORDS[:5], below=beside).text, known) == []


@pytest.mark.parametrize("page", [*EMPTY.values(), *SILENT.values()], ids=[*EMPTY, *SILENT])
def test_an_empty_day_is_no_wall_and_no_error_page(page: object) -> None:
    assert seen(page.text, KNOWN) == []  # type: ignore[attr-defined]


def test_a_redesign_with_a_banner_and_a_box_to_log_in_is_no_wall() -> None:
    cards = "".join(f"<article><h3>Case {n} of another year</h3><p>2031-0{n}</p></article>" for n in range(1, 9))
    assert seen(framed(f"{INTRO}{cards}{''.join(BESIDE.values())}").text, KNOWN) == []


def test_a_page_whose_whole_body_lies_in_one_form_is_no_wall() -> None:
    page = framed(
        f"<form action=/default.aspx><input type=password hidden>{listing().text}<div data-sitekey=q></div></form>"
    )
    assert seen(page.text, None) == []


@pytest.mark.parametrize(
    ("headers", "detector"),
    [({"x-edge-action": "challenge"}, challenge), ({"cf-mitigated": "challenge"}, challenge),
     ({"www-authenticate": "Basic realm=x"}, login)],
)  # fmt: skip
def test_headers_speak_of_walls_too(headers: dict[str, str], detector: Detector) -> None:
    assert detector(Sight(html("<p>No."), None, ADDRESS, 403, headers))


def test_a_redirect_to_a_login_is_a_login() -> None:
    page = html(
        "<html><body><form><input name=q></form></body></html>", "https://id.example/login?returnUrl=%2Fdecisions"
    )
    assert login(Sight(page, KNOWN, ADDRESS, 200))


def test_the_page_for_an_address_that_cannot_exist_gives_a_soft_error_away() -> None:
    page = framed("<h1>Decisions</h1><p>Browse our collections.</p>")
    sight = Sight(page, KNOWN, ADDRESS, 200)
    assert soft_404(sight) is None
    assert soft_404(Sight(page, KNOWN, ADDRESS, 200, nonsense=page))


@pytest.mark.parametrize(
    ("body", "is_error"),
    [(b'{"error": "not found", "status": 404}', True), (b'{"errors": {"code": 3}}', True),
     (b'{"error": null, "items": [{"id": 1}]}', False), (b'{"items": []}', False), (b'{"error"', False)],
)  # fmt: skip
def test_an_object_that_tells_of_an_error_is_a_soft_error(body: bytes, is_error: bool) -> None:
    from lakehouse.fetcher import Page

    assert bool(soft_404(Sight(Page("https://a.example/api", body, "application/json")))) is is_error


@pytest.mark.parametrize("page", EMPTY.values(), ids=EMPTY)
def test_a_page_that_says_that_there_is_nothing_is_quiet(page: object) -> None:
    assert declared_empty(page, KNOWN)  # type: ignore[arg-type]


@pytest.mark.parametrize("page", [*LOST.values(), *SILENT.values(), listing()], ids=[*LOST, *SILENT, "the known page"])
def test_a_page_that_lost_its_records_or_says_nothing_is_not_quiet(page: object) -> None:
    assert declared_empty(page, KNOWN) is None  # type: ignore[arg-type]
