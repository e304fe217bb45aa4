"""A look at what fails, for a person who wants to know first: nothing is opened, logged or changed."""

from __future__ import annotations

from lakehouse.agents.doctor.evidence import gather, gather_again
from lakehouse.agents.doctor.examine import examine
from lakehouse.agents.doctor.incident import Incident
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.lake import Lake
from lakehouse.registry import Registry


def look(lake: Lake, registry: Registry, name: str, day: str | None = None) -> Incident | None:
    """Return the open incident with the evidence and diagnosis of now, or the one that there would be; None if none."""
    current = Incidents(lake, registry, name).current()
    found = gather_again(lake, registry, current) if current else gather(lake, registry, name, "person", day)
    if not found.days:
        return None
    return found.model_copy(update={"diagnosis": examine(lake, registry, found)})
