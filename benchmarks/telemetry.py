"""Measures telemetry and gold: `python -m benchmarks.telemetry [--runs 100000]`.

Envelopes of runs with three steps and three calls each, spread over a hundred days, go into gold from scratch; then a
hundredth more of them, of the last day. `again` is the second as a share of the first; `replay` merges with nothing
new. `recorder_us` is what recording one call costs its maker.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.report import report
from lakehouse.gold.merging import merge_envelopes
from lakehouse.lake import Lake
from lakehouse.telemetry import AgentRun, ApiCall, Envelope, RunStep, call

DAYS = 100
PARTS = 3
CALLS = 20_000
BARS = {"again": 0.05, "memory_mb": 1500.0, "recorder_us": 50.0}


def main() -> None:
    """Write envelopes, merge them, and report."""
    runs = _options().runs
    with tempfile.TemporaryDirectory(prefix="lakehouse-telemetry-") as folder:
        lake = Lake.open(folder)
        recorder_us = _recorder_us(lake)
        _write(lake, runs, 0)
        first = _timed(lake, runs + 1)
        _write(lake, runs // 100, runs)
        second = _timed(lake, runs // 100)
        replay = _timed(lake, 0)
    figures = {
        "runs": runs,
        "again": round(second / first, 4),
        "replay": round(replay / first, 4),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "recorder_us": round(recorder_us, 1),
    }
    report("telemetry", figures, [f"{name} is over {bar}" for name, bar in BARS.items() if figures[name] > bar])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000)
    return parser.parse_args()


def _timed(lake: Lake, expected: int) -> float:
    started = time.process_time()
    merged = merge_envelopes(lake)
    taken = time.process_time() - started
    if merged.runs != expected:
        raise SystemExit(f"{merged.runs} runs came into gold, not {expected}")
    return taken


def _write(lake: Lake, count: int, start: int) -> None:
    """Write envelopes; those of the second round are all of the last day."""
    for number in range(start, start + count):
        day = DAYS - 1 if start else number * DAYS // count
        envelope = _envelope(number, datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day, seconds=number % 86_400))
        path = Path(lake.address) / envelope.key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(envelope.model_dump_json())


def _envelope(number: int, at: datetime) -> Envelope:
    made = random.Random(number)
    name, ended = f"{at:%Y%m%dT%H%M%S}-{number:08d}", at + timedelta(seconds=made.random() * 10)
    latency = (ended - at).total_seconds() * 1000
    run = AgentRun(
        run_id=name,
        agent=made.choice(["ingestion", "doctor", "scout"]),
        subject=f"source_{made.randrange(200)}",
        status=made.choice(["succeeded", "failed"]),
        started_at=at,
        completed_at=ended,
        total_latency_ms=latency,
        total_api_calls=PARTS,
        cost_usd=0.001,
    )
    steps = [
        RunStep(step_id=f"{name}-s{i}", run_id=name, step_name=f"step {i}", status="succeeded", latency_ms=latency / 3)
        for i in range(PARTS)
    ]
    calls = [
        ApiCall(
            call_id=f"{name}-c{i}",
            run_id=name,
            step_id=steps[i].step_id,
            provider="web",
            query_used=f"https://example.org/page/{made.randrange(10_000)}",
            results_returned=1,
            cost_usd=0.0,
            latency_ms=latency / 4,
            status="succeeded",
            called_at=at,
        )
        for i in range(PARTS)
    ]
    return Envelope(run=run, steps=tuple(steps), calls=tuple(calls))


def _recorder_us(lake: Lake) -> float:
    """Return what recording a call costs, in microseconds of CPU."""
    with lake.recorder.run("benchmark", "calls"):
        started = time.process_time()
        for number in range(CALLS):
            with call("web", f"https://example.org/page/{number}?page=2") as made:
                made.results_returned = 1
        return (time.process_time() - started) / CALLS * 1e6


if __name__ == "__main__":
    main()
