"""current.json: changed by conditional put only, so that of two changes made for the same state one is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lakehouse.errors import RegistryError
from lakehouse.lake import Lake
from lakehouse.registry import Registry, Release
from lakehouse.registry.audit import new_entry
from lakehouse.registry.current import Current

Releasing = Callable[[str], Release]


@pytest.fixture
def current(lake: Lake, registry: Registry) -> Current:
    return Current(lake.objects, "opinions")


def test_a_change_made_for_an_older_state_is_refused(registry: Registry, release: Releasing, current: Current) -> None:
    release("a")
    seen = current.read()
    release("b")
    with pytest.raises(RegistryError, match=r"release 1 was not put in force.*release 2 is in force since") as refused:
        current.change(seen, 1, new_entry("opinions", "rolled back", "anna", ""))
    assert refused.value.source == "opinions"
    assert current.read().release == 2


def test_of_two_first_releases_one_is_refused(registry: Registry, release: Releasing, current: Current) -> None:
    seen = current.read()
    release("a")
    with pytest.raises(RegistryError, match="release 1 is in force since"):
        current.change(seen, 7, new_entry("opinions", "released", "anna", ""))
    assert current.read().release == 1


def test_a_change_that_was_refused_is_not_logged(registry: Registry, release: Releasing, current: Current) -> None:
    seen = current.read()
    release("a")
    entries = registry.audit("opinions")
    with pytest.raises(RegistryError):
        current.change(seen, 7, new_entry("opinions", "released", "anna", ""))
    assert registry.audit("opinions") == entries


def test_a_change_that_the_store_did_but_did_not_confirm_is_done(
    registry: Registry, release: Releasing, current: Current
) -> None:
    release("a")
    before = current.read()
    registry.rollback("opinions", release("b").parent or 0, "Back.")
    now = current.read()
    assert now.in_force
    current.change(replace(now, version=before.version), 1, now.in_force.entry)
    assert current.read() == now


def test_a_state_that_came_back_is_still_another_state(
    registry: Registry, release: Releasing, current: Current
) -> None:
    release("a")
    seen = current.read()
    release("b")
    registry.rollback("opinions", 1, "Back.")
    assert current.read().release == seen.release
    with pytest.raises(RegistryError, match="meanwhile"):
        current.change(seen, 2, new_entry("opinions", "rolled back", "anna", ""))


@pytest.mark.parametrize("content", [b"", b"{", b"null", b'{"release": 1}', b'{"release": "x", "entry": {}}', b"\xff"])
def test_a_current_json_that_cannot_be_read_stops_every_use(
    registry: Registry, release: Releasing, folder: Path, content: bytes, stage
) -> None:
    release("a")
    staged = stage("b")
    (folder / "current.json").write_bytes(content)
    uses = [
        lambda: registry.in_force("opinions"),
        lambda: registry.release(staged, "It works."),
        lambda: registry.rollback("opinions", 1, "Back."),
    ]
    for use in uses:
        with pytest.raises(RegistryError, match=r"registry/opinions/current\.json is damaged"):
            use()
    assert (folder / "current.json").read_bytes() == content


def test_a_current_json_that_names_no_whole_release_gives_nothing_out(
    registry: Registry, release: Releasing, folder: Path
) -> None:
    release("a")
    (folder / "releases" / "0001" / "release.json").unlink()
    with pytest.raises(RegistryError, match="opinions has no release 1"):
        registry.in_force("opinions")
