"""The `Link` header of an answer names its next page, whatever else it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import Page
from lakehouse.fetcher.link_header import related, relation_of

URL = "https://api.example/v1/ships?page=2"


def following(header: str, body: bytes = b"[]") -> list[str]:
    """Give the addresses that a page's fetcher would follow."""
    return [request.url for request in Page(URL, body, link_header=header).links("header(next)")]


@pytest.mark.parametrize(
    "header",
    [
        '<https://api.example/v1/ships?page=3>; rel="next"',
        '<https://api.example/v1/ships?page=1>; rel="prev", <https://api.example/v1/ships?page=3>; rel="next"',
        "</v1/ships?page=3>;rel=next,</v1/ships?page=9>;rel=last",
        '<?page=3> ; title="a, <b>; \\" rel=last" ; REL="nofollow Next"',
        "<?page=3>; rel=next; rel=last, <?page=4>; rel=last; rel=next",
        "broken; <, <?page=3>; rel=next, <?page=4; rel=next",
        '<?page=1#top>; rel=next; anchor="/other", <?page=3#top>; rel=next',
    ],
)
def test_the_next_page_is_the_one_that_the_header_calls_so(header: str) -> None:
    assert following(header) == ["https://api.example/v1/ships?page=3"]


@pytest.mark.parametrize("header", ["", "next", '<?page=3>; rel="last"', "<?page=3>; rel=nextish", "<?page=3>", "<>;;"])
def test_a_header_that_names_no_next_page_leads_nowhere(header: str) -> None:
    assert following(header) == []


def test_it_leads_on_from_pages_of_every_kind_and_from_where_they_were_found() -> None:
    body = b"<base href='https://elsewhere.example/'><a href=a>x</a>"
    assert following("<?page=3>; rel=next", body) == ["https://api.example/v1/ships?page=3"]


@pytest.mark.parametrize("address", ["javascript:next()", "http://[", "\udc80"])
def test_an_address_that_is_none_is_left_out(address: str) -> None:
    assert following(f"<{address}>; rel=next, <?page=3>; rel=next") == ["https://api.example/v1/ships?page=3"]


@pytest.mark.parametrize("selector", ["header(next", "a header(next)", "items[*].url", "header()", "label(next)"])
def test_other_selectors_ask_for_nothing_in_the_header(selector: str) -> None:
    assert relation_of(selector) == ""


@given(header=st.text('<>;,="\\ ranelxt', max_size=200))
def test_any_header_is_read(header: str) -> None:
    assert all("<" not in address and ">" not in address for address in related(header, "next"))


@pytest.mark.parametrize("piece", ["<", "<a>;", '<a>;x="', "<a>;rel=next;", '";"', "<a>; "])
def test_a_hostile_header_is_read_at_once(piece: str) -> None:
    assert len(related(piece * 20_000, "next")) <= 100


names = st.text("abc/?=&", min_size=1, max_size=9)


@given(links=st.dictionaries(names, st.sampled_from(["next", "prev", "last"]), max_size=5))
def test_what_was_written_comes_back(links: dict[str, str]) -> None:
    header = ", ".join(f'<{address}>; rel="{relation}"' for address, relation in links.items())
    assert related(header, "prev") == [address for address, relation in links.items() if relation == "prev"]
