"""The door: one question, one answer that fits, over the real litellm and both protocols."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import BaseModel, Field

from lakehouse.errors import AnswerUnusable, ModelUnavailable
from lakehouse.llm import Door, Prompt
from lakehouse.settings import Settings
from tests.llm.doors import Count, count, door_to
from tests.llm.scripted import Asked, Says, Scripted

pytestmark = pytest.mark.usefixtures("litellm_loaded")


class Few(BaseModel):
    n: int = Field(ge=1, le=3)
    why: str = ""


def test_an_answer_comes_back_in_its_shape(tmp_path: Path, protocol: str) -> None:
    with Scripted([Says({"n": 3})]) as server:
        assert door_to(server, tmp_path, protocol).ask(count(), Count, source="books") == Count(n=3)
    assert len(server.asked) == 1


def test_what_is_asked_goes_out_as_it_should(tmp_path: Path) -> None:
    with Scripted([Says({"n": 3})]) as server:
        for protocol in ("openai", "ollama"):
            home = tmp_path / protocol
            door_to(server, home, protocol).ask(count(), Count, source="books", temperature=0.2, most_tokens=77)
    openai, ollama = (asked.body for asked in server.asked)
    assert (openai["temperature"], openai["max_tokens"]) == (0.2, 77)
    assert openai["response_format"]["json_schema"]["schema"]["required"] == ["n"]
    assert (ollama["options"]["temperature"], ollama["options"]["num_predict"]) == (0.2, 77)
    assert (ollama["format"]["required"], ollama["stream"]) == (["n"], False)


def test_only_the_server_of_the_model_is_called(tmp_path: Path, protocol: str, monkeypatch: pytest.MonkeyPatch) -> None:
    called: set[str] = set()
    connect = socket.socket.connect

    def noting(self: socket.socket, address: tuple[str, int]) -> None:
        called.add(f"http://{address[0]}:{address[1]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noting)
    with Scripted([Says({"n": 3})]) as server:
        door_to(server, tmp_path, protocol, LLM_MODEL="nobody-knows").ask(count(), Count, source="books")
        assert called == {server.url}


def test_what_a_model_thinks_aloud_is_no_answer(tmp_path: Path, protocol: str) -> None:
    with Scripted([Says({"n": 3}, thought='Is it {"n": 4}?')]) as server:
        assert door_to(server, tmp_path, protocol).ask(count(), Count, source="books") == Count(n=3)


def test_a_long_prompt_gets_a_context_that_holds_it(tmp_path: Path) -> None:
    with Scripted([Says({"n": 3})]) as server:
        door = door_to(server, tmp_path, "ollama")
        door.ask(count(), Count, source="books")
        door.ask(count("word " * 4000), Count, source="books")
    assert [asked.body["options"]["num_ctx"] for asked in server.asked] == [8192, 16384]


@pytest.mark.parametrize(
    "said",
    [
        'Here you are:\n```json\n{"n": 3}\n```\nAnything else?',
        'There are three, so {"n": 3}.',
        '<think>{"n": 4}? No.</think>{"n": 3}',
        '{"n": 3, "more": "than was asked for"}',
    ],
)
def test_an_answer_is_found_in_what_stands_around_it(tmp_path: Path, protocol: str, said: str) -> None:
    with Scripted([Says(said)]) as server:
        assert door_to(server, tmp_path, protocol).ask(count(), Count, source="books") == Count(n=3)


@pytest.mark.parametrize(
    ("misfit", "told"),
    [
        (Says({"n": 7}), "less than or equal to 3"),
        (Says('{"n": 2, "why": "beca', cut_off=True), "cut off since it is too long"),
        (Says(""), "the answer is empty"),
        (Says("I cannot help with that."), "no JSON value"),
        (Says('{"n": 1} or {"n": 2}'), "several different"),
    ],
)
def test_a_misfit_is_told_why_and_may_answer_once_more(tmp_path: Path, protocol: str, misfit: Says, told: str) -> None:
    with Scripted([misfit, Says({"n": 2})]) as server:
        assert door_to(server, tmp_path, protocol).ask(count(), Few, source="books") == Few(n=2)
    first, second = (asked.messages for asked in server.asked)
    assert second[: len(first)] == first
    assert told in second[-1]


def test_a_second_misfit_is_an_error_and_there_is_no_third_try(tmp_path: Path, protocol: str) -> None:
    with Scripted([Says("no"), Says({"n": "many"}), Says({"n": 3})]) as server:
        with pytest.raises(AnswerUnusable, match="n: Input should be a valid integer"):
            door_to(server, tmp_path, protocol).ask(count(), Count, source="books")
        assert len(server.asked) == 2


def test_what_was_answered_once_is_not_asked_again(tmp_path: Path) -> None:
    with Scripted([Says({"n": 3}), Says({"n": 4})]) as server:
        first = door_to(server, tmp_path).ask(count(), Count, source="books")
        again = door_to(server, tmp_path).ask(count(), Count, source="others")
    assert first == again == Count(n=3)
    assert len(server.asked) == 1


def test_whatever_decides_about_an_answer_makes_another_question(tmp_path: Path) -> None:
    with Scripted([Says({"n": 2})]) as server:
        door = door_to(server, tmp_path)
        door.ask(count(), Count, source="books")
        door.ask(count("<p>four</p>"), Count, source="books")
        door.ask(Prompt("Guess.", count().quotes), Count, source="books")
        door.ask(count(), Few, source="books")
        door.ask(count(), Count, source="books", temperature=0.3)
        door.ask(count(), Count, source="books", variant=1)
        door_to(server, tmp_path, LLM_MODEL="gpt-4o").ask(count(), Count, source="books")
    assert len(server.asked) == 7


def test_an_answer_that_does_not_fit_is_not_kept(tmp_path: Path) -> None:
    with Scripted([Says("no"), Says("no"), Says({"n": 3})]) as server:
        door = door_to(server, tmp_path)
        with pytest.raises(AnswerUnusable):
            door.ask(count(), Count, source="books")
        assert door.ask(count(), Count, source="books") == Count(n=3)
    assert len(server.asked) == 3


def test_threads_ask_side_by_side(tmp_path: Path) -> None:
    def by_content(asked: Asked) -> Says:
        return Says({"n": int(asked.text.split("number ")[1].split(" ")[0])})

    with Scripted(by_content, latency=0.1) as server, ThreadPoolExecutor(3) as pool:
        door = door_to(server, tmp_path)
        answers = pool.map(lambda n: door.ask(count(f"number {n} of them"), Count, source="books").n, range(3))
        assert list(answers) == [0, 1, 2]


@pytest.mark.parametrize("missing", ["LLM_PROVIDER", "LLM_MODEL"])
def test_where_no_model_is_configured_the_door_is_shut_and_says_so_in_one_line(tmp_path: Path, missing: str) -> None:
    door = Door(Settings.model_validate({"home": tmp_path, missing: ""}))
    assert not door.is_open()
    assert door.why_shut().startswith("went on without a language model: none is configured.")
    with pytest.raises(ModelUnavailable, match=r"docs/models\.md"):
        door.ask(count(), Count, source="books")


def test_an_open_door_says_nothing(tmp_path: Path) -> None:
    door = door_to("http://127.0.0.1:9", tmp_path)
    assert door.is_open()
    assert door.why_shut() == ""


def test_a_home_that_cannot_be_written_shuts_the_door(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    door = door_to("http://127.0.0.1:9", tmp_path / "file")
    assert not door.is_open()
    with pytest.raises(ModelUnavailable, match="cannot be used"):
        door.ask(count(), Count, source="books")
