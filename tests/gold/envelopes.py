"""Envelopes as agents leave them, with figures that are easy to add up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from lakehouse.lake import Lake
from lakehouse.telemetry import AgentRun, ApiCall, Envelope, RunStep

TODAY = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


def envelope(
    name: str,
    *,
    agent: str = "doctor",
    subject: str = "books",
    failed: str = "",
    at: datetime = TODAY,
    seconds: float = 1.0,
    costs: Sequence[float] = (),
    query: str = "https://a.example/",
) -> Envelope:
    """Return a run with one step, in which each cost is a call of a model, or one page where there is none."""
    step = RunStep(
        step_id=f"{name}-s1",
        run_id=name,
        step_name="look",
        status="failed" if failed else "succeeded",
        latency_ms=seconds * 1000,
        error_message=failed or None,
    )
    calls = tuple(
        ApiCall(
            call_id=f"{name}-c{number}",
            run_id=name,
            step_id=step.step_id,
            provider="openai" if costs else "web",
            model="m" if costs else None,
            query_used=query,
            results_returned=1,
            tokens_in=10 if costs else None,
            tokens_out=5 if costs else None,
            cost_usd=cost,
            latency_ms=100.0 * (number + 1),
            status="succeeded",
            called_at=at,
        )
        for number, cost in enumerate(costs or (0.0,))
    )
    run = AgentRun(
        run_id=name,
        agent=agent,
        subject=subject,
        status="failed" if failed else "succeeded",
        started_at=at,
        completed_at=at + timedelta(seconds=seconds),
        total_latency_ms=seconds * 1000,
        total_api_calls=len(calls),
        cost_usd=sum(costs),
        error_message=failed or None,
    )
    return Envelope(run=run, steps=(step,), calls=calls)


def leave(lake: Lake, *envelopes: Envelope, day: str = "") -> None:
    """Put envelopes where agents put them, or into the folder of another day."""
    for one in envelopes:
        key = f"telemetry/{day}/{one.run.run_id}.json" if day else one.key
        lake.objects.put(key, one.model_dump_json().encode())
