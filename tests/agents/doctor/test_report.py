"""The report of an incident: what failed, why, what was tried, what to type next; and nothing that could run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from lakehouse.agents.doctor.incident import Diagnosis
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.agents.doctor.report import report_of
from lakehouse.agents.doctor.report_html import plain, render
from lakehouse.agents.doctor.treatment import Treatment, Verdict
from lakehouse.errors import RegistryError
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.agents.doctor.broken_books import BAD, GOOD, broken
from tests.books import fetcher, stock
from tests.little_site import LittleSite, html

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> \u202eevil"
LAYOUT = Diagnosis(cause="layout", because=("The page is whole.", EVIL), treatment="Find the rows anew.")
PROOF = {
    "verdict": "review",
    "proposals": [
        {"rung": "regions", "chance": 0.71, "records": 10, "measures": {"overlap": 0.6}},
        {"rung": "anchors", "chance": 0.2, "records": 3, "measures": {"overlap": 0.1}},
    ],
    "after": [{"title": EVIL, "price": "1.50", "day": BAD}],
}


@pytest.fixture
def incidents(lake: Lake, registry: Registry, site: LittleSite) -> Incidents:
    """Return the incidents of a source whose site was redesigned; one is open."""
    incidents = Incidents(lake, registry, "books")
    incidents.open(broken(lake, registry, site))
    return incidents


def tried(incidents: Incidents, verdict: Verdict, **changes) -> None:
    """Let an attempt on the open incident end with a verdict."""
    incidents.diagnosed("0001", LAYOUT)
    incidents.attempt(Treatment("books", "0001", LAYOUT, verdict, "regions", ("It is unsure.", EVIL), **changes))


def repaired(site: LittleSite) -> str:
    return fetcher(site).replace('"b"', '"strong"')


def test_it_tells_what_failed_since_when(incidents: Incidents, lake: Lake, registry: Registry) -> None:
    report = report_of(lake, registry, "books")
    assert (report.incident.days, report.incident.good_day, report.state) == ((BAD,), GOOD, "opened")
    assert [moment.kind for moment in report.timeline] == ["incident opened"]
    assert report.next == ("lakehouse fix books",)


def test_a_candidate_that_waits_is_shown_with_its_code(
    incidents: Incidents, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    staged = registry.stage("books", repaired(site), {}, {}, author="doctor")
    tried(incidents, "review", staged=staged.id, proof=PROOF)
    report = report_of(lake, registry, "books")
    assert report.next[0] == f"lakehouse approve books --candidate {staged.id}"
    assert '+            "title": text(row, "strong"),' in report.diff.splitlines()
    assert [candidate["rung"] for candidate in report.attempts[0].candidates] == ["regions", "anchors"]


def test_a_release_is_shown_with_what_it_changed(
    incidents: Incidents, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    made = registry.release(registry.stage("books", repaired(site), {}, {}), "The titles are elsewhere.")
    tried(incidents, "release", release=made.number)
    assert '+            "title": text(row, "strong"),' in report_of(lake, registry, "books").diff.splitlines()


def test_an_incident_that_is_over_points_to_the_status(incidents: Incidents, lake: Lake, registry: Registry) -> None:
    incidents.close("0001", "healed", "All checks pass.")
    report = report_of(lake, registry, "books", "0001")
    assert (report.state, report.next) == ("healed", ("lakehouse status books",))


def test_pages_stand_beside_each_other_by_address(
    incidents: Incidents, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    sides = report_of(lake, registry, "books").sides
    assert [side.address for side in sides] == [site.url("/books"), site.url("/books?p=2")]
    changed = [pair for pair in sides[0].pairs if pair.kind == "changed"]
    assert ("b  Book 1", "strong  Book 1") in [(pair.before.strip(), pair.after.strip()) for pair in changed]


def test_records_are_those_of_the_good_day_of_now_and_of_the_candidate(
    incidents: Incidents, lake: Lake, registry: Registry
) -> None:
    tried(incidents, "review", proof=PROOF)
    good, now, candidate = report_of(lake, registry, "books").records
    assert good.fields == ("title", "price", "url")
    assert good.rows[0][:2] == ("Book 1", "1.5")
    assert (now.rows, bool(now.note)) == ((), True)
    assert candidate.rows == ((EVIL, "1.50"),)


def test_a_source_without_incidents_says_so(lake: Lake, registry: Registry) -> None:
    with pytest.raises(RegistryError, match="books has had no incident"):
        report_of(lake, registry, "books")


def test_the_file_shows_hostile_text_as_text_and_loads_nothing(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    incidents = Incidents(lake, registry, "books")
    opened = broken(lake, registry, site)
    incidents.open(opened.model_copy(update={"error": EVIL, "traceback": EVIL, "notes": (EVIL,)}))
    tried(incidents, "refuse", proof=PROOF)
    text = render(report_of(lake, registry, "books"))
    tree = LexborHTMLParser(text)
    assert tree.css("script, img, a, link, iframe, form, object, [onerror], [onclick], [style]") == []
    (policy,) = tree.css("meta[http-equiv]")
    assert "default-src 'none'" in (policy.attributes["content"] or "")
    assert tree.body is not None
    assert tree.body.text().count("<script>alert(1)</script>") >= 6
    assert "\u202e" not in text


def test_hostile_pages_are_shown_as_text_too(lake: Lake, registry: Registry, site: LittleSite) -> None:
    stock(site)
    site.pages["/books?p=2"] = html("<p>&lt;script&gt;alert(3)&lt;/script&gt;</p><script>alert(4)</script>")
    Incidents(lake, registry, "books").open(broken(lake, registry, site))
    text = render(report_of(lake, registry, "books"))
    assert LexborHTMLParser(text).css("script") == []
    assert "alert(4)" not in text


def test_the_style_is_the_only_one_that_the_policy_lets_through(
    incidents: Incidents, lake: Lake, registry: Registry
) -> None:
    text = render(report_of(lake, registry, "books"))
    assert len(re.findall("sha256-", text)) == text.count("<style>") == 1
    assert "unsafe" not in text


def test_pictures_are_part_of_the_file(incidents: Incidents, lake: Lake, registry: Registry) -> None:
    name = lake.bodies.put(b"\x89PNG picture")
    opened = incidents.get("0001")
    incidents.close("0001", "closed", "Again.")
    failing = tuple(ref.model_copy(update={"screenshot": name}) for ref in opened.failing)
    incidents.open(opened.model_copy(update={"failing": failing}))
    assert 'src="data:image/png;base64,iVBORyBwaWN0dXJl"' in render(report_of(lake, registry, "books"))


@pytest.mark.slow
def test_a_browser_shows_the_file_and_asks_for_nothing(
    incidents: Incidents, lake: Lake, registry: Registry, tmp_path: Path
) -> None:
    from playwright.sync_api import sync_playwright

    from lakehouse.web.chromium import find_chromium

    tried(incidents, "review", proof=PROOF)
    file = tmp_path / "report.html"
    file.write_text(render(report_of(lake, registry, "books")))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium("", ""), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 400, "height": 800})
        said: list[str] = []
        page.on("request", lambda request: said.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(file.as_uri())
        width = page.evaluate("document.documentElement.scrollWidth")
        panel = page.evaluate("getComputedStyle(document.querySelector('.next code')).display")
        browser.close()
    assert said == [file.as_uri()]
    assert (width, panel) == (400, "block")


@given(st.text())
def test_no_mark_that_cannot_be_seen_is_left(text: str) -> None:
    shown = plain(text)
    assert shown == plain(shown)
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", shown)


def test_an_unknown_source_is_called_unknown(lake: Lake, registry: Registry) -> None:
    with pytest.raises(RegistryError, match='unknown source "nonsense"'):
        report_of(lake, registry, "nonsense")
