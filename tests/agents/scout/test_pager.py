"""What leads from a page of HTML to the next one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Follow, Turn
from lakehouse.agents.scout.page_numbers import numbered
from lakehouse.agents.scout.pager import MOST, html_turns
from lakehouse.agents.scout.turn import next_address
from tests.agents.scout.listings import START, listing

SECOND = "https://a.example/list/2"


def reached(pager: str, url: str = START) -> list[str | None]:
    """Give where the proposals for a page with this pager lead."""
    page = listing(range(1, 6), pager, url)
    return [next_address(page, follow) for follow in html_turns(page)]


@pytest.mark.parametrize(
    "pager",
    [
        '<a rel="next" href="/list/2">more</a>',
        '<link rel="next" href="/list/2">',
        '<a aria-label="Next page" href="/list/2"><svg></svg></a>',
        '<a title="Go to next page" href="/list/2"></a>',
        '<li class="next"><a href="/list/2">*</a></li>',
        '<a class="btn-next" href="/list/2">*</a>',
        '<a href="/list/2"><i class="icon-next"></i></a>',
        '<a href="/list/2">Next →</a>',
        '<a href="/list/2">»</a>',
        '<a href="/list/2">Weiter</a>',
        '<a href="/list/2">次へ</a>',
        '<a href="/list/2">Older</a>',
        '<p><strong>1</strong> <a href="/list/2">2</a> <a href="/list/3">3</a></p>',
        '<ul class="pages"><li><span aria-current="page">1</span></li><li><a href="/list/2">2</a></li></ul>',
        '<div><a class="page active" href="/list">1</a><a class="page" href="/list/2">2</a></div>',
    ],
)
def test_the_next_page_is_found(pager: str) -> None:
    assert reached(pager)[:1] == [SECOND]


def test_in_the_middle_the_number_after_the_current_one_is_next() -> None:
    links = [f'<li><a href="/list/{number}">{number}</a></li>' for number in (1, 3, 4)]
    pager = f'<ul>{links[0]}<li class="active"><span>2</span></li>{links[1]}{links[2]}</ul>'
    assert reached(pager, SECOND)[0] == "https://a.example/list/3"


@pytest.mark.parametrize(
    "pager",
    [
        "",
        '<a href="/about">About us</a>',
        '<a rel="next" href="https://elsewhere.example/list/2">more</a>',
        '<a class="next" href="#slide-2">→</a>',
        '<a class="next" href="javascript:void(0)">Next</a>',
        '<a rel="prev" href="/list/0">Back</a>',
    ],
)
def test_what_leads_nowhere_is_no_next_page(pager: str) -> None:
    assert reached(pager) == []


@pytest.mark.parametrize(
    ("url", "links", "turn"),
    [
        (START, ["?page=2", "?page=3", "?page=9"], Turn(parameter="page", step=1, first=1)),
        (START, ["?start=20", "?start=40"], Turn(parameter="start", step=20, first=0)),
        (f"{START}?q=x&page=4", ["?q=x&page=3", "?q=x&page=5"], Turn(parameter="page", step=1, first=4)),
    ],
)
def test_a_parameter_that_grows_from_link_to_link_can_be_counted(url: str, links: list[str], turn: Turn) -> None:
    page = listing(range(1, 6), "".join(f'<a href="{link}">x</a>' for link in links), url)
    assert turn in [follow.turn for follow in html_turns(page)]


def test_parameters_that_choose_something_else_are_no_pages() -> None:
    assert reached('<a href="?year=2023">2023</a><a href="?year=2024">2024</a><a href="?sort=2">by name</a>') == []


def test_numbers_of_pages_are_told_from_other_numbers() -> None:
    pager = '<nav><a href="/list/2">2</a><a href="/list/3">3</a><a href="/list/40">40</a></nav>'
    years = '<p><a href="/y/2021">2021</a><a href="/y/2019">2019</a></p>'
    assert sorted(numbered(listing(range(1, 4), pager + years))) == [2, 3, 40]
    assert numbered(listing(range(1, 4), years)) == {}


WRAPS = [
    ("{}", "{}"),
    ("<ul>{}</ul>", "<li>{}</li>"),
    ("<nav><ol class=pager>{}</ol></nav>", "<li class=item>{}</li>"),
    ("<div class=pages>{}</div>", "<span>{}</span>"),
]
MARKS = ["<strong>{}</strong>", "<span aria-current=page>{}</span>", "<em class=current>{}</em>", "<b>{}</b>"]


@given(st.integers(1, 6), st.integers(2, 4), st.sampled_from(WRAPS), st.sampled_from(MARKS))
def test_in_any_numbered_list_the_number_after_the_current_one_is_next(
    current: int, more: int, wrap: tuple[str, str], mark: str
) -> None:
    entries = [mark.format(n) if n == current else f'<a href="/list/{n}">{n}</a>' for n in range(1, current + more + 1)]
    pager = f"<div>{wrap[0].format(' '.join(wrap[1].format(entry) for entry in entries))}</div>"
    page = listing(range(1, 6), pager, f"https://a.example/list/{current}")
    found = html_turns(page)
    assert len(found) <= MOST
    assert f"https://a.example/list/{current + 1}" in [next_address(page, follow) for follow in found]


@pytest.mark.parametrize(
    "own", ["/list/2", "https://a.example/list/2", "?page=2"], ids=["a path", "a whole address", "a query"]
)
def test_a_link_of_another_host_before_it_does_not_hide_the_next_page(own: str) -> None:
    pager = f'<a class="next" href="https://ads.example/next">Buy</a><a class="next" href="{own}">more</a>'
    found = reached(pager)
    assert found[:1] == ["https://a.example/list?page=2" if own.startswith("?") else SECOND]
    assert not any(address and "ads.example" in address for address in found)


def test_a_link_of_another_host_alone_is_no_next_page() -> None:
    assert reached('<a class="next" href="https://ads.example/next">Buy</a>') == []


@pytest.mark.parametrize(
    ("entry", "mark"),
    [
        ('<li class="step{}"><a href="{}">{}</a></li>', "li.here + li a"),
        ('<li><a class="step{}" href="{}">{}</a></li>', "li:has(.here) + li a"),
        ('<a class="step{}" href="{}">{}</a>', "a.here + a"),
    ],
    ids=["on the entry", "on the link in it", "on the link alone"],
)
def test_after_a_redirect_the_number_that_looks_otherwise_is_that_of_this_page(entry: str, mark: str) -> None:
    entries = [entry.format(" here" if n == 1 else "", f"/list/{n}" if n > 1 else "/list", n) for n in range(1, 5)]
    page = listing(range(1, 6), f"<ol>{''.join(entries)}</ol>", "https://a.example/list/1")
    assert html_turns(page)[0] == Follow(next_page=mark)
    assert next_address(page, html_turns(page)[0]) == SECOND


@pytest.mark.parametrize(("pager", "css"), [
    ('<ol class="steps">{}</ol>', "ol.steps a"),
    ('<div id="paging">{}</div>', "#paging a"),
    ("<p>{}</p>", 'a[href^="/list/page/"]'),
])  # fmt: skip
def test_where_no_number_is_marked_all_are_followed(pager: str, css: str) -> None:
    entries = " ".join(f'<a href="/list/page/{n}/">{n}</a>' for n in range(1, 5))
    page = listing(range(1, 6), pager.format(entries), "https://a.example/list")
    assert html_turns(page) == [Follow(next_page=css)]


def test_years_are_no_pages_to_follow_all_of() -> None:
    years = "".join(f'<a href="/list/{year}">{year}</a> ' for year in range(2019, 2025))
    assert reached(f'<p class="years">{years}</p>') == []


def test_the_first_and_the_last_number_are_not_taken_for_that_of_this_page() -> None:
    names = ("first", "", "", "step-last")
    entries = [f'<li class="step {name}"><a href="/list/{n}">{n}</a></li>' for n, name in enumerate(names, 1)]
    found = html_turns(listing(range(1, 6), f"<ol>{''.join(entries)}</ol>", SECOND))
    assert [follow.next_page for follow in found] == ["li.step a"]
