"""What a blueprint reads in process and what its generated fetcher reads are one and the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.builder.fit import MOST_LINES, fit
from lakehouse.agents.extract import extract
from lakehouse.agents.scout import induce, scout
from tests.agents.scout import pages

BUILDS = [pages.table, pages.cards, pages.framed, pages.headed, pages.broken, pages.grouped]
WORDS = st.text(alphabet="abcdefghij", min_size=3, max_size=9).map(str.title)
BOOKS = st.lists(
    st.builds(
        lambda title, day, code: {"title": title, "day": f"May {day}, 2024", "code": f"X-{code}", "url": f"/b/{code}"},
        st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
        st.integers(1, 31),
        st.integers(100, 999),
    ),
    min_size=4,
    max_size=8,
).filter(lambda books: len(books) % 2 == 0)


def parsed(blueprint, page):
    module = {}
    exec(compile(fetcher_code(blueprint, "books"), "fetcher.py", "exec"), module)
    return list(module["parse"](page))


@pytest.mark.parametrize("build", [*BUILDS, pages.entity], ids=lambda build: build.__name__)
def test_the_fetcher_of_a_finding_gives_the_records_of_its_blueprint(build):
    page = build()
    blueprint = fit(scout(page), page)
    assert parsed(blueprint, page) == extract(blueprint, page)
    assert len(fetcher_code(blueprint, "books").splitlines()) <= MOST_LINES


@given(books=BOOKS, build=st.sampled_from(BUILDS))
@settings(max_examples=25, deadline=None)
def test_that_holds_for_any_books_learned_from_examples(books, build):
    page = build(books)
    blueprint = fit(induce(page, books[:3]), page)
    assert parsed(blueprint, page) == extract(blueprint, page)
