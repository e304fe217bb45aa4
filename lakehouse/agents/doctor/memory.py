"""What was learned from repairs that worked: on which platform, and which selectors followed which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Kind, Rows
from lakehouse.agents.doctor.evidence_pages import pages_of
from lakehouse.agents.doctor.fingerprint import NEAR, SAME, Fingerprint, fingerprint_of, nearness
from lakehouse.agents.doctor.incident import Incident
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.registry.keep import parse_note, to_json
from lakehouse.registry.stamp import sha256

ROOT = "memory/"
PLATFORM = "platform.json"

MOST_PLATFORMS = 5
MOST_REPAIRS = 12
"""Platforms that are looked at for one page, the nearest, and repairs of each."""

STRUCTURAL = frozenset({"separator", "part", "order", "locale", "decimal", "tz"})
"""Options of readers that say nothing of what a page says."""


class Build(BaseModel):
    """How the records of a page were found: of a blueprint what is structure."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    rows: Rows
    fields: tuple[FieldPlan, ...]

    @classmethod
    def of(cls, blueprint: Blueprint) -> Build:
        """Return a blueprint without its address, its samples, and the words that it cuts values by."""
        fields = tuple(
            FieldPlan(name=each.name, reader=each.reader, selectors=each.selectors, options=_structural(each.options))
            for each in blueprint.fields
        )
        return cls(kind=blueprint.kind, rows=blueprint.rows, fields=fields)


class Remembered(BaseModel):
    """A repair that worked: the build before, and the one after."""

    model_config = ConfigDict(frozen=True)

    old: Build
    new: Build


def remember(lake: Lake, registry: Registry, incident: Incident) -> str | None:
    """Keep the repair in force for a healed incident, for other sites of its platform; return its key.

    None where there is nothing to learn: the code is the old one, a person wrote it, or the page is no HTML.
    """
    release = registry.current(incident.source)
    if release is None or not incident.release or release.number == incident.release or not release.blueprint:
        return None
    before = registry.read(incident.source, incident.release).blueprint
    page = next(iter(pages_of(lake, incident.failing)), None)
    found = fingerprint_of(page) if page else None
    if not before or found is None:
        return None
    plans = Blueprint.model_validate(before), Blueprint.model_validate(release.blueprint)
    old, new = map(Build.of, plans)
    if any(plan.details for plan in plans) or (old.rows, old.fields) == (new.rows, new.fields):
        return None
    return _keep(lake, found, Remembered(old=old, new=new))


def recall(lake: Lake, found: Fingerprint) -> Iterator[Remembered]:
    """Give the repairs that worked on pages of a near platform, the nearest first."""
    ranked = [(nearness(found, each), folder) for folder, each in _platforms(lake)]
    near = sorted((pair for pair in ranked if pair[0] >= NEAR), reverse=True)
    for _, folder in near[:MOST_PLATFORMS]:
        keys = [key for key in lake.objects.list(folder) if not key.endswith(PLATFORM)]
        for key in sorted(keys)[:MOST_REPAIRS]:
            yield parse_note(lake.objects.get(key), key, Remembered, "memory")


def _keep(lake: Lake, found: Fingerprint, repair: Remembered) -> str:
    """Write a repair under its platform; the same one again, or one from a site that is built alike, adds nothing."""
    ranked = [(nearness(found, each), folder) for folder, each in _platforms(lake)]
    like, folder = max(ranked, default=(0.0, ""))
    if like < SAME:
        folder = f"{ROOT}{found.key}/"
    data = to_json(repair)
    key = f"{folder}{sha256(data)[:16]}.json"
    lake.objects.put(key, data)
    if like < SAME:
        # Last: a platform without it is not looked at.
        lake.objects.put(f"{folder}{PLATFORM}", to_json(found))
    return key


def _platforms(lake: Lake) -> Iterator[tuple[str, Fingerprint]]:
    for name in lake.objects.folders(ROOT):
        key = f"{ROOT}{name}/{PLATFORM}"
        if lake.objects.exists(key):
            yield f"{ROOT}{name}/", parse_note(lake.objects.get(key), key, Fingerprint, "memory")


def _structural(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name in STRUCTURAL or _is_mark(value)}


def _is_mark(value: object) -> bool:
    return isinstance(value, str) and value in ("{DATE}", "{CODE}")
