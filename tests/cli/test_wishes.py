"""Examples and lists of addresses are read as a person writes them, or refused with what is wanted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.cli.add import _listed, _record
from lakehouse.errors import SettingsError

readable = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.dictionaries(readable, readable, max_size=4))
def test_an_object_of_texts_is_an_example(record: dict[str, str]) -> None:
    assert _record(json.dumps(record)) == record


@pytest.mark.parametrize("text", ["", "title: Dune", '{"title": "Dune"', "{'title': 'Dune'}"])
def test_an_example_that_is_no_json_is_refused_with_the_reason(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="the example is no JSON: "):
        _record(text)


@pytest.mark.parametrize(
    "text", ["[]", '"Dune"', "null", "7", '{"price": 9.5}', '{"tags": ["a"]}', '{"a": {"b": "c"}}', '{"a": null}']
)
def test_an_example_holds_nothing_but_texts(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="an example is an object of texts"):
        _record(text)


def test_without_a_file_there_is_no_list() -> None:
    assert _listed(None) == []


def test_blank_lines_and_remarks_of_a_list_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("# mine\n\n  https://a.example/x#part  \r\n\t# https://b.example\nhttps://c.example", "utf-8")
    assert _listed(file) == ["https://a.example/x#part", "https://c.example"]


@pytest.mark.parametrize("body", [None, b"https://a.example/\xff"])
def test_a_list_that_cannot_be_read_is_named(tmp_path: Path, body: bytes | None) -> None:
    file = tmp_path / "list.txt"
    if body is not None:
        file.write_bytes(body)
    with pytest.raises(SettingsError, match=r"list\.txt cannot be read: "):
        _listed(file)
