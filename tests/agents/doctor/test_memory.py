"""A repair that worked on one site is offered to the others of its platform, told in their own fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.doctor.doctor import Doctor
from lakehouse.agents.doctor.evidence import gather
from lakehouse.agents.doctor.fingerprint import NEAR, SAME, Fingerprint, fingerprint_of, nearness, stem
from lakehouse.agents.doctor.memory import ROOT, Build, Remembered, recall, remember
from lakehouse.agents.doctor.memory_rung import remembering
from lakehouse.agents.doctor.settling import settle
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.engine import fetch_day, parse_day
from lakehouse.fetcher.page import Page
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.agents.doctor.board import SITES, Site, after, before, plan, source_yaml
from tests.little_site import LittleSite, html

DAYS = [f"2026-01-0{n}" for n in range(1, 5)]
ONE, OTHER = SITES


def open_board(lake: Lake, web: LittleSite, site: Site) -> Registry:
    """Register a board, release its fetcher, and give it two good days."""
    registry, blueprint = Registry(lake), plan(site, web)
    registry.register(source_yaml(site, web))
    staged = registry.stage(
        site.name, fetcher_code(blueprint, site.name), blueprint.model_dump(mode="json"), {"rows": 1}
    )
    registry.release(staged, "test")
    for number, day in enumerate(DAYS[:2]):
        show(web, site, before(site, number))
        fetch_day(lake, registry, site.name, day)
        assert parse_day(lake, registry, site.name, day).passed
    return registry


def show(web: LittleSite, site: Site, page: str) -> None:
    web.pages[f"/{site.name}"] = html(page)


def heal(lake: Lake, web: LittleSite, registry: Registry, site: Site) -> Treatment:
    """Let a board be built anew, and the doctor treat it and parse the day again."""
    show(web, site, after(site, 2))
    fetch_day(lake, registry, site.name, DAYS[2])
    assert not parse_day(lake, registry, site.name, DAYS[2]).passed
    doctor = Doctor(lake, registry)
    incident = doctor.open(site.name, trigger="checks", day=DAYS[2])
    assert incident is not None
    treatment = doctor.treat(incident)
    if treatment.release:
        parse_day(lake, registry, site.name, DAYS[2])
        doctor.settle(site.name)
    return treatment


def test_the_second_site_of_a_platform_is_healed_from_memory(lake: Lake, site: LittleSite) -> None:
    first, second = open_board(lake, site, ONE), open_board(lake, site, OTHER)
    one = heal(lake, site, first, ONE)
    assert one.verdict == "release"
    assert one.method != "remembered"
    other = heal(lake, site, second, OTHER)
    assert (other.verdict, other.method) == ("release", "remembered")
    rows = lake.table(f"silver/{OTHER.name}").read([DAYS[2]]).sort("_row")
    assert rows[OTHER.fields[0]].to_list() == [OTHER.title(n) for n in range(2, 14)]
    assert second.audit(OTHER.name)[-1].kind == "healed"


def test_what_is_remembered_holds_nothing_that_a_page_says(lake: Lake, site: LittleSite) -> None:
    registry = open_board(lake, site, ONE)
    key = mend(lake, site, registry, ONE)
    assert key is not None
    kept = b"".join(lake.objects.get(each) for each in lake.objects.list(ROOT)).decode()
    assert Remembered.model_validate_json(lake.objects.get(key)).new.rows.selector in kept
    for said in (ONE.title(2), ONE.title(2).split()[0], site.url(), ONE.motto):
        assert said not in kept


def mend(lake: Lake, web: LittleSite, registry: Registry, site: Site) -> str | None:
    """Release by hand what reads a board built anew, and remember it."""
    show(web, site, after(site, 2))
    fetch_day(lake, registry, site.name, DAYS[2])
    parse_day(lake, registry, site.name, DAYS[2])
    incident = gather(lake, registry, site.name, "checks", DAYS[2])
    new = plan(site, web, anew=True)
    registry.release(registry.stage(site.name, fetcher_code(new, site.name), new.model_dump(mode="json"), {}), "test")
    return remember(lake, registry, incident)


def test_the_same_repair_is_kept_once(lake: Lake, site: LittleSite) -> None:
    registry = open_board(lake, site, ONE)
    key = mend(lake, site, registry, ONE)
    kept = sorted(lake.objects.list(ROOT))
    incident = gather(lake, registry, ONE.name, "checks", DAYS[2]).model_copy(update={"release": 1})
    assert remember(lake, registry, incident) == key
    assert sorted(lake.objects.list(ROOT)) == kept
    assert len(kept) == 2


def test_nothing_is_remembered_where_the_code_did_not_change(lake: Lake, site: LittleSite) -> None:
    registry = open_board(lake, site, ONE)
    assert remember(lake, registry, gather(lake, registry, ONE.name, "checks", DAYS[1])) is None
    assert settle(lake, registry, ONE.name) is None
    assert lake.objects.list(ROOT) == []


def test_an_empty_memory_offers_nothing(lake: Lake) -> None:
    found = fingerprint_of(Page("https://a.example/", before(ONE, 0).encode(), "text/html"))
    assert found is not None
    assert list(recall(lake, found)) == []
    assert remembering(lake).__name__ == "remembered"


def test_hashed_class_names_differ_and_the_platform_is_the_same() -> None:
    one, other = (fingerprint_of(Page("https://a.example/", after(s, 2).encode(), "text/html")) for s in SITES)
    old = fingerprint_of(Page("https://a.example/", before(ONE, 2).encode(), "text/html"))
    assert one
    assert other
    assert old
    assert nearness(one, other) >= SAME
    assert nearness(one, old) < NEAR


def test_another_generator_is_another_platform() -> None:
    one = Fingerprint(generator="wordpress", words=("a", "b", "c", "d"), shapes=("x",))
    assert nearness(one, one.model_copy(update={"generator": "drupal"})) == 0
    assert nearness(one, one.model_copy(update={"generator": ""})) == 1


def test_pages_that_are_no_html_have_no_fingerprint() -> None:
    assert fingerprint_of(Page("https://a.example/", b'{"a": 1}', "application/json")) is None


def test_a_fingerprint_takes_no_version_and_no_sentence_from_the_generator() -> None:
    page = Page(
        "https://a.example/", b'<html><meta name="generator" content="Joomla! 4.2.1 - buy now"><p>x', "text/html"
    )
    found = fingerprint_of(page)
    assert found is not None
    assert found.generator == "joomla!"


@pytest.mark.parametrize(
    ("name", "kept"),
    [("Card_title__x7Kq2", "card-title"), ("css-1q2w3e", ""), ("job-card", "job-card"), ("a8f3e", ""), ("", "")],
)
def test_a_class_name_loses_what_a_tool_made(name: str, kept: str) -> None:
    assert stem(name) == kept


WORDS = st.lists(st.sampled_from("abcdefghij"), unique=True).map(tuple)
PRINTS = st.builds(Fingerprint, generator=st.sampled_from(["", "x", "y"]), words=WORDS, shapes=WORDS)


@given(PRINTS, PRINTS)
def test_nearness_is_a_share_and_the_same_both_ways(one: Fingerprint, other: Fingerprint) -> None:
    assert 0 <= nearness(one, other) == nearness(other, one) <= 1
    assert one.key == Fingerprint.model_validate_json(one.model_dump_json()).key


def test_words_that_values_were_cut_by_are_not_kept() -> None:
    fields = (FieldPlan(name="a", options={"after": "Price of Book", "order": "DMY", "pattern": "{CODE}"}),)
    whole = Blueprint(kind="listing", start="https://a.example/", rows=Rows(form="select"), fields=fields)
    assert Build.of(whole).fields[0].options == {"order": "DMY", "pattern": "{CODE}"}
