"""Rollback: any whole release can be put in force again, and nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lakehouse.errors import NotInStore, RegistryError
from lakehouse.lake import Lake
from lakehouse.registry import Registry, Release

Releasing = Callable[[str], Release]


def test_a_rollback_puts_an_earlier_release_in_force(registry: Registry, release: Releasing) -> None:
    first, _ = release("a"), release("b")
    assert registry.rollback("opinions", 1, "Release 2 loses rows.") == first
    assert registry.in_force("opinions") == first


def test_a_rollback_keeps_the_release_that_it_leaves(registry: Registry, release: Releasing) -> None:
    release("a")
    second = release("b")
    registry.rollback("opinions", 1, "Release 2 loses rows.")
    assert registry.read("opinions", 2) == second
    assert registry.rollback("opinions", 2, "It was the site.") == registry.in_force("opinions") == second


def test_the_next_release_follows_the_one_in_force(registry: Registry, release: Releasing) -> None:
    release("a")
    release("b")
    registry.rollback("opinions", 1, "Release 2 loses rows.")
    third = release("c")
    assert (third.number, third.parent) == (3, 1)


def test_a_candidate_staged_before_a_rollback_does_not_undo_it(registry: Registry, release: Releasing, stage) -> None:
    release("a")
    release("b")
    staged = stage("c")
    registry.rollback("opinions", 1, "Stop.", author="anna")
    with pytest.raises(RegistryError, match="release 1 is in force since"):
        registry.release(staged, "It heals release 2.")
    assert registry.in_force("opinions").number == 1


def test_a_rollback_to_what_is_in_force_is_refused(registry: Registry, release: Releasing) -> None:
    release("a")
    entries = registry.audit("opinions")
    with pytest.raises(RegistryError, match="opinions: release 1 is in force already"):
        registry.rollback("opinions", 1, "To be sure.")
    assert registry.audit("opinions") == entries


def test_a_rollback_to_nothing_changes_nothing(registry: Registry, release: Releasing) -> None:
    release("a")
    with pytest.raises(RegistryError, match="opinions has no release 7"):
        registry.rollback("opinions", 7, "A slip of the finger.")
    assert registry.in_force("opinions").number == 1


def test_a_rollback_to_changed_code_changes_nothing(registry: Registry, release: Releasing, lake: Lake) -> None:
    release("a")
    release("b")
    lake.objects.put("registry/opinions/releases/0001/fetcher.py", b"import os\n")
    with pytest.raises(RegistryError, match="is damaged"):
        registry.rollback("opinions", 1, "Release 2 loses rows.")
    assert registry.in_force("opinions").number == 2


def test_a_whole_release_that_never_was_in_force_can_be_put_there(
    registry: Registry, release: Releasing, lake: Lake
) -> None:
    release("a")
    lake.objects.delete("registry/opinions/current.json")
    with pytest.raises(NotInStore):
        lake.objects.get("registry/opinions/current.json")
    assert registry.current("opinions") is None
    assert registry.rollback("opinions", 1, "Its releaser was killed.") == registry.in_force("opinions")
