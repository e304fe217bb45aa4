"""What a model that fails does to the door: tries again where that helps, and then leaves it alone."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, repeat
from pathlib import Path

import pytest

from lakehouse.errors import AnswerUnusable, ModelError, ModelUnavailable
from lakehouse.lake import Lake
from lakehouse.llm.failure import retry_after
from tests.llm.doors import QUICK, Count, count, door_to
from tests.llm.scripted import Answer, Fails, HangsUp, Raw, Says, Scripted, endless, malformed
from tests.raw_site import RawSite, ok
from tests.telemetry.recorded import envelopes, recorder

EMPTY = Raw(lambda: iter([b'{"choices": []}']))
"""JSON without an answer in it, for both protocols."""

pytestmark = pytest.mark.usefixtures("litellm_loaded")


@pytest.fixture
def nobody() -> Iterator[str]:
    """Return an address where nobody listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


@pytest.mark.parametrize("passing", [Fails(429), Fails(500), Fails(503), malformed(), EMPTY, HangsUp()])
def test_what_passes_is_tried_again(tmp_path: Path, protocol: str, passing: Answer) -> None:
    with Scripted([passing, passing, Says({"n": 3})]) as server:
        assert door_to(server, tmp_path, protocol).ask(count(), Count, source="books") == Count(n=3)
        assert len(server.asked) == 3


def test_what_does_not_pass_is_given_up(tmp_path: Path, protocol: str) -> None:
    with Scripted([Fails(503)]) as server:
        with pytest.raises(ModelUnavailable, match=r"^went on without .*: it has too much to do\. Check"):
            door_to(server, tmp_path, protocol).ask(count(), Count, source="books")
        assert len(server.asked) == 3


def test_a_pause_that_the_server_asks_for_is_made(tmp_path: Path, protocol: str) -> None:
    with Scripted([Fails(429, retry_after="1"), Says({"n": 3})]) as server:
        began = time.monotonic()
        door_to(server, tmp_path, protocol).ask(count(), Count, source="books")
        assert time.monotonic() - began >= 1.0


def test_a_pause_that_is_too_long_shuts_the_door_instead(tmp_path: Path, protocol: str) -> None:
    with Scripted([Fails(429, retry_after="600")]) as server:
        door = door_to(server, tmp_path, protocol)
        with pytest.raises(ModelUnavailable):
            door.ask(count(), Count, source="books")
        assert len(server.asked) == 1
        assert not door.is_open()


@pytest.mark.parametrize(
    ("status", "why"),
    [(401, "the key is missing or refused"), (403, "may not use it"), (404, "no such model")],
)
def test_what_will_not_get_better_shuts_the_door_at_once(tmp_path: Path, protocol: str, status: int, why: str) -> None:
    with Scripted([Fails(status), Says({"n": 3})]) as server:
        door = door_to(server, tmp_path, protocol)
        for _ in range(2):
            with pytest.raises(ModelUnavailable, match=why):
                door.ask(count(), Count, source="books")
        assert len(server.asked) == 1
        assert why in door.why_shut()


def test_a_question_that_is_refused_leaves_the_door_open(tmp_path: Path, protocol: str) -> None:
    with Scripted([Fails(400), Says({"n": 3})]) as server:
        door = door_to(server, tmp_path, protocol)
        with pytest.raises(AnswerUnusable, match="refused the question with status 400"):
            door.ask(count(), Count, source="books")
        assert door.ask(count(), Count, source="books") == Count(n=3)


@pytest.mark.parametrize(
    ("provider", "why"),
    [
        ("openai", "OPENAI_API_KEY is not set"),
        ("anthropic", "ANTHROPIC_API_KEY is not set"),
        ("nobody-of-this-name", "litellm knows no provider of this name"),
    ],
)
def test_what_is_set_up_wrongly_is_told_before_anything_is_sent(
    tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch, provider: str, why: str
) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    door = door_to("", tmp_path, provider)
    with recorder(lake, tmp_path).run("doctor", "books"), pytest.raises(ModelUnavailable, match=why):
        door.ask(count(), Count, source="books")
    assert not door.is_open()
    assert envelopes(lake)[0].calls == ()


def test_nobody_there_is_known_to_every_door_for_a_while(tmp_path: Path, protocol: str, nobody: str) -> None:
    with pytest.raises(ModelUnavailable, match="nobody answers there"):
        door_to(nobody, tmp_path, protocol).ask(count(), Count, source="books")
    other = door_to(nobody, tmp_path, protocol)
    assert not other.is_open()
    assert "\n" not in other.why_shut()
    assert door_to("http://127.0.0.1:9", tmp_path, protocol).is_open()


def test_an_answer_without_an_end_is_cut_off_by_its_size(tmp_path: Path, protocol: str) -> None:
    with Scripted([endless()]) as server:
        with pytest.raises(AnswerUnusable, match="had not ended after 4 MB"):
            door_to(server, tmp_path, protocol).ask(count(), Count, source="books")
        assert len(server.asked) == 1


def test_an_answer_without_an_end_is_cut_off_behind_a_proxy_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RawSite(lambda: chain([ok()], repeat(b"a" * 65536))) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url(""))
        monkeypatch.delenv("no_proxy", raising=False)
        with pytest.raises(AnswerUnusable, match="had not ended after 4 MB"):
            door_to("http://model.invalid/v1", tmp_path).ask(count(), Count, source="books")


def test_an_answer_that_only_drips_is_cut_off_by_its_time(tmp_path: Path, protocol: str) -> None:
    with Scripted([endless(pause=0.05)]) as server:
        door = door_to(server, tmp_path, protocol, patience=replace(QUICK, tries=1), LLM_TIMEOUT=0.5)
        with pytest.raises(ModelUnavailable, match=r"no answer came in 0\.5 s"):
            door.ask(count(), Count, source="books")


def test_an_answer_that_is_packed_is_not_unpacked(tmp_path: Path, protocol: str) -> None:
    packed = Raw(lambda: iter([b"\x1f\x8b\x08"]), {"Content-Encoding": "gzip"})
    with Scripted([packed]) as server, pytest.raises(AnswerUnusable):
        door_to(server, tmp_path, protocol).ask(count(), Count, source="books")
    assert server.asked[0].headers["Accept-Encoding"] == "identity"


def test_a_model_that_fails_again_and_again_is_left_alone_by_all(tmp_path: Path) -> None:
    patience = replace(QUICK, tries=1, failures=2)
    with Scripted([Fails(500), Fails(500), Says({"n": 3})]) as server:
        first, second = (door_to(server, tmp_path, patience=patience) for _ in range(2))
        for door in (first, second, first, second):
            with pytest.raises(ModelUnavailable, match="its server failed with status 500"):
                door.ask(count(), Count, source="books")
        assert len(server.asked) == 2
        assert not first.is_open()


def test_no_key_is_told_where_a_provider_repeats_it(
    tmp_path: Path, protocol: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret-value")
    for status in (400, 401, 500):
        with Scripted([Fails(status, body='{"error": {"message": "sk-very-secret-value is wrong"}}')]) as server:
            with pytest.raises(ModelError) as told:
                door_to(server, tmp_path / str(status), protocol).ask(count(), Count, source="books")
            assert "very-secret" not in str(told.value)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("Fri, 20 Nov 2026 12:00:30 GMT", 30.0),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", 0.0),
        ("", 0.0),
        ("-5", 0.0),
        ("9" * 400, 999999999.0),
    ],
)
def test_a_pause_is_read_as_a_number_or_a_date(written: str, seconds: float) -> None:
    assert retry_after(written, datetime(2026, 11, 20, 12, tzinfo=UTC)) == seconds
