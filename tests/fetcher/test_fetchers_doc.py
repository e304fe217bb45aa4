"""Every example of docs/fetchers.md runs, and gives what the page says."""

import doctest
import re
from pathlib import Path

import pytest

import lakehouse.fetcher as language
from lakehouse.fetcher import Page
from lakehouse.fetcher.months import NAMES

DOC = (Path(__file__).parents[2] / "docs" / "fetchers.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TYPES = {
    "html": ("https://courts.example/opinions", "text/html"),
    "json": ("https://courts.example/api", "application/json"),
    "csv": ("https://courts.example/list.csv", "text/csv"),
}


def run_examples(names):
    """Run the blocks in order: pages become `page`, modules are executed, sessions are compared."""
    runner = doctest.DocTestRunner()
    for number, (kind, code) in enumerate(BLOCK.findall(DOC)):
        if kind in TYPES:
            url, content_type = TYPES[kind]
            names["page"] = Page(url, code.encode(), content_type)
        elif ">>>" in code:
            session = doctest.DocTestParser().get_doctest(code, names, f"fetchers.md block {number}", None, None)
            runner.run(session, clear_globs=False)
            names.update(session.globs)
        else:
            exec(compile(code, "fetchers.md", "exec"), names)
    return runner.summarize(verbose=False)


def test_every_example_gives_what_the_page_says(capsys):
    results = run_examples({})
    assert results.failed == 0, capsys.readouterr().out
    assert results.attempted >= 15


@pytest.mark.parametrize("name", [n for n in language.__all__ if n[0].islower() and n != "warm"])
def test_every_reader_is_described(name):
    assert f"| `{name}` |" in DOC


@pytest.mark.parametrize("name", [n for n in vars(Page) if n[0] != "_" and callable(getattr(Page, n))])
def test_every_form_of_a_page_is_described(name):
    assert f"`page.{name}(" in DOC


def test_every_locale_is_named():
    assert " ".join(sorted(NAMES)) in DOC
