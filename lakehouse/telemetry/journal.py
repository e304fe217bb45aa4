"""The notes of a run while it goes on: one file of lines, from which an envelope is made even of a killed run."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from pydantic import ValidationError

from lakehouse.errors import StoreUnavailable
from lakehouse.telemetry.model import AgentRun, ApiCall, Envelope, RunStep

KILLED = "The process ended before the run did."
SUFFIX = ".jsonl"
BROKEN = ".broken"


class Objects(Protocol):
    """Where envelopes are put, whole or not at all."""

    def put(self, key: str, data: bytes) -> None:
        """Write an object, whether it is there or not."""


class Journal:
    """A file that grows line by line; its lock says that the process that writes it still lives."""

    def __init__(self, folder: Path, run_id: str) -> None:
        self.path = folder / f"{run_id}{SUFFIX}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except OSError as error:
            forbidden = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
            told = "the store is read-only for this user." if forbidden else f"no notes can be kept ({error.strerror})."
            hint = "Grant write access to the folder, or set LAKEHOUSE_STORE to another one."
            raise StoreUnavailable(told, address=str(folder), hint=hint) from error
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def note(self, kind: str, content: dict[str, Any]) -> None:
        """Add a line in one write, so that a kill leaves it whole or torn at the end of the file, where it is seen."""
        os.write(self._file, json.dumps({kind: content}, separators=(",", ":")).encode() + b"\n")

    def close(self, *, remove: bool) -> None:
        """Let go of the file; it is removed when its envelope is written, and else left to be collected."""
        if remove:
            self.path.unlink(missing_ok=True)
        os.close(self._file)


def collect(folder: Path, objects: Objects) -> list[Envelope]:
    """Write the envelopes of the runs whose process was killed, marked failed, and return them."""
    return [envelope for path in sorted(folder.glob(f"*{SUFFIX}")) if (envelope := _collected(path, objects))]


def _collected(path: Path, objects: Objects) -> Envelope | None:
    with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # BlockingIOError: the run lives
        if not path.exists():  # another collector was here between the opening and the lock
            return None
        envelope = _envelope(file.read())
        if envelope is None:
            # Kept aside for a person: it is no journal of ours, or its first line was torn.
            path.rename(path.with_suffix(BROKEN))
            return None
        objects.put(envelope.key, envelope.model_dump_json().encode())
        path.unlink(missing_ok=True)
        return envelope
    return None


def _envelope(notes: bytes) -> Envelope | None:
    kept: dict[str, dict[str, dict[str, Any]]] = {"run": {}, "end": {}, "step": {}, "call": {}}
    try:
        for kind, content in _lines(notes):
            kept[kind][content.get(f"{kind}_id", "")] = content
        (head,) = kept["run"].values()
        return _sealed(head, kept["end"].get(""), list(kept["step"].values()), list(kept["call"].values()))
    except (ValidationError, KeyError, TypeError, ValueError, AttributeError):
        return None


def _lines(notes: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    # What stands after the last line end is torn: the kill came in the midst of the write.
    for line in notes.splitlines(keepends=True):
        if line.endswith(b"\n"):
            yield from json.loads(line).items()


def _sealed(
    run: dict[str, Any], end: dict[str, Any] | None, steps: list[dict[str, Any]], calls: list[dict[str, Any]]
) -> Envelope:
    """Return the envelope of a run that wrote none: it was killed, or the store was away when it ended."""
    moments = [run["started_at"], *(step.pop("noted_at") for step in steps), *(one["called_at"] for one in calls)]
    made = tuple(ApiCall.model_validate(note) for note in calls)
    done = tuple(RunStep.model_validate(_ended(step)) for step in steps)
    whole = AgentRun.model_validate(end or _killed(run, max(map(datetime.fromisoformat, moments)), made))
    return Envelope(run=whole, steps=done, calls=made)


def _killed(run: dict[str, Any], last: datetime, made: tuple[ApiCall, ...]) -> dict[str, Any]:
    latency = (last - datetime.fromisoformat(run["started_at"])).total_seconds() * 1000
    totals = {"total_api_calls": len(made), "cost_usd": sum(one.cost_usd for one in made)}
    told = {"status": "failed", "completed_at": last, "total_latency_ms": latency, "error_message": KILLED}
    return run | told | totals


def _ended(step: dict[str, Any]) -> dict[str, Any]:
    return step if step.get("status") else step | {"status": "failed", "latency_ms": 0.0, "error_message": KILLED}


def now() -> datetime:
    """Return the moment in UTC."""
    return datetime.now(UTC)
