"""Which answers are worth searching, without any network."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.look import page_of
from lakehouse.agents.scout.outcome import HINTS, check_outcome, notes_on
from lakehouse.errors import AgentError, NotFeasible
from lakehouse.web import Fetched


def fetched(
    body: bytes, status: int = 200, content_type: str = "text/html", redirects: tuple[str, ...] = ()
) -> Fetched:
    """Give an answer."""
    url = "https://a.example/"
    return Fetched(
        url,
        url,
        status,
        {"content-type": content_type},
        body,
        datetime(2026, 11, 20, tzinfo=UTC),
        5,
        redirects=redirects,
    )


def checked(answer: Fetched) -> None:
    """Check an answer with its page."""
    check_outcome(answer, page_of(answer))


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"<html><body><p>A page of words, that has something to say to people.</p></body></html>", "text/html"),
        (b'{"a": 1}', "application/octet-stream"),
        (b"a,b\n1,2\n", "application/vnd.ms-excel"[:15]),
        (b"%PDF-1.7 whatever", "application/octet-stream"),
        (b"id,name\r\n1,Alder\r\n", "application/octet-stream"),
        ("id;straße\n1;Ahorn\n".encode("latin-1"), "application/x-download"),
        ("a,b\n1,2\n".encode("utf-16"), "text/csv"),
        (b'{"items": [{"a": "x"}]}', "application/json"),
        (b"{broken", "application/json"),
        (b"<html><body><div id=root></div><script src=x></script></body></html>", "text/html"),
    ],
)
def test_what_may_hold_records_passes(body: bytes, content_type: str) -> None:
    answer = fetched(body, content_type=content_type)
    checked(answer)
    assert page_of(answer).body == body


def test_a_table_of_two_rows_is_something_and_an_empty_one_is_nothing() -> None:
    rows = "<tr><td>Oak</td><td>3.50</td></tr><tr><td>Elm</td><td>4.25</td></tr>"
    checked(fetched(f"<html><body><table>{rows}</table></body></html>".encode()))
    with pytest.raises(AgentError, match="nothing on this page"):
        checked(fetched(b"<html><body><table><tr><th>Name</th></tr></table></body></html>"))


def test_a_challenge_with_a_status_is_told_as_one() -> None:
    with pytest.raises(NotFeasible) as caught:
        checked(fetched(b"<html><body><form id=challenge><p>Wait</p></form></body></html>", 503))
    assert caught.value.reason == "challenge"
    assert "503" in caught.value.message


@given(
    st.binary(max_size=300),
    st.integers(200, 599),
    st.sampled_from(["", "text/html", "application/json", "image/png", "text/csv", "nonsense"]),
)
def test_any_answer_passes_or_is_refused_with_a_reason_and_a_hint(body: bytes, status: int, content_type: str) -> None:
    answer = fetched(body, status, content_type)
    error = refusal(answer)
    if error is None:
        assert status < 400
        assert all(note.message.endswith(".") for note in notes_on(answer, page_of(answer)))
    else:
        assert error.hint
        assert error.url == answer.url
        assert not isinstance(error, NotFeasible) or error.reason in HINTS


def refusal(answer: Fetched) -> AgentError | None:
    """Give the error that an answer is refused with."""
    try:
        checked(answer)
    except AgentError as error:
        return error
    return None
