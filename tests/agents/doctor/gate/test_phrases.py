"""Phrases: pages of one site put the same words side by side, whatever they are built of."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.gate.identity import UNKNOWN, known_domains
from lakehouse.agents.doctor.gate.phrases import known_phrases
from lakehouse.fetcher import Page

SAID = "Harbour Council publishes building permits every Monday morning for North Quay and Salt Meadow"
OTHER = "Recipes from grandmother: slow roasted peppers with garlic, lemon zest and toasted almonds"


def page(body: str) -> Page:
    return Page("https://harbour.example/", body.encode())


def test_a_page_that_says_the_same_in_another_build_is_known() -> None:
    before, after = page(f"<html><p>{SAID}</p></html>"), page(f"<html><div><b>{SAID}</b></div></html>")
    assert known_phrases(before, after) > 0.9


def test_a_page_about_something_else_is_not() -> None:
    assert known_phrases(page(f"<html><p>{SAID}</p></html>"), page(f"<html><p>{OTHER}</p></html>")) == 0.0


def test_what_a_script_does_is_not_what_a_page_says() -> None:
    body = "<html><script>{}</script><p>{}</p></html>"
    assert known_phrases(page(body.format(SAID, OTHER)), page(body.format(SAID, SAID.swapcase()[::-1]))) == 0.0


def test_data_is_known_by_its_texts_and_by_its_keys() -> None:
    markup, texts = page(f"<html><p>{SAID}</p></html>"), page(json.dumps([{"a": SAID}]))
    assert known_phrases(markup, texts) > 0.9
    one, other = ({"permitHolders": {"streetNumber": number, "houseOwner": None}} for number in (1, 2))
    assert known_phrases(page(json.dumps(one)), page(json.dumps(other))) > 0.9


def test_a_page_that_names_no_domain_says_nothing_against_another() -> None:
    linking = page('<html><a href="https://elsewhere.example.com/x">x</a></html>')
    assert known_domains(page("<html><p>nothing</p></html>"), linking) == UNKNOWN


markup = st.text("<>/ab {}[]\":,'script", max_size=80).map(page)


@given(markup, markup)
def test_it_is_mutual_and_between_0_and_1_for_any_page(one: Page, other: Page) -> None:
    assert 0.0 <= known_phrases(one, other) <= 1.0
    assert known_phrases(one, other) == known_phrases(other, one)
