"""How a source is doing: its state, and its newest days beside it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from lakehouse.agents.doctor.states import SourceState, State, state_of
from lakehouse.agents.doctor.states_log import Caps
from lakehouse.agents.doctor.warning import EarlyWarning
from lakehouse.checks import check_freshness
from lakehouse.engine.status import DayStatus, fetched_at, kept_days
from lakehouse.errors import LakehouseError
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.settings import settings


@dataclass(frozen=True)
class SourceStatus:
    """A source as it stands: `problem` says why in one sentence, `command` what to do next; `days` newest first.

    `warnings` say what is about to break although the newest day is good.
    """

    name: str
    state: State
    problem: str
    command: str
    since: datetime | None
    incident: str
    waiting: str
    strikes: int
    attempts_today: int
    release: int | None
    cadence: str
    days: tuple[DayStatus, ...]
    warnings: tuple[EarlyWarning, ...] = ()


def source_status(
    lake: Lake, registry: Registry, name: str, *, last: int = 7, among: Collection[str] | None = None
) -> SourceStatus:
    """Return the status of one source with its newest days; `among` shows some days in their place."""
    from lakehouse.agents.doctor.warnings import kept_warnings  # brings the scout along, which schedules do not need

    try:
        source, current = registry.source(name), registry.current(name)
        days = kept_days(lake, name, last)
        told = _state(lake, registry, name, days)
        warnings = tuple(kept_warnings(lake, name, days[0].day)) if days else ()
    except LakehouseError as error:
        return SourceStatus(name, **vars(_broken(error)), release=None, cadence="", days=())
    shown = days if among is None else kept_days(lake, name, among=among)
    number = current.number if current else None
    return SourceStatus(name, **vars(told), release=number, cadence=source.cadence, days=shown, warnings=warnings)


def source_state(lake: Lake, registry: Registry, name: str) -> SourceState:
    """Return the state of a source by its log and its newest day; one that cannot be read is broken."""
    try:
        return _state(lake, registry, name, kept_days(lake, name, 1))
    except LakehouseError as error:
        return _broken(error)


def logged_state(registry: Registry, name: str) -> SourceState:
    """Return the state by the log alone, for whoever asks often: it says whether a source may run or be healed."""
    try:
        return state_of(registry.audit(name), now=datetime.now(UTC), source=name, caps=caps())
    except LakehouseError as error:
        return _broken(error)


def caps() -> Caps:
    """Return how much is tried, as the settings say."""
    return Caps(settings().max_fix_attempts, settings().quarantine_threshold)


def _state(lake: Lake, registry: Registry, name: str, days: tuple[DayStatus, ...]) -> SourceState:
    source, now = registry.source(name), datetime.now(UTC)
    fresh = check_freshness(source, fetched_at(lake, name, days[0].day), now) if days else None
    stale = fresh.message if fresh and not fresh.passed else ""
    return state_of(registry.audit(name), days, now=now, source=name, stale=stale, caps=caps())


def _broken(error: LakehouseError) -> SourceState:
    return SourceState("broken", str(error))
