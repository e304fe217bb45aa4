"""The one object that says which release of a source is in force."""

from __future__ import annotations

from dataclasses import dataclass

from lakehouse.errors import AlreadyInStore, ChangedInStore, NotInStore, RegistryError
from lakehouse.lake import Objects
from lakehouse.registry.audit import AuditLog
from lakehouse.registry.keep import parse_note, to_json
from lakehouse.registry.layout import current_key
from lakehouse.registry.model import AuditEntry, InForce


@dataclass(frozen=True)
class Seen:
    """What current.json said when it was read, with its version; both empty where there was none."""

    in_force: InForce | None = None
    version: str = ""

    @property
    def release(self) -> int | None:
        """Return the number of the release in force."""
        return self.in_force.release if self.in_force else None


@dataclass(frozen=True)
class Current:
    """The current.json of one source; it carries its own audit entry, so that no change of it can go unlogged.

    Whoever changes it next writes the entry that it carries into the log first, for the one who wrote it may have
    been killed before he could.
    """

    objects: Objects
    source: str

    def read(self) -> Seen:
        """Return what is in force; raises RegistryError where current.json cannot be read."""
        key = current_key(self.source)
        try:
            data, version = self.objects.get_versioned(key)
        except NotInStore:
            return Seen()
        return Seen(parse_note(data, key, InForce, self.source), version)

    def change(self, seen: Seen, release: int, entry: AuditEntry) -> None:
        """Put a release in force if `seen` is still so; raises RegistryError if it is not."""
        log = AuditLog(self.objects, self.source)
        if seen.in_force:
            log.write(seen.in_force.entry)
        self._write(seen, InForce(release=release, entry=entry))
        log.write(entry)

    def _write(self, seen: Seen, wanted: InForce) -> None:
        key = current_key(self.source)
        try:
            if seen.in_force:
                self.objects.replace(key, to_json(wanted), seen.version)
            else:
                self.objects.create(key, to_json(wanted))
        except (AlreadyInStore, ChangedInStore) as error:
            # A store whose answer was lost is asked a second time by its client, and then refuses what it has done.
            now = self.read()
            if now.in_force != wanted:
                raise overtaken(self.source, wanted.release, now.release) from error


def overtaken(source: str, wanted: int | None, now: int | None) -> RegistryError:
    """Return the error for a change that was made for a release that is no longer the one in force."""
    what = f"release {wanted} was not put in force" if wanted else "the candidate was not released"
    meanwhile = f"release {now} is in force since" if now else "no release is in force any more"
    return RegistryError(
        f"{source}: {what}, because somebody else changed it meanwhile: {meanwhile}.",
        source=source,
        hint=f"Look at `lakehouse status {source}`, then stage and prove it again, or roll back.",
    )
