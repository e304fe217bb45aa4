"""Envelopes as OpenTelemetry spans: a run, its steps and its calls, named by the GenAI conventions.

The conventions are those of the repository semantic-conventions-genai, of 2026: `gen_ai.provider.name` stands where
`gen_ai.system` stood before.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from lakehouse.telemetry.model import AgentRun, ApiCall, Envelope, RunStep

if TYPE_CHECKING:
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.trace import SpanContext

log = structlog.get_logger(__name__)

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
SECONDS = 5.0
"""How long a collector may take, unless OTEL_EXPORTER_OTLP_TIMEOUT says otherwise: a run waits for it."""

BATCH = 512
"""Spans that are sent at once: collectors cap what they take."""

Attributes = Mapping[str, str | int | float]
_PROVIDERS = {
    "azure": "azure.ai.openai",
    "azure_ai": "azure.ai.inference",
    "bedrock": "aws.bedrock",
    "gemini": "gcp.gemini",
    "mistral": "mistral_ai",
    "moonshot": "moonshot_ai",
    "vertex_ai": "gcp.vertex_ai",
    "watsonx": "ibm.watsonx.ai",
    "xai": "x_ai",
}
"""Names that the conventions give to providers that litellm calls otherwise."""


def export(envelope: Envelope, begun: Mapping[str, datetime]) -> None:
    """Send an envelope's spans over OTLP, where an endpoint is set; what goes wrong is a line in the log.

    `begun` maps steps to when they began, which an envelope does not say.
    """
    if not any(os.environ.get(name) for name in ENDPOINTS) or os.environ.get("OTEL_SDK_DISABLED", "") == "true":
        return
    try:
        why = _sent(spans_of(envelope, begun))
    except Exception as error:  # noqa: BLE001 whatever a collector does, the run is done and its envelope is written
        why = f"{type(error).__name__}: {error}"
    if why:
        log.warning("the spans of a run were not sent", run=envelope.run.run_id, why=why)


def spans_of(envelope: Envelope, begun: Mapping[str, datetime]) -> list[ReadableSpan]:
    """Return the spans of an envelope; the same envelope gives the same spans, so that a replay adds none."""
    from opentelemetry.sdk.resources import Resource

    # OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME win, as everywhere.
    named = {} if os.environ.get("OTEL_SERVICE_NAME") else {"service.name": "lakehouse"}
    trace = _Trace(envelope.run, Resource.create(named))
    steps = [trace.step_span(step, _begin(step, envelope, begun)) for step in envelope.steps]
    return [trace.run_span(), *steps, *map(trace.call_span, envelope.calls)]


def _sent(spans: Sequence[ReadableSpan]) -> str:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import SpanExportResult

    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)  # one line of ours says it
    told = os.environ.get("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT") or os.environ.get("OTEL_EXPORTER_OTLP_TIMEOUT")
    exporter = OTLPSpanExporter(timeout=float(told) if told else SECONDS)
    try:
        batches = (spans[start : start + BATCH] for start in range(0, len(spans), BATCH))
        taken = all(exporter.export(batch) is SpanExportResult.SUCCESS for batch in batches)
    finally:
        exporter.shutdown()
    return "" if taken else "the collector did not take them"


@dataclass(frozen=True)
class _Trace:
    """What the spans of one run share."""

    run: AgentRun
    resource: Resource

    def run_span(self) -> ReadableSpan:
        run = self.run
        attributes = {
            "gen_ai.operation.name": "invoke_agent",
            "gen_ai.agent.name": run.agent,
            "lakehouse.run.id": run.run_id,
            "lakehouse.subject": run.subject,
            "lakehouse.cost_usd": run.cost_usd,
        }
        name, times = f"invoke_agent {run.agent}", (run.started_at, run.completed_at)
        return self._span(name, run.run_id, times, attributes, parent="", failed=_failed(run))

    def step_span(self, step: RunStep, began: datetime) -> ReadableSpan:
        attributes = {"gen_ai.agent.name": self.run.agent, "lakehouse.step": step.step_name}
        times = began, began + timedelta(milliseconds=step.latency_ms)
        return self._span(step.step_name, step.step_id, times, attributes, parent=self.run.run_id, failed=_failed(step))

    def call_span(self, call: ApiCall) -> ReadableSpan:
        times = call.called_at, call.called_at + timedelta(milliseconds=call.latency_ms)
        name = f"chat {call.model}" if call.model else f"{call.provider} request"
        failed = "" if call.status in {"succeeded", "cached"} else call.status
        attributes, parent = _call_attributes(call, self.run), call.step_id or self.run.run_id
        return self._span(name, call.call_id, times, attributes, parent=parent, failed=failed, client=True)

    def _span(
        self,
        name: str,
        of: str,
        times: tuple[datetime, datetime],
        attributes: Attributes,
        *,
        parent: str,
        failed: str,
        client: bool = False,
    ) -> ReadableSpan:
        from opentelemetry.sdk.trace import ReadableSpan
        from opentelemetry.sdk.util.instrumentation import InstrumentationScope
        from opentelemetry.trace import SpanKind, Status, StatusCode

        return ReadableSpan(
            name=name,
            context=_context(self.run, of),
            parent=_context(self.run, parent) if parent else None,
            resource=self.resource,
            attributes={**attributes, **({"error.type": _kind(failed)} if failed else {})},
            kind=SpanKind.CLIENT if client else SpanKind.INTERNAL,
            instrumentation_scope=InstrumentationScope("lakehouse"),
            status=Status(StatusCode.ERROR, failed) if failed else Status(StatusCode.UNSET),
            start_time=_nanoseconds(times[0]),
            end_time=_nanoseconds(max(times)),
        )


def _call_attributes(call: ApiCall, run: AgentRun) -> Attributes:
    ours = {
        "gen_ai.agent.name": run.agent,
        "lakehouse.provider": call.provider,
        "lakehouse.call.status": call.status,
        "lakehouse.query": call.query_used,
        "lakehouse.cost_usd": call.cost_usd,
    }
    if call.model is None:
        return ours
    asked = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": _PROVIDERS.get(call.provider, call.provider),
        "gen_ai.request.model": call.model,
        "gen_ai.output.type": "json",
    }
    tokens = {"gen_ai.usage.input_tokens": call.tokens_in, "gen_ai.usage.output_tokens": call.tokens_out}
    return ours | asked | {name: count for name, count in tokens.items() if count is not None}


def _context(run: AgentRun, of: str) -> SpanContext:
    from opentelemetry.trace import SpanContext, TraceFlags

    return SpanContext(_number(run.run_id, 16), _number(of, 8), is_remote=False, trace_flags=TraceFlags(1))


def _number(of: str, size: int) -> int:
    return int.from_bytes(hashlib.sha256(of.encode()).digest()[:size]) or 1


def _failed(of: AgentRun | RunStep) -> str:
    return (of.error_message or "failed") if of.status == "failed" else ""


def _kind(failed: str) -> str:
    """Return the class of an error; whole sentences are no classes."""
    name = failed.partition(":")[0]
    return name if name.isidentifier() else "_OTHER"


def _begin(step: RunStep, envelope: Envelope, begun: Mapping[str, datetime]) -> datetime:
    # A killed run's journal kept no more than its envelope: its steps begin with their first call.
    calls = [call.called_at for call in envelope.calls if call.step_id == step.step_id]
    return begun.get(step.step_id) or min(calls, default=envelope.run.started_at)


def _nanoseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000) * 1000
