"""What the registry keeps: bundles of code with their evidence, the notes that go with them, the audit's entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A fetcher's code, the blueprint that it was written from, and the proof that it works; the last two are JSON."""

    code: str
    blueprint: dict[str, Any]
    proof: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ReleaseNote:
    """What release.json says of a release; `parent` is the release that it replaced."""

    source: str
    number: int
    created_at: datetime
    author: str
    reason: str
    sha256: str
    parent: int | None


@dataclass(frozen=True, kw_only=True)
class Release(ReleaseNote, Bundle):
    """One immutable version of a fetcher; its code has been compared with its SHA-256."""


@dataclass(frozen=True, kw_only=True)
class StagedNote:
    """What staged.json says of a candidate; `parent` was in force when it was staged.

    A canary waits for a failure, not for a person.
    """

    source: str
    id: str
    created_at: datetime
    author: str
    sha256: str
    parent: int | None
    canary: bool = False


@dataclass(frozen=True, kw_only=True)
class Staged(StagedNote, Bundle):
    """A candidate that passed the static check and waits for its release."""


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One thing that happened to a source; `kind` is an event's name, and ids sort by time."""

    id: str
    at: datetime
    source: str
    kind: str
    author: str
    reason: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class InForce:
    """What current.json says: the release in force, and the audit entry of the change that put it there."""

    release: int
    entry: AuditEntry
