"""The audit log: everything that happened, in order, never changed, and complete whoever was killed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lakehouse.errors import RegistryError
from lakehouse.lake import Lake
from lakehouse.registry import Registry, Release
from lakehouse.registry.audit import AuditLog, new_entry
from lakehouse.registry.stamp import time_ordered_id

Releasing = Callable[[str], Release]


def test_the_log_tells_what_happened_in_order(registry: Registry, release: Releasing, source_yaml: str) -> None:
    release("a")
    release("b")
    registry.rollback("opinions", 1, "Release 2 loses rows.", author="anna")
    registry.register(source_yaml + "cadence: hourly\n")
    kinds = [entry.kind for entry in registry.audit("opinions")]
    assert kinds == ["registered", "released", "released", "rolled back", "updated"]


def test_a_release_is_logged_with_its_number_its_hash_and_the_one_before(
    registry: Registry, release: Releasing, stage
) -> None:
    release("a")
    staged = stage("b")
    made = registry.release(staged, "The site was redesigned.", author="doctor")
    entry = registry.audit("opinions")[-1]
    assert (entry.source, entry.author, entry.reason) == ("opinions", "doctor", "The site was redesigned.")
    assert entry.details == {"release": 2, "previous": 1, "sha256": made.sha256, "staged": staged.id}


def test_a_rollback_is_logged_with_both_releases(registry: Registry, release: Releasing) -> None:
    release("a")
    release("b")
    registry.rollback("opinions", 1, "Release 2 loses rows.", author="anna")
    entry = registry.audit("opinions")[-1]
    assert (entry.kind, entry.author, entry.reason) == ("rolled back", "anna", "Release 2 loses rows.")
    assert (entry.details["release"], entry.details["previous"]) == (1, 2)


def test_only_the_last_entries_are_read_where_that_is_wanted(registry: Registry, release: Releasing) -> None:
    for title in "abc":
        release(title)
    everything = registry.audit("opinions")
    for last in range(6):
        assert registry.audit("opinions", last=last) == everything[len(everything) - min(last, 4) :]


def test_what_happens_beside_releases_is_noted_with_its_details(registry: Registry) -> None:
    entry = registry.note("opinions", "incident opened", author="doctor", reason="No rows.", incident="i1", days=["d"])
    assert registry.audit("opinions")[-1] == entry
    assert (entry.kind, entry.author, entry.reason) == ("incident opened", "doctor", "No rows.")
    assert entry.details == {"incident": "i1", "days": ["d"]}


@pytest.mark.parametrize("kind", ["registered", "updated", "edited", "released", "rolled back"])
def test_a_change_that_did_not_happen_cannot_be_noted(registry: Registry, kind: str) -> None:
    with pytest.raises(ValueError, match=kind):
        registry.note("opinions", kind, author="anna", reason="Believe me.")
    assert len(registry.audit("opinions")) == 1


def test_nothing_is_noted_of_a_source_that_is_not_there(registry: Registry) -> None:
    with pytest.raises(RegistryError, match='did you mean "opinions"'):
        registry.note("opinion", "paused", author="anna", reason="They asked us to wait.")
    assert registry.sources() == ["opinions"]


def test_an_entry_is_never_written_over(lake: Lake) -> None:
    log = AuditLog(lake.objects, "opinions")
    entry = new_entry("opinions", "released", "doctor", "It works.", release=1)
    log.write(entry)
    log.write(entry)
    forged = type(entry)(**{**vars(entry), "author": "anna"})
    with pytest.raises(RegistryError, match="never written over"):
        log.write(forged)
    assert log.entries() == [entry]


def test_entries_written_in_one_moment_are_all_kept(lake: Lake) -> None:
    log = AuditLog(lake.objects, "opinions")
    entries = [new_entry("opinions", "released", "doctor", "It works.", release=number) for number in range(50)]
    for entry in reversed(entries):
        log.write(entry)
    assert {entry.id for entry in log.entries()} == {entry.id for entry in entries}
    times = [entry.at for entry in log.entries()]
    assert times == sorted(times)


def test_a_change_whose_author_was_killed_before_logging_it_is_in_the_log(
    registry: Registry, release: Releasing, folder: Path
) -> None:
    release("a")
    newest = max((folder / "audit").iterdir())
    complete = registry.audit("opinions")
    newest.unlink()
    assert registry.audit("opinions") == complete
    assert registry.audit("opinions", last=1) == complete[-1:]


def test_the_next_change_writes_the_entry_that_is_missing(registry: Registry, release: Releasing, folder: Path) -> None:
    release("a")
    newest = max((folder / "audit").iterdir())
    lost = newest.read_bytes()
    newest.unlink()
    release("b")
    assert newest.read_bytes() == lost
    assert [entry.kind for entry in registry.audit("opinions")] == ["registered", "released", "released"]


def test_an_entry_of_a_kind_that_is_not_known_yet_can_be_read(registry: Registry, lake: Lake) -> None:
    later = new_entry("opinions", "paused", "anna", "They asked us to wait.", until="2027-01-01")
    AuditLog(lake.objects, "opinions").write(later)
    assert registry.audit("opinions")[-1] == later


def test_an_entry_that_cannot_be_read_is_named(registry: Registry, folder: Path) -> None:
    newest = max((folder / "audit").iterdir())
    newest.write_text("{")
    with pytest.raises(RegistryError, match=rf"audit/{newest.name} is damaged"):
        registry.audit("opinions")


def test_what_happens_after_a_clock_was_set_back_stands_behind_what_happened_before(
    lake: Lake, registry: Registry
) -> None:
    ahead = time_ordered_id(datetime.now(UTC) + timedelta(hours=5))
    AuditLog(lake.objects, "opinions").write(replace(new_entry("opinions", "paused", "anna", ""), id=ahead))
    for kind in ("resumed", "retired"):
        registry.note("opinions", kind, author="anna", reason="")
    told = registry.audit("opinions")
    assert [entry.kind for entry in told[-3:]] == ["paused", "resumed", "retired"]
    assert told[-1].at <= datetime.now(UTC)


def test_an_entry_that_somebody_named_otherwise_stops_nobody(lake: Lake) -> None:
    log = AuditLog(lake.objects, "opinions")
    log.write(replace(new_entry("opinions", "paused", "anna", ""), id="zz-by-hand"))
    log.write(log.new("resumed", "anna", ""))
    assert {entry.kind for entry in log.entries()} >= {"paused", "resumed"}
