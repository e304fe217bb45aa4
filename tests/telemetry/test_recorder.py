"""The recorder: one envelope a run, whatever became of the run."""

from __future__ import annotations

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import LakeError, StoreUnavailable
from lakehouse.lake import Lake
from lakehouse.telemetry import Call, Recorder, call, collect, noted, step
from lakehouse.telemetry.model import AgentRun, ApiCall, Envelope, RunStep
from lakehouse.telemetry.recorder import current_run
from tests.telemetry.recorded import envelopes, recorder

KINDS = st.sampled_from(["step", "call", "failed step", "failed call"])


def test_a_run_leaves_one_envelope_with_its_steps_and_calls(lake: Lake, tmp_path: Path) -> None:
    with recorder(lake, tmp_path).run("scout", "https://a.example/"):
        with step("fetch"), call("web", "https://a.example/") as made:
            made.results_returned = 1
        with step("look"):
            pass
    (envelope,) = envelopes(lake)
    assert (envelope.run.agent, envelope.run.subject, envelope.run.status) == (
        "scout",
        "https://a.example/",
        "succeeded",
    )
    assert [(one.step_name, one.status) for one in envelope.steps] == [("fetch", "succeeded"), ("look", "succeeded")]
    assert [(one.provider, one.step_id, one.results_returned) for one in envelope.calls] == [
        ("web", envelope.steps[0].step_id, 1)
    ]
    assert envelope.run.total_api_calls == 1


def test_the_notes_of_a_run_are_gone_when_its_envelope_is_written(lake: Lake, tmp_path: Path) -> None:
    with recorder(lake, tmp_path).run("scout", "a"):
        assert len(list((tmp_path / "telemetry").iterdir())) == 1
    assert list((tmp_path / "telemetry").iterdir()) == []


def test_a_run_that_raises_is_a_failed_one_and_raises(lake: Lake, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), recorder(lake, tmp_path).run("doctor", "b"), step("divide"):
        _ = 1 / 0
    (envelope,) = envelopes(lake)
    assert envelope.run.status == envelope.steps[0].status == "failed"
    assert envelope.run.error_message == envelope.steps[0].error_message == "ZeroDivisionError: division by zero"


def test_a_run_can_say_that_it_failed_without_raising(lake: Lake, tmp_path: Path) -> None:
    with recorder(lake, tmp_path).run("doctor", "b") as run:
        run.fail("no repair passed the gate")
    assert envelopes(lake)[0].run.error_message == "no repair passed the gate"


def test_what_a_call_cost_is_summed_up(lake: Lake, tmp_path: Path) -> None:
    with recorder(lake, tmp_path).run("doctor", "b"):
        for cost in (0.1, 0.2):
            noted("openai", "digest", Call(1, 10, 5, cost), datetime.now(UTC), 7.0, model="m")
    envelope = envelopes(lake)[0]
    assert (envelope.run.cost_usd, envelope.run.total_api_calls) == (0.3, 2)
    assert (envelope.calls[0].model, envelope.calls[0].tokens_in, envelope.calls[0].latency_ms) == ("m", 10, 7.0)


def test_a_call_that_raises_has_failed_and_one_that_was_forbidden_is_refused(lake: Lake, tmp_path: Path) -> None:
    with recorder(lake, tmp_path).run("doctor", "b"):
        with pytest.raises(TimeoutError), call("web", "x"):
            raise TimeoutError
        with pytest.raises(PermissionError):
            _forbidden()
    assert [one.status for one in envelopes(lake)[0].calls] == ["failed", "refused"]


def test_outside_of_runs_nothing_is_recorded_and_everything_works(lake: Lake) -> None:
    with step("alone"), call("web", "x") as made:
        made.results_returned = 1
    assert current_run() is None
    assert envelopes(lake) == []


def test_a_run_inside_another_has_an_envelope_of_its_own(lake: Lake, tmp_path: Path) -> None:
    with recorder(lake, tmp_path).run("scout", "outer"), step("around"):
        with recorder(lake, tmp_path).run("ingestion", "inner"), call("web", "x"):
            pass
        with call("web", "y"):
            pass
    found = {one.run.subject: [each.query_used for each in one.calls] for one in envelopes(lake)}
    assert found == {"outer": ["y"], "inner": ["x"]}


def test_tasks_and_threads_that_take_the_context_along_record_into_the_same_run(lake: Lake, tmp_path: Path) -> None:
    async def ask(query: str) -> None:
        with call("web", query):
            await asyncio.sleep(0)

    async def ask_all() -> None:
        await asyncio.gather(*(ask(str(number)) for number in range(20)))

    def ask_here(query: str) -> None:
        with call("web", query):
            pass

    with recorder(lake, tmp_path).run("scout", "a"):
        asyncio.run(ask_all())
        with ThreadPoolExecutor(4) as pool:
            for number in range(20, 40):
                pool.submit(copy_context().run, ask_here, str(number))
    calls = envelopes(lake)[0].calls
    assert {one.query_used for one in calls} == {str(number) for number in range(40)}
    assert len({one.call_id for one in calls}) == 40


def test_no_secret_of_the_environment_or_of_an_address_gets_into_an_envelope(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret-value")
    with recorder(lake, tmp_path).run("scout", "https://u:pw@a.example/") as run:
        with call("web", "https://a.example/?token=abcdef&page=2"):
            pass
        run.fail("401 for sk-very-secret-value")
    text = lake.objects.get(lake.objects.list("telemetry")[0]).decode()
    assert not any(secret in text for secret in ("sk-very", "u:pw", "abcdef"))
    assert "page=2" in text


def test_an_envelope_that_the_store_did_not_take_is_written_later_as_it_was(lake: Lake, tmp_path: Path) -> None:
    class Away:
        def put(self, key: str, data: bytes) -> None:
            raise LakeError("the store is away.")

    with pytest.raises(LakeError), Recorder(Away(), tmp_path / "t").run("scout", "a"), call("web", "x"):
        pass
    collect(tmp_path / "t", lake.objects)
    (envelope,) = envelopes(lake)
    assert (envelope.run.status, envelope.run.total_api_calls) == ("succeeded", 1)


def test_a_folder_that_cannot_be_written_is_named(lake: Lake, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(StoreUnavailable, match="LAKEHOUSE_STORE"),
        Recorder(lake.objects, tmp_path / "file" / "t").run("a", "b"),
    ):
        pass


@given(st.lists(KINDS, max_size=12))
def test_every_step_and_call_is_in_the_envelope_once_and_belongs_to_it(kinds: list[str]) -> None:
    kept: dict[str, bytes] = {}

    class Kept:
        def put(self, key: str, data: bytes) -> None:
            kept[key] = data

    with tempfile.TemporaryDirectory() as folder, Recorder(Kept(), Path(folder)).run("scout", "a"):
        for kind in kinds:
            _do(kind)
    (envelope,) = map(Envelope.model_validate_json, kept.values())
    assert len(envelope.steps) == sum("step" in kind for kind in kinds)
    assert len(envelope.calls) == envelope.run.total_api_calls == sum("call" in kind for kind in kinds)
    assert len({one.step_id for one in envelope.steps}) == len(envelope.steps)
    assert {one.run_id for one in (*envelope.steps, *envelope.calls)} <= {envelope.run.run_id}


def _forbidden() -> None:
    with call("openai", "x") as made:
        made.status = "refused"
        raise PermissionError


def _do(kind: str) -> None:
    with suppress(FileNotFoundError), step(kind) if "step" in kind else call("web", kind):
        if "failed" in kind:
            Path("/nowhere/at/all").read_text()


def test_every_column_says_what_it_holds() -> None:
    for model in (AgentRun, RunStep, ApiCall):
        assert all(field.description for field in model.model_fields.values())
