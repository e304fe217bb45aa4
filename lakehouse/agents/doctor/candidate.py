"""A proposal as code, tried in the sandbox on every failing day before anybody may release it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.exchanged import exchanged, read
from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.repair.data_follow import refollow
from lakehouse.agents.doctor.repair.links_behind import relisted
from lakehouse.agents.doctor.repair.retype import retype
from lakehouse.engine.silver import NEW_FORMS, Derived, derive_with
from lakehouse.errors import LakehouseError, NothingToParse
from lakehouse.lake import Lake
from lakehouse.registry import Registry, Release
from lakehouse.registry.stamp import sha256

SURE = 0.5
"""Confidence in a reader from which on it may be released without a person."""


@dataclass(frozen=True)
class Candidate:
    """A repair as it would be released; `doubts` are reasons for a person to look at it first.

    `is_foreign` says that a language model wrote the code, so that the blueprint only comes near to it.
    """

    blueprint: Blueprint
    code: str
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    is_foreign: bool = False

    @property
    def plan(self) -> dict[str, Any]:
        """Return the blueprint as it is kept beside the release; none where the code was not made from it."""
        return {} if self.is_foreign else self.blueprint.model_dump(mode="json")


@dataclass(frozen=True)
class Tried:
    """What a candidate gave on the kept days, by day: rows, rejects, and the checks that failed; `errors` by day.

    `drifting` are the fields whose values look different; the profile learns them anew once it is released.
    """

    derived: Mapping[str, Derived] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    drifting: tuple[str, ...] = ()

    @property
    def faults(self) -> list[str]:
        """Return what speaks against a release, as sentences."""
        failed = [
            f"{day}: {check.name} fails: {check.message}"
            for day, each in self.derived.items()
            for check in each.checks
            if not check.passed and check.severity == "error"
        ]
        return [*(f"{day}: {message}" for day, message in self.errors.items()), *failed]

    @property
    def rows(self) -> int:
        """Return the good rows of all days."""
        return sum(each.good.height for each in self.derived.values())

    def as_json(self) -> dict[str, Any]:
        """Return the counts and failed checks of each day, for the proof."""
        days: dict[str, Any] = {
            day: {
                "rows": each.good.height,
                "rejects": each.rejects.height,
                "failed": {c.name: c.message for c in each.checks if not c.passed and c.severity == "error"},
            }
            for day, each in self.derived.items()
        }
        return days | {day: {"error": message} for day, message in self.errors.items()}


def candidate_of(case: Case, proposal: Proposal, source: str, origin: str) -> Candidate:
    """Return the code of a proposal: its values read with the contract's types, its pages followed as before."""
    if proposal.code:
        return Candidate(proposal.blueprint, proposal.code, proposal.notes, is_foreign=True)
    retyped = retype(case, proposal.blueprint)
    blueprint = (
        refollow(retyped.blueprint, case.blueprint, case.failing[0])
        if case.whole is None
        else _joined(case, retyped.blueprint)
    )
    unsure = (f"`{name}` cannot be read for sure" for name, sure in retyped.sure.items() if sure < SURE)
    before = read(case.blueprint, [known.page for known in case.known])
    turned = exchanged(before, read(retyped.blueprint, case.failing))
    told = (f"`{a}` was always less than `{b}`, and is greater now: they may be exchanged" for a, b in turned)
    return Candidate(blueprint, fetcher_code(blueprint, source, origin), retyped.notes, (*unsure, *told))


def _joined(case: Case, records: Blueprint) -> Blueprint:
    """Return a repaired reading of the records' own pages together with the listing that leads there."""
    rows = {name: getattr(records.rows, name) for name in type(records.rows).model_fields}
    whole = relisted(case).with_records(records.fields, **rows)
    return refollow(whole, whole, case.listing[0]) if case.listing else whole


def try_on_days(lake: Lake, registry: Registry, name: str, candidate: Candidate, days: Sequence[str]) -> Tried:
    """Parse kept days with a candidate in the sandbox and run the checks, writing nothing; a day without pages waits.

    Addresses are the site's to choose: where their form changed with its build, it is learned anew. That other values
    look different is a fault. What the sandbox refuses is an error of that day and never raised.
    """
    release = as_release(registry, name, candidate)
    tried = _tried(lake, registry, release, days)
    fields = registry.source(name).contract.fields
    forms = tuple(field for field in tried.drifting if fields[field].type == "url")
    if not forms:
        return tried
    again = _tried(lake, registry, replace(release, proof={NEW_FORMS: forms}), days)
    return replace(again, drifting=tuple(dict.fromkeys((*forms, *again.drifting))))


def _tried(lake: Lake, registry: Registry, release: Release, days: Sequence[str]) -> Tried:
    derived, errors = dict[str, Derived](), dict[str, str]()
    for day in days:
        try:
            derived[day] = derive_with(lake, registry.source(release.source), release, day)
        except NothingToParse:
            continue
        except LakehouseError as error:
            errors[day] = str(error)
    failed = (c for each in derived.values() for c in each.checks if c.name == "drift" and not c.passed)
    return Tried(derived, errors, tuple(dict.fromkeys(name for check in failed for name in check.fields)))


def as_release(registry: Registry, name: str, candidate: Candidate) -> Release:
    """Return the candidate as the release that it might become."""
    current = registry.current(name)
    return Release(
        source=name,
        number=current.number + 1 if current else 1,
        created_at=datetime.now(UTC),
        author="doctor",
        reason="candidate",
        sha256=sha256(candidate.code),
        parent=current.number if current else None,
        code=candidate.code,
        blueprint=candidate.plan,
        proof={},
    )
