"""What is recorded of calls to a model, and what never is."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from lakehouse.errors import ModelError
from lakehouse.lake import Lake
from lakehouse.telemetry import ApiCall, step
from tests.llm.doors import PRICED, Count, count, door_to
from tests.llm.scripted import Answer, Fails, Says, Scripted
from tests.telemetry.recorded import envelopes, recorder


def _calls(lake: Lake, folder: Path, script: list[Answer], *, times: int = 1, **limits: Any) -> list[ApiCall]:
    """Return what is recorded of asking `times` over."""
    with Scripted(script) as server, recorder(lake, folder).run("doctor", "books"), step("ask"):
        for _ in range(times):
            with suppress(ModelError):
                door_to(server, folder, **limits).ask(count(), Count, source="books")
    return list(envelopes(lake)[0].calls)


@pytest.mark.usefixtures("litellm_loaded")
class TestCalls:
    """One record for each."""

    def test_a_call_is_recorded_with_its_tokens_and_the_digest_of_its_prompt(self, lake: Lake, tmp_path: Path) -> None:
        (call,) = _calls(lake, tmp_path, [Says({"n": 3}, tokens=(321, 12))])
        assert (call.provider, call.model, call.status) == ("openai", PRICED, "succeeded")
        assert (call.tokens_in, call.tokens_out, call.results_returned) == (321, 12, 1)
        assert re.fullmatch(r"[0-9a-f]{64}", call.query_used)
        assert call.step_id is not None

    def test_every_try_and_the_repair_are_recorded_by_one_digest(self, lake: Lake, tmp_path: Path) -> None:
        calls = _calls(lake, tmp_path, [Fails(503), Says("no"), Says({"n": 3})])
        assert [call.status for call in calls] == ["failed", "succeeded", "succeeded"]
        assert len({call.query_used for call in calls}) == 1

    def test_a_kept_answer_is_recorded_as_such_and_costs_nothing(self, lake: Lake, tmp_path: Path) -> None:
        paid, kept = _calls(lake, tmp_path, [Says({"n": 3})], times=2)
        assert (paid.status, kept.status) == ("succeeded", "cached")
        assert paid.cost_usd > kept.cost_usd == 0.0
        assert paid.query_used == kept.query_used

    def test_a_call_that_a_budget_forbids_is_recorded_as_refused(self, lake: Lake, tmp_path: Path) -> None:
        (call,) = _calls(lake, tmp_path, [Says({"n": 3})], LLM_CALLS_PER_DAY=0)
        assert (call.status, call.cost_usd, call.tokens_in) == ("refused", 0.0, None)

    def test_neither_keys_nor_prompts_nor_answers_are_kept_where_they_do_not_belong(
        self, lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret-value")
        script = [Fails(401, body='{"error": {"message": "sk-very-secret-value"}}')]
        with Scripted([Says({"n": 3})]) as server, recorder(lake, tmp_path).run("doctor", "books"):
            door_to(server, tmp_path).ask(count("a page of its own"), Count, source="books")
            assert server.asked[0].headers["Authorization"] == "Bearer sk-very-secret-value"
        with Scripted(script) as server, recorder(lake, tmp_path).run("doctor", "books") as run:
            try:
                door_to(server, tmp_path).ask(count("another page"), Count, source="books")
            except ModelError as error:
                run.fail(str(error))
        said = capfd.readouterr()
        files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
        everything = b"".join(files) + (said.out + said.err).encode()
        assert len(files) >= 4
        assert b"very-secret" not in everything
        assert b"a page of its own" not in everything


def test_the_room_can_be_imported_without_anything_heavy() -> None:
    script = (
        "import sys, lakehouse.llm, lakehouse.telemetry\n"
        "print(sorted({'litellm', 'openai', 'httpx', 'stamina', 'opentelemetry', 'polars'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_nobody_there_is_found_out_without_loading_litellm(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from lakehouse.errors import ModelUnavailable\n"
        "from tests.llm.doors import Count, count, door_to\n"
        "try: door_to('http://127.0.0.1:9', Path(sys.argv[1]), 'ollama').ask(count(), Count, source='books')\n"
        "except ModelUnavailable as error: print('litellm' in sys.modules, error)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=root, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.startswith("False went on without the language model gpt-oss:120b of ollama at 127.0.0.1:9: ")
    assert done.stdout.count("\n") == 1
