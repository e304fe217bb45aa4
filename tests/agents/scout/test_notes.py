"""What a person is told about an answer: its status, its charset, its letters, and that it holds nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.look import page_of
from lakehouse.agents.scout.outcome import HINTS, STATUSES, Note, check_outcome, notes_on
from lakehouse.errors import NotFeasible, NothingFound
from lakehouse.web import Fetched

PROSE = "<p>The ferry leaves at noon, and comes back in the evening with the mail.</p>"
HTML = "text/html; charset=utf-8"


def came(body: bytes | str, status: int = 200, kind: str = HTML, redirects: tuple[str, ...] = ()) -> Fetched:
    """Give an answer."""
    raw = body.encode() if isinstance(body, str) else body
    end = "https://a.example/end" if redirects else "https://a.example/"
    at = datetime(2026, 11, 20, tzinfo=UTC)
    return Fetched("https://a.example/", end, status, {"content-type": kind}, raw, at, 5, redirects=redirects)


def refused(answer: Fetched) -> NotFeasible:
    """Check an answer and give the refusal."""
    with pytest.raises(NotFeasible) as caught:
        check_outcome(answer, page_of(answer))
    return caught.value


def noted(answer: Fetched) -> list[Note]:
    """Give the notes on an answer."""
    return list(notes_on(answer, page_of(answer)))


@pytest.mark.parametrize("status", sorted(STATUSES))
def test_each_known_status_is_told_in_its_own_words(status: int) -> None:
    refusal = refused(came(PROSE, status))
    reason, message = STATUSES[status]
    assert refusal.reason == reason
    assert message in refusal.message
    assert str(status) in refusal.message
    assert refusal.hint == HINTS[reason]


@given(st.integers(400, 599).filter(lambda status: status not in STATUSES))
def test_any_other_status_is_the_sites_fault_or_a_refusal(status: int) -> None:
    assert refused(came(PROSE, status)).reason == ("broken" if status >= 500 else "refused")


def test_a_login_that_comes_as_refusal_is_told_as_a_login() -> None:
    form = "<html><body><h1>Members</h1><form><input type=password></form></body></html>"
    assert refused(came(form, 403)).reason == "login"


def test_a_missing_page_with_a_login_in_its_corner_is_missing() -> None:
    form = "<html><body><h1>Not here</h1><form><input type=password></form></body></html>"
    assert refused(came(form, 404)).reason == "missing"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\x1f\x8b\x08\x00" + bytes(20), "text/csv"),
        (b"GIF89a....", "image/gif"),
        (b"ID3\x04", "audio/mpeg"),
        (b"words\x00words", "text/plain"),
        (b"plain words of a font", "font/woff2"),
    ],
)
def test_files_that_hold_no_text_are_binary_whatever_they_say(body: bytes, kind: str) -> None:
    refusal = refused(came(body, kind=kind))
    assert refusal.reason == "binary"
    assert kind in refusal.message


@pytest.mark.parametrize("body", [b"", b"  \r\n\t ", b"\n"])
def test_an_answer_of_white_space_is_empty(body: bytes) -> None:
    answer = came(body)
    with pytest.raises(NothingFound, match="empty"):
        check_outcome(answer, page_of(answer))


@pytest.mark.parametrize("body", ["[]", "{}", '{"rows": []}', '{"total": 0, "rows": []}', "null", '{"a": {"b": ""}}'])
def test_json_that_holds_nothing_says_so(body: str) -> None:
    answer = came(body, kind="application/json")
    with pytest.raises(NothingFound, match="holds nothing"):
        check_outcome(answer, page_of(answer))


@pytest.mark.parametrize("body", ['{"error": "no such district"}', '{"rows": [{"n": "x"}]}', '{"reading": 7}', "[1]"])
def test_json_that_says_anything_passes(body: str) -> None:
    answer = came(body, kind="application/json")
    check_outcome(answer, page_of(answer))
    assert page_of(answer).is_json


def test_a_redirect_is_told_with_where_it_ends() -> None:
    [note] = noted(came(PROSE, redirects=("https://a.example/",)))
    assert note.kind == "redirect"
    assert "https://a.example/end" in note.message


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (PROSE, "text/html"),
        (f"<meta charset=utf-8><p>Fähre</p>{PROSE}", "text/html"),
        (f"<p>Fähre</p>{PROSE}", HTML),
        (b"\xef\xbb\xbf" + f"<p>Fähre</p>{PROSE}".encode(), "text/html"),
    ],
    ids=["plain letters", "said in the page", "said in the header", "a mark before the text"],
)
def test_a_charset_that_is_known_is_not_noted(body: bytes | str, kind: str) -> None:
    assert "charset" not in [note.kind for note in noted(came(body, kind=kind))]


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("Паром уходит в полдень и возвращается вечером", "Cyrillic"),
        ("Φεύγει μεσημέρι, γυρίζει βράδυ", "Greek"),
        ("渡轮中午出发傍晚带着邮件回来", "Chinese"),
        ("フェリーは正午に出て夕方に戻ります", "Japanese"),
        ("تغادر العبارة ظهرا وتعود مساء", "Arabic"),
        ("नाव दोपहर को जाती है", "Devanagari"),
    ],
)
def test_letters_that_names_cannot_have_are_noted(words: str, letters: str) -> None:
    [note] = noted(came(f"<html><body><p>{words}</p></body></html>"))
    assert note.kind == "script"
    assert letters in note.message
    assert ("right to left" in note.message) == (letters == "Arabic")


def test_accents_and_a_few_foreign_words_are_not_noted() -> None:
    assert noted(came(f"<html><body><p>Żółć, naïve, smörgåsbord: Δ</p>{PROSE}</body></html>")) == []
