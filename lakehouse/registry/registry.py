"""The registry: which sources there are, which release of each is in force, and how it came to be so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from lakehouse.errors import RegistryError
from lakehouse.lake import Lake
from lakehouse.registry.audit import AuditLog
from lakehouse.registry.current import Current, overtaken
from lakehouse.registry.diff import code_diff
from lakehouse.registry.model import AuditEntry, Bundle, Release, ReleaseNote, Staged, StagedNote
from lakehouse.registry.releases import Releases
from lakehouse.registry.sources import Sources
from lakehouse.registry.staging import Staging
from lakehouse.registry.stamp import sha256, time_ordered_id
from lakehouse.sandbox import check_module
from lakehouse.source import Source, load_source

OWN_KINDS = frozenset({"registered", "updated", "edited", "released", "rolled back"})
"""Kinds of entries that stand for a change of the registry's own objects."""


class Registry:
    """Sources and releases in the store of one lake; holds no state of its own, so any process may have one."""

    def __init__(self, lake: Lake) -> None:
        self._objects = lake.objects
        self._sources = Sources(lake.objects)

    def sources(self) -> list[str]:
        """Return the names of all sources, sorted, those with a broken source.yaml too."""
        return self._sources.names()

    def source(self, name: str) -> Source:
        """Return a source; raises RegistryError where it is unknown, SourceError where its source.yaml is broken."""
        return self._sources.load(name)

    def source_text(self, name: str) -> str:
        """Return a source.yaml as it was written, broken or not; raises RegistryError where it is unknown."""
        return self._sources.text(name)

    def register(
        self, source_yaml: str, *, author: str = "person", reason: str = "", file: str = "source.yaml"
    ) -> Source:
        """Make a source known, or change it; every text that it has had is kept.

        Raises SourceError for a text that cannot be used, and RegistryError where somebody else changed it meanwhile.
        """
        source = load_source(source_yaml, file)
        self._sources.write(source, source_yaml, author, reason)
        return source

    def stage(
        self,
        name: str,
        code: str,
        blueprint: dict[str, Any],
        proof: dict[str, Any],
        *,
        author: str = "person",
        against: int | None = None,
        canary: bool = False,
    ) -> Staged:
        """Check a candidate and keep it for its release; raises FetcherRefused and RegistryError.

        `against` is the release that its proof speaks of, the one in force now if none is given. A canary
        waits for a failure and is never among those that wait for a person.
        """
        self._sources.check(name)
        check_module(code, name)
        at = datetime.now(UTC)
        note = StagedNote(
            source=name,
            id=time_ordered_id(at),
            created_at=at,
            author=author,
            sha256=sha256(code),
            parent=against or self._current(name).read().release,
            canary=canary,
        )
        return self._staging(name).write(note, Bundle(code=code, blueprint=blueprint, proof=proof))

    def staged(self, name: str) -> list[Staged]:
        """Return the candidates that wait for their release, oldest first."""
        return [self._staging(name).read(note.id) for note in self.waiting(name)]

    def canaries(self, name: str) -> list[Staged]:
        """Return the canaries of a source, oldest first."""
        self._sources.check(name)
        notes = self._staging(name).notes()
        return [self._staging(name).read(note.id) for note in notes if note.canary]

    def waiting(self, name: str) -> list[StagedNote]:
        """Return what is noted of the candidates that wait, oldest first, without reading them."""
        self._sources.check(name)
        return [note for note in self._staging(name).notes() if not note.canary]

    def release(self, staged: StagedNote, reason: str, *, author: str | None = None) -> Release:
        """Make a release of a candidate and put it in force.

        Raises RegistryError where another release is in force than when the candidate was staged, for its proof says
        nothing about that one; and FetcherRefused where the stored code no longer passes the static check.
        """
        name = staged.source
        self._sources.check(name)
        seen = self._current(name).read()
        stored = self._staging(name).read(staged.id)
        if seen.release != stored.parent:
            raise overtaken(name, None, seen.release)
        check_module(stored.code, name)
        release = self._releases(name).write(stored, author or stored.author, reason)
        details = {"release": release.number, "previous": release.parent, "sha256": release.sha256}
        entry = self._log(name).new("released", release.author, reason, **details, staged=stored.id)
        self._current(name).change(seen, release.number, entry)
        self._staging(name).clear(stored.id)
        return release

    def discard(self, staged: StagedNote, reason: str, author: str = "person", **details: Any) -> AuditEntry:
        """Refuse a candidate: it leaves staging, and why stands in the log; raises RegistryError where it is gone.

        Also one that was changed in the store, which nothing else would ever take away.
        """
        name = staged.source
        self._sources.check(name)
        stored = self._staging(name).note(staged.id)
        told = {"staged": stored.id, "sha256": stored.sha256, **details}
        entry = self._write(self._log(name).new("refused", author, reason, **told))
        self._staging(name).clear(stored.id)
        return entry

    def withdraw(self, staged: StagedNote, reason: str, author: str) -> AuditEntry:
        """Take away a canary, or a candidate that nobody is to decide on any more; raises RegistryError if it is gone.

        Nothing is held against the source for it, as it is where a candidate is refused.
        """
        stored = self._staging(staged.source).note(staged.id)
        kind = "canary withdrawn" if stored.canary else "withdrawn"
        entry = self._write(self._log(staged.source).new(kind, author, reason, staged=stored.id))
        self._staging(staged.source).clear(stored.id)
        return entry

    def rollback(self, name: str, to: int, reason: str, *, author: str = "person") -> Release:
        """Put another whole release in force; raises RegistryError where there is none, or it is in force already."""
        release = self.read(name, to)
        current = self._current(name)
        seen = current.read()
        if seen.release == to:
            raise RegistryError(f"{name}: release {to} is in force already.", source=name)
        details = {"release": to, "previous": seen.release, "sha256": release.sha256}
        current.change(seen, to, self._log(name).new("rolled back", author, reason, **details))
        return release

    def current(self, name: str) -> Release | None:
        """Return the release in force, or None before the first; raises RegistryError where its code was changed."""
        self._sources.check(name)
        number = self._current(name).read().release
        return self._releases(name).read(number) if number is not None else None

    def in_force(self, name: str) -> Release:
        """Return the release in force; raises RegistryError where there is none yet, or its code was changed."""
        release = self.current(name)
        if release is None:
            raise RegistryError(
                f"{name} has no release yet.", source=name, hint=f"`lakehouse release {name} fetcher.py` releases one."
            )
        return release

    def releases(self, name: str) -> list[ReleaseNote]:
        """Return what is noted of each whole release, oldest first; numbers may have gaps."""
        self._sources.check(name)
        return self._releases(name).notes()

    def read(self, name: str, number: int) -> Release:
        """Return one release; raises RegistryError where there is none, or its code was changed."""
        self._sources.check(name)
        return self._releases(name).read(number)

    def diff(self, name: str, a: int, b: int) -> str:
        """Return what changed in the code from release `a` to release `b`, as a unified diff; empty if nothing did."""
        return code_diff(self.read(name, a), self.read(name, b))

    def note(self, name: str, kind: str, *, author: str, reason: str, **details: Any) -> AuditEntry:
        """Log something that happened to a source beside its releases; `details` must be JSON.

        Raises ValueError for a kind that only a change of the registry may log.
        """
        self._sources.check(name)
        if kind in OWN_KINDS:
            raise ValueError(f"{kind!r} is logged by the change itself and by nothing else")
        return self._write(self._log(name).new(kind, author, reason, **details))

    def audit(self, name: str, *, last: int | None = None) -> list[AuditEntry]:
        """Return what happened to a source, oldest first: everything, or the `last` entries."""
        self._sources.check(name)
        seen = self._current(name).read()
        return self._log(name).entries(last, pending=seen.in_force.entry if seen.in_force else None)

    def _write(self, entry: AuditEntry) -> AuditEntry:
        self._log(entry.source).write(entry)
        return entry

    def _log(self, name: str) -> AuditLog:
        return AuditLog(self._objects, name)

    def _current(self, name: str) -> Current:
        return Current(self._objects, name)

    def _releases(self, name: str) -> Releases:
        return Releases(self._objects, name)

    def _staging(self, name: str) -> Staging:
        return Staging(self._objects, name)
