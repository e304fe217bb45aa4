"""Sources and their releases: staging, release, rollback, audit."""

from lakehouse.registry.model import AuditEntry, Bundle, Release, ReleaseNote, Staged, StagedNote
from lakehouse.registry.registry import Registry

__all__ = ["AuditEntry", "Bundle", "Registry", "Release", "ReleaseNote", "Staged", "StagedNote"]
