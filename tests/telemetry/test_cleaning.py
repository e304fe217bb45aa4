"""Cleaning: no secret passes, and ordinary words do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.telemetry.cleaning import LONGEST, Cleaner

SECRETS = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=8, max_size=40)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://user:pw@a.example/b?page=2", "https://***@a.example/b?page=2"),
        ("https://a.example/?api_key=abcd&page=2", "https://a.example/?api_key=***&page=2"),
        ("https://a.example/?X-Amz-Signature=00ff&x=1", "https://a.example/?X-Amz-Signature=***&x=1"),
        ("Authorization: Bearer abc.def.ghi-123", "Authorization: ***"),
        ("sent Bearer abc.def.ghi-123 along", "sent Bearer *** along"),
        ('{"password": "hunter22"}', '{"password": "***"}'),
        ("access_token: abcdefgh", "access_token: ***"),
    ],
)
def test_what_looks_like_a_secret_is_hidden(text: str, shown: str) -> None:
    assert Cleaner().clean(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/turkey/monkey?page=2&year=2021",
        "unique key: docket",
        "3 tokens were read: fine",
        "ValueError: 12 of 30 rows have no date",
        "passages about signs and authors",
    ],
)
def test_ordinary_words_are_shown(text: str) -> None:
    assert Cleaner().clean(text) == text


@given(SECRETS, st.text(max_size=50), st.text(max_size=50))
def test_a_secret_of_the_environment_is_hidden_wherever_it_stands(secret: str, before: str, after: str) -> None:
    cleaner = Cleaner.of({"SOME_API_KEY": secret, "HOME": "/home/somebody", "A_TOKEN": "short"})
    assert secret not in cleaner.clean(f"{before}{secret}{after}")


@given(st.text(max_size=3 * LONGEST))
def test_a_text_becomes_one_short_line(text: str) -> None:
    line = Cleaner().clean(text)
    assert len(line) <= LONGEST
    assert line.splitlines() in ([], [line])


def test_only_variables_that_are_named_like_secrets_are_looked_for() -> None:
    assert Cleaner.of({"HOME": "/home/somebody", "DB_PASSWORD": "correct horse"}).secrets == ("correct horse",)
