"""Where a page leaves off: what covers it, what its scripts would bring, what it says of its rights."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.barriers import LITTLE, barriers, length_of, own_text, wall
from lakehouse.agents.scout.rights import LONGEST, MOST, licences, terms_link
from lakehouse.agents.scout.scripted import needs_script
from lakehouse.fetcher import Page
from tests.agents.scout.formats.answers import answer

LOGIN = "<form action=/in><input type=password name=p><button>Sign in</button></form>"
CONSENT = "<div role=dialog class=cookies><p>May we?</p><button>Yes</button><button>No</button></div>"
SENTENCE = "The ferry leaves at noon and comes back with the mail. "


def page(body: str, head: str = "") -> Page:
    """Give a page of HTML."""
    return Page(
        "https://a.example/x/",
        f"<html><head>{head}</head><body>{body}</body></html>".encode(),
        "text/html; charset=utf-8",
    )


def words(length: int) -> str:
    """Give a paragraph of at least so many characters."""
    return f"<p>{SENTENCE * (1 + length // len(SENTENCE))}</p>"


@pytest.mark.parametrize("barrier", [LOGIN, CONSENT], ids=["login", "consent"])
def test_enough_text_beside_it_makes_a_barrier_no_wall(barrier: str) -> None:
    assert wall(page(barrier + words(LITTLE // 4))) is not None
    assert wall(page(barrier + words(LITTLE))) is None


def test_a_page_may_have_several_barriers_and_walls_come_first() -> None:
    found = barriers(page(f"{words(LITTLE)}<table>{'<tr><td>1' * 9}</table>{LOGIN}{CONSENT}"))
    assert [barrier.kind for barrier in found] == ["login", "consent"]
    assert not any(barrier.is_wall for barrier in found)
    both = barriers(page(f"<h1>Hello</h1>{LOGIN}{CONSENT}"))
    assert [barrier.is_wall for barrier in both] == sorted((barrier.is_wall for barrier in both), reverse=True)
    assert both[0].is_wall


def test_a_question_without_a_choice_asks_for_no_consent() -> None:
    assert barriers(page("<div role=dialog class=cookies><p>This site uses cookies.</p></div>")) == []


def test_links_to_go_on_with_make_a_reload_harmless() -> None:
    refresh = "<meta http-equiv=refresh content=60>"
    assert wall(page("<p>Wait</p>", refresh)) == "challenge"
    assert barriers(page("".join(f"<a href=/{n}>Line {n}</a>" for n in range(9)), refresh)) == []


def test_the_length_of_nested_parts_is_counted_once() -> None:
    nested = page("<section>one<section>two</section></section><section>six</section>")
    assert length_of(nested, "section") == len("one two") + len("six")
    assert length_of(nested, "article") == 0


def test_the_text_of_a_page_is_that_of_its_body() -> None:
    assert own_text(page("<p>Ferry</p>", "<title>Lines</title>")).strip() == "Ferry"


@given(st.text(max_size=200))
def test_any_text_is_judged_without_a_fault(text: str) -> None:
    found = page(text)
    assert wall(found) in (None, "login", "challenge", "consent")
    assert not needs_script(found, rows=0)
    assert len(licences(found)) <= MOST


SHELL = "<div id=root></div><script src=/app.js></script>"


@pytest.mark.parametrize(("rows", "needed"), [(0, True), (2, True), (3, False), (50, False)])
def test_rows_that_are_there_make_scripts_needless(rows: int, needed: bool) -> None:
    assert needs_script(page(SHELL), rows) is needed


def test_what_stands_on_every_page_of_a_site_does_not_fill_a_shell() -> None:
    furniture = f"<header>{words(900)}</header><nav>{words(900)}</nav><footer>{words(900)}</footer>"
    assert needs_script(page(furniture + SHELL), rows=0)
    assert not needs_script(page(words(900) + SHELL), rows=0)


def test_an_empty_main_part_is_a_shell_whatever_stands_around_it() -> None:
    assert needs_script(page(f"{words(900)}<main></main><script src=/a.js></script>"), rows=0)


def test_rendering_that_adds_next_to_nothing_was_not_needed() -> None:
    raw = page(f"{words(300)}<script>count()</script>")
    assert not needs_script(raw, rows=0, rendered=page(f"{words(300)}<p>7 visits</p><script>count()</script>"))
    assert not needs_script(page(SHELL), rows=0, rendered=page(f"<div id=root>{words(900)}</div>"))
    grown = "".join(f"<article><h2>{n}</h2>{words(60)}</article>" for n in range(9))
    assert needs_script(page(SHELL), rows=0, rendered=page(f"<div id=root>{grown}</div>"))


def test_a_declared_relation_comes_before_words_and_words_before_addresses() -> None:
    by_address, by_words = "<a href=/legal>Small print</a>", "<a href=/use>Terms of use</a>"
    declared = "<a rel=terms-of-service href=/tos-2>here</a>"
    assert terms_link(page(by_address)) == "https://a.example/legal"
    assert terms_link(page(by_address + by_words)) == "https://a.example/use"
    assert terms_link(page(by_address + by_words + declared)) == "https://a.example/tos-2"


def test_a_relative_link_to_the_terms_is_whole_by_the_pages_base() -> None:
    assert terms_link(page("<a href=terms.html>Terms</a>")) == "https://a.example/x/terms.html"
    based = page("<a href=terms.html>Terms</a>", "<base href=https://b.example/y/>")
    assert terms_link(based) == "https://b.example/y/terms.html"


def test_a_licence_that_is_said_twice_is_told_once() -> None:
    link = "<a rel=license href=https://l.example/by>CC BY</a>"
    assert licences(page(link * 3)) == ("https://l.example/by",)


def test_licences_are_few_and_short() -> None:
    many = "".join(f"<a rel=license href=https://l.example/{n}>x</a>" for n in range(MOST + 4))
    assert licences(page(many)) == tuple(f"https://l.example/{n}" for n in range(MOST))
    long = page("", f'<meta name="rights" content="{SENTENCE * 9}">')
    assert [len(hint) for hint in licences(long)] == [LONGEST]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"url": "https://l.example/0"}, "https://l.example/0"),
        ({"@id": "https://l.example/by"}, "https://l.example/by"),
        ({"name": "Open Data"}, "Open Data"),
        ("Public domain", "Public domain"),
    ],
)
def test_a_licence_may_be_words_or_an_object(said: object, expected: str) -> None:
    assert licences(answer({"info": {"License": said}, "rows": [1, 2]})) == (expected,)
    linked = f"<script type='application/ld+json'>{json.dumps({'@type': 'Dataset', 'license': said})}</script>"
    assert licences(page(linked)) == (expected,)


def test_a_licence_far_below_is_not_that_of_the_page() -> None:
    deep: object = {"license": "of one part"}
    for _ in range(6):
        deep = {"part": deep}
    assert licences(answer(deep)) == ()
