"""Records runs, steps and calls where they happen; code that works for nobody's run records nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from lakehouse.telemetry.cleaning import Cleaner
from lakehouse.telemetry.journal import Journal, Objects, collect, now
from lakehouse.telemetry.model import AgentRun, ApiCall, CallStatus, Envelope, RunStep, Status
from lakehouse.telemetry.spans import export


@dataclass
class Call:
    """A call that is being made; whoever makes it says what came of it."""

    results_returned: int = 0
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_usd: float = 0.0
    status: CallStatus = "succeeded"


@dataclass
class Run:
    """A run that goes on; `fail` says that it did not reach its end although nothing was raised."""

    run_id: str
    agent: str
    subject: str
    company_name: str | None = None
    industry: str | None = None
    error_message: str | None = None
    started_at: datetime = field(default_factory=now)
    steps: list[RunStep] = field(default_factory=list)
    calls: list[ApiCall] = field(default_factory=list)

    def fail(self, reason: str) -> None:
        """Mark the run failed."""
        self.error_message = reason


@dataclass(frozen=True)
class _Recording:
    run: Run
    journal: Journal
    cleaner: Cleaner
    counting: threading.Lock = field(default_factory=threading.Lock)
    numbers: dict[str, int] = field(default_factory=lambda: {"step": 0, "call": 0})
    begun: dict[str, datetime] = field(default_factory=dict)
    """When each step began, for the spans."""

    def identifier(self, kind: str) -> str:
        with self.counting:
            self.numbers[kind] += 1
            return f"{self.run.run_id}-{kind[0]}{self.numbers[kind]:05d}"


_RECORDING: ContextVar[_Recording | None] = ContextVar("recording", default=None)
_STEP: ContextVar[str | None] = ContextVar("step", default=None)


@dataclass(frozen=True)
class Recorder:
    """Writes one envelope a run to `objects`; the notes of runs that go on lie in `folder`, on this machine."""

    objects: Objects
    folder: Path

    @contextmanager
    def run(
        self, agent: str, subject: str, *, company_name: str | None = None, industry: str | None = None
    ) -> Iterator[Run]:
        """Record what happens inside as one run; its envelope is written also when it raises."""
        self.collect()
        moment = now()
        run = Run(f"{moment:%Y%m%dT%H%M%S}-{uuid4().hex[:12]}", agent, subject, company_name, industry, None, moment)
        recording = _Recording(run, Journal(self.folder, run.run_id), Cleaner.of())
        recording.journal.note("run", _head(recording))
        began = time.perf_counter()
        entered = _RECORDING.set(recording), _STEP.set(None)
        try:
            yield run
        except BaseException as error:
            run.fail(_told(error))
            raise
        finally:
            _RECORDING.reset(entered[0])
            _STEP.reset(entered[1])
            self._write(recording, (time.perf_counter() - began) * 1000)

    def collect(self) -> list[Envelope]:
        """Write the envelopes of runs that were killed on this machine and return them."""
        envelopes = collect(self.folder, self.objects)
        for envelope in envelopes:
            export(envelope, {})
        return envelopes

    def _write(self, recording: _Recording, latency: float) -> None:
        envelope = _sealed(recording, latency)
        written = False
        try:
            recording.journal.note("end", envelope.run.model_dump(mode="json"))
            self.objects.put(envelope.key, envelope.model_dump_json().encode())
            written = True
        finally:
            recording.journal.close(remove=written)
        export(envelope, recording.begun)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Record what happens inside as one step of the run that goes on, if one does."""
    recording = _RECORDING.get()
    if recording is None:
        yield
        return
    begun = {"step_id": recording.identifier("step"), "run_id": recording.run.run_id, "step_name": name}
    moment = recording.begun[begun["step_id"]] = now()
    recording.journal.note("step", begun | {"noted_at": moment.isoformat()})
    began, entered, error_message = time.perf_counter(), _STEP.set(begun["step_id"]), None
    try:
        yield
    except BaseException as error:
        error_message = recording.cleaner.clean(_told(error))
        raise
    finally:
        _STEP.reset(entered)
        status: Status = "failed" if error_message else "succeeded"
        latency = (time.perf_counter() - began) * 1000
        done = RunStep(**begun, status=status, latency_ms=round(latency, 3), error_message=error_message)
        recording.run.steps.append(done)
        recording.journal.note("step", done.model_dump() | {"noted_at": now().isoformat()})


@contextmanager
def call(provider: str, query: str, *, model: str | None = None) -> Iterator[Call]:
    """Record what happens inside as one call; what is raised makes it a failed one."""
    made, moment, began = Call(), now(), time.perf_counter()
    try:
        yield made
    except BaseException:
        made.status = "refused" if made.status == "refused" else "failed"
        raise
    finally:
        noted(provider, query, made, moment, (time.perf_counter() - began) * 1000, model=model)


def noted(
    provider: str, query: str, made: Call, called_at: datetime, latency_ms: float, *, model: str | None = None
) -> None:
    """Record a call that was made; outside of runs this does nothing."""
    recording = _RECORDING.get()
    if recording is None:
        return
    told = {
        "call_id": recording.identifier("call"),
        "run_id": recording.run.run_id,
        "step_id": _STEP.get(),
        "provider": provider,
        "model": model,
        "query_used": recording.cleaner.clean(query),
        "results_returned": made.results_returned,
        "tokens_in": made.tokens_in,
        "tokens_out": made.tokens_out,
        "cost_usd": made.cost_usd,
        "latency_ms": round(latency_ms, 3),
        "status": made.status,
    }
    recording.run.calls.append(ApiCall.model_validate(told | {"called_at": called_at}))
    recording.journal.note("call", told | {"called_at": called_at.isoformat()})


def current_run() -> Run | None:
    """Return the run that goes on here, if one does: budgets are kept by it."""
    recording = _RECORDING.get()
    return recording.run if recording else None


def _head(recording: _Recording) -> dict[str, str | None]:
    run = recording.run
    named = {"company_name": run.company_name, "industry": run.industry}
    subject = recording.cleaner.clean(run.subject)
    started = run.started_at.isoformat()
    return {"run_id": run.run_id, "agent": run.agent, "subject": subject, "started_at": started, **named}


def _sealed(recording: _Recording, latency: float) -> Envelope:
    run = recording.run
    reason = recording.cleaner.clean(run.error_message) if run.error_message is not None else None
    whole = AgentRun.model_validate(
        _head(recording)
        | {"status": "succeeded" if reason is None else "failed", "error_message": reason}
        | {"completed_at": now(), "total_latency_ms": round(latency, 3)}
        | {"total_api_calls": len(run.calls), "cost_usd": round(sum(one.cost_usd for one in run.calls), 9)}
    )
    return Envelope(run=whole, steps=tuple(run.steps), calls=tuple(run.calls))


def _told(error: BaseException) -> str:
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
