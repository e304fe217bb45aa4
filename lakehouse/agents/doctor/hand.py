"""What a person decides about a source: to halt it, and what becomes of a repair that waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lakehouse.agents.doctor.states_log import incident_of
from lakehouse.agents.doctor.status import logged_state
from lakehouse.engine.status import failing_days, parsed_days
from lakehouse.errors import RegistryError
from lakehouse.lake import Lake
from lakehouse.registry import AuditEntry, Registry, Release, StagedNote


def pause(registry: Registry, name: str, author: str, reason: str) -> AuditEntry:
    """Let nothing run until the source is resumed; raises RegistryError where it is halted already."""
    require_running(registry, name)
    return registry.note(name, "paused", author=author, reason=reason)


def retire(registry: Registry, name: str, author: str, reason: str) -> AuditEntry:
    """Let nothing run any more; its tables stay. Raises RegistryError where it is retired already."""
    _require_not(registry, name, "dead")
    return registry.note(name, "retired", author=author, reason=reason)


def resume(registry: Registry, name: str, author: str, reason: str) -> AuditEntry:
    """End a pause, or call a retired source back; raises RegistryError where nothing halts it."""
    registry.source_text(name)
    state = logged_state(registry, name).state
    if state not in ("paused", "dead"):
        raise RegistryError(f"{name} is neither paused nor retired.", source=name)
    return registry.note(name, "resumed", author=author, reason=reason)


def require_running(registry: Registry, name: str) -> None:
    """Raise RegistryError where a person halted the source, saying who and how to let it run."""
    _require_not(registry, name, "paused", "dead")


def well_again(lake: Lake, registry: Registry, name: str, author: str) -> AuditEntry | None:
    """End a quarantine that no incident stands for any more, where a release made since gave a good newest day."""
    found, days = logged_state(registry, name), parsed_days(lake, name)
    if found.state != "quarantined" or found.incident or found.since is None or not days:
        return None
    newest, changed = days[-1], _put_in_force_at(registry, name)
    if not newest.is_good or changed <= found.since or newest.checked_at <= changed:
        return None
    reason = f"release {newest.release} gave a good {newest.day}"
    return registry.note(name, "healed", author=author, reason=reason, release=newest.release, days=[newest.day])


def _put_in_force_at(registry: Registry, name: str) -> datetime:
    """Return when the release in force came to be so."""
    return max(entry.at for entry in registry.audit(name) if entry.kind in ("released", "rolled back"))


def _require_not(registry: Registry, name: str, *states: str) -> None:
    registry.source_text(name)
    found = logged_state(registry, name)
    if found.state in states:
        raise RegistryError(f"{name} is {found.problem}.", source=name, hint=f"`{found.command}` lets it run again.")


@dataclass(frozen=True)
class Approved:
    """A repair that a person released; `days` are those that it was made for, to be fetched anew if `refetch`."""

    release: Release
    incident: str
    days: tuple[str, ...]
    refetch: bool


def approve(registry: Registry, name: str, author: str, reason: str, candidate: str = "") -> Approved:
    """Release the repair that waits; raises RegistryError where none does, or another release is in force since."""
    note = chosen(registry, name, candidate)
    attempt = _attempt(registry, name, note.id)
    told = _told(attempt)
    release = registry.release(note, reason)
    registry.note(name, "approved", author=author, reason=reason, staged=note.id, release=release.number, **told)
    details = attempt.details if attempt else {}
    days = tuple(map(str, details.get("days") or ()))
    return Approved(release, told.get("incident", ""), days, refetch=bool(details.get("refetch")))


def refuse(registry: Registry, name: str, author: str, reason: str, candidate: str = "") -> list[StagedNote]:
    """Refuse the candidate, or all that wait, so that none pile up; raises RegistryError where none does."""
    waiting = registry.waiting(name)
    refused = [chosen(registry, name, candidate)] if candidate or not waiting else waiting
    for note in refused:
        registry.discard(note, reason, author, **_told(_attempt(registry, name, note.id)))
    return refused


def chosen(registry: Registry, name: str, candidate: str = "") -> StagedNote:
    """Return the candidate of this id, or of an id that begins so; without one, the one that is asked about."""
    waiting = registry.waiting(name)
    wanted = candidate or logged_state(registry, name).waiting
    found = [note for note in waiting if note.id.startswith(wanted)] or ([] if candidate else waiting)
    if len(found) == 1:
        return found[0]
    ids = ", ".join(note.id for note in found or waiting)
    if not ids:
        hint = f"`lakehouse fix {name}` looks for a repair."
        raise RegistryError(f"no repair of {name} waits for a person.", source=name, hint=hint)
    what = f"{len(found)} candidates of {name} wait" if found else f"{name} has no candidate {candidate}"
    raise RegistryError(f"{what}.", source=name, hint=f"Name one with --candidate: {ids}.")


def missed_days(lake: Lake, name: str, days: Iterable[str]) -> list[str]:
    """Return the days of an incident and those after them that are not good, as far as pages of them are kept."""
    known = set(days)
    kept = known & set(lake.table(f"bronze/{name}").days())
    return sorted(kept | {day for day in failing_days(lake, name) if day >= min(known, default="")})


def _attempt(registry: Registry, name: str, staged: str) -> AuditEntry | None:
    """Return the attempt that left this candidate; one that a person staged has none."""
    found = [entry for entry in registry.audit(name) if entry.kind == "attempted"]
    return next((entry for entry in reversed(found) if entry.details.get("staged") == staged), None)


def _told(attempt: AuditEntry | None) -> dict[str, str]:
    return {"incident": incident_of(attempt)} if attempt else {}
