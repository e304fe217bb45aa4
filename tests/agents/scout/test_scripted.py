"""Whether a page needs its scripts."""

from __future__ import annotations

import pytest

from lakehouse.agents.scout.scripted import needs_script
from lakehouse.fetcher import Page
from tests.agents.scout.listings import listing

SHELL = '<html><body><div id="root"></div><script src="/app.js"></script></body></html>'


def page(markup: str) -> Page:
    """Give a page of HTML."""
    return Page("https://a.example/", markup.encode(), "text/html")


@pytest.mark.parametrize(
    "markup",
    [
        SHELL,
        '<html><body><main></main><nav>Home</nav><script src="/a.js"></script></body></html>',
        "<body><noscript>Please enable JavaScript.</noscript><div class=x></div><script>start()</script></body>",
    ],
)
def test_a_shell_without_records_needs_them(markup: str) -> None:
    assert needs_script(page(markup), rows=0)


def test_the_heads_of_an_empty_table_are_no_records() -> None:
    shell = page("<table><tr><th>Line<th>Due</table><noscript>This needs JavaScript.</noscript><script>fill()</script>")
    assert needs_script(shell, rows=2)


def test_a_page_with_records_does_not() -> None:
    assert not needs_script(page(SHELL), rows=5)
    assert not needs_script(listing(range(1, 30), "<script src=/x.js></script>"), rows=29)


def test_a_page_without_scripts_and_json_do_not() -> None:
    assert not needs_script(page("<html><body><p>Nothing</body></html>"), rows=0)
    assert not needs_script(Page("https://a.example/", b'{"script": 1}'), rows=0)


def test_a_text_without_records_is_no_shell() -> None:
    assert not needs_script(
        page(f"<html><body><p>{'Words and words. ' * 60}</p><script></script></body></html>"), rows=0
    )


def test_the_rendered_page_tells_for_sure() -> None:
    assert needs_script(page(SHELL), rows=0, rendered=listing(range(1, 30)))
    assert needs_script(page(SHELL), rows=1, rendered=listing(range(1, 30)))
    full = listing(range(1, 30), "<script></script>")
    assert not needs_script(full, rows=0, rendered=full)
