"""Blocks: the lists of a page that belong to its subject come before those around it, each list once."""

from __future__ import annotations

import pytest

from lakehouse.agents.scout.blocks import blocks
from tests.agents.scout.trees import page_of, tree_of

STEPS = ["Sand the handle with care.", "Oil the joint of the blade.", "Set the teeth one by one."]
PARTS = "".join(f"<li>{step}" for step in STEPS)


def found(body):
    return blocks(tree_of(page_of(body)))


def texts(body):
    return [block.texts for block in found(body)]


def test_a_list_of_the_subject_is_found_with_its_texts_in_order():
    best = found(f"<h1>Rip saw</h1><ul class=steps>{PARTS}</ul>")[0]
    assert (best.css, best.texts, best.name) == ("ul.steps li", STEPS, "ul.steps")


def test_the_css_of_a_block_finds_just_its_texts():
    page = page_of(f"<ul class=steps>{PARTS}</ul><ul class=tools><li>A fine flat file<li>A drop of good oil</ul>")
    for block in blocks(tree_of(page)):
        assert [node.text for node in page.select(block.css)] == block.texts


def test_two_names_of_one_list_are_one_block():
    assert texts(f"<div class=body><ul id=steps class=steps>{PARTS}</ul></div>").count(STEPS) == 1


@pytest.mark.parametrize(
    "around",
    ["<nav>{}</nav>", "<footer>{}</footer>", "<div class=related-posts>{}</div>", "<section id=comments>{}</section>"],
)
def test_what_stands_beside_the_subject_comes_after_it(around):
    other = "<ul class=more><li>Another saw that we like<li>A hammer for the shed<li>One more tool to see</ul>"
    assert texts(around.format(other) + f"<main><ul class=steps>{PARTS}</ul></main>")[0] == STEPS


def test_a_list_of_links_comes_after_one_of_text():
    links = "".join(f"<li><a href=/{number}>{step[::-1]}</a>" for number, step in enumerate(STEPS))
    assert texts(f"<ul class=links>{links}</ul><ul class=steps>{PARTS}</ul>")[0] == STEPS


@pytest.mark.parametrize(
    "body",
    [
        "<ul class=steps><li>Only one step is here to do</ul>",
        "<ul class=steps>" + "<li>The same words again" * 5 + "</ul>",
        "<ul class=steps><li>a<li>b<li>c</ul>",
        "<ul class=steps>" + "".join(f"<li>Step of number {number}" for number in range(90)) + "</ul>",
        "",
    ],
)
def test_single_repeated_tiny_and_endless_lists_are_no_blocks(body):
    assert found(body) == []


def test_ids_with_numbers_are_not_used():
    assert not any("4711" in block.css for block in found(f"<ul id=post-4711>{PARTS}</ul>"))
