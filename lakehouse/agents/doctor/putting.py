"""From a verdict to a candidate that waits, or to the release in force: once, however often it is tried."""

from __future__ import annotations

import ast
from dataclasses import replace

from lakehouse.agents.doctor.candidate import Candidate
from lakehouse.agents.doctor.incidents import AUTHOR
from lakehouse.agents.doctor.status import logged_state
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.engine.silver import NEW_FORMS
from lakehouse.errors import FetcherRefused, RegistryError
from lakehouse.registry import Registry, Release, StagedNote
from lakehouse.registry.current import overtaken


def put(registry: Registry, treatment: Treatment, candidate: Candidate, before: int | None) -> Treatment:
    """Stage a candidate with its proof, and release it where that is the verdict.

    `before` was in force when the pages were looked at: of another release the proof says nothing. One that is in
    force already, as a healer that was killed left it, is not released again. Where a person halted the source while
    it was looked into, the repair waits.
    """
    name, treatment = treatment.source, _unless_halted(registry, treatment)
    try:
        current = registry.current(name)
        if (number := current.number if current else None) != before:
            raise overtaken(name, None, number)
        if current and treatment.verdict == "release" and _is_same(current, treatment, candidate):
            return replace(treatment, release=current.number)
        plan = candidate.plan
        staged = registry.stage(name, candidate.code, plan, treatment.proof, author=AUTHOR, against=before)
        withdraw_waiting(registry, name, "a newer repair took its place", but=staged.id)
        if treatment.verdict == "review":
            return replace(treatment, staged=staged.id)
        reason = f"incident {treatment.incident}, {treatment.diagnosis.cause}: repaired by {treatment.method}"
        return replace(treatment, release=registry.release(staged, reason).number)
    except (RegistryError, FetcherRefused) as error:
        # Somebody else was quicker, or the static check refused the code: nothing of it is in force.
        why, late = (*treatment.why, str(error)), _number_in_force(registry, name) != before
        return replace(treatment, verdict="refuse", why=why, days=(), refetch=False, overtaken=late)


def _unless_halted(registry: Registry, treatment: Treatment) -> Treatment:
    found = logged_state(registry, treatment.source)
    if treatment.verdict != "release" or found.state not in ("paused", "dead"):
        return treatment
    return replace(treatment, verdict="review", why=(*treatment.why, f"meanwhile it was {found.problem}"))


def _number_in_force(registry: Registry, name: str) -> int | None:
    current = registry.current(name)
    return current.number if current else None


def withdraw_waiting(registry: Registry, name: str, reason: str, but: str = "") -> None:
    """Take away what the doctor left waiting, but one; their proofs stay with their incidents.

    Candidates that a person staged are a person's to take away.
    """
    for note in registry.waiting(name):
        if note.author == AUTHOR and note.id != but:
            _withdraw(registry, note, reason)


def _withdraw(registry: Registry, note: StagedNote, reason: str) -> None:
    try:
        registry.withdraw(note, reason, AUTHOR)
    except RegistryError:
        # Somebody else took it away at the same time.
        return


def _is_same(current: Release, treatment: Treatment, candidate: Candidate) -> bool:
    """Tell whether a release does what a candidate would do, and is judged as it would be."""
    forms = set(treatment.proof.get(NEW_FORMS, ())) <= set(current.proof.get(NEW_FORMS, ()))
    return forms and does_the_same(current.code, candidate.code)


def does_the_same(one: str, other: str) -> bool:
    """Tell whether two modules differ in nothing but what they say of where they come from."""
    return _body(one) == _body(other)


def _body(code: str) -> str:
    module = ast.parse(code)
    told = ast.get_docstring(module, clean=False) is not None
    return ast.dump(ast.Module(module.body[1:] if told else module.body, []))
