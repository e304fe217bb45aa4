"""Data goes to stdout as any program reads it, and everything that is said to a person to stderr."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.cli.output import LONGEST_CELL, complain, print_json, print_rows, say

Capture = pytest.CaptureFixture[str]

plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=8,
)


@dataclass(frozen=True)
class Named:
    """Something with a name and a day."""

    name: str
    day: date


def printed(capsys: Capture, data: Any) -> Any:
    capsys.readouterr()
    print_json(data)
    return json.loads(capsys.readouterr().out)


def table(capsys: Capture, *rows: dict[str, Any], **options: str) -> list[str]:
    print_rows(rows, **options)
    return [line.strip() for line in capsys.readouterr().out.splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (date(2026, 11, 18), "2026-11-18"),
        (datetime(2026, 11, 18, 6, 30, tzinfo=UTC), "2026-11-18T06:30:00+00:00"),
        (Decimal("1.50"), "1.50"),
        (frozenset({"a"}), ["a"]),
        (("a", 1), ["a", 1]),
        (Named("books", date(2026, 11, 18)), {"name": "books", "day": "2026-11-18"}),
        ({"deep": [Named("a", date(2026, 1, 1))]}, {"deep": [{"name": "a", "day": "2026-01-01"}]}),
    ],
)
def test_values_that_json_does_not_know_are_written_as_a_program_expects_them(
    capsys: Capture, value: Any, read: Any
) -> None:
    assert printed(capsys, value) == read


def test_letters_of_any_script_are_written_as_they_are(capsys: Capture) -> None:
    print_json({"title": "Bücher 書籍"})
    assert "Bücher 書籍" in capsys.readouterr().out


def test_json_goes_to_stdout_alone_and_ends_its_line(capsys: Capture) -> None:
    print_json([])
    assert capsys.readouterr() == ("[]\n", "")


@given(data=plain_values)
def test_plain_data_is_read_back_as_it_was(data: Any) -> None:
    with redirect_stdout(StringIO()) as written:
        print_json(data)
    assert json.loads(written.getvalue()) == data


def test_a_table_has_the_names_of_the_first_row_and_a_line_for_each_row(capsys: Capture) -> None:
    head, _, *lines = table(capsys, {"title": "Dune", "price": 9}, {"title": "Emma", "price": None})
    assert head.split() == ["title", "price"]
    assert [line.split() for line in lines] == [["Dune", "9"], ["Emma"]]


def test_a_table_may_have_a_title(capsys: Capture) -> None:
    assert table(capsys, {"title": "x" * 30}, title="Books of today")[0] == "Books of today"


def test_numbers_stand_to_the_right_and_words_to_the_left(capsys: Capture) -> None:
    print_rows([{"number": 7, "wording": "x"}])
    line = capsys.readouterr().out.splitlines()[-2]
    assert line.rstrip().endswith("7   x")
    assert line.startswith("       7")


def test_without_rows_it_is_said_that_there_are_none_and_stdout_stays_empty(capsys: Capture) -> None:
    print_rows([])
    print_rows(iter(()), empty="No books yet.")
    assert capsys.readouterr() == ("", "Nothing to show.\nNo books yet.\n")


def test_a_generator_of_rows_is_as_good_as_a_list(capsys: Capture) -> None:
    print_rows({"n": number} for number in (1, 2))
    assert capsys.readouterr().out.split()[-2:] == ["1", "2"]


@pytest.mark.parametrize("written", ["[bold]loud[/bold]", "[/]", "[link=http://evil.example]x[/link]", ":smile:"])
def test_markup_in_a_value_is_shown_and_not_obeyed(capsys: Capture, written: str) -> None:
    assert written in table(capsys, {"a": written})[-1]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("two\nlines", "two lines"),
        ({"a": Decimal("1.5")}, '{"a": "1.5"}'),
        ([1, "é"], '[1, "é"]'),
        (False, "False"),
        (date(2026, 11, 18), "2026-11-18"),
    ],
)
def test_a_value_takes_one_line(capsys: Capture, value: Any, shown: str) -> None:
    assert table(capsys, {"a": value})[-1] == shown


def test_a_long_value_is_cut_with_a_sign(capsys: Capture) -> None:
    shown = table(capsys, {"a": "x" * 500})[-1]
    assert shown == "x" * (LONGEST_CELL - 1) + "…"


def test_what_a_person_likes_to_know_goes_to_stderr_without_markup(capsys: Capture) -> None:
    say("Fetched [3] pages of [bold]books[/bold].")
    assert capsys.readouterr() == ("", "Fetched [3] pages of [bold]books[/bold].\n")


def test_an_error_is_one_line_on_stderr_however_long_it_is(capsys: Capture) -> None:
    sentence = "[a] " + "word " * 100 + "end."
    complain(sentence)
    assert capsys.readouterr() == ("", f"Error: {sentence}\n")


def test_a_table_is_not_squeezed_where_nobody_watches(capsys: Capture) -> None:
    values = {f"column_{number}": "y" * 20 for number in range(9)}
    assert table(capsys, values)[-1].split() == ["y" * 20] * 9
