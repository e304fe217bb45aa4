"""The site as a visitor and a crawler find it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import fromstring

import pytest
from protego import Protego

from lakehouse.demo.site import CATALOGUE, SOURCE_NAMES, DemoSite, FaultKind
from lakehouse.fetcher import Page
from tests.demo.ask import Said, ask
from tests.demo.crawl import plain

WALLS: list[FaultKind] = ["consent", "login", "challenge", "server_error", "not_found", "retry_after"]


def redesign(city: DemoSite, version: int) -> None:
    for source in SOURCE_NAMES:
        city.set_version(source, version)


def listed(city: DemoSite) -> list[str]:
    entries = [entry.first("loc") for entry in plain(f"{city.url}/sitemap.xml").sitemap()]
    return [loc.text.removeprefix(city.url) for loc in entries if loc]


def html_pages(city: DemoSite) -> Iterator[tuple[str, Said]]:
    for path in listed(city):
        said = ask(city, path)
        if said.headers["content-type"].startswith("text/html"):
            yield path, said


def faults_of_html(page: Page) -> list[str]:
    """Return what a page lacks that every page should have."""
    faults = []
    faults += ["no language"] if not page.html.attr("lang") else []
    faults += ["no title"] if not [title for title in page.select("title") if title.text] else []
    faults += ["not one h1"] if len(page.select("h1")) != 1 else []
    faults += ["not one main"] if len(page.select("main")) != 1 else []
    faults += ["an image without alt"] if page.select("img:not([alt])") else []
    faults += ["no viewport"] if not page.select("meta[name=viewport]") else []
    faults += ["a table without headers"] if page.select("table:not(:has(th[scope=col]))") else []
    ids = [node.text for node in page.select("[id]@id")]
    faults += ["an id twice"] if len(set(ids)) < len(ids) else []
    return faults


@pytest.mark.parametrize("version", [1, 2])
def test_every_page_of_the_sitemap_is_there_and_sound(city: DemoSite, version: int) -> None:
    redesign(city, version)
    pages = dict(html_pages(city))
    assert len(pages) > 100
    assert {path: said.status for path, said in pages.items() if said.status != 200} == {}
    assert {path: faults for path, said in pages.items() if (faults := faults_of_html(said.page))} == {}


@pytest.mark.parametrize("version", [1, 2])
def test_no_link_of_a_main_page_leads_nowhere(city: DemoSite, version: int) -> None:
    redesign(city, version)
    mains = [city.url + "/", *(city.url + CATALOGUE[name].dresses[version].home for name in SOURCE_NAMES)]
    links = {link.url for main in mains for link in plain(main).links("a[href]")}
    links |= {link.url for main in mains for link in plain(main).links("link[href], script[src]")}
    assert len(links) > 60
    assert [url for url in links if ask(city, url.removeprefix(city.url)).status != 200] == []


@pytest.mark.parametrize("kind", WALLS)
def test_walls_and_error_pages_are_sound(city: DemoSite, kind: FaultKind) -> None:
    city.fault("/opinions", kind)
    assert faults_of_html(ask(city, "/opinions").page) == []


def test_the_home_page_leads_to_every_source(city: DemoSite) -> None:
    home = ask(city, "/").page
    tiles = [node.text for node in home.select("a.tile@href")]
    assert tiles == [CATALOGUE[name].dresses[1].home for name in SOURCE_NAMES]
    assert all(CATALOGUE[name].title in home.html.text for name in SOURCE_NAMES)


def test_the_home_page_shows_the_day_and_the_latest_news(city: DemoSite) -> None:
    shown = ask(city, "/").page.html.text
    assert "Wednesday, 18 November 2026" in shown
    assert all(release["title"] in shown for release in city.records("news", city.day)[:3])


def test_robots_txt_lets_crawlers_in_and_keeps_them_off_the_staff_pages(city: DemoSite) -> None:
    robots = Protego.parse(ask(city, "/robots.txt").text)
    assert robots.can_fetch(f"{city.url}/opinions", "lakehouse")
    assert not robots.can_fetch(f"{city.url}/staff/", "lakehouse")
    assert not robots.can_fetch(f"{city.url}/_control/", "lakehouse")
    assert robots.crawl_delay("lakehouse") == 0
    assert list(robots.sitemaps) == [f"{city.url}/sitemap.xml"]


def test_the_disallowed_page_exists_all_the_same(city: DemoSite) -> None:
    assert ask(city, "/staff/").status == 200
    assert "/staff/" not in listed(city)


def test_the_sitemap_lists_every_source_with_its_details_once(city: DemoSite) -> None:
    paths = listed(city)
    assert len(set(paths)) == len(paths)
    assert sum(path.startswith("/inspections/") for path in paths) == 24
    assert {CATALOGUE[name].dresses[1].data for name in SOURCE_NAMES} <= set(paths)


def test_the_sitemap_is_sound_xml_of_the_standard_namespace(city: DemoSite) -> None:
    assert fromstring(ask(city, "/sitemap.xml").body).tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset"


@pytest.mark.parametrize("path", ["/favicon.ico", "/favicon.svg"])
def test_there_is_an_icon(city: DemoSite, path: str) -> None:
    said = ask(city, path)
    assert said.headers["content-type"] == "image/svg+xml"
    assert fromstring(said.body).tag.endswith("svg")


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/opinions?page=99", "/opinions?page=x", "/opinions/", "/inspections/none", "/news/none",
     "/documents/opinions/none", "/api/permits?cursor=!!", "/api/permits?cursor=YWJj", "/static/none.css",
     "/static/../portal.py", "/static/..%2Fportal.py", "/static/"],
)  # fmt: skip
def test_what_is_not_there_answers_404_with_the_menu(city: DemoSite, path: str) -> None:
    said = ask(city, path)
    assert said.status == 404
    assert said.page.select("nav.menu a")


def test_the_site_is_read_only(city: DemoSite) -> None:
    assert ask(city, "/opinions", method="POST").status == 405


def test_head_answers_without_a_body(city: DemoSite) -> None:
    said = ask(city, "/opinions", method="HEAD")
    assert (said.status, said.body) == (200, b"")
    assert said.headers["etag"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/opinions", "text/html; charset=utf-8"),
        ("/api/permits", "application/json"),
        ("/news/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/data/air-quality.csv", "text/csv; charset=utf-8"),
        ("/documents/fee-schedule.pdf", "application/pdf"),
        ("/static/v1.css", "text/css; charset=utf-8"),
        ("/static/departures_v1.js", "text/javascript; charset=utf-8"),
    ],
)
def test_every_answer_names_its_type(city: DemoSite, path: str, kind: str) -> None:
    assert ask(city, path).headers["content-type"] == kind


def test_names_with_marks_are_escaped(city: DemoSite) -> None:
    raw = ask(city, "/inspections").text
    assert "Anchor &amp; Ale" in raw
    assert "Anchor & Ale" in ask(city, "/inspections").page.html.text


def test_the_opinions_stand_on_three_pages_that_lead_to_one_another(city: DemoSite) -> None:
    pages = [ask(city, f"/opinions?page={number}").page for number in (1, 2, 3)]
    assert [len(page.select("a[rel=prev]")) for page in pages] == [0, 1, 1]
    assert [len(page.select("a[rel=next]")) for page in pages] == [1, 1, 0]
    assert sum(len(page.select("tbody tr")) for page in pages) == len(city.records("opinions", city.day))


def test_the_permits_go_on_until_there_is_no_cursor(city: DemoSite) -> None:
    answers = [ask(city, "/api/permits").json]
    while cursor := answers[-1]["meta"]["next_cursor"]:
        answers.append(ask(city, f"/api/permits?cursor={cursor}").json)
    assert len(answers) == 3
    assert sum(len(answer["data"]) for answer in answers) == len(city.records("permits", city.day))
    assert {answer["meta"]["total"] for answer in answers} == {len(city.records("permits", city.day))}


def test_two_sites_run_side_by_side_each_with_its_own_day(city: DemoSite) -> None:
    with DemoSite(day=city.day.replace(day=20)) as other:
        assert other.port != city.port
        assert ask(other, "/opinions").body != ask(city, "/opinions").body


def test_a_site_counts_what_it_answered(city: DemoSite) -> None:
    etag = ask(city, "/opinions").headers["etag"]
    ask(city, "/opinions", headers={"If-None-Match": etag})
    ask(city, "/nothing")
    assert city.answered == {("/opinions", 200): 1, ("/opinions", 304): 1, ("/nothing", 404): 1}


def test_a_port_in_use_raises_and_leaves_no_thread(city: DemoSite) -> None:
    import threading

    before = threading.active_count()
    with pytest.raises(OSError, match="in use"), DemoSite(port=city.port):
        pass
    assert threading.active_count() == before


def test_a_site_that_has_closed_answers_no_more() -> None:
    with DemoSite() as city:
        assert ask(city, "/").status == 200
    with pytest.raises(ConnectionRefusedError):
        ask(city, "/")
