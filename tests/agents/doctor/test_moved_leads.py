"""The pages of a site tell where another one may have gone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.moved_leads import Lost, leads_from, likeness
from lakehouse.fetcher import Page
from tests.agents.doctor.diagnosis.registry_pages import ADDRESS, KNOWN, framed, html

LOST = Lost(ADDRESS, [KNOWN])
FEED = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>Decisions</title><link>https://registry.example/court</link>"
    "<item><title>One</title></item></channel></rss>"
)


def test_a_page_is_known_by_its_title_its_heading_and_the_links_to_it() -> None:
    known = Known(framed("<h1>Rulings</h1>"), ())
    assert Lost(ADDRESS, [known]).names == ["Decisions", "Rulings"]


def test_a_link_that_says_the_name_comes_first_and_the_old_address_never() -> None:
    page = html(
        f"<html><body><a href=/fees>Fees</a><a href={ADDRESS}>Decisions</a><a href=/n>Decisions</a></body></html>"
    )
    assert [lead.url for lead in leads_from(page, LOST)] == ["https://registry.example/n"]


def test_files_of_the_design_and_other_schemes_are_no_leads() -> None:
    page = html(
        "<html><body><a href=/decisions.css>Decisions</a><a href='mailto:decisions@x.example'>Decisions</a>"
        "<a href='javascript:decisions()'>Decisions</a><a href='http://[decisions'>Decisions</a></body></html>"
    )
    assert leads_from(page, LOST) == []


def test_a_feed_is_looked_for_where_pages_name_feeds() -> None:
    lost = Lost("https://registry.example/rss/decisions.xml", [Known(Page(ADDRESS, FEED.encode()), ())])
    page = html("<html><head><link rel=alternate type=application/atom+xml href=/f.atom></head><body>x</body></html>")
    assert leads_from(page, lost)[0].url == "https://registry.example/f.atom"
    assert "https://registry.example/court" in [lead.url for lead in lost.hubs()]


def test_the_pages_above_an_address_are_asked() -> None:
    lost = Lost("https://a.example/x/y/z?page=2", [])
    assert [lead.url for lead in lost.hubs()] == ["https://a.example/x/y", "https://a.example/x", "https://a.example/"]


def test_names_are_alike_by_their_words_in_any_language() -> None:
    assert likeness("Court opinions", "Opinions of the Court") == 0.5
    assert likeness("Решения суда", "решения  СУДА!") == 1.0
    assert likeness("", "Court") == 0.0


@given(st.text(alphabet="<>a/hrefb= \"'?#:[]&;lokd", max_size=120))
def test_no_page_breaks_the_search(text: str) -> None:
    for lead in leads_from(html(f"<html><a href='{text}'>Decisions</a>{text}</html>"), LOST):
        assert lead.url.startswith("http")
        assert 0 < lead.promise <= 1
