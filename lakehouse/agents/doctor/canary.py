"""A canary: a repair for a failure that has not come yet, proved on days that are still good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.doctor.canary_pages import without_names
from lakehouse.agents.doctor.candidate import Candidate, Tried, candidate_of, try_on_days
from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.cases import case_of
from lakehouse.agents.doctor.evidence import gather
from lakehouse.agents.doctor.gate.proof import Proof
from lakehouse.agents.doctor.incidents import AUTHOR
from lakehouse.agents.doctor.ladder import LADDER, Ladder, climb
from lakehouse.agents.doctor.proofs import as_json
from lakehouse.agents.doctor.proposal import Proposal, Rung
from lakehouse.agents.doctor.repair.offered import offered
from lakehouse.agents.doctor.warning import EarlyWarning
from lakehouse.agents.doctor.warnings import warnings_of
from lakehouse.engine.status import parsed_days
from lakehouse.errors import FetcherRefused, RegistryError
from lakehouse.lake import Lake
from lakehouse.registry import Registry, Staged
from lakehouse.telemetry import step

CANARY = "canary"
"""The rung, and what a proof says of itself."""

MOST_DAYS = 3
"""Good days, the warned one among them, on which a canary must give what the table has."""


def canaries(registry: Registry, name: str) -> Rung:
    """Return the rung that offers what was prepared against the release in force."""

    def canary(case: Case) -> Iterator[Proposal]:
        for staged in _against_current(registry, name):
            proposal = offered(CANARY, case, Blueprint.model_validate(staged.blueprint), f"prepared as {staged.id}")
            if proposal is not None:
                yield proposal

    return canary


def prepare(lake: Lake, registry: Registry, name: str, day: str) -> Staged | None:
    """Stage a canary for what a good day warns of, in place of an older one; None where there is none to be had.

    The ladder repairs the day's pages as they would be without what the warned fields are found by. The outcome is
    released by nobody: it waits for a failure, and the gate judges it anew on the pages of that.
    """
    before, warnings = registry.current(name), warnings_of(lake, registry, name, day)
    if before is None or not warnings:
        return None
    with lake.recorder.run("doctor", name), step("prepare canary"):
        return _prepared(lake, registry, name, day, warnings, before.number)


def _prepared(
    lake: Lake, registry: Registry, name: str, day: str, warnings: Sequence[EarlyWarning], before: int
) -> Staged | None:
    days = [each.day for each in parsed_days(lake, name) if each.is_good and each.day <= day][-MOST_DAYS:]
    if any(_still_reads(lake, registry, staged, days) for staged in _against_current(registry, name)):
        return None
    found = _repair(lake, registry, name, day, warnings)
    if found is None:
        return None
    case, proof, candidate = found
    tried = try_on_days(lake, registry, name, candidate, days)
    if candidate.doubts or not gives_the_same(lake, name, tried, days):
        return None
    told = as_json(lake, registry, name, case, proof, candidate, tried)
    return _stage(registry, name, candidate, told, warnings, before)


def _repair(
    lake: Lake, registry: Registry, name: str, day: str, warnings: Sequence[EarlyWarning]
) -> tuple[Case, Proof, Candidate] | None:
    case = case_of(lake, registry, gather(lake, registry, name, "checks", day))
    if case is None:
        return None
    fields = tuple(dict.fromkeys(each.field for each in warnings if each.field))
    pages = [without_names(page, case.blueprint, fields) for page in case.failing]
    broken = replace(case, failing=tuple(page for page in pages if page is not None))
    if not broken.failing:
        return None
    proof = climb(broken, _otherwise(LADDER, broken, fields))
    if proof.best is None or proof.verdict != "release":
        return None
    kinds = ", ".join(dict.fromkeys(each.kind for each in warnings))
    origin = f"prepared by the doctor on {datetime.now(UTC):%Y-%m-%d} ({kinds}); its proof lies beside it"
    return broken, proof, candidate_of(broken, proof.best.proposal, name, origin)


def _otherwise(ladder: Ladder, case: Case, fields: Sequence[str]) -> Ladder:
    """Return the ladder without proposals that find the fields, or the rows, as the release in force does."""
    return tuple(tuple(_other(rung, case, fields) for rung in step) for step in ladder)


def _other(rung: Rung, case: Case, fields: Sequence[str]) -> Rung:
    @wraps(rung)
    def otherwise(of: Case) -> Iterator[Proposal]:
        return (each for each in rung(of) if _is_other(each.blueprint, case.blueprint, fields))

    return otherwise


def _is_other(new: Blueprint, old: Blueprint, fields: Sequence[str]) -> bool:
    if not fields:
        return new.of_records.rows.selector != old.of_records.rows.selector
    one, other = _ways(new), _ways(old)
    return all(one.get(name) and not one[name] & other.get(name, set()) for name in fields)


def _ways(blueprint: Blueprint) -> dict[str, set[str]]:
    return {field.name: set(field.selectors) for field in blueprint.of_records.fields}


def gives_the_same(lake: Lake, name: str, tried: Tried, days: Sequence[str]) -> bool:
    """Return whether a candidate gave on every one of the days, without a fault, the rows that the table has."""
    if tried.faults or not days or set(tried.derived) != set(days):
        return False
    table = lake.table(f"silver/{name}")
    for day, derived in tried.derived.items():
        fields = list(derived.source.contract.fields)
        columns = ["_capture", "_row", *fields]
        kept = table.read([day], columns).sort("_capture", "_row").select(fields)
        if kept.to_dicts() != derived.good.sort("_capture", "_row").select(fields).to_dicts():
            return False
    return True


def _against_current(registry: Registry, name: str) -> list[Staged]:
    current = registry.current(name)
    return [staged for staged in registry.canaries(name) if current and staged.parent == current.number]


def _still_reads(lake: Lake, registry: Registry, staged: Staged, days: Sequence[str]) -> bool:
    candidate = Candidate(Blueprint.model_validate(staged.blueprint), staged.code)
    return gives_the_same(lake, staged.source, try_on_days(lake, registry, staged.source, candidate, days), days)


def _stage(
    registry: Registry,
    name: str,
    candidate: Candidate,
    proof: dict[str, Any],
    warnings: Sequence[EarlyWarning],
    before: int,
) -> Staged | None:
    told = {**proof, CANARY: True, "warnings": [vars(each) for each in warnings]}
    plan = candidate.blueprint.model_dump(mode="json")
    try:
        staged = registry.stage(name, candidate.code, plan, told, author=AUTHOR, against=before, canary=True)
    except FetcherRefused:
        return None
    reason = " ".join(each.message for each in warnings)
    fields = [each.field for each in warnings if each.field]
    registry.note(name, "canary prepared", author=AUTHOR, reason=reason, staged=staged.id, fields=fields)
    for other in registry.canaries(name):
        if other.id < staged.id:
            _withdraw(registry, other)
    return staged


def _withdraw(registry: Registry, canary: Staged) -> None:
    try:
        registry.withdraw(canary, "a newer canary is ready", AUTHOR)
    except RegistryError:
        # Somebody else who prepared one at the same time took it away already.
        return
