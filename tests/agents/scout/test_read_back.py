"""By example: lists of every build, with any values, are found whole and read back exactly from three of their rows."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.extract import extract
from lakehouse.agents.scout import induce
from tests.agents.scout.trees import page_of

WORDS = st.text(alphabet="bcdfghklmnprstvw", min_size=4, max_size=9).map(str.title)
NAMES = st.builds("{} {}".format, WORDS, WORDS)
TOOLS = st.lists(
    st.tuples(NAMES, NAMES, st.integers(100, 9999)),
    min_size=4,
    max_size=9,
    unique_by=(lambda tool: tool[0], lambda tool: tool[1], lambda tool: tool[2]),
).filter(lambda tools: not {name for name, _, _ in tools} & {maker for _, maker, _ in tools})
FEW = settings(max_examples=12, suppress_health_check=[HealthCheck.filter_too_much])


def table(tools):
    rows = "".join(f"<tr><td>{name}</td><td>{maker}</td><td>T-{number}</td></tr>" for name, maker, number in tools)
    return page_of(f"<h1>Tools</h1><table><tr><th>Name<th>Maker<th>Number</tr>{rows}</table>")


def cards(tools):
    found = "".join(
        f"<div class=card><h3>{name}</h3><p class=maker>{maker}</p><p class=number>T-{number}</p></div>"
        for name, maker, number in tools
    )
    return page_of(f"<ul class=menu><li>Home<li>About<li>Help</ul><div class=shelf>{found}</div>")


def definitions(tools):
    found = "".join(f"<dt>{name}</dt><dd>{maker}</dd><dd>T-{number}</dd>" for name, maker, number in tools)
    return page_of(f"<h1>Tools</h1><dl>{found}</dl>")


def headings(tools):
    found = "".join(f"<h2>{name}</h2><p>{maker}</p><p>T-{number}</p>" for name, maker, number in tools)
    return page_of(f"<div class=text><h1>Tools</h1>{found}</div>")


def records_of(tools):
    return [{"name": name, "maker": maker, "number": f"T-{number}"} for name, maker, number in tools]


@pytest.mark.parametrize("build", [table, cards, definitions, headings])
@FEW
@given(TOOLS)
def test_three_rows_are_enough_for_all(build, tools):
    page, records = build(tools), records_of(tools)
    assert extract(induce(page, records[:3]), page) == records


@pytest.mark.parametrize("build", [table, cards, definitions, headings])
@FEW
@given(TOOLS, st.randoms(use_true_random=False))
def test_it_does_not_matter_which_three_rows_were_shown(build, tools, random):
    page, records = build(tools), records_of(tools)
    assert extract(induce(page, random.sample(records, 3)), page) == records


@pytest.mark.parametrize("build", [table, cards, definitions, headings])
@FEW
@given(TOOLS, TOOLS)
def test_what_was_learned_reads_other_values_of_the_same_build(build, shown, later):
    blueprint = induce(build(shown), records_of(shown)[:3])
    assert extract(blueprint, build(later)) == records_of(later)


@FEW
@given(TOOLS)
def test_a_blueprint_that_was_stored_reads_the_same(tools):
    page = cards(tools)
    blueprint = induce(page, records_of(tools)[:3])
    stored = Blueprint.model_validate_json(blueprint.model_dump_json())
    assert stored == blueprint
    assert extract(stored, page) == extract(blueprint, page)
