"""A source is written as a person would write it, and read back as it was."""

from __future__ import annotations

from hypothesis import given

from lakehouse.source import Source, dump_source, load_source
from tests.source.strategies import sources

TEXT = """\
name: opinions
start: https://courts.example.gov/opinions
cadence: '*/30 * * * *'
first_day: 2026-01-31
owners: [anna@example.org]

limits:
  max_bytes: 5 MB

contract:
  key: [docket]
  fields:
    title: text
    docket: {type: text, required: true, pattern: \\d+-cv-\\d+}
    fee: {type: money, minimum: 0}
"""


@given(sources())
def test_what_is_written_is_read_back_as_it_was(source: Source) -> None:
    assert load_source(dump_source(source)) == source


@given(sources())
def test_writing_twice_changes_nothing(source: Source) -> None:
    once = dump_source(source)
    assert dump_source(load_source(once)) == once


def test_a_source_is_written_as_a_person_would() -> None:
    assert dump_source(load_source(TEXT)) == TEXT


def test_defaults_are_left_out() -> None:
    text = "name: a\nstart: https://a.org\n\ncontract:\n  fields:\n    a: text\n"
    assert dump_source(load_source(text + "cadence: daily\npoliteness: {delay: 1.0}\n")) == text
