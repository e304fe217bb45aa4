"""Spans: what a collector gets of a run, over real OTLP, and that a run does not mind a collector that fails."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from lakehouse.lake import Lake
from lakehouse.telemetry import Call, call, noted, step
from lakehouse.telemetry.spans import BATCH, spans_of
from tests.telemetry.collector import Collector, attributes
from tests.telemetry.recorded import envelopes, recorder

STARTED = datetime(2026, 11, 20, 12, 0, 0, 250_000, tzinfo=UTC)


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    with Collector() as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        yield collector


def _run(lake: Lake, folder: Path) -> None:
    """Make a run with two steps, a page, an answer of a model and one that a budget forbade."""
    with recorder(lake, folder).run("doctor", "books"):
        with step("look"):
            noted("web", "https://a.example/", Call(1), STARTED, 12.5)
        with step("ask the model"):
            noted("mistral", "a" * 64, Call(1, 1000, 20, 0.002), STARTED, 1500.0, model="large")
            noted("mistral", "b" * 64, Call(status="refused"), STARTED, 0.1, model="large")
        with pytest.raises(ValueError, match="odd"), step("fail"):
            raise ValueError("odd")


def test_a_run_its_steps_and_its_calls_come_as_one_tree(collector: Collector, lake: Lake, tmp_path: Path) -> None:
    _run(lake, tmp_path)
    spans = {span.name: span for span in collector.spans}
    assert list(spans) == ["invoke_agent doctor", "look", "ask the model", "fail", "web request", "chat large"]
    root = spans["invoke_agent doctor"]
    assert root.parent_span_id == b""
    assert {span.trace_id for span in spans.values()} == {root.trace_id}
    assert {spans[name].parent_span_id for name in ("look", "ask the model", "fail")} == {root.span_id}
    assert spans["web request"].parent_span_id == spans["look"].span_id
    assert spans["chat large"].parent_span_id == spans["ask the model"].span_id
    assert len({span.span_id for span in collector.spans}) == len(collector.spans) == 7
    assert collector.paths == ["/v1/traces"]
    assert attributes(collector.requests[0].resource_spans[0].resource)["service.name"] == "lakehouse"


def test_they_are_named_by_the_conventions(collector: Collector, lake: Lake, tmp_path: Path) -> None:
    _run(lake, tmp_path)
    root, chat = collector.spans[0], next(span for span in collector.spans if span.name == "chat large")
    assert (root.kind, chat.kind) == (Span.SPAN_KIND_INTERNAL, Span.SPAN_KIND_CLIENT)
    told = attributes(root)
    assert (told["gen_ai.operation.name"], told["gen_ai.agent.name"]) == ("invoke_agent", "doctor")
    told = attributes(chat)
    assert told["gen_ai.operation.name"] == "chat"
    assert told["gen_ai.provider.name"] == "mistral_ai"
    assert told["gen_ai.request.model"] == "large"
    assert (told["gen_ai.usage.input_tokens"], told["gen_ai.usage.output_tokens"]) == (1000, 20)
    assert told["gen_ai.agent.name"] == "doctor"
    web = attributes(next(span for span in collector.spans if span.name == "web request"))
    assert not [name for name in web if name.startswith("gen_ai.") and name != "gen_ai.agent.name"]


def test_they_carry_the_times_at_which_things_happened(collector: Collector, lake: Lake, tmp_path: Path) -> None:
    with recorder(lake, tmp_path).run("doctor", "books"), step("wait"):
        time.sleep(0.02)
        noted("web", "https://a.example/", Call(1), STARTED, 12.5)
    envelope = envelopes(lake)[0]
    root, waited, page = collector.spans
    begun, ended = (moment.timestamp() * 1e9 for moment in (envelope.run.started_at, envelope.run.completed_at))
    assert (root.start_time_unix_nano, root.end_time_unix_nano) == (
        pytest.approx(begun, abs=1e3),
        pytest.approx(ended, abs=1e3),
    )
    assert root.start_time_unix_nano <= waited.start_time_unix_nano
    assert waited.end_time_unix_nano - waited.start_time_unix_nano >= 20_000_000
    assert page.start_time_unix_nano == int(STARTED.timestamp() * 1000) * 1_000_000
    assert page.end_time_unix_nano - page.start_time_unix_nano == 12_500_000


def test_what_failed_is_marked_with_its_kind(collector: Collector, lake: Lake, tmp_path: Path) -> None:
    _run(lake, tmp_path)
    with recorder(lake, tmp_path).run("doctor", "books") as run:
        run.fail("no repair passed the gate")
    failed = {
        span.name: attributes(span)["error.type"]
        for span in collector.spans
        if span.status.code == Status.STATUS_CODE_ERROR
    }
    assert failed == {"fail": "ValueError", "chat large": "refused", "invoke_agent doctor": "_OTHER"}
    assert all(("error.type" in attributes(span)) == (span.status.code != 0) for span in collector.spans)


def test_a_long_run_is_sent_in_parts_of_one_tree(collector: Collector, lake: Lake, tmp_path: Path) -> None:
    with recorder(lake, tmp_path).run("ingestion", "books"):
        for number in range(BATCH):
            noted("web", f"https://a.example/{number}", Call(1), STARTED, 1.0)
    assert len(collector.requests) == 2
    assert len({span.span_id for span in collector.spans}) == BATCH + 1
    assert len({span.trace_id for span in collector.spans}) == 1


def test_a_replayed_envelope_gives_the_same_spans(lake: Lake, tmp_path: Path) -> None:
    _run(lake, tmp_path)
    first, again = (spans_of(envelopes(lake)[0], {}) for _ in range(2))
    assert [one.to_json() for one in first] == [one.to_json() for one in again]


def test_a_run_that_was_killed_is_told_when_it_is_collected(collector: Collector, lake: Lake, tmp_path: Path) -> None:
    folder = tmp_path / "telemetry"
    folder.mkdir()
    run = {"run_id": "r1", "agent": "doctor", "subject": "books", "started_at": STARTED.isoformat()}
    begun = {"step_id": "r1-s1", "run_id": "r1", "step_name": "look", "noted_at": STARTED.isoformat()}
    (folder / "r1.jsonl").write_text("".join(json.dumps(line) + "\n" for line in ({"run": run}, {"step": begun})))
    recorder(lake, tmp_path).collect()
    assert [(span.name, span.status.code) for span in collector.spans] == [("invoke_agent doctor", 2), ("look", 2)]


@pytest.mark.parametrize("status", [400, 503])
def test_a_collector_that_fails_is_one_line_in_the_log_and_no_failed_run(
    collector: Collector, lake: Lake, tmp_path: Path, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "0.3")
    collector.status = status
    with structlog.testing.capture_logs() as lines:
        _run(lake, tmp_path)
    assert [line["event"] for line in lines] == ["the spans of a run were not sent"]
    assert envelopes(lake)[0].run.status == "succeeded"


def test_a_collector_that_is_not_there_is_no_failed_run(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "0.3")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    _run(lake, tmp_path)
    assert envelopes(lake)[0].run.status == "succeeded"
    assert not re.search("Traceback|Exception", "".join(capfd.readouterr()))


@pytest.mark.parametrize("disabled", [True, False])
def test_nothing_is_sent_where_nobody_asked_for_it(
    collector: Collector, lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disabled: bool
) -> None:
    if disabled:
        monkeypatch.setenv("OTEL_SDK_DISABLED", "true")
    else:
        monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT")
    with recorder(lake, tmp_path).run("doctor", "books"), call("web", "x"):
        pass
    assert collector.requests == []
