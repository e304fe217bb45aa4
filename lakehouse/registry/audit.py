"""The audit log: one object an entry, written once, never changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from lakehouse.lake import Objects
from lakehouse.registry.keep import keep, parse_note, read_object, to_json
from lakehouse.registry.layout import audit_folder
from lakehouse.registry.model import AuditEntry
from lakehouse.registry.stamp import moment_of, time_ordered_id


def new_entry(source: str, kind: str, author: str, reason: str, **details: Any) -> AuditEntry:
    """Return an entry for what happens now; it is in the log once `AuditLog.write` has it."""
    at = datetime.now(UTC)
    return AuditEntry(
        id=time_ordered_id(at), at=at, source=source, kind=kind, author=author, reason=reason, details=details
    )


@dataclass(frozen=True)
class AuditLog:
    """The audit log of one source."""

    objects: Objects
    source: str

    def new(self, kind: str, author: str, reason: str, **details: Any) -> AuditEntry:
        """Return an entry for what happens now, to stand behind all others; it is in the log once `write` has it."""
        entry = new_entry(self.source, kind, author, reason, **details)
        return replace(entry, id=time_ordered_id(self.after_newest()))

    def after_newest(self) -> datetime:
        """Return now, or a moment after the newest entry where a clock was set back: what came later must sort so."""
        now = datetime.now(UTC)
        newest = moment_of(max(self.objects.list(audit_folder(self.source)), default="").rpartition("/")[2])
        return max(now, newest + timedelta(microseconds=1)) if newest else now

    def write(self, entry: AuditEntry) -> None:
        """Add an entry; one that is in the log already stays as it is."""
        keep(self.objects, self._key(entry.id), to_json(entry), self.source)

    def entries(self, last: int | None = None, pending: AuditEntry | None = None) -> list[AuditEntry]:
        """Return the entries, oldest first, or the `last` of them; `pending` has happened and may not be logged yet."""
        waiting = {self._key(pending.id): pending} if pending else {}
        keys = sorted({*self.objects.list(audit_folder(self.source)), *waiting})
        chosen = keys if last is None else keys[max(0, len(keys) - last) :]
        return [waiting.get(key) or self._read(key) for key in chosen]

    def _read(self, key: str) -> AuditEntry:
        return parse_note(read_object(self.objects, key, self.source), key, AuditEntry, self.source)

    def _key(self, entry: str) -> str:
        return f"{audit_folder(self.source)}{entry}.json"
